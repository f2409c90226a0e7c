"""Scripted trainees: they go through cases over the wire as people do, with time to think, and time every save."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from bench.client import Message, OpenPage

REASONS = "Skolen har set det samme to gange, og moren beder selv om hjælp. "
"""What a trainee writes, three times over: about as long as people's reasons."""


@dataclass
class Trainee:
    """Somebody at an open page.

    ``saves`` are the seconds from each press to its acknowledgement, which is sent after the commit; ``drawn`` those
    until the kernel has drawn the next step.

    Parameters
    ----------
    page
        Her page.
    think
        Seconds she thinks before each press, on average (exponentially distributed: some press at once).
    chance
        Decides her ratings and how long she thinks.
    """

    page: OpenPage
    think: float
    chance: random.Random
    saves: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)

    async def walk(self, cases: int) -> None:
        """Go on until so many cases are closed."""
        closed = 0
        while closed < cases:
            await asyncio.sleep(self.chance.expovariate(1 / self.think) if self.think else 0)
            key = await self.press()
            closed += key.endswith("/4")

    async def press(self) -> str:
        """Fill the form there is and send it; return what it was called.

        Raises
        ------
        RuntimeError
            If the answer is that something is wrong.
        """
        model, state = form(self.page)
        key = str(state["key"])  # what is shown has changed when the answer has come
        values = {one["name"]: self._answer(one, state["drafts"]) for one in state["fields"]}
        command_id = uuid.uuid4().hex
        sent = {"type": "send", "key": key, "values": values, "command_id": command_id}
        began = time.perf_counter()
        asked = await self.page.say(model, browser_time=int(1000 * time.time()), **sent)
        heard = await self.page.heard(lambda message: _answers(message, command_id))
        self.saves.append(heard.at - began)
        await self.page.answered(asked)
        self.drawn.append(time.perf_counter() - began)
        if problem := heard.content["data"]["content"]["problem"]:
            raise RuntimeError(f"a press must be taken, and the answer was {problem!r}")
        return key

    def _answer(self, asked: dict[str, Any], drafts: dict[str, Any]) -> str:
        if asked["kind"] == "rating":
            return str(self.chance.randint(1, 10))
        if asked["kind"] == "text":
            return 3 * REASONS
        kept = drafts.get(asked["name"])
        return str(kept["value"] if kept else asked["options"][0]["value"])


def form(page: OpenPage) -> tuple[str, dict[str, Any]]:
    """Return the form that is shown: of two, as at the gate of a case, the first."""
    shown = [(model, state) for model, state in page.states.items() if state.get("key") and "fields" in state]
    if not shown:
        raise RuntimeError("the page must show a form, and shows none")
    return shown[0]


def _answers(message: Message, command_id: str) -> bool:
    said = message.content.get("data", {}).get("content", {}) if message.kind == "comm_msg" else {}
    return bool(said.get("type") == "acknowledged" and said.get("command_id") == command_id)
