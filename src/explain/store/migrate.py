"""Bring a database to this program's revision. The server does it once, before any kernel starts."""

from __future__ import annotations

from sqlalchemy import Connection, make_url

from explain.store.databases import database, refuse_newer
from explain.store.erasing import finish_erasures
from explain.store.schema import MIGRATIONS
from explain.store.triggers import drop_triggers, make_triggers


def prepare(url: str, *, revision: str = "head") -> None:
    """Make the store at ``url`` ready: folder, file, tables, triggers; and finish what an interrupted erasure left.

    Whatever was there is kept. Doing it again does nothing.

    Parameters
    ----------
    url
        As for ``open_store``.
    revision
        Where to stop; for tests of migrations.

    Raises
    ------
    NotReady
        If a newer Skøn wrote the store.
    NetworkDriveRefused
        If a SQLite file would lie on a network drive.
    """
    if url == "memory:":
        return
    place = database(make_url(url))
    try:
        place.create()
        refuse_newer(place)
        with place.migrating() as connection:
            drop_triggers(connection)
            _upgrade(connection, revision)
            make_triggers(connection)
        if revision == "head":
            finish_erasures(place)
    finally:
        place.engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    # Alembic is slow to import, and kernels, which import the store, never migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
