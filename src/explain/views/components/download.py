"""A file the participant takes with her, made only when she asks for it."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from explain.views.components.script import script


class Download(anywidget.AnyWidget):
    """A button that saves a file, or opens it for printing.

    Parameters
    ----------
    make
        Makes the file's text when the button is pressed.
    """

    _esm = script("download")

    label = traitlets.Unicode().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    opens = traitlets.Bool(False).tag(sync=True)

    def __init__(self, make: Callable[[], str], *, kind: str, opens: bool = False) -> None:
        super().__init__(kind=kind, opens=opens)
        self._make = make
        self._offered = False
        self.on_msg(self._receive)

    def show(self, label: str, filename: str) -> None:
        """Set the button's words and the file's name."""
        self._offered = True
        with self.hold_sync():
            self.label, self.filename = label, filename

    def clear(self) -> None:
        """Offer nothing."""
        self._offered = False

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if self._offered and message == {"type": "make"}:
            self.send({"type": "file", "text": self._make()})
