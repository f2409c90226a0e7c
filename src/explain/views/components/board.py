"""The live table of a class: a row for each participant, changed in place, with a note field and buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

import anywidget
import traitlets

from explain.views.components.messages import Action, BoardRow, Sent, sent_in, whole
from explain.views.components.script import script, style


class Board(anywidget.AnyWidget):
    """The table; a note that is being typed is never written over.

    Parameters
    ----------
    on_press
        Takes the name of a button, the row's number and what was sent; answers with what is wrong, or nothing.
    on_note
        Takes the row's number, the text and what was sent.
    """

    _esm = script("board")
    _css = style("board")

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    key = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_press: Callable[[str, int, Sent], str], on_note: Callable[[int, str, Sent], str]) -> None:
        super().__init__()
        self._key = ""
        self._offered: dict[int, frozenset[str]] = {}
        self._on_press, self._on_note = on_press, on_note
        self.on_msg(self._receive)

    def show(self, key: str, rows: Sequence[BoardRow], texts: Mapping[str, str]) -> None:
        """Show the rows as they are now; nothing goes over the wire where nothing has changed."""
        self._key = key
        self._offered = {row.number: frozenset(action.name for action in row.actions) for row in rows}
        with self.hold_sync():
            self.texts, self.key = dict(texts), key
            self.rows = [_public(row) for row in rows]

    def tell(self, number: int, text: str) -> None:
        """Show a sentence in a row until it is hidden; it stands in no trait, so that no other page finds it there."""
        self.send({"type": "told", "number": number, "text": text})

    def clear(self) -> None:
        """Show nothing."""
        self._offered = {}
        self.rows = []

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        match message:
            case {"type": "press" | "note", "key": str(key)}:
                assert isinstance(message, dict)
                if sent := sent_in(message, {}):
                    # What is no longer offered is not done, and the browser may let go of it.
                    problem = self._take(message, sent) if key == self._key else ""
                    self.send({"type": "acknowledged", "key": key, "command_id": sent.command_id, "problem": problem})

    def _take(self, message: Mapping[str, object], sent: Sent) -> str:
        match message:
            case {"type": "press", "name": str(name), "number": int(number)} if name in self._offered.get(number, ()):
                return self._on_press(name, number, sent)
            case {"type": "note", "text": str(text), "number": int(number)} if number in self._offered:
                return self._on_note(number, whole(text), sent)
            case _:
                return ""


def _public(row: BoardRow) -> dict[str, Any]:
    # By hand: asdict copies deeply, and a hundred rows come twice a second.
    return {name: getattr(row, name) for name in _ROW} | {"actions": [_button(action) for action in row.actions]}


def _button(action: Action) -> dict[str, str]:
    return {name: getattr(action, name) for name in _ACTION}


_ROW: Final = tuple(field.name for field in fields(BoardRow) if field.name != "actions")
_ACTION: Final = tuple(field.name for field in fields(Action))
