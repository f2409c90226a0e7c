"""Pilot #1 as a scorer of cases: it sees the register's counts of a case, never its text."""

from __future__ import annotations

from explain.casebook.counts import pilot1_inputs
from explain.casebook.situation import Situation
from explain.domain.score import Score
from explain.models.linear import pilot1


class Pilot1Scorer:
    """Scores a case by Pilot #1, from what the registers hold of it.

    A planted error stands in the registered history, so the score carries it, as it would have in use.
    """

    def score(self, case: Situation) -> Score:
        """Return the score of ``case`` with its inputs and contributions."""
        inputs: dict[str, float] = {name: float(count) for name, count in pilot1_inputs(case).items()}
        return pilot1().score(inputs)
