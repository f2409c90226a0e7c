"""Kernels and whose they are: opened for one visitor while there is a seat, ended when the page is gone or rests."""

from __future__ import annotations

import asyncio
import math
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

from jupyter_core.utils import ensure_async

from explain.serving.gate import Admitted
from explain.serving.lease import Lease
from explain.serving.site import Page
from explain.serving.spares import Spare, Spares
from explain.serving.starting import OwnPython, kernel_environment
from explain.serving.warm import provisioner
from explain.serving.warm.forked import Forked, Unwell
from explain.serving.warm.templates import Templates

UNSEEN_SECONDS: Final = 120.0
"""A kernel whose page has not been heard of for so long is ended."""
LEAVING_SECONDS: Final = 5.0
"""A page that says goodbye leaves its kernel so long, to finish what was sent last."""
IDLE_SECONDS: Final = 1800.0
"""A page that is connected, but on which nothing was done for so long, gives its kernel back; it can resume."""
SWEEP_SECONDS: Final = 2.0
"""How often dead and left kernels are looked for."""
KERNELS_PER_VISITOR: Final = 4
"""Tabs of one browser; opening one more ends the kernel that was not heard of for longest."""
SEATS: Final = 120
"""Kernels that may live at once: a class of 100 with some second tabs, in 3.2 GiB at 27 MiB each."""
READY: Final = 8
"""Kernels kept forked and waiting for whoever comes next; some 6 MiB each."""
READY_FOR_A_CLASS: Final = 30
"""The same where a class is expected, which comes in one instant."""
QUIET_SECONDS: Final = 2.0
"""Nobody has come for so long before spare kernels are forked: those who come go first."""
UNWELL_SECONDS: Final = 60.0
"""How long none are forked after one could not be: a machine without memory must not be asked every two seconds."""
KEPT_SEATS: Final = 3
"""Seats that only somebody with a role gets, so that a full house can still be looked after."""
RESTED_KEPT: Final = 1000
"""How many kernels that were ended while their page rested are remembered, so that it can be said."""

ANYBODY: Final = Admitted()
"""Where nobody is asked who she is."""


class FullHouse(Exception):
    """There is no seat; the visitor is asked to come again in a moment."""


