"""A database that is opened at the first use, in the process that uses it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from explain.sessions.ports import utc_now
from explain.store import rules
from explain.store.databases import Database, require_ready
from explain.store.sqlite import Sqlite


class Opened:
    """What everything that keeps something in an SQL database has in common.

    Nothing is opened before the first use. A connection cannot be taken through a fork: use a store for the first time
    after it.

    Parameters
    ----------
    database
        Where; ``prepare`` has migrated it.
    now
        The server's clock.
    """

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._process: int | None = None

    @contextmanager
    def elsewhere(self, path: Path) -> Iterator[None]:
        """Use the SQLite file ``path`` instead, for the length of the block; then nothing is open.

        What is done there is ready here: SQLAlchemy keeps a statement's SQL with the engine, and to make it takes
        longer than to run it. So a store can be tried out before a fork.

        Raises
        ------
        TypeError
            If this store is no SQLite file itself.
        """
        if not isinstance(self._database, Sqlite):
            raise TypeError("only a store in a SQLite file can be tried out in another file")
        with self._database.elsewhere(path):
            try:
                yield
            finally:
                self.close()

    def close(self) -> None:
        """Let go of the connection; the next use opens a new one."""
        self._database.engine.dispose()
        self._process = None

    def _reading(self) -> AbstractContextManager[Connection]:
        self._make_sure()
        return self._database.engine.connect()

    def _writing(self) -> AbstractContextManager[Connection]:
        self._make_sure()
        return self._database.writing()

    def _make_sure(self) -> None:
        """At the first use, look whether the database is there and of this version."""
        if self._process is None:
            require_ready(self._database)
            self._process = os.getpid()
        elif self._process != os.getpid():
            raise RuntimeError("a store that was used before a fork cannot be used after it: open one in the child")

    def _at(self) -> int:
        return rules.to_milliseconds(self._now())
