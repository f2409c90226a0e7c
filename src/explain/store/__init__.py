"""The store: facts kept for ever, what people wrote kept apart so that it can be erased.

SQLite by default, PostgreSQL by URL, memory for tests; one contract holds for all three (``FactStore``). The server
calls ``prepare`` once, before any kernel starts; everybody else calls ``open_store``.

>>> from explain.domain.facts import IntroductionRead
>>> from explain.sessions.ports import Envelope
>>> store = open_store("memory:")
>>> written = store.write("participation/p1/1", lambda past: [IntroductionRead()], Envelope("c1", "p1"), content="read")
>>> [(recorded.version, recorded.fact) for recorded in store.read("participation/p1/1")]
[(1, IntroductionRead())]
"""

from __future__ import annotations

from sqlalchemy import make_url

from explain.sessions.keys import AccessStore
from explain.sessions.ports import FactStore
from explain.store.access import SqlAccess
from explain.store.access_memory import MemoryAccess
from explain.store.databases import NotReady, database
from explain.store.drives import NetworkDriveRefused
from explain.store.memory import MemoryStore
from explain.store.migrate import prepare
from explain.store.sql import SqlStore

__all__ = [
    "MemoryAccess",
    "MemoryStore",
    "NetworkDriveRefused",
    "NotReady",
    "SqlAccess",
    "SqlStore",
    "open_access",
    "open_store",
    "prepare",
]


def open_store(url: str) -> FactStore:
    """Return the store at ``url``; nothing is opened before its first use, so that this may happen before a fork.

    Parameters
    ----------
    url
        ``sqlite:////srv/skoen/skoen.db`` (a file), ``postgresql+psycopg://user@host/database``, or ``memory:``.

    Raises
    ------
    ValueError
        For any other kind of URL.
    """
    return MemoryStore() if url == "memory:" else SqlStore(database(make_url(url)))


def open_access(url: str) -> AccessStore:
    """Return what keeps links, passwords, sign-ins and PINs in the database at ``url``, as :func:`open_store` does."""
    return MemoryAccess() if url == "memory:" else SqlAccess(database(make_url(url)))
