"""Thirty people at once on a bad line: every press is stored exactly once and in order, and no score comes too early.

Four of them sit at a real Chromium. The logic that keeps a press until it is answered is in outbox.js, which only a
browser runs; thirty browsers would be a test of this machine's memory. So the other twenty-six are bench's scripted
trainees, who repeat a press by the same command id as outbox.js does (``bench/outbox.py``). All go over one line.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from typing import Any

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from playwright.sync_api import Page, WebSocket, expect

from bench.account import account, all_of
from bench.client import Browser
from bench.outbox import Press, Steady
from explain.apps.wiring import case_sets
from explain.domain.facts import Fact, InitialLocked, ScoreRevealed
from explain.sessions.ports import FactStore
from explain.store import open_store
from tests.practice import four_cases

from .line import line_to
from .wire import Entry, secrets_of

SCRIPTED, IN_CHROMIUM = 26, 4
FIRST_CASE = next(iter(case_sets(four_cases()).values())).cases[0]
FLAGGED = ("age", "referrals_90d")


class Crowd:
    """The scripted ones, in a loop and a thread of their own, so that the others can act at the same time."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.people: list[Steady] = []
        self.people = self.do(lambda number: _come(url, number), range(SCRIPTED)).result()

    def do(self, what: Callable[[Any], Awaitable[Any]], whom: Any = None) -> Future[list[Any]]:
        """Let everybody do something at once."""

        async def all_together() -> list[Any]:
            return await asyncio.gather(*(what(one) for one in (self.people if whom is None else whom)))

        return asyncio.run_coroutine_threadsafe(all_together(), self._loop)

    def leave(self) -> None:
        self.do(lambda one: one.page.vanish()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _come(url: str, number: int) -> Steady:
    one = Steady(await Browser(url).open(), 0, random.Random(number))
    for _ in ("welcome", "the checks", "their answers", "the gate"):
        await one.press()
    return one


async def _write_and_press(one: Steady) -> None:
    press = one.fill(words=f"skrevet af {id(one)}")
    await one.type(press)
    await one.deliver(press)


async def _flag_and_go_on(one: Steady) -> None:
    for place in range(len(FLAGGED)):
        await one.deliver(one.flag(place))
    await one.press()


@contextmanager
def crowd_at(url: str) -> Iterator[Crowd]:
    crowd = Crowd(url)
    try:
        yield crowd
    finally:
        crowd.leave()


def presses_of(page: Page) -> list[Press]:
    """Return a list that fills with every press a page sends, each once, in the order they first leave."""
    sent: list[Press] = []

    def take(frame: str | bytes) -> None:
        _, parts = deserialize_msg_from_ws_v1(frame)
        said = (json.loads(parts[3]).get("data") or {}).get("content") or {}
        if said.get("type") in ("send", "flag") and said["command_id"] not in {one.command_id for one in sent}:
            sent.append(Press("", said["command_id"], said["key"], said.get("values", {}), said))

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", take)

    page.on("websocket", listen)
    return sent


def count(store: FactStore, *kinds: type[Fact]) -> int:
    return sum(isinstance(row.fact, kinds) for row in all_of(store))


def test_thirty_at_once_on_a_line_that_is_cut_slow_and_dropped(visit, serve) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(serve())
        store = stack.enter_context(closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")))
        line, address = stack.enter_context(line_to(server.url))
        through = replace(server, url=address)
        crowd = stack.enter_context(crowd_at(address))
        real = [stack.enter_context(visit(to=through)) for _ in range(IN_CHROMIUM)]
        sent = [presses_of(anna.page) for anna in real]
        for anna in real:
            anna.arrive()
            anna.introduce()
            anna.open(1)
        everybody = SCRIPTED + IN_CHROMIUM

        # Cut: all write and lock; nothing gets through, and nobody is shown a score.
        line.cut()
        locks = crowd.do(_write_and_press)
        for number, anna in enumerate(real):
            anna.judge(1, 6, f"uden linje {number}")
            anna.lock(1)
        for anna in real:
            expect(anna.page.get_by_text(anna.say("form.waiting"))).to_be_visible()
            assert anna.page.locator(".skoen-score").count() == 0
        assert not locks.done()
        assert count(store, InitialLocked, ScoreRevealed) == 0
        secrets = secrets_of(FIRST_CASE)
        for one in crowd.people:
            came = [Entry("socket in", "", raw.encode() if isinstance(raw, str) else raw) for raw in one.page.received]
            assert secrets.found(came) == {}
        line.mend()
        locks.result()
        for anna in real:
            anna.at_step(2, case=1)
        assert count(store, InitialLocked) == count(store, ScoreRevealed) == everybody

        # Dropped, again and again, while all flag what does not fit, one after the other, and go on.
        line.drop()
        flags = crowd.do(_flag_and_go_on)
        for anna in real:
            for name in FLAGGED:
                anna.page.locator(f'.skoen-flags [data-name="{name}"]').click()
            line.drop()
            anna.press("score.onward")
        line.drop()
        flags.result()
        for anna in real:
            anna.at_step(3, case=1)

        # Slow: 400 ms each way, for every piece of what is said.
        line.delay(0.4)
        finals = crowd.do(_write_and_press)
        for number, anna in enumerate(real):
            anna.judge(3, 5, f"langsomt {number}")
            anna.lock(3)
        finals.result()
        for anna in real:
            anna.at(anna.say("step.4.title"))
        line.delay(0)

        # Dropped and cut in one: what was sent may have been taken, and its answer lost.
        reflections = crowd.do(_write_and_press)
        line.drop()
        line.cut()
        for number, anna in enumerate(real):
            anna.close_case(f"set i bakspejlet {number}")
        line.drop()
        line.mend()
        reflections.result()
        for anna in real:
            anna.at_gate(2)

        everything = [*(one.sent for one in crowd.people), *sent]
        found = account(everything, store)
        assert found.clean, found
        # four to the gate and its case, the first lock, the flags, onward, the second lock, the reflection
        assert [len(presses) for presses in everything] == [8 + len(FLAGGED)] * everybody
        streams = {row.stream for row in all_of(store) if row.stream.startswith("encounter/")}
        assert len(streams) == everybody
        assert [store.drafts(stream) for stream in streams if store.drafts(stream)] == [], "none outlives its lock"
