"""The area under the ROC curve, and how certain it is.

The AUC is the probability that a referral followed by the outcome was given a higher number than one that was not; ties
count half. Two intervals stand side by side: DeLong's takes every referral as a child of its own, as the published ones
do; the bootstrap draws whole children, since a child's referrals share an outcome. The second is wider, and truer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata  # type: ignore[import-untyped]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval, all from 0 to 1."""

    value: float
    low: float
    high: float


def auc(outcome: NDArray[np.integer], prediction: Numbers) -> float:
    """Return the AUC, 0.5 for guessing and 1 for a perfect order.

    Raises
    ------
    ValueError
        If all outcomes are alike.

    Examples
    --------
    >>> auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))
    0.75
    """
    positive = np.asarray(outcome) == 1
    n, m = int(positive.sum()), int((~positive).sum())
    if n == 0 or m == 0:
        raise ValueError("the AUC needs referrals with and without the outcome, but all are alike")
    ranks = rankdata(prediction)
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def delong(outcome: NDArray[np.integer], prediction: Numbers, level: float = 0.95) -> Interval:
    """Return the AUC with DeLong's interval.

    Source: DeLong, DeLong and Clarke-Pearson (Biometrics 1988), by the ranks of Sun and Xu (IEEE Signal Processing
    Letters 2014).

    Examples
    --------
    >>> interval = delong(np.array([0, 0, 1, 1, 0, 1]), np.array([0.1, 0.4, 0.35, 0.8, 0.2, 0.7]))
    >>> round(interval.value, 4), round(interval.low, 4)
    (0.8889, 0.5809)
    """
    positive = np.asarray(outcome) == 1
    x, y = prediction[positive], prediction[~positive]
    n, m = len(x), len(y)
    everyone = rankdata(np.concatenate([x, y]))
    above = (everyone[:n] - rankdata(x)) / m
    below = 1.0 - (everyone[n:] - rankdata(y)) / n
    value = float(above.mean())
    spread = float(np.sqrt(above.var(ddof=1) / n + below.var(ddof=1) / m)) * float(norm.ppf(0.5 + level / 2))
    return Interval(value, value - spread, value + spread)


def clustered(
    outcome: NDArray[np.integer],
    prediction: Numbers,
    child: NDArray[np.integer],
    *,
    draws: int = 400,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """Return the AUC with an interval from a bootstrap over children (percentiles)."""
    order = np.argsort(prediction, kind="stable")
    _, tie = np.unique(prediction[order], return_inverse=True)
    hit = (np.asarray(outcome) == 1)[order].astype(np.float64)
    children, where = np.unique(child, return_inverse=True)
    where = where[order]
    rng = np.random.default_rng(seed)
    drawn = np.array([_weighted(hit, tie, weights[where]) for weights in _resamples(len(children), draws, rng)])
    low, high = np.quantile(drawn, [0.5 - level / 2, 0.5 + level / 2])
    return Interval(auc(outcome, prediction), float(low), float(high))


def _resamples(children: int, draws: int, rng: np.random.Generator) -> Iterator[Numbers]:
    for _ in range(draws):
        yield np.bincount(rng.integers(0, children, children), minlength=children).astype(np.float64)


def _weighted(hit: Numbers, tie: NDArray[np.intp], weight: Numbers) -> float:
    """Return the AUC of weighted referrals in rising order of prediction; ``tie`` numbers the distinct predictions."""
    with_it = np.bincount(tie, weights=weight * hit)
    without = np.bincount(tie, weights=weight * (1.0 - hit))
    below = np.cumsum(without) - without
    return float((with_it * (below + 0.5 * without)).sum() / (with_it.sum() * without.sum()))
