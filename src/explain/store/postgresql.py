"""PostgreSQL: a server of one's own, where the installation has one already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import URL, Connection, create_engine, event, func, select

APPEND_LOCK: Final = 0x5C08E
"""The number of our advisory lock; any will do, as long as it never changes."""


class Postgresql:
    """A PostgreSQL database; making this object opens nothing.

    Every page holds one connection, so that ``max_connections`` must be above the number of pages.
    """

    def __init__(self, url: URL) -> None:
        self.engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=1,
            max_overflow=9,
            pool_pre_ping=True,
            hide_parameters=True,  # errors end up in logs, and what was written must not
        )
        event.listen(self.engine, "connect", _settle)

    def create(self) -> None:
        """Nothing: whoever runs the server makes the database."""

    def exists(self) -> bool:
        """Return True; a database that is not there says so itself."""
        return True

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose transaction nobody else's write can come between; commit at the end of the block.

        Sequence numbers are given out before their transactions commit, and could be seen out of order; whoever reads
        what came after position n would miss one for ever. So one writes at a time.
        """
        with self.engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))
            yield connection

    migrating = writing

    def cleanse(self) -> bool:
        """Write the tables anew without what was erased. Backups and archived logs of the server are out of reach."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("content", "commands", "drafts", "presence"):
                connection.exec_driver_sql(f"VACUUM FULL {table}")
        return True


def _settle(driver: Any, _record: object) -> None:
    with driver.cursor() as cursor:
        # A server may be set to answer before a commit is on its disk; a step must be durable before the next is shown.
        cursor.execute("SET synchronous_commit TO on")
    driver.commit()
