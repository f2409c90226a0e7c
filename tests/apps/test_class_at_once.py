"""Classes at a real server, over the wire: a storm of people who join, two trainers at once, sixty bots in the view."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from html import unescape
from typing import Any

import pytest

from bench.account import all_of
from bench.client import OpenPage
from bench.server import COMMAND, Running, running
from explain.domain.session_facts import ParticipantJoined
from explain.store import open_store
from explain.texts import sayer
from tests.entrance.person import Person
from tests.practice import four_cases

SAY = sayer("da")
STORM, ELSEWHERE = 90, 30
"""How many join one class at once, and how many another at the same time."""
BOTS = 60
TOKEN = re.compile(r"welcome#([\w-]+)")


@pytest.fixture
def server(tmp_path) -> Iterator[Running]:
    options = ["--port", "0", "--data", str(tmp_path / "data"), "--cases", str(four_cases())]
    with running([sys.executable, "-c", COMMAND, "serve", *options], tmp_path / "data") as started:
        yield started


class Trainer:
    """A trainer at her open page, without a screen."""

    def __init__(self, person: Person, page: OpenPage) -> None:
        self.person, self.page = person, page

    async def press(self, name: str, **values: str) -> None:
        """Press the button of this name; ``send`` is that of the form, with what stands in it, changed."""
        model, state, content = self._button(name, values)
        own = {"key": state["key"], "command_id": uuid.uuid4().hex, "browser_time": 1}
        await self.page.answered(await self.page.say(model, **own, **content))
        assert self.page.answers[own["command_id"]]["problem"] == ""

    async def make_class(self) -> str:
        """Make a class and start it; return its code."""
        for name in ("planning", "send", "make", "start"):
            await self.press(name)
        return re.search(r'skoen-class-code">(\w+)<', self.words)[1]

    async def watch(self, true: Callable[[], bool]) -> None:
        """Stay at the page, as her browser says that she does, until something is to be seen there."""
        (pulse,) = (model for model, state in self.page.states.items() if "every" in state)
        await self.page.say(pulse, type="here")
        await self.page.until(true)

    @property
    def words(self) -> str:
        """What stands on her page."""
        return unescape("\n".join(str(state.get("value", "")) for state in self.page.states.values()))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table."""
        return [row for state in self.page.states.values() for row in state.get("rows", ()) if "here" in row]

    def _button(self, name: str, values: dict[str, str]) -> tuple[str, dict[str, Any], dict[str, Any]]:
        for model, state in self.page.states.items():
            if name == "send" and state.get("key") and "fields" in state:
                before = {field: draft["value"] for field, draft in state["drafts"].items()}
                return model, state, {"type": "send", "values": before | values}
            for action in state.get("actions", ()):
                if action["name"] == name:
                    return model, state, {"type": "press", "name": name, "value": action["value"]}
        raise AssertionError(f"her page must offer {name}")


@asynccontextmanager
async def signed_in(server: Running, token: str, name: str) -> AsyncIterator[Trainer]:
    """Let a trainer in by a one-time link."""
    person = Person(server.url)
    assert (await person.redeem(token, name)).code == 303
    async with await person.open("trainer") as page:
        yield Trainer(person, page)


def first_token(server: Running) -> str:
    assert server.process.stdout is not None
    return next(found[1] for line in server.process.stdout if (found := TOKEN.search(line)))


def test_a_storm_joins_two_classes_and_each_trainer_sees_her_own(server: Running) -> None:
    asyncio.run(storm(server))
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as store:
        seats = [row for row in all_of(store) if isinstance(row.fact, ParticipantJoined)]
    assert len(seats) == STORM + ELSEWHERE
    assert server.log.read_text() == ""


async def storm(server: Running) -> None:
    """Let two classes fill at once."""
    async with signed_in(server, first_token(server), "Anna") as anna:
        await anna.press("staff")
        await anna.press("send")
        token = TOKEN.search(anna.words)[1]
        await anna.press("home")
        async with signed_in(server, token, "Bodil") as bodil:
            codes = [await anna.make_class(), await bodil.make_class()]
            people = [(Person(server.url), codes[0]) for _ in range(STORM)]
            people[1:1] = [(Person(server.url), codes[1]) for _ in range(ELSEWHERE)]
            tickets = await asyncio.gather(*(person.join(code) for person, code in people))
            for trainer, code, count in ((anna, codes[0], STORM), (bodil, codes[1], ELSEWHERE)):
                numbers = [number for (number, _), (_, its) in zip(tickets, people, strict=True) if its == code]
                assert sorted(numbers) == list(range(1, count + 1)), "each has one seat, and none is left out"
                await trainer.watch(lambda its=trainer, all_of_them=count: len(its.rows) == all_of_them)
                assert {row["number"] for row in trainer.rows} == set(numbers)
                assert SAY("live.total_people", people=count, here=0) in trainer.words
            for trainer, other in ((anna, codes[1]), (bodil, codes[0])):
                assert not [raw for raw in trainer.page.received if other in str(raw)]

            await not_hers(server, anna, bodil)
            # Each device is its own participant, and the PIN on its ticket brings another device to the same seat.
            for place in (0, STORM):
                (_, code), (number, pin) = people[place], tickets[place]
                again = await Person(server.url).form(f"join/{code}/return", number=str(number), pin=pin)
                assert again.code == 303


async def not_hers(server: Running, anna: Trainer, bodil: Trainer) -> None:
    """See that a trainer who asks for another's class by its address is shown her own classes."""
    theirs = next(state["place"] for state in anna.page.states.values() if state.get("place"))
    async with await bodil.person.open(f"trainer?show=live&session={theirs.split('/')[1]}") as page:
        other = Trainer(bodil.person, page)
        assert other.rows == []
        assert SAY("home.title") in other.words


def test_sixty_bots_are_seen_as_bots_while_they_play(server: Running) -> None:
    asyncio.run(rehearsed(server))
    assert server.log.read_text() == ""


async def rehearsed(server: Running) -> None:
    """Let the bots play under the eyes of a trainer."""
    async with signed_in(server, first_token(server), "Anna") as anna:
        code = await anna.make_class()
        number, _ = await Person(server.url).join(code)
        command = ["rehearse", "--n", str(BOTS), "--code", code, "--data", str(server.data), "--seed", "7"]
        rehearsal = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", COMMAND, *command, "--cases", str(four_cases())), stdout=subprocess.PIPE
        )
        said, _ = await rehearsal.communicate()
        assert rehearsal.returncode == 0
        assert f"{BOTS} bots have joined the session {code}" in said.decode()

        def through() -> bool:
            finished = [row for row in anna.rows if row["case"] == SAY("board.finished")]
            return len(finished) == BOTS - BOTS // 6 and len(anna.rows) == BOTS + 1

        await anna.watch(through)  # one habit of the six leaves half-way
        bots = [row for row in anna.rows if row["number"] != number]
        assert {row["name"] for row in bots} == {f"Robot {place}" for place in range(1, BOTS + 1)}
        assert not any(row["actions"] for row in bots)
        assert SAY("live.total_bots", bots=BOTS) in anna.words
        assert SAY("live.total_people", people=1, here=0) in anna.words
