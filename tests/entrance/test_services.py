"""What is asked off the event loop, and what does not wait for what."""

from __future__ import annotations

import asyncio
from threading import Event

from explain.entrance.services import SLOW_THREADS, THREADS, Services
from explain.sessions.access import Access
from explain.sessions.classes import Classes
from explain.sessions.signing import SignIns
from explain.store import MemoryAccess, MemoryStore


class NoPasswords:
    """Nobody signs in here."""

    def hash(self, password: str) -> str:
        raise NotImplementedError

    def fits(self, kept: str, password: str) -> bool:
        raise NotImplementedError

    def outdated(self, kept: str) -> bool:
        raise NotImplementedError


def services() -> Services:
    store, keys = MemoryStore(), MemoryAccess()
    access = Access(store, keys, b"secret")
    sign_ins = SignIns(store, keys, NoPasswords(), b"secret")
    return Services(access, sign_ins, keys, classes=lambda: Classes(store, access.roles, {}), pages={})


def test_passwords_without_end_hold_up_nobody_else() -> None:
    asked, hashed = services(), Event()

    async def visit() -> int:
        passwords = [asyncio.create_task(asked.ask_slowly(hashed.wait)) for _ in range(4 * (THREADS + SLOW_THREADS))]
        await asyncio.sleep(0)
        try:
            answer = await asked.ask(lambda: 7)
        finally:
            hashed.set()
        assert all(await asyncio.gather(*passwords))
        return answer

    assert asyncio.run(asyncio.wait_for(visit(), 60)) == 7
