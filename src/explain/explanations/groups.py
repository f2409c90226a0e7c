"""The variable index (*variabelindeks*): SHAP values added up over kinds of information.

The source's example shows nine groups; here stand those and what else is needed for all 126 variables. The sums are
exact: the contributions are whole steps of 2**-40 log-odds, so adding them in any order gives the same number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from explain.domain.score import Score
from explain.register.variables import IndexGroup, index_groups, variable

Strength = Literal["none", "a_little", "some", "much"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One group of the index.

    Attributes
    ----------
    group
        Which, with its names in Danish and English.
    contribution
        What its variables add to the log-odds together.
    parts
        The variables' own contributions by name, the largest first.
    """

    group: IndexGroup
    contribution: float
    parts: tuple[tuple[str, float], ...]

    @property
    def pulls(self) -> Literal["up", "down", "neither"]:
        """Whether the group pulled the score up or down."""
        if strength(self.contribution) == "none":
            return "neither"
        return "up" if self.contribution > 0 else "down"


def variable_index(score: Score) -> tuple[Bar, ...]:
    """Return the groups of a Pilot #2 score, the one that moved it most first; together they are its contributions.

    Examples
    --------
    >>> from explain.models.boosted import pilot2
    >>> model = pilot2()
    >>> score = model.score(dict.fromkeys(model.inputs, 0.0) | {"age": 15.0, "reasons": 1.0})
    >>> bars = variable_index(score)
    >>> score.raw == score.baseline + sum(bar.contribution for bar in bars)
    True
    """
    by_group: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, contribution in score.contributions:
        by_group[variable(name).index].append((name, contribution))
    bars = [
        Bar(group, sum(part for _, part in parts), tuple(sorted(parts, key=lambda part: -abs(part[1]))))
        for group in index_groups()
        if (parts := by_group.get(group.name))
    ]
    return tuple(sorted(bars, key=lambda bar: -abs(bar.contribution)))


def strength(contribution: float) -> Strength:
    """Return how a contribution in log-odds is spoken of to people: never as a number of log-odds.

    A contribution multiplies the odds by ``exp(contribution)``. Below a tenth more or less it is not worth a word; up
    to half as much again (or two thirds) is a little; up to double (or half) is some; beyond that it is much. The
    same steps hold up and down. The words say what moved the computed score, not what caused anything.

    Examples
    --------
    >>> [strength(value) for value in (0.05, -0.3, 0.6, -1.2)]
    ['none', 'a_little', 'some', 'much']
    """
    size = abs(contribution)
    for limit, word in ((0.0953, "none"), (0.4055, "a_little"), (0.6931, "some")):  # the logs of 1.1, 1.5 and 2
        if size < limit:
            return word  # type: ignore[return-value]
    return "much"
