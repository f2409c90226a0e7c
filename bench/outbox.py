"""A scripted trainee on any line: her page keeps every press until it is answered, as outbox.js and page.js do.

A press has its id from the moment it is made. It is delivered again every few seconds, over a new websocket where the
old one was closed and to a new kernel where the old one is gone, until it is acknowledged.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from tornado.httpclient import HTTPError
from tornado.websocket import WebSocketClosedError

from bench.client import OpenPage
from bench.trainees import Trainee, form

NO_LINE: Final = (TimeoutError, OSError, HTTPError, WebSocketClosedError)
"""What tells that nothing gets through."""
AGAIN_SECONDS: Final = 4.0
"""Seconds without an answer before a press is delivered again (outbox.js, ``AGAIN_AFTER``), then twice as long ..."""
AGAIN_AT_MOST: Final = 32.0
"""... up to this."""
TRY_SECONDS: Final = 0.5
"""Seconds before the line is tried again."""
PATIENCE: Final = 600.0
"""Seconds a press may wait for its answer, over whatever line."""


@dataclass(frozen=True)
class Press:
    """One press of a button, as it is sent: to which widget, and in a form with which answers."""

    widget: str
    command_id: str
    key: str
    answers: dict[str, str]
    message: dict[str, Any] = field(repr=False)


@dataclass
class Steady(Trainee):
    """Somebody who loses nothing, whatever becomes of her line.

    Attributes
    ----------
    sent
        Every press she made, in order, answered or not.
    reopened
        How often her page had to be loaded anew because its kernel was gone.
    """

    sent: list[Press] = field(default_factory=list)
    reopened: int = 0
    _asked: set[str] = field(default_factory=set)

    async def press(self) -> str:
        """Fill the form there is, send it, and wait until it is answered; return what it was called."""
        press = self.fill()
        await self.deliver(press)
        return press.key

    def fill(self, *, which: int = 0, words: str | None = None) -> Press:
        """Fill a form that is shown, the first unless told otherwise; what is made here is sent once, by its id."""
        shown = [(widget, one) for widget, one in self.page.states.items() if one.get("key") and "fields" in one]
        widget, state = shown[which]
        answers = {one["name"]: self._answer(one, state["drafts"]) for one in state["fields"]}
        if words is not None:
            answers |= {one["name"]: words for one in state["fields"] if one["kind"] == "text"}
        return self._press(widget, "send", str(state["key"]), answers, values=answers)

    def flag(self, place: int) -> Press:
        """Say that one of the score's inputs does not fit, or take it back."""
        found = ((widget, one) for widget, one in self.page.states.items() if one.get("rows") and "outbox" in one)
        widget, state = next(found)
        row = state["rows"][place % len(state["rows"])]
        return self._press(widget, "flag", str(state["outbox"]), {}, name=row["name"], fits=row["flagged"])

    def _press(self, widget: str, kind: str, key: str, answers: dict[str, str], **more: Any) -> Press:
        command = uuid.uuid4().hex
        message = {"type": kind, "key": key, "command_id": command, "browser_time": int(1000 * time.time()), **more}
        made = Press(widget, command, key, answers, message)
        self.sent.append(made)
        return made

    async def type(self, press: Press) -> None:
        """Send the drafts of what she is about to send, half-written and whole, as her page does while she types."""
        for name, value in press.answers.items():
            for revision, text in enumerate((value[: len(value) // 2], value), start=int(1000 * time.time())):
                draft = {"type": "draft", "key": press.key, "field": name, "value": text, "revision": revision}
                with suppress(*NO_LINE):  # her page remembers what she types; the press brings it
                    await self.page.say(self._widget(press), **draft)

    async def deliver(self, press: Press) -> None:
        """Deliver a press until it is answered, and again until the page shows what came of it, as form.js does.

        Raises
        ------
        TimeoutError
            If no answer comes in :data:`PATIENCE` seconds.
        RuntimeError
            If the answer is that something is wrong.
        """
        self._asked.clear()
        began, again = time.perf_counter(), AGAIN_SECONDS
        while (problem := await self._once(press, again)) is None:
            again = AGAIN_SECONDS if self.page.closed else min(2 * again, AGAIN_AT_MOST)
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"a press must be answered in {PATIENCE:g} s, and {press.key} was not")
        self.saves.append(time.perf_counter() - began)
        if problem:
            raise RuntimeError(f"a press must be taken, and of {press.key} was said: {problem}")
        again = AGAIN_SECONDS
        while not await self._drawn(again):
            again = min(2 * again, AGAIN_AT_MOST)
            await self._once(press, 0)
        self.drawn.append(time.perf_counter() - began)

    async def _drawn(self, patience: float) -> bool:
        """Wait a while until the kernel has drawn what came of a delivery; tell whether that has come."""

        def idle() -> bool:
            return any(
                message.parent in self._asked and message.content.get("execution_state") == "idle"
                for message in self.page.messages
            )

        with suppress(*NO_LINE):
            await self.page.until(idle, patience)
        return idle()

    async def _once(self, press: Press, patience: float) -> str | None:
        """Deliver once; return what was answered, or None if nothing was."""
        try:
            if self.page.closed:
                await self._come_back()
            self._asked.add(await self.page.say(self._widget(press), **press.message))
            await self.page.until(lambda: answer_to(press, self.page) is not None, patience)
        except NO_LINE:
            await asyncio.sleep(TRY_SECONDS)  # there is no line; a later delivery finds one
        return answer_to(press, self.page)

    async def _come_back(self) -> None:
        try:
            await self.page.reconnect()
        except HTTPError as error:
            if error.code != 404:
                raise
            self.page = await self.page.browser.open()
            self.reopened += 1

    def _widget(self, press: Press) -> str:
        """Return the widget that asked; in an ordinary kernel begun anew, any form tells what became of the press."""
        return press.widget if press.widget in self.page.states else form(self.page)[0]


def answer_to(press: Press, page: OpenPage) -> str | None:
    """Return what a page was answered to a press: an empty sentence, or what is wrong; None if nothing was."""
    said = page.answers.get(press.command_id)
    return None if said is None else str(said["problem"])
