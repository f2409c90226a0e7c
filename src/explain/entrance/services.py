"""What the handlers of the entrance ask, and where they ask it: in threads of their own, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, ParamSpec, TypeVar

from explain.domain.people import Role
from explain.serving.cookies import SignedCookie
from explain.sessions.access import Access
from explain.sessions.classes import Classes
from explain.sessions.keys import AccessStore
from explain.sessions.signing import SIGN_IN_LASTS, SignIns

THREADS: Final = 4
"""A class that joins at once waits for the database in any case."""
SLOW_THREADS: Final = 2
"""Passwords have threads of their own: somebody who tries one after another, at any name, holds up no class."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Services:
    """Everything the entrance needs.

    Attributes
    ----------
    access, sign_ins, keys
        Who may do what, how one becomes somebody, and how often it was tried.
    classes
        Makes the service of sessions; called in a thread when it is first needed, since it reads every case.
    pages
        Which roles a page is for, by its path.
    """

    access: Access
    sign_ins: SignIns
    keys: AccessStore
    classes: Callable[[], Classes]
    pages: Mapping[str, frozenset[Role]]
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "entrance"))
    _slow: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(SLOW_THREADS, "passwords"))

    async def ask(self, ask: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
        """Ask something that may take long, and wait without holding anybody up."""
        return await _elsewhere(self._threads, lambda: ask(*given, **named))

    async def ask_slowly(self, ask: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
        """Ask something that hashes a password, where nothing else waits."""
        return await _elsewhere(self._slow, lambda: ask(*given, **named))


async def _elsewhere(threads: ThreadPoolExecutor, ask: Callable[[], Answer]) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(threads, ask)


@dataclass(frozen=True)
class Cookies:
    """The cookies that say who a browser's person is.

    Attributes
    ----------
    participant
        ``<participant>.<mark of her PIN>``: a new PIN makes it worthless.
    sign_in
        The token of a sign-in.
    joining
        Random, given before somebody joins, so that a form that is sent twice takes one seat. It comes along with a
        click on a link from elsewhere, such as a QR code's, so that reading the page again gives no second one.
    """

    participant: SignedCookie
    sign_in: SignedCookie
    joining: SignedCookie

    @classmethod
    def of(cls, secret: bytes, base: str) -> Cookies:
        """Return the cookies of the installation that has ``secret``."""
        days = SIGN_IN_LASTS.total_seconds() / 86400
        return cls(
            SignedCookie.named("participant", secret, base),
            SignedCookie.named("sign-in", secret, base, days=days),
            SignedCookie.named("joining", secret, base, days=1, samesite="Lax"),
        )
