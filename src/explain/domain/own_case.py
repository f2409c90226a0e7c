"""A participant's own case: submitted by her, and where it tells of a real child, released by somebody else.

An invented or composed case is ready as it is submitted. A pseudonymised child is still personal data: such a case is
taken only where a session's trainer has recorded controller and legal basis, and nobody can open it before a second
person has read it, who may also send it back. What is not written in ``decide_own`` is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from explain.domain.basis import NO_BASIS, Basis
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import (
    Answers,
    Fact,
    OwnCaseReleased,
    OwnCaseSentBack,
    OwnCaseSubmitted,
    OwnKind,
    WhyBack,
)


def allowed_kinds(basis: Basis | None) -> tuple[OwnKind, ...]:
    """Return the kinds of case that may be entered, the usual one first; none where a session allows no own cases.

    Examples
    --------
    >>> [kind.value for kind in allowed_kinds(NO_BASIS)]
    ['invented']
    >>> len(allowed_kinds(Basis("Byens Kommune", "databeskyttelsesloven § 10"))), allowed_kinds(None)
    (2, ())
    """
    if basis is None:
        return ()
    return (OwnKind.INVENTED, OwnKind.PSEUDONYMISED) if basis.recorded else (OwnKind.INVENTED,)


# --- commands ---


@dataclass(frozen=True, slots=True)
class SubmitOwnCase:
    by: str
    kind: OwnKind
    answers: Answers
    basis: Basis | None = NO_BASIS


@dataclass(frozen=True, slots=True)
class ReleaseOwnCase:
    by: str


@dataclass(frozen=True, slots=True)
class SendBackOwnCase:
    by: str
    why: WhyBack


Command = SubmitOwnCase | ReleaseOwnCase | SendBackOwnCase


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
class SentBack:
    """A second person has read the case and not released it; its writer can take it back into its form."""

    answers: Answers
    why: WhyBack


@dataclass(frozen=True, slots=True)
class Ready:
    """The case can be opened."""

    kind: OwnKind
    answers: Answers


OwnState = NotSubmitted | AwaitingRelease | SentBack | Ready


def decide_own(state: OwnState, command: Command) -> OwnCaseSubmitted | OwnCaseReleased | OwnCaseSentBack:
    """Answer a command with the fact it makes.

    Raises
    ------
    Refused
        With ``OWN_KIND`` where nothing allows this kind of case, with ``SECOND_PERSON`` where its writer would answer
        for it herself, with ``NOT_NOW`` where the command does not belong to this state.

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
        case AwaitingRelease(writer), (ReleaseOwnCase(by) | SendBackOwnCase(by)):
            if by == writer:
                raise Refused(Refusal.SECOND_PERSON)
            return OwnCaseSentBack(by, command.why) if isinstance(command, SendBackOwnCase) else OwnCaseReleased(by)
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
        case AwaitingRelease(_, answers), OwnCaseSentBack(_, why):
            return SentBack(answers, why)
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
        With ``NOT_RELEASED`` where no second person has released it, with ``NOT_NOW`` where none was submitted.
    """
    if isinstance(state, (AwaitingRelease, SentBack)):
        raise Refused(Refusal.NOT_RELEASED)
    if isinstance(state, NotSubmitted):
        raise Refused(Refusal.NOT_NOW, "no own case was submitted")
    return state
