"""A participant's own case: submitted by her, and where it tells of a real child, released by somebody else.

An invented or composed case is ready as it is submitted. A pseudonymised child is still personal data: such a case is
taken only where a session's trainer has recorded controller and legal basis, and nobody can open it before a second
person has read it. What is not written in ``decide_own`` is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Answers, Fact, OwnCaseReleased, OwnCaseSubmitted, OwnKind


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a session may hold pseudonymised referrals, as its trainer has recorded it.

    Attributes
    ----------
    controller
        Who answers for the data (*dataansvarlig*).
    legal_basis
        The law that allows it.
    """

    controller: str = ""
    legal_basis: str = ""


NO_BASIS: Final = Basis()
"""Practice without a session: nobody answers for anything but invented cases."""


def allowed_kinds(basis: Basis) -> tuple[OwnKind, ...]:
    """Return the kinds of case that may be entered, the one that always may first.

    Examples
    --------
    >>> [kind.value for kind in allowed_kinds(NO_BASIS)]
    ['invented']
    >>> len(allowed_kinds(Basis("Byens Kommune", "databeskyttelseslovens § 10")))
    2
    """
    recorded = basis.controller.strip() and basis.legal_basis.strip()
    return (OwnKind.INVENTED, OwnKind.PSEUDONYMISED) if recorded else (OwnKind.INVENTED,)


# --- commands ---


@dataclass(frozen=True, slots=True)
class SubmitOwnCase:
    by: str
    kind: OwnKind
    answers: Answers
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class ReleaseOwnCase:
    by: str


# --- states ---


@dataclass(frozen=True, slots=True)
class NotSubmitted:
    """Nothing is there but drafts."""


@dataclass(frozen=True, slots=True)
class AwaitingRelease:
    """A pseudonymised case that nobody but its writer and a second person may read; it cannot be opened."""

    by: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Ready:
    """The case can be opened."""

    kind: OwnKind
    answers: Answers


OwnState = NotSubmitted | AwaitingRelease | Ready


def decide_own(state: OwnState, command: SubmitOwnCase | ReleaseOwnCase) -> OwnCaseSubmitted | OwnCaseReleased:
    """Answer a command with the fact it makes.

    Raises
    ------
    Refused
        With ``OWN_KIND`` where nothing allows this kind of case, with ``SECOND_PERSON`` where its writer would release
        it herself, with ``NOT_NOW`` where the command does not belong to this state.

    Examples
    --------
    >>> decide_own(AwaitingRelease("p1", ()), ReleaseOwnCase("p1"))
    Traceback (most recent call last):
    explain.domain.errors.Refused: second_person
    """
    match state, command:
        case NotSubmitted(), SubmitOwnCase(by, kind, answers, basis):
            if kind not in allowed_kinds(basis):
                raise Refused(Refusal.OWN_KIND, kind.value)
            return OwnCaseSubmitted(by, kind, answers)
        case AwaitingRelease(writer), ReleaseOwnCase(by):
            if by == writer:
                raise Refused(Refusal.SECOND_PERSON)
            return OwnCaseReleased(by)
        case _:
            raise Refused(Refusal.NOT_NOW, f"{type(command).__name__} in {type(state).__name__}")


def evolve_own(state: OwnState, fact: Fact) -> OwnState:
    """Take a state to the next by a recorded fact.

    Raises
    ------
    ValueError
        If the fact cannot have happened in this state: the record is damaged.
    """
    match state, fact:
        case NotSubmitted(), OwnCaseSubmitted(by, OwnKind.PSEUDONYMISED, answers):
            return AwaitingRelease(by, answers)
        case NotSubmitted(), OwnCaseSubmitted(_, kind, answers):
            return Ready(kind, answers)
        case AwaitingRelease(_, answers), OwnCaseReleased():
            return Ready(OwnKind.PSEUDONYMISED, answers)
        case _:
            raise ValueError(
                f"an own case's record holds {type(fact).__name__} in {type(state).__name__}, which cannot happen: "
                "it is damaged"
            )


def replay_own(facts: Iterable[Fact]) -> OwnState:
    """Return where the facts of one own case lead, from its beginning."""
    state: OwnState = NotSubmitted()
    for fact in facts:
        state = evolve_own(state, fact)
    return state


def require_ready(state: OwnState) -> Ready:
    """Return the state of a case that can be opened.

    Raises
    ------
    Refused
        With ``NOT_RELEASED`` where a second person has still to read it, with ``NOT_NOW`` where none was submitted.
    """
    if isinstance(state, AwaitingRelease):
        raise Refused(Refusal.NOT_RELEASED)
    if isinstance(state, NotSubmitted):
        raise Refused(Refusal.NOT_NOW, "no own case was submitted")
    return state
