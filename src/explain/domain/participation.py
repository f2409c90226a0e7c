"""A participation: one participant's run through a set of cases, from the introduction on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from explain.domain.facts import CheckAnswered, ConsentAnswered, Fact, IntroductionRead, Joined, PlannedEncounter


@dataclass(frozen=True, slots=True)
class Participation:
    """Where a participant stands before and between the cases.

    Attributes
    ----------
    case_set, version
        The set and the version she joined with.
    plan
        The cases to come, in order, each with its condition; a case added to the set later does not come into it.
    answers
        Her first answer to each check question, by question.
    introduced
        Whether the introduction is behind her.
    consents
        Whether her answers may be used for research; None where she was not asked or has not answered.
    """

    case_set: str
    version: str
    plan: tuple[PlannedEncounter, ...]
    answers: tuple[CheckAnswered, ...] = ()
    introduced: bool = False
    consents: bool | None = None


def replay_participation(facts: Iterable[Fact]) -> Participation | None:
    """Return where the facts of one participation lead, or None where there are none yet.

    Examples
    --------
    >>> replay_participation([]) is None
    True
    >>> replay_participation([Joined("grundforloeb", "1", ()), IntroductionRead()]).introduced
    True
    """
    state: Participation | None = None
    for fact in facts:
        match state, fact:
            case None, Joined(case_set, version, plan):
                state = Participation(case_set, version, plan)
            case Participation(), CheckAnswered():
                state = replace(state, answers=(*state.answers, fact))
            case Participation(), IntroductionRead():
                state = replace(state, introduced=True)
            case Participation(), ConsentAnswered(research):
                state = replace(state, consents=research)
            case _:
                raise ValueError(
                    f"a participation's record holds {type(fact).__name__} where it cannot be: it is damaged"
                )
    return state
