"""Facts to rows and back.

A row has the fact's kind, the version of that kind's schema, a body, and a content: what people wrote or rated
(``WRITTEN``), kept apart so that it can be erased. Floats survive to the last bit.

Kinds are names for ever: a class may be renamed, its kind may not. When the fields of a kind change, the old schema
stays readable by a function in ``UPCASTS`` that takes its fields to the next version's; the newest version is the one
after the last upcast.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from explain.domain import facts, people, session_facts
from explain.domain.facts import Fact

KINDS: Final[Mapping[str, type[Fact]]] = MappingProxyType(
    {
        "joined": facts.Joined,
        "check_answered": facts.CheckAnswered,
        "introduction_read": facts.IntroductionRead,
        "case_opened": facts.CaseOpened,
        "case_skipped": facts.CaseSkipped,
        "initial_locked": facts.InitialLocked,
        "score_revealed": facts.ScoreRevealed,
        "score_withheld": facts.ScoreWithheld,
        "input_flagged": facts.InputFlagged,
        "reconsidered": facts.Reconsidered,
        "final_locked": facts.FinalLocked,
        "reading_ended": facts.ReadingEnded,
        "feedback_opened": facts.FeedbackOpened,
        "case_closed": facts.CaseClosed,
        "person_invited": people.PersonInvited,
        "person_joined": people.PersonJoined,
        "link_renewed": people.LinkRenewed,
        "role_given": people.RoleGiven,
        "role_revoked": people.RoleRevoked,
        "person_removed": people.PersonRemoved,
        "signed_in": people.SignedIn,
        "signed_out": people.SignedOut,
        "consent_answered": facts.ConsentAnswered,
        "code_taken": session_facts.CodeTaken,
        "session_planned": session_facts.SessionPlanned,
        "session_started": session_facts.SessionStarted,
        "session_paused": session_facts.SessionPaused,
        "session_resumed": session_facts.SessionResumed,
        "session_extended": session_facts.SessionExtended,
        "step_opened": session_facts.StepOpened,
        "feedback_released": session_facts.FeedbackReleased,
        "participant_joined": session_facts.ParticipantJoined,
        "participant_removed": session_facts.ParticipantRemoved,
        "participant_let_in": session_facts.ParticipantLetIn,
        "note_written": session_facts.NoteWritten,
        "session_ended": session_facts.SessionEnded,
        "session_erased": session_facts.SessionErased,
        "own_case_submitted": facts.OwnCaseSubmitted,
        "own_case_released": facts.OwnCaseReleased,
        "own_case_sent_back": facts.OwnCaseSentBack,
    }
)
"""Every kind of fact by the name it is stored under."""

Fields: TypeAlias = dict[str, Any]


def _second_rating(condition: Fields) -> Fields:
    """Every condition had a second rating before there were panels."""
    return {**condition, "rates_again": True}


def _joined_2(old: Fields) -> Fields:
    plan = [{**one, "condition": _second_rating(one["condition"]), "trial": False} for one in old["plan"]]
    return {**old, "plan": plan}


def _case_opened_2(old: Fields) -> Fields:
    return {**old, "condition": _second_rating(old["condition"])}


def _session_planned_2(old: Fields) -> Fields:
    """No session took own cases before it could say so."""
    return {**old, "plan": {**old["plan"], "own_cases": None}}


UPCASTS: Final[dict[tuple[str, int], Callable[[Fields], Fields]]] = {
    ("joined", 1): _joined_2,
    ("case_opened", 1): _case_opened_2,
    ("session_planned", 1): _session_planned_2,
}
"""Takes the fields of (kind, schema version) to those of the next version."""


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as it is stored; ``body`` and ``content`` are JSON. ``content`` is None where nobody wrote anything."""

    kind: str
    schema_version: int
    body: str
    content: str | None