class Kernels:
    """Every kernel with its lease.

    Parameters
    ----------
    manager
        Starts and ends kernels: jupyter_server's kernel manager.
    settings
        What the application gives every kernel.
    folder
        A folder for the kernels' own files, removed when the server stops.
    clock
        Seconds that never go back.
    templates
        What kernels are forked from; without them every kernel is an ordinary one.
    seats
        How many kernels may live at once, :data:`KEPT_SEATS` of them for those with a role.
    first
        The notebook of the page that most people come to: spare kernels are kept of it, if there are templates.
    ready
        How many, while there are seats for so many more.
    """

    def __init__(
        self,
        manager: Any,
        settings: Mapping[str, str],
        folder: Path,
        clock: Callable[[], float] = time.monotonic,
        *,
        templates: Templates | None = None,
        seats: int = SEATS,
        first: Path | None = None,
        ready: int = 0,
    ) -> None:
        provisioner.register()
        self._manager = manager
        self._settings = settings
        self._folder = folder
        self._clock = clock
        self._templates = templates
        self._seats = seats
        self._opening = 0
        self._opened = -math.inf
        self._first, self._ready = first, ready if templates else 0
        self._spares = Spares(self._fork_spare, self.close)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._leases: dict[str, Lease] = {}
        self._rested: dict[str, str] = {}

    @property
    def taken(self) -> int:
        """How many kernels live, or are being opened."""
        return self._opening + sum(not lease.leaving for lease in self._leases.values())

    @property
    def seats(self) -> int:
        """How many kernels may live at once."""
        return self._seats

    async def open(
        self,
        visitor: str,
        page: Page,
        *,
        language: str,
        query: str,
        admitted: Admitted = ANYBODY,
        shown: str = "",
    ) -> str:
        """Start a kernel for ``visitor`` and return its id.

        Raises
        ------
        FullHouse
            If every seat is taken; the last :data:`KEPT_SEATS` are for those who were admitted under a role.
        """
        # One visitor's pages open one after the other: asked for in one instant, none would see the others' leases.
        async with self._turns.setdefault(visitor, asyncio.Lock()):
            await self._make_room(visitor)
            if self.taken >= self._seats - (0 if admitted.role else KEPT_SEATS):
                raise FullHouse
            self._opening += 1
            try:
                kernel_id = await self._open(visitor, page, language, query, admitted.told)
                self._leases[kernel_id].shown, self._leases[kernel_id].told = shown, admitted.told
                return kernel_id
            finally:
                self._opening -= 1
                self._opened = self._clock()

    async def _open(self, visitor: str, page: Page, language: str, query: str, told: Mapping[str, str]) -> str:
        environment = kernel_environment(
            self._settings,
            visitor=visitor,
            language=language,
            query=query,
            folder=self._folder,
            told=told,
        )
        kernel_id = await self._begin_spare(page.notebook, environment) or await self._start(page.notebook, environment)
        now = self._clock()
        self._leases[kernel_id] = Lease(visitor, page, language, seen=now, used=now, forked=self._forked(kernel_id))
        return kernel_id

    async def _start(self, notebook: Path, environment: Mapping[str, str], *, spare: bool = False) -> str:
        templates = self._templates
        kernel_id: str = await ensure_async(
            self._manager.start_kernel(
                kernel_name=OwnPython.name,
                cwd=str(notebook.parent),
                env=dict(environment),
                # What a library prints may hold what a person wrote.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                warm=(lambda: templates.of(notebook)) if templates else None,
                spare=spare,
            )
        )
        return kernel_id

    def _forked(self, kernel_id: str) -> Forked | None:
        process = self._manager.get_kernel(kernel_id).provisioner.process
        return process if isinstance(process, Forked) else None

    async def _begin_spare(self, notebook: Path, environment: Mapping[str, str]) -> str | None:
        """Give a spare kernel to a page, if there is one that fits."""
        if (
            self._templates is None
            or notebook != self._first
            or (template := await self._templates.of(notebook)) is None
        ):
            return None
        while (spare := await self._spares.take(template)) is not None:
            try:
                spare.forked.begin(kernel_id=spare.kernel_id, environment=environment, cwd=str(notebook.parent))
            except Unwell:
                await self.close(spare.kernel_id)
            else:
                return spare.kernel_id
        return None

    async def _fork_spare(self) -> Spare | None:
        if self._templates is None or self._first is None or await self._templates.of(self._first) is None:
            return None
        try:
            kernel_id = await self._start(self._first, {}, spare=True)
        except Unwell:
            self._opened = self._clock() + UNWELL_SECONDS
            return None
        forked = self._forked(kernel_id)
        return None if forked is None else Spare(kernel_id, forked)

    def _is_quiet(self) -> bool:
        return not self._opening and self._clock() - self._opened > QUIET_SECONDS

    async def keep_ready(self) -> None:
        """Fork spare kernels, while nobody comes, until there are as many as there should be."""
        if not self._ready or self._templates is None or self._first is None or not self._is_quiet():
            return
        if (template := await self._templates.of(self._first)) is not None:
            living = self._opening + len(self._leases)  # those of pages that are leaving too
            await self._spares.fill(template, min(self._ready, self._seats - living), self._is_quiet)

    async def close_spares(self) -> None:
        """End those nobody came for, and fork no more."""
        await self._spares.clear()

    def lease(self, kernel_id: str, visitor: str | None) -> Lease | None:
        """Return the lease of a kernel if it is this visitor's; to everybody else there is none."""
        lease = self._leases.get(kernel_id)
        return lease if lease is not None and visitor is not None and lease.visitor == visitor else None

    async def alive(self, kernel_id: str) -> bool:
        """Tell whether the kernel's process lives, and note that its page was heard of."""
        if (lease := self._leases.get(kernel_id)) is None or kernel_id not in self._manager:
            return False
        lease.seen = lease.heard = self._clock()
        lease.leaving = False
        return bool(await ensure_async(self._manager.get_kernel(kernel_id).is_alive()))

    def connected(self, kernel_id: str) -> bool:
        """Tell whether the kernel's page holds a websocket to it."""
        return kernel_id in self._manager and self._manager.kernel_model(kernel_id)["connections"] > 0

    def use(self, kernel_id: str) -> None:
        """Note that something was done on the page."""
        if (lease := self._leases.get(kernel_id)) is not None:
            lease.used = self._clock()

    def rested(self, kernel_id: str, visitor: str | None) -> bool:
        """Tell whether this visitor's kernel was ended because nothing was done on its page."""
        return visitor is not None and self._rested.get(kernel_id) == visitor

    def leave(self, kernel_id: str) -> None:
        """Note that the page was closed; if it does not come back, its kernel is ended soon."""
        if (lease := self._leases.get(kernel_id)) is not None:
            lease.seen, lease.leaving = self._clock(), True

    async def close(self, kernel_id: str) -> None:
        """End a kernel and forget it. A kernel is disposable: the store has everything."""
        self._leases.pop(kernel_id, None)
        if kernel_id in self._manager:
            await ensure_async(self._manager.shutdown_kernel(kernel_id, now=True))

    async def close_where(self, gone: Callable[[Lease], bool]) -> None:
        """End every kernel whose lease is ``gone``."""
        for kernel_id in [kernel_id for kernel_id, lease in self._leases.items() if gone(lease)]:
            await self.close(kernel_id)

    def shown(self) -> frozenset[str]:
        """Return who has pages open, by the names a gate gave them; those whom it gave none are left out."""
        return frozenset(lease.shown for lease in self._leases.values() if lease.shown)

    def heard(self, within: float) -> frozenset[str]:
        """Return the participants whose pages spoke in the last ``within`` seconds."""
        since = self._clock() - within
        lately = [lease for lease in self._leases.values() if lease.heard >= since and not lease.leaving]
        return frozenset(lease.told["PARTICIPANT"] for lease in lately if "PARTICIPANT" in lease.told)

    async def sweep(self) -> None:
        """End every kernel that died or whose page is gone."""
        for kernel_id, lease in list(self._leases.items()):
            if self.connected(kernel_id) and not lease.leaving:
                lease.seen = self._clock()
            if self._clock() - lease.used > IDLE_SECONDS:
                self._rested[kernel_id] = lease.visitor
                await self.close(kernel_id)
                continue
            unseen = self._clock() - lease.seen
            running = kernel_id in self._manager and await ensure_async(self._manager.get_kernel(kernel_id).is_alive())
            if not running or unseen > (LEAVING_SECONDS if lease.leaving else UNSEEN_SECONDS):
                await self.close(kernel_id)
        for kernel_id in list(self._rested)[:-RESTED_KEPT]:
            del self._rested[kernel_id]
        if self._templates:
            self._templates.sweep()

    async def _make_room(self, visitor: str) -> None:
        own = [kernel_id for kernel_id, lease in self._leases.items() if lease.visitor == visitor]
        own.sort(key=lambda kernel_id: self._leases[kernel_id].seen)
        for kernel_id in own[: max(0, len(own) - KERNELS_PER_VISITOR + 1)]:
            await self.close(kernel_id)
