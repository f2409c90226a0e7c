"""The same child at every age: how much of a score is age alone."""

from __future__ import annotations

from collections.abc import Mapping

from explain.domain.score import Score
from explain.models.linear import LinearModel

AGES = range(18)
"""Completed years in which somebody is a child (barnets lov: under 18)."""


def at_every_age(model: LinearModel, inputs: Mapping[str, float]) -> tuple[Score, ...]:
    """Score one child as if it were 0, 1, ... 17 years old, everything else alike.

    Parameters
    ----------
    model
        A model with the input ``age``.
    inputs
        The child's inputs by name; an age among them is left aside.

    Returns
    -------
    tuple of Score
        Eighteen, the newborn's first.

    Raises
    ------
    ValueError
        If another input than the age is missing.

    Examples
    --------
    A child without any history:

    >>> from explain.models.linear import INPUTS, pilot1
    >>> [score.value for score in at_every_age(pilot1(), dict.fromkeys(INPUTS, 0))]
    [1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 7, 8]
    """
    return tuple(model.score({**inputs, "age": age}) for age in AGES)