def encode(fact: Fact) -> Row:
    """Return the row of a fact.

    Raises
    ------
    TypeError
        For a fact, or a value in it, that has no stored form.
    ValueError
        For a number that is not finite.

    Examples
    --------
    >>> encode(facts.CaseClosed("Jeg overså skolen."))
    Row(kind='case_closed', schema_version=1, body='{}', content='{"reflection": "Jeg overså skolen."}')
    """
    kind = kind_of(type(fact))
    body = {field.name: plain(getattr(fact, field.name)) for field in fields(fact)}
    written = {field.name: body.pop(field.name) for field in fields(fact) if field.metadata.get("written")}
    return Row(kind, newest(kind), to_json(body), to_json(written) if written else None)


@lru_cache(maxsize=1024)
def decode(row: Row) -> Fact:
    """Return the fact of a row, whatever version of the schema it was written in.

    The same row gives the same object: a participant's facts are read again at each of her presses.

    Raises
    ------
    ValueError
        For a kind or version this program does not know, or fields that do not fit.

    Examples
    --------
    >>> decode(Row("input_flagged", 1, "{}", '{"name": "age", "fits": false}'))
    InputFlagged(name='age', fits=False)
    """
    if row.kind not in KINDS or row.schema_version > newest(row.kind):
        raise ValueError(
            f"the store holds a fact {row.kind!r} in version {row.schema_version}, which this Skøn does not know: "
            "it was written by a newer one; install that"
        )
    values: Fields = json.loads(row.body) | json.loads(row.content or "{}")
    for version in range(row.schema_version, newest(row.kind)):
        values = UPCASTS[row.kind, version](values)
    return cast(Fact, _build(KINDS[row.kind], values))


def newest(kind: str) -> int:
    """Return the schema version a kind is written in today, from 1."""
    return 1 + max((version for name, version in UPCASTS if name == kind), default=0)


def plain(value: object) -> Any:
    """Return a value as JSON knows it; sets are sorted, so that equal values give equal JSON.

    Examples
    --------
    >>> plain(frozenset({"b", "a"}))
    ['a', 'b']
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"a stored value must be made of dataclasses, texts and numbers, not {type(value).__name__}")


def to_json(value: object) -> str:
    """Return JSON in which Danish can be read. Halves of a character, which browsers can send, stand as escapes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def kind_of(fact_type: type) -> str:
    """Return the name of a kind of fact.

    Examples
    --------
    >>> kind_of(facts.CaseOpened)
    'case_opened'
    """
    for kind, known in KINDS.items():
        if known is fact_type:
            return kind
    raise TypeError(f"{fact_type.__name__} has no kind: give it a name for ever in KINDS")


@cache
def _types(owner: type) -> Mapping[str, Any]:
    return get_type_hints(owner)


def _build(wanted: Any, value: Any) -> Any:
    """Make a value of type ``wanted`` out of what JSON gave."""
    parts, outer = get_args(wanted), get_origin(wanted)
    if outer in (Union, UnionType) and NoneType in parts and len(parts) == 2:
        return None if value is None else _build(next(part for part in parts if part is not NoneType), value)
    if outer is frozenset and isinstance(value, list):
        return frozenset(_build(parts[0], item) for item in value)
    if outer is tuple and isinstance(value, list):
        if parts[-1] is Ellipsis:
            return tuple(_build(parts[0], item) for item in value)
        return tuple(_build(part, item) for part, item in zip(parts, value, strict=True))
    if is_dataclass(wanted) and isinstance(wanted, type) and isinstance(value, dict):
        hints = _types(wanted)
        if value.keys() != hints.keys():
            raise ValueError(
                f"a stored {wanted.__name__} must have the fields {sorted(hints)}, not {sorted(value)}: "
                "the schema changed without an upcast"
            )
        return wanted(**{name: _build(hints[name], item) for name, item in value.items()})
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(value)
    if wanted is float and type(value) in (int, float):
        return float(value)
    if wanted in (str, int, bool) and type(value) is wanted:
        return value
    raise ValueError(f"a stored {getattr(wanted, '__name__', wanted)} cannot be made of {type(value).__name__}")
