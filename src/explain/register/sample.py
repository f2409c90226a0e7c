"""Which children the development data are about, and which of them the models are trained on: exact counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explain.register.compiled import compiled


@dataclass(frozen=True, slots=True)
class Size:
    """How many referrals and children, in all and for training; the rest is for evaluation."""

    referrals: int
    children: int
    training_referrals: int
    training_children: int


PUBLISHED: Final = Size(referrals=173_044, children=90_644, training_referrals=120_395, training_children=63_303)
"""The sizes of the development data (impact assessment of 11 March 2021, 3.2.2 and table 4)."""

SPARE: Final = 1.15
"""How many children must have been simulated for each that is needed, so that the sums can be met."""


def size_of(referrals: int) -> Size:
    """Return the sizes of development data with so many referrals, in the published proportions.

    Raises
    ------
    ValueError
        If there are too few referrals for any of the numbers to be met.

    Examples
    --------
    >>> size_of(173_044) == PUBLISHED, size_of(1000)
    (True, Size(referrals=1000, children=524, training_referrals=696, training_children=366))
    """
    if referrals < 500:
        raise ValueError(f"there must be at least 500 referrals, not {referrals}")
    share = referrals / PUBLISHED.referrals
    return Size(
        referrals,
        round(PUBLISHED.children * share),
        round(PUBLISHED.training_referrals * share),
        round(PUBLISHED.training_children * share),
    )


def choose(counts: NDArray[np.int64], children: int, referrals: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Choose children at random so that their referrals add up exactly.

    First any children; then one of them is exchanged for one that was left out, at random, whenever that brings the
    sum nearer.

    Parameters
    ----------
    counts
        How many referrals each child has.

    Raises
    ------
    ValueError
        If the sum cannot be met with these children.

    Examples
    --------
    >>> counts = np.array([1, 1, 1, 2, 2, 5])
    >>> chosen = choose(counts, 3, 5, np.random.default_rng(0))
    >>> int(chosen.sum()), int(counts[chosen].sum())
    (3, 5)
    """
    order = rng.permutation(counts.size)
    if counts.size >= children and _exchange(counts, order, children, referrals, rng.random((4_000_000, 2))):
        chosen = np.zeros(counts.size, dtype=np.bool_)
        chosen[order[:children]] = True
        return chosen
    raise ValueError(
        f"{children} children must have {referrals} referrals between them, but these {counts.size} with "
        f"{counts.sum()} cannot: choose another seed or more referrals"
    )


@compiled
def _exchange(
    counts: NDArray[np.int64], order: NDArray[np.int64], children: int, referrals: int, draws: NDArray[np.float64]
) -> bool:
    lacking: Any = referrals - counts[order[:children]].sum()
    for step in range(draws.shape[0]):
        if lacking == 0:
            break
        i = int(draws[step, 0] * children)
        j = children + int(draws[step, 1] * (order.size - children))
        if j < order.size:
            gain = counts[order[j]] - counts[order[i]]
            if gain != 0 and abs(lacking - gain) < abs(lacking):
                order[i], order[j] = order[j], order[i]
                lacking -= gain
    return bool(lacking == 0)
