"""SQLite: one file on this machine's disk, no server."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from explain.store.drives import refuse_network_drive
from explain.store.turn import turn

BUSY_SECONDS: Final = 0.25
"""How long SQLite itself waits for a lock; then ``_begin`` tries again."""

PATIENCE_SECONDS: Final = 60.0
"""How long a write waits for a backup tool's or a stranger's lock; in our own queue it waits until it is served."""


class Sqlite:
    """A SQLite database; making this object opens nothing."""

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise ValueError("a SQLite store must name its file, like sqlite:////srv/skoen/skoen.db; or use memory:")
        self.path = Path(url.database).absolute()
        self.engine = _engine(url.set(database=str(self.path)))
        event.listen(self.engine, "do_connect", self._at_path)

    def _at_path(self, _dialect: object, _record: object, where: list[str], _options: object) -> None:
        where[0] = str(self.path)

    @contextmanager
    def elsewhere(self, path: Path) -> Iterator[None]:
        """Be the database at ``path`` for the length of the block; what the engine has compiled it keeps."""
        home, self.path = self.path, path
        try:
            yield
        finally:
            self.engine.dispose()
            self.path = home

    def create(self) -> None:
        """Make folder and file, readable for their owner alone; nothing where they are there."""
        refuse_network_drive(self.path.resolve())
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))

    def exists(self) -> bool:
        """Return whether the file is there; connecting would make an empty one."""
        return self.path.exists()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose transaction nobody else's write can come between; commit at the end of the block."""
        with turn(self._queue), self.engine.connect() as connection:
            _begin(connection.execution_options(writes=True))
            yield connection
            connection.commit()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """As ``writing``; foreign keys are checked at the end alone, since Alembic makes tables anew."""
        with turn(self._queue), self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                _begin(connection.execution_options(writes=True))
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise RuntimeError(f"the migration would leave rows that refer to nothing: {broken[:5]}")
                connection.commit()
            finally:
                connection.invalidate()

    def cleanse(self) -> bool:
        """Overwrite what was erased, in the file and in its write-ahead log; False if a reader was in the way.

        Erased text was found in the -wal file until the log was cut to nothing.
        """
        with turn(self._queue), closing(self.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            cut = "PRAGMA wal_checkpoint(TRUNCATE)"
            return _patiently(lambda: _vacuumed(driver)) and _patiently(lambda: not driver.execute(cut).fetchone()[0])

    @property
    def _queue(self) -> Path:
        return self.path.with_name(self.path.name + ".lock")


def _vacuumed(driver: Any) -> bool:
    try:
        driver.execute("VACUUM")
    except driver.OperationalError as error:
        if not _is_busy(error):
            raise
        return False
    return True


def _patiently(done: Callable[[], bool]) -> bool:
    """Try until it is done, for as long as anybody may reasonably read."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(random.uniform(0.001, 0.02))
    return True


def _engine(url: URL) -> Engine:
    # An error says what was done, never with which text: errors end up in logs.
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _say_begin)
    return engine


def _settle(driver: Any, _record: object) -> None:
    # sqlite3 would begin transactions where it sees fit, and always deferred ones; we say when.
    driver.isolation_level = None
    for pragma in (
        "journal_mode=WAL",  # readers never wait for writers
        "synchronous=FULL",  # in WAL mode anything less may lose the last commits with the power
        "foreign_keys=ON",
        "recursive_triggers=ON",  # or INSERT OR REPLACE slips past the triggers on DELETE
        "secure_delete=ON",  # what goes is overwritten with zeros
        "cache_size=-512",  # KiB, not SQLite's 2 MiB in each of a hundred kernels: the system has the file in memory
        "temp_store=MEMORY",  # VACUUM leaves no copy in a folder of temporary files
    ):
        driver.execute(f"PRAGMA {pragma}").close()


def _say_begin(connection: Connection) -> None:
    # A deferred write fails at once where somebody wrote since it read; an immediate one waits before it reads.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _begin(connection: Connection) -> None:
    """Begin, again and again at random moments while somebody outside the queue holds the lock."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.begin()
        except OperationalError as error:
            if not _is_busy(error.orig) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.001, 0.02))
        else:
            return


def _is_busy(error: object) -> bool:
    return "locked" in str(error) or "busy" in str(error)
