"""A plotly figure on a page: drawn by the one bundle the server hands out, without the megabytes of FigureWidget."""

from __future__ import annotations

from typing import Any, Protocol

import anywidget
import traitlets

from explain.views.components.script import script


class Drawn(Protocol):
    """What can be shown: a plotly figure, known here by the one thing that is asked of it."""

    def to_plotly_json(self) -> dict[str, Any]:
        """Return the figure as plotly.js takes it."""
        ...


class Figure(anywidget.AnyWidget):
    """A figure with a sentence that says what it shows; its twin in words and numbers stands beside it on the page."""

    _esm = script("figure")

    figure = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)

    def show(self, figure: Drawn, label: str) -> None:
        """Show a figure."""
        plain: dict[str, Any] = figure.to_plotly_json()
        with self.hold_sync():
            self.label = label
            self.figure = _bare(plain)

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widget's state."""
        with self.hold_sync():
            self.figure, self.label = {}, ""


def _bare(value: Any) -> Any:
    """Turn tuples and arrays, which a widget cannot carry, into lists."""
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_bare(part) for part in value]
    return value.tolist() if hasattr(value, "tolist") else value
