"""The encounter: one participant and one case, and the order that nobody can break.

``decide`` answers a command with a fact, or refuses it; ``evolve`` takes a state and a fact to the next state. What is
not written in ``decide`` is refused, and there is no way round it. A state before the reveal has no field for a score,
so nothing can show what does not exist yet.

The condition chooses the path::

    Unopened ─ own first ── Judging ─ lock ─ Locked ─ score ─┬─ shown ──── Informed ──┬─ reconsider ─ lock ─ Settled
           └── score first ─ AwaitingScore ─ score ──────────┼──────────── Informed ──┤                         │
                                                             └─ withheld ─ Uninformed ┘             feedback ─Reflecting
                                                                                                               │
                                                                                                             Closed

A condition without a second rating (``rates_again``) ends step 2 in ``Settled``; one that is never scored, a panel's,
goes from ``Judging`` to ``Rated`` by the lock, and nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from explain.domain.conditions import Condition, Feedback, Order, Question
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import (
    CaseClosed,
    CaseOpened,
    CaseSkipped,
    Fact,
    FeedbackOpened,
    FinalLocked,
    InitialLocked,
    InputFlagged,
    ReadingEnded,
    Reconsidered,
    ScoreRevealed,
    ScoreWithheld,
)
from explain.domain.judgement import Judgement
from explain.domain.score import Score

# --- commands: what somebody wants to do ---


@dataclass(frozen=True, slots=True)
class OpenCase:
    case: str
    version: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class SkipCase:
    pass


@dataclass(frozen=True, slots=True)
class LockInitial:
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class DeliverScore:
    score: Score


@dataclass(frozen=True, slots=True)
class FlagInput:
    name: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Reconsider:
    pass


@dataclass(frozen=True, slots=True)
class LockFinal:
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class EndReading:
    pass


@dataclass(frozen=True, slots=True)
class OpenFeedback:
    score: Score
    colleagues: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseCase:
    reflection: str = ""


Command = (
    OpenCase
    | SkipCase
    | LockInitial
    | DeliverScore
    | FlagInput
    | Reconsider
    | LockFinal
    | EndReading
    | OpenFeedback
    | CloseCase
)

# --- states: where the encounter stands ---


@dataclass(frozen=True, slots=True)
class Unopened:
    pass


@dataclass(frozen=True, slots=True)
class Skipped:
    pass


@dataclass(frozen=True, slots=True)
class Judging:
    """The case is open; the first judgement is being made."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Locked:
    """The first judgement is locked; only now may a score be computed."""

    condition: Condition
    initial: Judgement


@dataclass(frozen=True, slots=True)
class Rated:
    """A panel's encounter is over: rated once, and never scored."""

    condition: Condition
    initial: Judgement


