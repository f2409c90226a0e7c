"""A list of what a score was given, each row with a button that says it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import anywidget
import traitlets

from explain.views.components.form import ASSETS
from explain.views.components.messages import Row, Sent, sent_in


class Flags(anywidget.AnyWidget):
    """Rows that can be flagged; ``on_flag(name, fits, sent)`` records a press."""

    _esm = ASSETS / "flags.js"
    _css = ASSETS / "flags.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, on_flag: Callable[[str, bool, Sent], str]) -> None:
        super().__init__()
        # What can be flagged is kept here as well: every synced trait is the browser's to set.
        self._names: frozenset[str] = frozenset()
        self._on_flag = on_flag
        self.on_msg(self._receive)

    def show(self, rows: Sequence[Row], texts: Mapping[str, str]) -> None:
        """Show the rows."""
        self._names = frozenset(row.name for row in rows)
        with self.hold_sync():
            self.texts = dict(texts)
            self.rows = [asdict(row) for row in rows]

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widget's state."""
        self._names = frozenset()
        self.rows = []

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        match message:
            case {"type": "flag", "name": str(name), "fits": bool(fits)} if name in self._names:
                assert isinstance(message, dict)
                if sent := sent_in(message, {}):
                    self._on_flag(name, fits, sent)
