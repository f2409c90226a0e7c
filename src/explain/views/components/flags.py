"""A list of what a score was given, each row with a button that says it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial

import anywidget
import traitlets

from explain.views.components.messages import Row, Sent, answered, sent_in
from explain.views.components.script import script, style


class Flags(anywidget.AnyWidget):
    """Rows that can be flagged; ``on_flag(name, fits, sent)`` records a press and returns what is wrong, if anything.

    A press on rows that are no longer shown goes to ``on_late``.
    """

    _esm = script("flags")
    _css = style("flags")

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    outbox = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, on_flag: Callable[[str, bool, Sent], str], on_late: Callable[[Mapping[str, object]], object]
    ) -> None:
        super().__init__()
        # What can be flagged is kept here as well: every synced trait is the browser's to set.
        self._asked: tuple[str, frozenset[str]] = ("", frozenset())
        self._on_flag = on_flag
        self._on_late = on_late
        self.on_msg(self._receive)

    def show(self, key: str, rows: Sequence[Row], texts: Mapping[str, str]) -> None:
        """Show the rows. ``key`` names them for one person and case; a press made while the line was gone has it."""
        self._asked = key, frozenset(row.name for row in rows)
        with self.hold_sync():
            self.texts = dict(texts)
            self.outbox = key
            self.rows = [asdict(row) for row in rows]

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widget's state.

        A press that is still on its way is taken all the same: whether it comes too late, the service decides.
        """
        self.rows = []

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        key, names = self._asked
        match message:
            case {"type": "flag", "key": str(its), "name": str(name), "fits": bool(fits)}:
                if (sent := sent_in(message, {})) is None:
                    return
                if its != key:
                    self._on_late(message)
                    self._acknowledge(its, sent, "")
                elif name in names:
                    answered(sent, partial(self._on_flag, name, fits), partial(self._acknowledge, key, sent))

    def _acknowledge(self, key: str, sent: Sent, problem: str) -> None:
        self.send({"type": "acknowledged", "key": key, "command_id": sent.command_id, "problem": problem})
