"""What every store holds to, whatever keeps it: names, lengths, nobody real, fingerprints, what an erasure covers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact, InputFlagged
from explain.domain.judgement import LONGEST_TEXT
from explain.guards import refused
from explain.sessions.ports import Envelope
from explain.sessions.seating import participation_stream
from explain.store.codec import plain, to_json

LONGEST_NAME: Final = 500
"""Characters in a stream's name or an id (our own limit)."""

LATEST_MILLISECOND: Final = 2**53
"""A browser's clock counts in doubles, which are exact up to here (ECMAScript, ``Number.MAX_SAFE_INTEGER``)."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def check_stream(stream: str) -> None:
    """Raise ValueError unless ``stream`` is a name with slashes, none of its parts empty.

    Examples
    --------
    >>> check_stream("practice//x")
    Traceback (most recent call last):
    ValueError: a stream must be named like 'practice/p7/sag-01', in 1 to 500 printable characters, not 'practice//x'
    """
    if not _is_name(stream) or not all(stream.split("/")):
        raise ValueError(
            f"a stream must be named like 'practice/p7/sag-01', in 1 to {LONGEST_NAME} printable characters, "
            f"not {stream[: LONGEST_NAME + 1]!r}"
        )


def check_envelope(envelope: Envelope) -> None:
    """Raise ValueError unless what came with a command can be kept; a browser may send anything."""
    for what, value in (("command id", envelope.command_id), ("actor", envelope.actor)):
        check_name(what, value)
    time = envelope.browser_time
    if time is not None and (type(time) is not int or abs(time) > LATEST_MILLISECOND):
        raise ValueError(f"a browser's time must be whole milliseconds since 1970, not {time!r}")


def check_name(what: str, value: str) -> None:
    """Raise ValueError unless ``value`` is printable and neither empty nor endless."""
    if not _is_name(value):
        raise ValueError(
            f"a {what} must be 1 to {LONGEST_NAME} printable characters, not {value[: LONGEST_NAME + 1]!r}"
        )


def check_draft(stream: str, name: str, value: str, actor: str) -> None:
    """Raise ValueError or refuse unless the draft of a field can be kept."""
    check_stream(stream)
    check_name("field", name)
    check_name("actor", actor)
    check_written(value)


def erasable(prefixes: Sequence[str], actor: str) -> tuple[str, ...]:
    """Return the streams that an erasure covers, once each; raise ValueError for what is no stream's name."""
    check_name("actor", actor)
    roots = tuple(dict.fromkeys(prefix.rstrip("/") for prefix in prefixes))
    for root in roots:
        check_stream(root)
    return roots


def check_written(value: Any) -> None:
    """Refuse what a person wrote, or texts inside ``value``, where it is too long or may point to a real person.

    What is refused is told by its kind alone, since errors end up in logs.

    Examples
    --------
    >>> check_written({"reasons": "Ring til 00 00 00 00."})
    Traceback (most recent call last):
    explain.domain.errors.Refused: identifying: phone
    """
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise Refused(Refusal.TOO_LONG, f"{len(value)} characters, at most {LONGEST_TEXT}")
        if kinds := tuple(dict.fromkeys(found.kind.value for found in refused(value))):
            raise Refused(Refusal.IDENTIFYING, ", ".join(kinds), about=kinds)
    if isinstance(value, dict):
        check_written(list(value.values()))
    if isinstance(value, list):
        for item in value:
            check_written(item)


def ends_drafts(fact: Fact) -> bool:
    """Tell whether a fact may hold what was typed in its stream, so that the drafts there go with it.

    Examples
    --------
    >>> from explain.domain.facts import CaseClosed
    >>> ends_drafts(CaseClosed("Jeg overså skolen.")), ends_drafts(InputFlagged("age", False))
    (True, False)
    """
    written = any(field.metadata.get("written") for field in fields(fact))
    return written and not isinstance(fact, InputFlagged)  # a flag is set beside what is being typed


def home(participant: str) -> str:
    """Return where a participant is who was heard of for the first time: at her own stream, with which she is erased.

    Examples
    --------
    >>> home("k3mw7p2a-7")
    'participation/k3mw7p2a/7'
    """
    return participation_stream(participant)


def fingerprint(stream: str, actor: str, content: object) -> str:
    """Return what tells a repeated command from a command id used twice: a hash of who said what, and where.

    A hash of a rating could be guessed back, so it is erased together with what it stands for.

    Examples
    --------
    >>> fingerprint("p/1", "p", {"rating": 7}) == fingerprint("p/1", "p", {"rating": 8})
    False
    """
    said = to_json([stream, actor, type(content).__name__, plain(content)])
    return hashlib.sha256(said.encode()).hexdigest()


def covers(prefix: str, stream: str) -> bool:
    """Return whether ``stream`` is ``prefix`` or lies beneath it; a prefix ends where a name ends.

    Examples
    --------
    >>> covers("practice/p1", "practice/p1/sag-01"), covers("practice/p1", "practice/p17")
    (True, False)
    """
    root = prefix.rstrip("/")
    return not root or stream == root or stream.startswith(root + "/")


def to_milliseconds(moment: datetime) -> int:
    """Return whole milliseconds since 1970; what the store keeps of a time.

    Examples
    --------
    >>> to_milliseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000
    """
    return (moment - EPOCH) // timedelta(milliseconds=1)


def to_moment(milliseconds: int) -> datetime:
    """Return the time, in UTC, of whole milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def _is_name(value: str) -> bool:
    return 0 < len(value) <= LONGEST_NAME and value.isprintable()
