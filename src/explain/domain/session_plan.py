"""What a session is planned to be: stated once, before anybody joins, and never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from explain.domain.basis import Basis
from explain.domain.conditions import PANEL, Condition, Feedback, Order

LONGEST_TITLE: Final = 100
"""Characters of a session's title: what fits on a projector (our own limit)."""
LONGEST_SESSION: Final = 600
"""Minutes: ten hours, more than a day's class (our own limit)."""
MOST_CASES: Final = 40
"""Cases in one session, five times the shipped set (our own limit)."""
MODELS: Final = ("pilot1",)
"""What can score a session's cases."""
LANGUAGES: Final = ("da", "en")
"""The languages that cases are written in."""


class Kind(StrEnum):
    """What a session is for; figures of one kind are never mixed with another's."""

    TRAINING = "training"
    PANEL = "panel"
    RESEARCH = "research"


class Pace(StrEnum):
    """Who says when the next step opens."""

    FREE = "free"
    """Everybody goes on alone."""
    SCORE_TOGETHER = "score_together"
    """Everybody sees a case's score when the trainer opens it; the rest is free."""
    STEP_BY_STEP = "step_by_step"
    """The trainer opens every step of every case."""


class CaseOrder(StrEnum):
    """In which order participants meet the cases."""

    FIXED = "fixed"
    """All in the plan's order; only the condition goes round."""
    SQUARE = "square"
    """By the case × condition × position square (``domain/assignment.py``)."""


class Step(IntEnum):
    """The four steps of a case, by the numbers that stand on the page."""

    CASE = 1
    SCORE = 2
    AGAIN = 3
    REFLECTION = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """One press of the trainer's in a paced session: this step of this case."""

    case: str
    step: Step


@dataclass(frozen=True, slots=True)
class Research:
    """What must be known before a study may collect anything (``governance``: documented legal basis and purpose).

    Attributes
    ----------
    controller
        Who answers for the data.
    legal_basis
        On what ground they are collected.
    approval
        The number under which the study was approved.
    purpose
        What it is for.
    """

    controller: str
    legal_basis: str
    approval: str
    purpose: str

    def __post_init__(self) -> None:
        for name in ("controller", "legal_basis", "approval", "purpose"):
            if not getattr(self, name).strip():
                raise ValueError(f"a study must name its {name}: fill it in, or plan a training session")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """A session as it was planned.

    Attributes
    ----------
    title
        What the trainer calls it.
    kind
        Training, panel or research.
    conditions
        The conditions that go round over positions; one alone for most sessions.
    case_set, version
        The case set and its content hash: this version is kept for the session, whatever becomes of the set.
    cases
        The keys of the cases, in the plan's order, without the trial case.
    trial
        A case met first, in the first condition, and never analysed.
    model
        What scores the cases.
    pace, order
        Who opens the steps; in which order cases come.
    language
        The language that the session's page begins in.
    minutes
        Estimated length, 1 to 600. When they are over no new case is opened; the clock stands while paused.
    delete_on
        The day (ISO) on which everything that was written is erased.
    seed
        Where the assignment comes from; nobody is shown it while the session runs.
    research
        For a study alone.
    own_cases
        Whether participants may enter cases of their own, and on what basis real ones; None where they may not.

    Raises
    ------
    ValueError
        For a session that could not be held; the message says what must be.

    Examples
    --------
    >>> from explain.domain.conditions import TEACHING
    >>> plan = SessionPlan(title="Hold A", conditions=(TEACHING,), case_set="grundforloeb", version="1",
    ...                    cases=("grundforloeb/a",), minutes=60, delete_on="2030-01-01", seed=7)
    >>> plan.kind.value, plan.openings
    ('training', ())
    """

    title: str
    conditions: tuple[Condition, ...]
    case_set: str
    version: str
    cases: tuple[str, ...]
    minutes: int
    delete_on: str
    seed: int
    kind: Kind = Kind.TRAINING
    trial: str | None = None
    model: str = "pilot1"
    pace: Pace = Pace.FREE
    order: CaseOrder = CaseOrder.FIXED
    language: str = "da"
    research: Research | None = None
    own_cases: Basis | None = None

    def __post_init__(self) -> None:
        for holds, must in self._demands():
            if not holds:
                raise ValueError(f"a session {must}")

    def _demands(self) -> list[tuple[bool, str]]:
        together = self.pace is not Pace.FREE
        panel = self.kind is Kind.PANEL
        own = self.own_cases
        return [
            (0 < len(self.title.strip()) <= LONGEST_TITLE, f"must have a title of 1 to {LONGEST_TITLE} characters"),
            (bool(self.conditions), "must have at least one condition"),
            (len(set(self.conditions)) == len(self.conditions), "must name each condition once"),
            (0 < len(self.cases) <= MOST_CASES, f"must have 1 to {MOST_CASES} cases, not {len(self.cases)}"),
            (len(set(self.met)) == len(self.met), "must name each case once, the trial case among them"),
            (all(case.startswith(f"{self.case_set}/") for case in self.met), "must take all cases from its case set"),
            (1 <= self.minutes <= LONGEST_SESSION, f"must last 1 to {LONGEST_SESSION} minutes, not {self.minutes}"),
            (_is_day(self.delete_on), f"must have a day of deletion like 2030-01-31, not {self.delete_on!r}"),
            (self.model in MODELS, f"must be scored by one of {MODELS}, not {self.model!r}"),
            (self.language in LANGUAGES, f"must be in one of {LANGUAGES}, not {self.language!r}"),
            (not together or len(self.conditions) == 1, "must have one condition alone where the class goes together"),
            (not together or self.order is CaseOrder.FIXED, "must have fixed cases where the class goes together"),
            (panel == (self.conditions == (PANEL,)), "is a panel if and only if its one condition is the panel's"),
            (not panel or self.pace is not Pace.SCORE_TOGETHER, "that is a panel has no score to open together"),
            (
                (self.kind is Kind.RESEARCH) == (self.research is not None),
                "for research must state controller, legal basis, approval and purpose, and no other session may",
            ),
            # A case that is always scored would show a score to those who are to see none.
            (own is None or self.kind is Kind.TRAINING, "with own cases must be for training"),
            (
                own is None or own.recorded or not (own.controller.strip() or own.legal_basis.strip()),
                "that takes real referrals must state both controller and legal basis",
            ),
        ]

    @property
    def met(self) -> tuple[str, ...]:
        """Every case a participant meets, the trial case first."""
        return (self.trial, *self.cases) if self.trial else self.cases

    @property
    def openings(self) -> tuple[Opening, ...]:
        """Every press of the trainer's, in order; none where the pace is free."""
        if self.pace is Pace.FREE:
            return ()
        condition = self.conditions[0]
        if self.pace is Pace.SCORE_TOGETHER:
            return tuple(Opening(case, Step.SCORE) for case in self.met)
        last = tuple(Opening(case, Step.REFLECTION) for case in self.met)
        return (
            *(Opening(case, step) for case in self.met for step in _steps(condition)),
            *(last if condition.feedback is Feedback.AFTER_SET else ()),
        )


def _steps(condition: Condition) -> tuple[Step, ...]:
    """Return the steps of one case up to the next case."""
    if condition.never_scored:
        return (Step.CASE,)
    again = condition.asks_rating and (condition.rates_again or condition.order is Order.SCORE_FIRST)
    return (
        Step.CASE,
        Step.SCORE,
        *((Step.AGAIN,) if again else ()),
        *((Step.REFLECTION,) if condition.feedback is Feedback.AFTER_CASE else ()),
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
