"""A score: what a model says about a case, never what a human says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TEACHING_ONLY: Final = "teaching_only"
"""Stands in the column ``use`` of every exported row with a score: it is not about a real child."""


@dataclass(frozen=True, slots=True)
class Score:
    """A model's score with everything it rests on, so that it can be explained from this alone.

    Attributes
    ----------
    model
        Which model, by its short name (``pilot1``).
    value
        The tenth the case falls in among referred children, 1 to 10; 10 is the tenth with the highest computed risk.
    raw
        The model's own number (RS for Pilot #1: a computed probability, which may fall below 0).
    baseline
        What ``raw`` is for the average referral; ``raw`` is ``baseline`` plus the sum of the contributions.
    inputs
        What the model was given, by name, in the model's order.
    contributions
        What each input adds to ``raw``, by name, in the model's order.
    """

    model: str
    value: int
    raw: float
    baseline: float
    inputs: tuple[tuple[str, float], ...]
    contributions: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        if not 1 <= self.value <= 10:
            raise ValueError(f"a score must be a whole number from 1 to 10, not {self.value!r}")
