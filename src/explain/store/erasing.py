"""Erasing what people wrote: first in the tables, then on the disk."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, func, insert, not_, or_, select, update

from explain.store.databases import Database
from explain.store.rows import beneath
from explain.store.schema import commands, content, drafts, erasures, facts, presence


def bury(connection: Connection, prefix: str, *, actor: str, reason: str, at: int) -> int:
    """Set the tombstone of a prefix and empty what lies beneath it; return how many streams that were."""
    names = select(facts.c.stream).where(beneath(facts.c.stream, prefix))
    names_of_drafts = select(drafts.c.stream).where(beneath(drafts.c.stream, prefix))
    streams = connection.execute(select(func.count()).select_from(names.union(names_of_drafts).subquery())).scalar_one()
    connection.execute(
        insert(erasures).values(prefix=prefix, actor=actor, reason=reason, at=at, streams=streams, cleansed=False)
    )
    written = select(facts.c.content_id).where(beneath(facts.c.stream, prefix))
    connection.execute(update(content).where(content.c.id.in_(written)).values(body=None))
    connection.execute(update(commands).where(beneath(commands.c.stream, prefix)).values(fingerprint=None))
    connection.execute(delete(drafts).where(beneath(drafts.c.stream, prefix)))
    was_there = or_(beneath(presence.c.participant, prefix), beneath(presence.c.place, prefix))
    connection.execute(delete(presence).where(was_there))
    return streams


def finish_erasures(place: Database) -> None:
    """Free the disk of what was erased, where that has not been done yet.

    Raises
    ------
    RuntimeError
        If other programs kept reading the old state; nothing is lost, and it can be tried again.
    """
    with place.engine.connect() as connection:
        if not connection.execute(select(exists().where(not_(erasures.c.cleansed)))).scalar():
            return
        newest = connection.execute(select(func.max(erasures.c.id))).scalar()
    if not place.cleanse():
        raise RuntimeError(
            "what was erased is out of the tables, but could not be overwritten on the disk while somebody kept "
            "reading: close other programs that have the database open, and start the server again"
        )
    with place.writing() as connection:
        done = update(erasures).where(erasures.c.id <= newest, not_(erasures.c.cleansed))
        connection.execute(done.values(cleansed=True))
