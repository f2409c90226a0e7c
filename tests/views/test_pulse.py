"""A page looks for what others have done as long as a browser says that it is there, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from explain.views.components import pulse as module
from explain.views.components.pulse import Pulse

HERE = {"type": "here"}


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def test_it_looks_once_the_browser_has_spoken(wire):
    looks: list[int] = []

    async def live() -> None:
        pulse = Pulse(lambda: looks.append(1))
        pulse.beat(0.001)
        await asyncio.sleep(0.02)
        assert looks == []
        wire.send(pulse, HERE)
        await until(lambda: len(looks) >= 3)

    asyncio.run(live())


def test_a_page_that_waits_for_nothing_does_not_look(wire):
    looks: list[int] = []

    async def live() -> None:
        pulse = Pulse(lambda: looks.append(1))
        wire.send(pulse, HERE)
        pulse.beat(0.001)
        wire.set(pulse, every=0.0)
        wire.send(pulse, {"type": "elsewhere"})
        await asyncio.sleep(0.02)
        assert looks == []
        wire.send(pulse, HERE)
        await until(lambda: len(looks) >= 2)
        pulse.beat(0.0)
        await asyncio.sleep(0.02)
        before = len(looks)
        await asyncio.sleep(0.02)
        assert len(looks) == before

    asyncio.run(live())


def test_a_silent_page_is_looked_for_no_more_until_it_speaks_again(wire, monkeypatch):
    looks: list[int] = []
    monkeypatch.setattr(module, "PATIENCE", -1.0)

    async def live() -> None:
        pulse = Pulse(lambda: looks.append(1))
        pulse.beat(0.001)
        wire.send(pulse, HERE)
        await until(lambda: pulse._timer is None)
        assert looks == []
        monkeypatch.setattr(module, "PATIENCE", 60.0)
        wire.send(pulse, HERE)
        await until(lambda: len(looks) >= 2)

    asyncio.run(live())


def test_a_look_that_fails_is_not_the_last(wire):
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the database is busy")

    async def live() -> None:
        failed: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(context["exception"]))
        pulse = Pulse(look)
        pulse.beat(0.001)
        wire.send(pulse, HERE)
        await until(lambda: len(looks) >= 3)
        assert [type(one) for one in failed] == [OSError]

    asyncio.run(live())
