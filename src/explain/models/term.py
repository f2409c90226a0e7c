"""One input of a linear model: what it weighs, and which values it may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]
"""One number for each of many cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One input of a linear model and what it weighs.

    Attributes
    ----------
    name
        The input.
    coefficient
        What one standard deviation above the mean adds to RS.
    mean, sd
        Mean and standard deviation of the input in the data the model was made from, in ``unit``.
    unit
        What is counted.
    lowest, highest
        The whole numbers that are taken, both included.
    within
        The count that holds this one too (180 days hold the 90), or None.
    source
        Where the row stands.
    """

    name: str
    coefficient: float
    mean: float
    sd: float
    unit: str
    lowest: int
    highest: int
    within: str | None = None
    source: str

    @overload
    def contribution(self, value: float) -> float: ...
    @overload
    def contribution(self, value: Column) -> Column: ...
    def contribution(self, value: float | Column) -> float | Column:
        """Return what ``value`` adds to RS; an average value adds nothing.

        Examples
        --------
        >>> from explain.models.linear import pilot1
        >>> round(pilot1().terms[0].contribution(17.0), 4)
        0.0826
        """
        return self.coefficient * (value - self.mean) / self.sd
