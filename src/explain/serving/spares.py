"""Kernels that were forked before anybody asked for them, so that a class that comes at once finds them there.

A spare kernel has its sockets open and waits to be told whose it is; until then it has no visitor, no randomness and no
connection of its own. A fork and its sockets are half of what a page costs, and are paid while nobody waits.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from explain.serving.warm.forked import Forked
from explain.serving.warm.templates import Template


@dataclass(frozen=True)
class Spare:
    """A spare kernel."""

    kernel_id: str
    forked: Forked

    def fits(self, template: Template) -> bool:
        """Tell whether it lives and was forked from this template, and not from one that has been replaced."""
        return self.forked.template is template and self.forked.poll() is None


class Spares:
    """The spare kernels of one notebook.

    Parameters
    ----------
    fork
        Makes one; nothing where kernels cannot be forked now.
    end
        Ends a kernel.
    """

    def __init__(self, fork: Callable[[], Awaitable[Spare | None]], end: Callable[[str], Awaitable[None]]) -> None:
        self._fork = fork
        self._end = end
        self._kept: deque[Spare] = deque()
        self._closed = False

    async def take(self, template: Template) -> Spare | None:
        """Give one away; those that do not fit the template any more are ended."""
        await self._keep([spare for spare in self._kept if spare.fits(template)])
        return self._kept.popleft() if self._kept else None

    async def fill(self, template: Template, most: int, is_quiet: Callable[[], bool]) -> None:
        """End those that do not fit or are too many, and fork until there are ``most``, as long as nobody comes."""
        await self._keep([spare for spare in self._kept if spare.fits(template)][: max(most, 0)])
        while len(self._kept) < most and is_quiet() and not self._closed:
            if (spare := await self._fork()) is None:
                return
            self._kept.append(spare)
            if self._closed:
                await self._keep([])

    async def clear(self) -> None:
        """End them all, and fork no more."""
        self._closed = True
        await self._keep([])

    async def _keep(self, these: list[Spare]) -> None:
        """End all others at once."""
        # Before anything is waited for: whoever comes meanwhile must find none of those that go.
        gone, self._kept = [spare for spare in self._kept if spare not in these], deque(these)
        await asyncio.gather(*(self._end(spare.kernel_id) for spare in gone), return_exceptions=True)
