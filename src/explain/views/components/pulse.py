"""The pulse of a page that waits for others: looks for what they have done, while a browser says that it is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

import anywidget
import traitlets

from explain.views.components.script import script

PATIENCE: Final = 90.0
"""Seconds a page may be silent before its kernel stops looking: a browser lets a hidden page speak once a minute."""


class Pulse(anywidget.AnyWidget):
    """Calls ``act`` every ``every`` seconds; 0 never.

    The loop is the kernel's own, found when the browser first speaks: a page is built before anybody is there.
    """

    _esm = script("pulse")

    every = traitlets.Float(0.0).tag(sync=True)

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act
        self._every = 0.0
        self._heard = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.on_msg(self._receive)

    def beat(self, every: float) -> None:
        """Set how often to look, in seconds."""
        # Kept here as well: every synced trait is the browser's to set.
        self._every = self.every = every

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if message == {"type": "here"}:
            self._heard = time.monotonic()
            if self._timer is None and self._every:
                self._wait()

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._every, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self._every or time.monotonic() - self._heard > PATIENCE:
            return
        try:
            self._act()
        finally:
            self._wait()
