"""What can be done now, as buttons that stay where they are while the page around them changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import anywidget
import traitlets

from explain.views.components.messages import Action, Sent, sent_in
from explain.views.components.script import script, style


class Actions(anywidget.AnyWidget):
    """A row of buttons; ``on_press(name, value, sent)`` answers with what is wrong, or nothing."""

    _esm = script("actions")
    _css = style("actions")

    actions = traitlets.List(traitlets.Dict()).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    key = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_press: Callable[[str, str, Sent], str]) -> None:
        super().__init__()
        # What can be pressed is kept here as well: every synced trait is the browser's to set.
        self._key = ""
        self._offered: frozenset[str] = frozenset()
        self._on_press = on_press
        self.on_msg(self._receive)

    def show(self, key: str, actions: Sequence[Action], texts: Mapping[str, str]) -> None:
        """Offer some actions. ``key`` names them for one person and place; a press made without a line has it."""
        self._key, self._offered = key, frozenset(action.name for action in actions)
        with self.hold_sync():
            self.texts, self.key = dict(texts), key
            self.actions = [asdict(action) for action in actions]

    def clear(self) -> None:
        """Offer nothing; a press that is on its way is answered, and the service decides."""
        self.actions = []

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        match message:
            case {"type": "press", "key": str(key), "name": str(name), "value": str(value)}:
                assert isinstance(message, dict)
                if sent := sent_in(message, {}):
                    # What is no longer offered is not done, and the browser may let go of it.
                    offered = key == self._key and name in self._offered
                    problem = self._on_press(name, value, sent) if offered else ""
                    self.send({"type": "acknowledged", "key": key, "command_id": sent.command_id, "problem": problem})
