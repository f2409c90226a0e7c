"""The tables: the skeleton of what happened stands in ``facts`` for ever; what people wrote stands in ``content``.

``facts`` refers to ``content``, whose rows can be emptied by an erasure.

Times are whole milliseconds since 1970, UTC. Names sort byte by byte, so that a prefix is a range.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

MIGRATIONS: Final = Path(__file__).parent / "migrations"

METADATA: Final = MetaData()

NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")
NAME: Final = Text().with_variant(Text(collation="C"), "postgresql")

commands: Final = Table(
    "commands",
    METADATA,
    Column("command_id", NAME, primary_key=True),
    Column("stream", NAME, nullable=False),
    Column("fingerprint", Text, nullable=True),
)
"""Every command that was answered; its fingerprint is null once the stream was erased."""

content: Final = Table(
    "content",
    METADATA,
    Column("id", NUMBER, Identity(), primary_key=True),
    Column("body", Text, nullable=True),
    sqlite_autoincrement=True,
)
"""What people wrote, as JSON; null once it was erased."""

facts: Final = Table(
    "facts",
    METADATA,
    Column("position", NUMBER, Identity(), primary_key=True),
    Column("stream", NAME, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("command_id", NAME, ForeignKey("commands.command_id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("browser_time", BigInteger, nullable=True),
    Column("body", Text, nullable=False),
    Column("content_id", NUMBER, ForeignKey("content.id"), nullable=True, unique=True),
    UniqueConstraint("stream", "version"),
    UniqueConstraint("command_id", "part"),
    sqlite_autoincrement=True,
)
"""What happened. ``part`` counts the facts of one command from 0."""

drafts: Final = Table(
    "drafts",
    METADATA,
    Column("stream", NAME, primary_key=True),
    Column("name", NAME, primary_key=True),
    Column("value", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""What is being typed, as JSON; gone at the lock, never exported."""

presence: Final = Table(
    "presence",
    METADATA,
    Column("participant", NAME, primary_key=True),
    Column("place", NAME, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Who was where when last heard of."""

erasures: Final = Table(
    "erasures",
    METADATA,
    Column("id", NUMBER, Identity(), primary_key=True),
    Column("prefix", NAME, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("streams", Integer, nullable=False),
    Column("cleansed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Tombstones; ``cleansed`` once the disk, too, was freed of what was erased."""

# --- what opens doors (sessions/keys.py): changes and goes; everything secret stands here as a hash ---

people: Final = Table(
    "people",
    METADATA,
    Column("person", NAME, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", NAME, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
)
"""Names and passwords of those with an account."""

links: Final = Table(
    "links",
    METADATA,
    Column("token_hash", NAME, primary_key=True),
    Column("person", NAME, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("first", Boolean, nullable=False),
)
"""One-time links that were not used yet; ``first`` for those the server itself prints."""

sign_ins: Final = Table(
    "sign_ins",
    METADATA,
    Column("id_hash", NAME, primary_key=True),
    Column("person", NAME, nullable=False, index=True),
    Column("expires", BigInteger, nullable=False),
)
"""Sign-ins that were not ended."""

pins: Final = Table(
    "pins",
    METADATA,
    Column("participant", NAME, primary_key=True),
    Column("pin_hash", Text, nullable=False),
)
"""A participant's PIN."""

attempts: Final = Table(
    "attempts",
    METADATA,
    Column("what", NAME, primary_key=True),
    Column("whom", NAME, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)
"""How often in a row something was tried in vain, and when last."""


def revisions() -> list[str]:
    """Return every revision of the schema, oldest first, without asking Alembic, which is slow to import.

    Examples
    --------
    >>> revisions()[0]
    '0001'
    """
    return sorted(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9]*.py"))