@dataclass(frozen=True, slots=True)
class AwaitingScore:
    """Score first: the case is open, its score not yet delivered."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Informed:
    """The score is shown. ``initial`` is missing where the score came first."""

    condition: Condition
    initial: Judgement | None
    score: Score
    flagged: frozenset[str] = frozenset()
    reconsidering: bool = False


@dataclass(frozen=True, slots=True)
class Uninformed:
    """The twin control: the case is read again, without a score."""

    condition: Condition
    initial: Judgement
    reconsidering: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Everything is judged; the reflection is not open yet."""

    condition: Condition
    initial: Judgement | None
    final: Judgement | None
    flagged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reflecting:
    """The reflection is open: score, panel and colleagues can be seen."""

    condition: Condition
    initial: Judgement | None
    final: Judgement | None
    flagged: frozenset[str]
    score: Score
    colleagues: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The encounter is over."""

    condition: Condition
    initial: Judgement | None
    final: Judgement | None
    flagged: frozenset[str]
    score: Score
    colleagues: tuple[int, ...]
    reflection: str


State = (
    Unopened
    | Skipped
    | Judging
    | Locked
    | Rated
    | AwaitingScore
    | Informed
    | Uninformed
    | Settled
    | Reflecting
    | Closed
)


def decide(state: State, command: Command) -> Fact:
    """Answer a command with the fact it makes.

    Raises
    ------
    Refused
        If the command does not belong to this state, or the judgement lacks what the condition asks for.

    Examples
    --------
    >>> from explain.domain.conditions import TEACHING
    >>> state = replay([CaseOpened("grundforloeb/sag-01", "1", TEACHING)])
    >>> decide(state, CloseCase())
    Traceback (most recent call last):
    explain.domain.errors.Refused: not_now: CloseCase in Judging
    """
    match state, command:
        case Unopened(), OpenCase(case, version, condition):
            return CaseOpened(case, version, condition)
        case ((Unopened() | Judging() | AwaitingScore()), SkipCase()):
            return CaseSkipped()
        case Judging(condition), LockInitial(judgement):
            _require_complete(judgement, condition, first=True)
            return InitialLocked(judgement)
        case ((Locked(condition) | AwaitingScore(condition)), DeliverScore(score)):
            return ScoreRevealed(score) if condition.shows_score else ScoreWithheld(score)
        case Informed(score=score), FlagInput(name, fits) if name in dict(score.inputs):
            return InputFlagged(name, fits)
        case (
            (Informed(condition, reconsidering=False) | Uninformed(condition, reconsidering=False)),
            Reconsider(),
        ) if condition.asks_rating and condition.rates_again:
            return Reconsidered()
        case (
            (Informed(condition, reconsidering=True) | Uninformed(condition, reconsidering=True)),
            LockFinal(judgement),
        ):
            _require_complete(judgement, condition, first=condition.order is Order.SCORE_FIRST)
            return FinalLocked(judgement)
        case ((Informed(condition) | Uninformed(condition)), EndReading()) if not (
            condition.asks_rating and condition.rates_again
        ):
            return ReadingEnded()
        case Settled(condition), OpenFeedback(score, colleagues) if condition.feedback is not Feedback.NEVER:
            return FeedbackOpened(score, colleagues)
        case Reflecting(), CloseCase(reflection):
            return CaseClosed(reflection)
        case _, (LockInitial() | LockFinal()):
            raise Refused(_late_or_early(state, command), f"{_name(command)} in {_name(state)}")
        case _:
            raise Refused(Refusal.NOT_NOW, f"{_name(command)} in {_name(state)}")


def evolve(state: State, fact: Fact) -> State:
    """Take a state to the next by a recorded fact.

    Raises
    ------
    ValueError
        If the fact cannot have happened in this state: the record is damaged.
    """
    match state, fact:
        case Unopened(), CaseOpened(condition=condition):
            return Judging(condition) if condition.order is Order.OWN_FIRST else AwaitingScore(condition)
        case ((Unopened() | Judging() | AwaitingScore()), CaseSkipped()):
            return Skipped()
        case Judging(condition), InitialLocked(judgement):
            return Rated(condition, judgement) if condition.never_scored else Locked(condition, judgement)
        case Locked(condition, initial), ScoreRevealed(score):
            return Informed(condition, initial, score)
        case Locked(condition, initial), ScoreWithheld():
            return Uninformed(condition, initial)
        case AwaitingScore(condition), ScoreRevealed(score):
            return Informed(condition, None, score)
        case Informed(flagged=flagged), InputFlagged(name, fits):
            return replace(state, flagged=flagged - {name} if fits else flagged | {name})
        case ((Informed() | Uninformed()), Reconsidered()):
            return replace(state, reconsidering=True)
        case Informed(condition, initial, _, flagged, reconsidering=True), FinalLocked(judgement):
            return Settled(condition, initial, judgement, flagged)
        case Uninformed(condition, initial, reconsidering=True), FinalLocked(judgement):
            return Settled(condition, initial, judgement)
        case Informed(condition, initial, _, flagged), ReadingEnded():
            return Settled(condition, initial, None, flagged)
        case Uninformed(condition, initial), ReadingEnded():
            return Settled(condition, initial, None)
        case Settled(condition, initial, final, flagged), FeedbackOpened(score, colleagues):
            return Reflecting(condition, initial, final, flagged, score, colleagues)
        case Reflecting(condition, initial, final, flagged, score, colleagues), CaseClosed(reflection):
            return Closed(condition, initial, final, flagged, score, colleagues, reflection)
        case _:
            raise ValueError(f"a record holds {_name(fact)} in {_name(state)}, which cannot happen: it is damaged")


def replay(facts: Iterable[Fact]) -> State:
    """Return where the facts of one encounter lead, from its beginning."""
    start: State = Unopened()
    return reduce(evolve, facts, start)


def _require_complete(judgement: Judgement, condition: Condition, *, first: bool) -> None:
    if condition.asks_reasons and not judgement.reasons.strip():
        raise Refused(Refusal.REASONS_MISSING)
    answered = {
        Question.CONFIDENCE: judgement.confidence is not None,
        Question.URGENT: judgement.urgent is not None,
        Question.NEXT_STEP: judgement.next_step is not None,
        # What one lacks to know may well be nothing: an empty answer is an answer.
        Question.MISSING: True,
    }
    if first and not all(answered[question] for question in condition.questions):
        raise Refused(Refusal.QUESTION_MISSING)


def _late_or_early(state: State, command: Command) -> Refusal:
    locked = isinstance(state, (Settled, Reflecting, Closed)) or (
        isinstance(command, LockInitial) and isinstance(state, (Locked, Rated, Informed, Uninformed))
    )
    return Refusal.ALREADY_LOCKED if locked else Refusal.NOT_NOW


def _name(thing: object) -> str:
    return type(thing).__name__
