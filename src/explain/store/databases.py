"""What SQLite and PostgreSQL do differently, behind one protocol; and whether a database is ready for this program."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from explain.store.postgresql import Postgresql
from explain.store.schema import revisions
from explain.store.sqlite import Sqlite


class NotReady(RuntimeError):
    """The database is not there, not migrated, or of another version of Skøn."""


class Database(Protocol):
    """A place for tables; making one opens nothing."""

    engine: Engine

    def create(self) -> None:
        """Make what a server does not make."""
        ...

    def exists(self) -> bool:
        """Return whether one can connect without making an empty database."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection whose transaction no other write can come between; commit at the end of the block."""
        ...

    def migrating(self) -> AbstractContextManager[Connection]:
        """As ``writing``, for changes of the tables themselves."""
        ...

    def cleanse(self) -> bool:
        """Overwrite what was erased; False if somebody was in the way."""
        ...


def database(url: URL) -> Database:
    """Return the database at ``url``; nothing is opened.

    Raises
    ------
    ValueError
        For a kind of database that no store was written for.
    """
    match url.get_backend_name():
        case "sqlite":
            return Sqlite(url)
        case "postgresql":
            return Postgresql(url)
        case other:
            raise ValueError(
                f"a store must be at sqlite:///<file>, postgresql+psycopg://<server>/<name> or memory:, not {other}:"
            )


def revision_of(place: Database) -> str | None:
    """Return the revision a database is at, or None for one without tables of ours."""
    with place.engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError:  # looked for first, the table would cost every kernel a page-full of memory
            connection.rollback()
            if inspect(connection).has_table("alembic_version"):
                raise
            return None


def refuse_newer(place: Database) -> None:
    """Raise NotReady if the database is at a revision that this program does not know."""
    _known_revision_of(place)


def _known_revision_of(place: Database) -> str | None:
    found, known = revision_of(place), revisions()
    if found is not None and found not in known:
        raise NotReady(
            f"{_named(place)} has revision {found}, but this Skøn knows none after {known[-1]}: "
            "a newer Skøn wrote it; install that"
        )
    return found


def require_ready(place: Database) -> None:
    """Raise NotReady unless the database is there and at this program's revision."""
    do = "start the server once (skoen serve), or call explain.store.prepare"
    if not place.exists():
        raise NotReady(f"{_named(place)} is not there: {do}")
    found, newest = _known_revision_of(place), revisions()[-1]
    if found != newest:
        raise NotReady(f"{_named(place)} must have revision {newest}, not {found or 'none at all'}: {do}")


def _named(place: Database) -> str:
    return f"the store at {place.engine.url.render_as_string(hide_password=True)}"
