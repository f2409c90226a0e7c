"""Reading and appending rows within a transaction that the caller holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, not_, or_, select, true

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact
from explain.sessions.ports import Envelope, Recorded, Written
from explain.store.codec import Row, decode, encode
from explain.store.rules import check_written, to_moment
from explain.store.schema import commands, content, drafts, erasures, facts


def recorded(
    connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[Recorded, ...]:
    """Return the facts that meet all conditions, by position."""
    rows = select(facts, content.c.body.label("written")).outerjoin(content, facts.c.content_id == content.c.id)
    found = connection.execute(rows.where(*conditions).order_by(facts.c.position).limit(limit))
    return tuple(_recorded(row) for row in found)


def append(
    connection: Connection, stream: str, past: int, following: Iterable[Fact], envelope: Envelope, at: int
) -> tuple[Recorded, ...]:
    """Append to a stream that holds ``past`` facts, at the server's time ``at``."""
    for part, fact in enumerate(following):
        row = encode(fact)
        values = {
            "stream": stream,
            "version": past + 1 + part,
            "kind": row.kind,
            "schema_version": row.schema_version,
            "command_id": envelope.command_id,
            "part": part,
            "actor": envelope.actor,
            "bot": envelope.bot,
            "at": at,
            "browser_time": envelope.browser_time,
            "body": row.body,
        }
        if row.content is not None:
            check_written(json.loads(row.content))
            kept = connection.execute(insert(content).values(body=row.content).returning(content.c.id))
            values["content_id"] = kept.scalar_one()
            # What was a draft is a fact now: in one transaction, so that no crash leaves it lying about.
            connection.execute(delete(drafts).where(drafts.c.stream == stream))
        connection.execute(insert(facts).values(values))
    return recorded(connection, facts.c.command_id == envelope.command_id)


def first_answer(connection: Connection, command_id: str, fingerprint: str) -> Written | None:
    """Return how a command id was answered before, or None; refuse one that stands for something else."""
    found = connection.execute(select(commands.c.fingerprint).where(commands.c.command_id == command_id)).one_or_none()
    if found is None:
        return None
    if found.fingerprint != fingerprint:
        raise Refused(Refusal.COMMAND_REUSED, command_id)
    return Written(recorded(connection, facts.c.command_id == command_id), repeated=True)


def refuse_erased(connection: Connection, stream: str) -> None:
    """Refuse a stream that was erased, by itself or with all beneath some prefix."""
    parts = stream.split("/")
    prefixes = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    if connection.execute(select(exists().where(erasures.c.prefix.in_(prefixes)))).scalar():
        raise Refused(Refusal.ERASED, stream)


def beneath(name: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that a name is ``prefix`` or lies beneath it: a range of bytes, where 0 follows the slash.

    Examples
    --------
    >>> print(beneath(facts.c.stream, "").compile(compile_kwargs={"literal_binds": True}))
    true
    """
    root = prefix.rstrip("/")
    return or_(name == root, and_(name > root + "/", name < root + "0")) if root else true()


def not_erased() -> ColumnElement[bool]:
    """Return the condition that a fact's stream was not erased."""
    stream, prefix = facts.c.stream, erasures.c.prefix
    lies_beneath = func.substr(stream, 1, func.length(prefix) + 1) == prefix + "/"
    return not_(exists().where(or_(stream == prefix, lies_beneath)))


def _recorded(row: Any) -> Recorded:
    if row.content_id is not None and row.written is None:
        raise Refused(Refusal.ERASED, row.stream)
    return Recorded(
        position=row.position,
        stream=row.stream,
        version=row.version,
        fact=decode(Row(row.kind, row.schema_version, row.body, row.written)),
        actor=row.actor,
        bot=row.bot,
        at=to_moment(row.at),
        browser_time=row.browser_time,
        command_id=row.command_id,
    )
