"""Reading and appending rows within a transaction that the caller holds.

Statements of a write are made once, at import: making them took longer than running them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    true,
)

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact
from explain.sessions.ports import Envelope, Recorded, Written
from explain.store.codec import Row, decode, encode
from explain.store.rules import check_written, ends_drafts, to_moment
from explain.store.schema import commands, content, drafts, erasures, facts


def beneath(name: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that a name is ``prefix`` or lies beneath it: a range of bytes, where 0 follows the slash.

    Examples
    --------
    >>> print(beneath(facts.c.stream, "").compile(compile_kwargs={"literal_binds": True}))
    true
    """
    root = prefix.rstrip("/")
    return or_(name == root, and_(name > root + "/", name < root + "0")) if root else true()


def erased(stream: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a stream was erased, by itself or with all beneath some prefix."""
    prefix = erasures.c.prefix
    lies_beneath = func.substr(stream, 1, func.length(prefix) + 1) == prefix + "/"
    return exists().where(or_(prefix == stream, lies_beneath))


def facts_where(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the statement that reads the facts that meet all conditions, by position."""
    rows = select(facts, content.c.body.label("written")).outerjoin(content, facts.c.content_id == content.c.id)
    return rows.where(*conditions).order_by(facts.c.position)


OF_STREAM: Final = facts_where(facts.c.stream == bindparam("stream"), facts.c.version > bindparam("after"))
_BENEATH = and_(facts.c.stream > bindparam("first"), facts.c.stream < bindparam("last"))
OF_PREFIX: Final = facts_where(or_(facts.c.stream == bindparam("root"), _BENEATH), not_(erased(facts.c.stream)))
KINDS_OF_PREFIX: Final = OF_PREFIX.where(facts.c.kind.in_(bindparam("kinds", expanding=True)))
OF_STREAMS: Final = facts_where(facts.c.stream.in_(bindparam("streams", expanding=True)))
OF_COMMAND: Final = facts_where(facts.c.command_id == bindparam("command_id"))
FINGERPRINT: Final = select(commands.c.fingerprint).where(commands.c.command_id == bindparam("command_id"))
IS_ERASED: Final = select(erased(bindparam("stream", type_=facts.c.stream.type)))
ERASED_AMONG: Final = select(erasures.c.prefix).where(erasures.c.prefix.in_(bindparam("names", expanding=True)))
ADD_COMMAND: Final = insert(commands)
ADD_CONTENT: Final = insert(content).returning(content.c.id)
ADD_FACT: Final = insert(facts).returning(facts.c.position)
DROP_DRAFTS: Final = delete(drafts).where(drafts.c.stream == bindparam("of_stream"))


def recorded(
    connection: Connection, statement: Select[Any], parameters: Mapping[str, object] | None = None
) -> tuple[Recorded, ...]:
    """Return the facts a statement of ``facts_where`` finds."""
    return tuple(_recorded(row) for row in connection.execute(statement, parameters))


def recorded_beneath(connection: Connection, prefix: str, kinds: Sequence[str] = ()) -> tuple[Recorded, ...]:
    """Return the facts of the stream ``prefix`` and all beneath it, as ``beneath`` has it; erased ones are left out.

    With ``kinds``, only facts of these names.
    """
    root = prefix.rstrip("/")
    if not root:
        return recorded(
            connection, facts_where(not_(erased(facts.c.stream)), facts.c.kind.in_(kinds) if kinds else true())
        )
    its = {"root": root, "first": root + "/", "last": root + "0"}
    return (
        recorded(connection, KINDS_OF_PREFIX, its | {"kinds": kinds}) if kinds else recorded(connection, OF_PREFIX, its)
    )


def is_erased(connection: Connection, stream: str) -> bool:
    """Tell whether a stream was erased, by itself or with all beneath some prefix."""
    return bool(connection.execute(IS_ERASED, {"stream": stream}).scalar())


def refuse_erased(connection: Connection, stream: str) -> None:
    """Refuse a stream that was erased, by itself or with all beneath some prefix."""
    if is_erased(connection, stream):
        raise Refused(Refusal.ERASED, stream)


def refuse_any_erased(connection: Connection, streams: Iterable[str]) -> None:
    """Refuse where one of several streams was erased, by itself or with all beneath some prefix."""
    names = {name for stream in streams for name in accumulate(stream.split("/"), "{}/{}".format)}
    if gone := connection.execute(ERASED_AMONG, {"names": sorted(names)}).scalar():
        raise Refused(Refusal.ERASED, gone)


def first_answer(connection: Connection, command_id: str, fingerprint: str) -> Written | None:
    """Return how a command id was answered before, or None; refuse one that stands for something else."""
    its = {"command_id": command_id}
    found = connection.execute(FINGERPRINT, its).one_or_none()
    if found is None:
        return None
    if found.fingerprint != fingerprint:
        raise Refused(Refusal.COMMAND_REUSED, command_id)
    return Written(recorded(connection, OF_COMMAND, its), repeated=True)


def append(
    connection: Connection, stream: str, past: int, following: Iterable[Fact], envelope: Envelope, at: int
) -> tuple[Recorded, ...]:
    """Append to a stream that holds ``past`` facts, at the server's time ``at``."""
    return tuple(
        _append(connection, stream, past + 1 + part, part, fact, envelope, at) for part, fact in enumerate(following)
    )


def _append(
    connection: Connection, stream: str, version: int, part: int, fact: Fact, envelope: Envelope, at: int
) -> Recorded:
    row = encode(fact)
    content_id = None
    if row.content is not None:
        check_written(json.loads(row.content))
        content_id = connection.execute(ADD_CONTENT, {"body": row.content}).scalar_one()
    if ends_drafts(fact):
        # What was a draft is a fact now: in one transaction, so that no crash leaves it lying about.
        connection.execute(DROP_DRAFTS, {"of_stream": stream})
    values = {
        "stream": stream,
        "version": version,
        "kind": row.kind,
        "schema_version": row.schema_version,
        "command_id": envelope.command_id,
        "part": part,
        "actor": envelope.actor,
        "bot": envelope.bot,
        "at": at,
        "browser_time": envelope.browser_time,
        "body": row.body,
        "content_id": content_id,
    }
    return Recorded(
        position=connection.execute(ADD_FACT, values).scalar_one(),
        stream=stream,
        version=version,
        fact=fact,
        actor=envelope.actor,
        bot=envelope.bot,
        at=to_moment(at),
        browser_time=envelope.browser_time,
        command_id=envelope.command_id,
    )


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
