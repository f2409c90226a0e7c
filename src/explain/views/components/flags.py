"""A list of what a score was given, each row with a button that says it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import anywidget
import traitlets

from explain.views.components.form import ASSETS, LONGEST
from explain.views.components.messages import Row, Sent


class Flags(anywidget.AnyWidget):
    """Rows that can be flagged; ``on_flag(name, fits, sent)`` records a press."""

    _esm = ASSETS / "flags.js"
    _css = ASSETS / "flags.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, on_flag: Callable[[str, bool, Sent], str]) -> None:
        super().__init__()
        self._on_flag = on_flag
        self.on_msg(self._receive)

    def show(self, rows: Sequence[Row], texts: Mapping[str, str]) -> None:
        """Show the rows."""
        with self.hold_sync():
            self.texts = dict(texts)
            self.rows = [asdict(row) for row in rows]

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widget's state."""
        self.rows = []

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        match message:
            case {"type": "flag", "name": str(name), "fits": bool(fits), "command_id": str(command_id)} if (
                0 < len(command_id) <= LONGEST
            ):
                assert isinstance(message, dict)
                at = message.get("browser_time")
                self._on_flag(name, fits, Sent(command_id, at if isinstance(at, int) else None, {}))
