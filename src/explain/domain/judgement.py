"""A judgement: how concerned a person is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LOWEST, HIGHEST = 1, 10
"""The ends of Pilot #1's scale (impact assessment 2021, 2.2.2.1): 1 not at all, 10 very strongly concerned."""

LONGEST_TEXT: Final = 20_000
"""Characters taken for one text; some ten pages, more than anybody writes in a training (our own limit)."""

WRITTEN: Final = {"written": True}
"""Marks a field that holds what a person wrote or rated (``field(metadata=WRITTEN)``): the store keeps it apart from
the skeleton of the fact, so that it can be erased."""


class NextStep(StrEnum):
    """What the screening of a referral can lead to (barnets lov §§ 18-20)."""

    NOTHING = "no_further"
    MAPPING = "section_19"
    EXAMINATION = "section_20"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rating with its reasons, and what else the condition asks.

    Attributes
    ----------
    rating
        Concern for the child's wellbeing and development, 1 (not at all) to 10 (very strongly).
    reasons
        In the person's own words; never empty where the condition asks for reasons.
    confidence
        How sure she is of her rating, 1 to 5.
    urgent
        Whether something must happen within 24 hours.
    next_step
        What she would do next.
    missing
        What she lacks to know.

    Examples
    --------
    >>> Judgement(rating=7, reasons="Skolen har set ham trist i to måneder.").rating
    7
    """

    rating: int
    reasons: str = ""
    confidence: int | None = None
    urgent: bool | None = None
    next_step: NextStep | None = None
    missing: str = ""

    def __post_init__(self) -> None:
        if type(self.rating) is not int or not LOWEST <= self.rating <= HIGHEST:
            raise ValueError(f"a rating must be a whole number from 1 to 10, not {self.rating!r}")
        if self.confidence is not None and (type(self.confidence) is not int or not 1 <= self.confidence <= 5):
            raise ValueError(f"a confidence must be a whole number from 1 to 5, not {self.confidence!r}")
