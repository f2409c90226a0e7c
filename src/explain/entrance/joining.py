"""Joining a session by its code, and coming back to it by number and PIN."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from explain.domain.errors import Refused
from explain.domain.session import Session
from explain.entrance.gate import PARTICIPANT
from explain.entrance.handlers import Entrant
from explain.serving.handlers import LANGUAGE_COOKIE
from explain.sessions.ports import milliseconds, utc_now
from explain.sessions.throttle import AT_CODES, TooEarly
from explain.texts.numbers import minutes_of

DIGITS: Final = re.compile(r"[0-9]{1,4}")
"""What a number and a PIN are made of."""


class Joining(Entrant):
    """What knows the session with a code, and who of it this browser is."""

    session: Session | None = None

    @property
    def language(self) -> str:
        """The language asked for or chosen before, else the one that the session begins in."""
        chosen = super().language
        said = self.get_query_argument("lang", "") == chosen or self.get_cookie(LANGUAGE_COOKIE) == chosen
        return chosen if said or self.session is None else self.session.plan.language

    async def find(self, code: str) -> Session | None:
        """Return the session with a code, open or over, or say what is wrong with it."""
        wait = await self.services.ask(self._waiting)
        if not wait:
            self.session = await self.services.ask(lambda: self.services.classes().known(code))
            if self.session is not None:
                return self.session
            await self.services.ask(self._count)
        self.show(
            "code.html",
            status=HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.NOT_FOUND,
            code=code,
            wrong=self.waiting(wait) if wait else self.say("entrance.code.wrong"),
            again=False,
            somebody=self.participant() is not None,
        )
        return None

    def participant(self) -> str | None:
        """Return the participant whose cookie this browser shows."""
        shown = self.cookies_of.participant.read(self)
        return shown.rpartition(".")[0] if shown else None

    async def number(self, session: Session) -> int | None:
        """Return this browser's number in a session, if it is in and its PIN still holds."""
        shown = self.cookies_of.participant.read(self)
        if not shown or not shown.startswith(f"{session.id}-"):
            return None
        gate = self.site.gate
        if gate is None or await gate.withdrawn(frozenset({PARTICIPANT + shown})):
            return None
        number = shown.rpartition(".")[0].removeprefix(f"{session.id}-")
        return int(number) if number.isdecimal() else None

    async def become(self, participant: str) -> None:
        """Make this browser a participant's, and end the pages that it opened as somebody else."""
        mark = (await self.services.ask(self.services.access.marks, [participant]))[participant]
        self.cookies_of.participant.give(self, f"{participant}.{mark}")
        self.cookies_of.joining.take(self)
        visitor = self.visitor
        await self.kernels.close_where(lambda lease: lease.visitor == visitor and not lease.page.for_role)

    async def show_session(
        self,
        session: Session,
        *,
        joining: str = "",
        returning: str = "",
        typed: str = "",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        """Show what the session is, with what is wrong with one of the two forms."""
        number = await self.number(session)
        other = number is None and self.participant() is not None
        year, month, day = (part.lstrip("0") for part in session.plan.delete_on.split("-"))
        self.show(
            "session.html",
            status=status,
            session=session,
            minutes_left=minutes_of(left) if (left := session.milliseconds_left(milliseconds(utc_now))) else None,
            number=number,
            other=other,
            joining=joining,
            returning=returning,
            typed=typed,
            delete_on=self.say("entrance.day", year=year, month=month, day=day),
        )

    def _waiting(self) -> timedelta:
        return self.services.keys.waiting("code", self._whence(), utc_now(), AT_CODES)

    def _count(self) -> None:
        self.services.keys.attempt("code", self._whence(), utc_now(), AT_CODES)

    def _whence(self) -> str:
        """Return what stands for the address that asks, and cannot be turned back into it."""
        address = (self.request.remote_ip or "").encode()
        return hmac.new(self.server.cookie_secret, b"address\0" + address, hashlib.sha256).hexdigest()


class CodeHandler(Joining):
    """Asks for a code."""

    def get(self) -> None:
        """Show the form, or lead to the session whose code was typed into it."""
        typed = "".join(letter for letter in self.get_query_argument("code", "") if letter.isalnum()).upper()[:20]
        if typed:
            self.redirect(self.address(f"join/{typed}"), status=HTTPStatus.SEE_OTHER)
            return
        again = bool(self.get_query_argument("again", ""))
        self.show("code.html", code="", wrong="", again=again, somebody=self.participant() is not None)

    head = get


class JoinHandler(Joining):
    """Says what a session is, and lets people join."""

    async def get(self, code: str) -> None:
        """Say what the session is, how long it takes and who reads what."""
        if (session := await self.find(code)) is None:
            return
        if not self.cookies_of.joining.read(self):
            self.cookies_of.joining.give(self, secrets.token_hex(16))
        await self.show_session(session)

    head = get

    async def post(self, code: str) -> None:
        """Take a seat, and show number and PIN this once."""
        if (session := await self.find(code)) is None:
            return
        if await self.number(session) is not None:
            self.lead()
            return
        if session.ended:
            await self.show_session(session, status=HTTPStatus.FORBIDDEN)
            return
        if not (chance := self.cookies_of.joining.read(self)):
            # Without cookies the page would not know her again, and the next click would take one more seat.
            self.cookies_of.joining.give(self, secrets.token_hex(16))
            await self.show_session(session, joining=self.say("entrance.join.cookies"), status=HTTPStatus.BAD_REQUEST)
            return
        command = hashlib.sha256(f"join\0{chance}\0{session.id}".encode()).hexdigest()
        try:
            seat = await self.services.ask(lambda: self.services.classes().join(code, command))
        except Refused as refused:
            wrong = self.say(f"refused.{refused.code}")
            await self.show_session(session, joining=wrong, status=HTTPStatus.FORBIDDEN)
            return
        pin = await self.services.ask(self.services.access.new_pin, seat.participant, chance)
        await self.become(seat.participant)
        # Another language would be another page, without the PIN.
        self.show("joined.html", number=seat.number, pin=pin, code=session.code, switchable=False)


class ReturnHandler(Joining):
    """Takes number and PIN: another device becomes the same participant."""

    def get(self, code: str) -> None:
        """Lead to the page with the form, in the language asked for."""
        self.redirect(self.address(f"join/{code}") + (f"?{self.request.query}" if self.request.query else ""))

    head = get

    async def post(self, code: str) -> None:
        """Let the participant in whose number and PIN these are."""
        if (session := await self.find(code)) is None:
            return
        number, pin = self.given("number").strip(), self.given("pin").strip()
        if not (DIGITS.fullmatch(number) and DIGITS.fullmatch(pin)):
            await self._again(session, number, self.say("entrance.return.wrong"), HTTPStatus.FORBIDDEN)
            return
        participant = f"{session.id}-{int(number)}"
        try:
            right = await self.services.ask(self.services.access.check_pin, participant, pin)
        except TooEarly as early:
            wrong = f"{self.waiting(early.wait)} {self.say('entrance.return.ask')}"
            await self._again(session, number, wrong, HTTPStatus.TOO_MANY_REQUESTS)
            return
        if not right:
            # Five guesses at each of ninety numbers would be one chance in twenty.
            await self.services.ask(self._count)
            await self._again(session, number, self.say("entrance.return.wrong"), HTTPStatus.FORBIDDEN)
            return
        await self.become(participant)
        self.lead(f"?lang={self.language}")

    async def _again(self, session: Session, number: str, wrong: str, status: HTTPStatus) -> None:
        await self.show_session(session, returning=wrong, typed=number, status=status)
