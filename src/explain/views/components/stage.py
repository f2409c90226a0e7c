"""The stage: the whole page's look, and the care that a change of step is seen, heard and begun at its top."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import anywidget
import traitlets

from explain.views.components.script import script, style


class Stage(anywidget.AnyWidget):
    """Brings the page's style, and moves sight and focus to the heading of a new step.

    ``query``, set before ``place``, is what stands behind the ``?`` of the address from then on.

    What a tab still has to deliver from a page that is no longer shown (the answer was lost with the kernel, say) goes
    to ``on_late`` when the page is opened; where that says so, the tab forgets it.
    """

    _esm = script("stage")
    _css = style("stage")

    place = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_late: Callable[[Mapping[str, object]], bool]) -> None:
        super().__init__()
        self._on_late = on_late
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        match message:
            case {"key": str(key), "command_id": str(command_id)}:
                assert isinstance(message, dict)
                if self._on_late(message):
                    self.send({"type": "acknowledged", "key": key, "command_id": command_id, "problem": ""})
