"""The gate of the training's pages: participants come to their session, and a role's page needs the role."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlencode

from tornado.web import RequestHandler

from explain.entrance.services import Cookies, Services
from explain.serving.gate import Admitted, Elsewhere
from explain.serving.site import Page
from explain.sessions.access import hashed

PARTICIPANT: Final = "participant:"
SIGN_IN: Final = "sign-in:"
"""What the names begin with that stand for a participant and for a sign-in."""


class EntranceGate:
    """Knows participants and those with a role by their cookies; everybody else practises alone.

    Parameters
    ----------
    services
        What is asked.
    cookies
        The cookies of this installation.
    """

    def __init__(self, services: Services, cookies: Cookies) -> None:
        self._services = services
        self._cookies = cookies

    def shown(self, handler: RequestHandler, page: Page) -> str:
        """Return who the cookies say she is: under a role on a role's page, else as a participant."""
        if page.for_role:
            token = self._cookies.sign_in.read(handler)
            return SIGN_IN + hashed(token) if token else ""
        participant = self._cookies.participant.read(handler)
        return PARTICIPANT + participant if participant else ""

    async def admit(self, handler: RequestHandler, page: Page) -> Admitted | Elsewhere:
        """Admit to a role's page by the role, to the other pages everybody."""
        shown = self.shown(handler, page)
        if page.for_role:
            return await self._admit_role(shown, page)
        if not shown:
            return Admitted()
        if await self.withdrawn(frozenset({shown})):
            # It never opens anything again, and would keep her from practising alone.
            self._cookies.participant.take(handler)
            return Elsewhere("join?again=1")
        return Admitted({"PARTICIPANT": _participant(shown)})

    async def _admit_role(self, shown: str, page: Page) -> Admitted | Elsewhere:
        name = shown.removeprefix(SIGN_IN)
        standing = (await self._services.ask(self._services.access.standing, [name])).get(name) if name else None
        if standing is None:
            return Elsewhere("sign-in?" + urlencode({"next": page.path}))
        if standing.roles.isdisjoint(self._services.pages.get(page.path, frozenset())):
            return Elsewhere("sign-in?" + urlencode({"next": page.path, "lacking": 1}))
        return Admitted({"PERSON": standing.actor.person, "SIGN_IN": name}, role=True)

    async def withdrawn(self, shown: frozenset[str]) -> frozenset[str]:
        """Return those whose PIN was replaced or deleted, whose sign-in has ended, or who have no role any more."""
        return await self._services.ask(self._withdrawn, shown)

    def _withdrawn(self, shown: Collection[str]) -> frozenset[str]:
        participants = [name for name in shown if name.startswith(PARTICIPANT)]
        marks = self._services.access.marks([_participant(name) for name in participants]) if participants else {}
        sign_ins = [name.removeprefix(SIGN_IN) for name in shown if name.startswith(SIGN_IN)]
        standing = self._services.access.standing(sign_ins) if sign_ins else {}
        good = {f"{PARTICIPANT}{participant}.{mark}" for participant, mark in marks.items()}
        return frozenset(shown) - good - {SIGN_IN + name for name in standing}

    async def has_role(self, handler: RequestHandler) -> bool:
        """Tell whether the visitor has signed in and has any role now."""
        token = self._cookies.sign_in.read(handler)
        return bool(token and await self._services.ask(self._services.access.standing, [hashed(token)]))


def _participant(shown: str) -> str:
    return shown.removeprefix(PARTICIPANT).rpartition(".")[0]
