"""What a session needs from the world: a place for facts, a clock, a model that scores.

A fact store keeps facts for ever, in streams. A stream is a name with slashes; ``version`` counts its facts from 1.
Positions count over all streams, rise, and are never used again, so that a reader can ask for what came after one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from explain.casebook.situation import Situation
from explain.domain.facts import Fact
from explain.domain.score import Score


@dataclass(frozen=True, slots=True)
class Envelope:
    """What comes with a command, whatever it says.

    Attributes
    ----------
    command_id
        Made in the browser, unique; a repeated one gets the first answer, one with other content is refused.
    actor
        Who sent it: a participant's id.
    browser_time
        The browser's clock in milliseconds since 1970, as it claims; None from the command line.
    bot
        Whether a rehearsal's bot sent it; bots are never mixed with people in any figure.
    """

    command_id: str
    actor: str
    browser_time: int | None = None
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as the store holds it."""

    position: int
    stream: str
    version: int
    fact: Fact
    actor: str
    bot: bool
    at: datetime
    browser_time: int | None
    command_id: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Unlocked text of one field, as last saved; removed at the lock, never exported."""

    value: str
    revision: int


Clock = Callable[[], datetime]
"""Tells the time, in UTC."""


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def milliseconds(now: Clock) -> int:
    """Return the whole milliseconds since 1970 that a clock shows."""
    return int(now().timestamp() * 1000)


Decision = Callable[[Sequence[Fact]], Sequence[Fact]]
"""Takes a stream's facts to those that follow, or refuses; runs inside the store's transaction."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write left behind: the facts it recorded, and whether they were there already (a repeated command)."""

    recorded: tuple[Recorded, ...]
    repeated: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a participant was when last heard of."""

    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """A tombstone: what was erased, by whom, when, why, and how many streams it was."""

    prefix: str
    actor: str
    reason: str
    at: datetime
    streams: int


class FactStore(Protocol):
    """Keeps facts for ever; drafts and presence for a while."""

    def write(self, stream: str, decision: Decision, envelope: Envelope, *, content: object) -> Written:
        """Read ``stream``, decide, and append what follows, in one transaction; return when it is durable.

        ``content`` is the command itself; it tells a repeated command from a command id used twice.

        Raises
        ------
        Refused
            As ``decision`` refuses; with ``COMMAND_REUSED`` where the command id stands for other content; with
            ``ERASED`` where the stream was erased.
        """
        ...

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """Return the facts of one stream in order, those up to version ``after`` left out.

        Raises
        ------
        Refused
            With ``ERASED`` where the stream was erased.
        """
        ...

    def read_all(self, streams: Sequence[str]) -> dict[str, tuple[Recorded, ...]]:
        """Return the facts of several streams at once, each in order, by stream.

        Raises
        ------
        Refused
            With ``ERASED`` where one of them was erased.
        """
        ...

    def read_prefix(self, prefix: str, *, kinds: Sequence[type[Fact]] = ()) -> tuple[Recorded, ...]:
        """Return the facts of the stream ``prefix`` and of all beneath it, by position; erased streams are left out.

        A prefix ends where a name ends: ``practice/p1`` does not reach ``practice/p17``. With ``kinds``, only facts of
        these types: what a whole class did at a case is much to read where little is asked.
        """
        ...

    def after(self, position: int, limit: int = 1000) -> tuple[Recorded, ...]:
        """Return what was recorded after ``position``, in order, at most ``limit`` facts; erased are left out."""
        ...

    def save_draft(self, stream: str, name: str, value: str, revision: int, actor: str) -> bool:
        """Keep the text of a field unless a newer revision is there; False where one was."""
        ...

    def drafts(self, stream: str) -> dict[str, Draft]:
        """Return the drafts of a stream by field."""
        ...

    def drop_drafts(self, stream: str) -> None:
        """Remove the drafts of a stream, at its lock."""
        ...

    def touched(self, prefix: str) -> dict[str, datetime]:
        """Return when each stream, ``prefix`` and all beneath it, was last written to, drafts included.

        Erased streams are left out; a stream that holds nothing but drafts is among them.
        """
        ...

    def beat(self, participant: str, place: str) -> None:
        """Note that a participant is there now, and where."""
        ...

    def beat_all(self, participants: Collection[str]) -> None:
        """Note that all of these are there now, wherever they were, but for those who were erased; one transaction."""
        ...

    def presence(self) -> dict[str, Presence]:
        """Return where everybody was when last heard of, by participant."""
        ...

    def erase(self, *prefixes: str, actor: str, reason: str) -> int:
        """Erase what people wrote in the streams ``prefixes`` and all beneath them; return how many. Recorded, final.

        Nothing can be added to them afterwards, nor to any stream beneath a prefix that did not exist yet. All of them
        are erased in one transaction.
        """
        ...

    def erasures(self) -> tuple[Erasure, ...]:
        """Return every erasure in order, so that what is missing can be accounted for."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


class Scorer(Protocol):
    """A model that scores a case by what the registers hold of it."""

    def score(self, case: Situation) -> Score:
        """Return the model's score of ``case``."""
        ...
