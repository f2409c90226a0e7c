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


def revisions() -> list[str]:
    """Return every revision of the schema, oldest first, without asking Alembic, which is slow to import.

    Examples
    --------
    >>> revisions()[0]
    '0001'
    """
    return sorted(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9]*.py"))
