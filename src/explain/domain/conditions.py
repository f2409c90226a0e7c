"""Conditions: what a participant may see in one encounter, and when. They are data, and choose the encounter's path.

The presets come from the sources: Pilot #1's workflow (impact assessment 2021, 2.2.2.1), Pilot #2's order (2.2.2.2),
and the twin control of the research plan, which walks the same pages at the same pace without ever being shown a score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Order(StrEnum):
    """Whose word comes first."""

    OWN_FIRST = "own_first"
    SCORE_FIRST = "score_first"


class Feedback(StrEnum):
    """When the encounter is opened for reflection, with score, panel and colleagues."""

    AFTER_CASE = "after_case"
    AFTER_SET = "after_set"
    AT_DEBRIEF = "at_debrief"
    NEVER = "never"


class Explanation(StrEnum):
    """What stands beside the score."""

    OVERVIEW = "overview"
    WATERFALL = "waterfall"


class Question(StrEnum):
    """What the first step asks beyond rating and reasons."""

    CONFIDENCE = "confidence"
    URGENT = "urgent"
    NEXT_STEP = "next_step"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of one encounter.

    Attributes
    ----------
    name
        A preset's name, or a researcher's own.
    order
        Own rating first (Pilot #1) or score first (Pilot #2).
    shows_score
        False for the twin control: the score is recorded, and first seen at the feedback.
    asks_rating
        False only where the score comes first and no rating is asked for, as in Pilot #2.
    asks_reasons
        Whether a judgement needs written reasons.
    explanations
        What stands beside the score.
    questions
        What the first step asks beyond rating and reasons.
    rates_again
        Whether the own rating first is followed by a second one.
    feedback
        When the reflection opens.
    reopens
        Whether a closed case can be looked at again.

    Raises
    ------
    ValueError
        For a condition nobody could walk through: a score first that is not shown, an own rating first that is
        not asked, or a second rating where the score comes first.
    """

    name: str
    order: Order = Order.OWN_FIRST
    shows_score: bool = True
    asks_rating: bool = True
    asks_reasons: bool = True
    explanations: frozenset[Explanation] = frozenset()
    questions: frozenset[Question] = frozenset()
    feedback: Feedback = Feedback.AFTER_CASE
    reopens: bool = True
    rates_again: bool = True

    def __post_init__(self) -> None:
        if self.order is Order.SCORE_FIRST and not self.shows_score:
            raise ValueError("a condition with the score first must show it: set shows_score, or order own_first")
        if self.order is Order.OWN_FIRST and not self.asks_rating:
            raise ValueError(
                "a condition with the own rating first must ask for it: set asks_rating, or order score_first"
            )
        if self.order is Order.SCORE_FIRST and not self.rates_again:
            raise ValueError("a condition with the score first has one rating at most: leave rates_again as it is")

    @property
    def never_scored(self) -> bool:
        """Whether an encounter is over with its first lock, and no score is ever computed, as on a panel."""
        return not self.shows_score and not self.rates_again and self.feedback is Feedback.NEVER


TEACHING: Final = Condition(
    name="teaching",
    explanations=frozenset(Explanation),
    questions=frozenset({Question.MISSING}),
)
"""*Undervisning*: explanations beside the score, reflection after each case."""

PILOT1: Final = Condition(name="pilot1", feedback=Feedback.AFTER_SET, reopens=False)
"""*Pilot #1, som den var*: the score alone, and nothing opened again."""

CONTROL: Final = replace(TEACHING, name="control", shows_score=False, feedback=Feedback.AFTER_SET)
"""The twin of ``TEACHING``: same questions, same second reading, no score before the feedback."""

SCORE_FIRST: Final = replace(TEACHING, name="score_first", order=Order.SCORE_FIRST)
"""Pilot #2's order, with one rating after the score."""

SCORE_ONLY: Final = replace(TEACHING, name="score_only", order=Order.SCORE_FIRST, asks_rating=False, asks_reasons=False)
"""Pilot #2 as it was: score first, no rating asked for."""

PANEL: Final = Condition(name="panel", shows_score=False, feedback=Feedback.NEVER, rates_again=False)
"""A panel of experts: one rating with reasons, and no score ever, since it is what scores are compared with."""

PRESETS: Final = MappingProxyType(
    {preset.name: preset for preset in (TEACHING, PILOT1, CONTROL, SCORE_FIRST, SCORE_ONLY)}
)
"""Every preset that somebody can practise under, by its name; a panel is a session's."""
