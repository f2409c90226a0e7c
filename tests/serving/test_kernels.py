"""When a kernel is ended: two minutes after its page was last heard of, soon after a goodbye, never while connected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from explain.serving.gate import Admitted
from explain.serving.kernels import (
    IDLE_SECONDS,
    KEPT_SEATS,
    KERNELS_PER_VISITOR,
    LEAVING_SECONDS,
    SEATS,
    UNSEEN_SECONDS,
    FullHouse,
    Kernels,
)
from explain.serving.site import Page
from explain.serving.starting import OwnPython, kernel_environment

PAGE = Page("", Path(__file__).with_name("first.ipynb"), {"da": "Side"})


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def with_kernel(
    folder: Path,
    check: Callable[[Kernels, str, Clock, AsyncMappingKernelManager], Awaitable[None]],
    seats: int = SEATS,
) -> None:
    """Start one real kernel and check something about it."""

    async def run() -> None:
        clock = Clock()
        manager = AsyncMappingKernelManager(
            kernel_spec_manager=OwnPython(), connection_dir=str(folder), root_dir=str(folder)
        )
        kernels = Kernels(manager, {}, folder, clock, seats=seats)
        try:
            await check(kernels, await kernels.open("anna", PAGE, language="da", query=""), clock, manager)
        finally:
            await manager.shutdown_all(now=True)
            manager.context.destroy(linger=0)  # left to the garbage collector, it may be found before its manager

    asyncio.run(run())


def test_a_page_not_heard_of_loses_its_kernel(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        clock.now = UNSEEN_SECONDS
        await kernels.sweep()
        assert await kernels.alive(kernel), "heard of again"
        clock.now = 2 * UNSEEN_SECONDS
        await kernels.sweep()
        assert kernels.lease(kernel, "anna") is not None
        clock.now = 2 * UNSEEN_SECONDS + 1
        await kernels.sweep()
        assert kernels.lease(kernel, "anna") is None
        assert kernel not in manager

    with_kernel(tmp_path, check)


def test_a_connected_page_keeps_its_kernel(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        manager.notify_connect(kernel)
        for clock.now in (UNSEEN_SECONDS + 1, 100 * UNSEEN_SECONDS):
            kernels.use(kernel)
            await kernels.sweep()
            assert kernel in manager
        manager.notify_disconnect(kernel)
        clock.now += UNSEEN_SECONDS
        await kernels.sweep()
        assert kernel in manager, "two minutes begin when the line is gone"

    with_kernel(tmp_path, check)


def test_a_goodbye_ends_the_kernel_soon_even_if_the_line_still_stands(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        manager.notify_connect(kernel)
        kernels.leave(kernel)
        clock.now = LEAVING_SECONDS
        await kernels.sweep()
        assert kernel in manager, "what was sent last is still dealt with"
        clock.now = LEAVING_SECONDS + 1
        await kernels.sweep()
        assert kernel not in manager

    with_kernel(tmp_path, check)


def test_a_page_on_which_nothing_is_done_gives_its_kernel_back_and_says_so(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        manager.notify_connect(kernel)
        clock.now = IDLE_SECONDS
        await kernels.alive(kernel)
        await kernels.sweep()
        assert kernel in manager, "and a beat is nothing that is done"
        assert not kernels.rested(kernel, "anna")
        clock.now = IDLE_SECONDS + 1
        await kernels.sweep()
        assert kernel not in manager
        assert [kernels.rested(kernel, who) for who in ("anna", "bo", None)] == [True, False, False]

    with_kernel(tmp_path, check)


def test_a_full_house_keeps_its_last_seats_for_those_with_a_role(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        with pytest.raises(FullHouse):
            await kernels.open("bo", PAGE, language="da", query="")
        trainer = await kernels.open("trainer", PAGE, language="da", query="", admitted=Admitted(role=True))
        await kernels.close(kernel)
        with pytest.raises(FullHouse):
            await kernels.open("bo", PAGE, language="da", query="")
        await kernels.close(trainer)
        assert kernels.lease(await kernels.open("bo", PAGE, language="da", query=""), "bo")

    with_kernel(tmp_path, check, seats=1 + KEPT_SEATS)


def test_whoever_loads_her_page_anew_keeps_her_seat(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        kernels.leave(kernel)
        assert kernels.lease(await kernels.open("anna", PAGE, language="da", query=""), "anna")

    with_kernel(tmp_path, check, seats=1 + KEPT_SEATS)


def test_pages_that_one_visitor_opens_in_one_instant_are_no_more_than_she_may_have(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        many = [kernels.open("anna", PAGE, language="da", query="") for _ in range(KERNELS_PER_VISITOR + 2)]
        opened = await asyncio.gather(*many)
        assert len(manager.list_kernel_ids()) == KERNELS_PER_VISITOR
        assert sum(kernels.lease(one, "anna") is not None for one in opened) == KERNELS_PER_VISITOR

    with_kernel(tmp_path, check)


def test_a_kernel_is_nobody_elses(tmp_path: Path) -> None:
    async def check(kernels: Kernels, kernel: str, clock: Clock, manager: AsyncMappingKernelManager) -> None:
        assert kernels.lease(kernel, "anna") is not None
        assert kernels.lease(kernel, "bo") is None
        assert kernels.lease(kernel, None) is None
        assert not await kernels.alive("00000000-0000-0000-0000-000000000000")

    with_kernel(tmp_path, check)


def test_a_site_cannot_say_who_the_visitor_is(tmp_path: Path) -> None:
    settings = {"SKOEN_VISITOR": "everybody", "SKOEN_DATA": "d"}
    made = kernel_environment(settings, visitor="anna", language="da", query="", folder=tmp_path)
    assert (made["SKOEN_VISITOR"], made["SKOEN_DATA"]) == ("anna", "d")
