"""A linear model of risk, as Pilot #1's was: each input's distance from the mean, weighed and added up.

``RS = intercept + sum of coefficient * (x - mean) / sd``, in float64, added in the inputs' order. One expression serves
a single child, a column of a million and a frame alike, so that the same child gets the same number, bit for bit, on
every path. The tenths (scores 1 to 10) are open on the left and closed on the right: an RS on a cut-off belongs to the
lower score.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, overload

import numpy as np
from numpy.typing import NDArray

from explain.domain.score import Score
from explain.models.card import Card
from explain.models.term import Column, Term

if TYPE_CHECKING:
    import pandas as pd

Table: TypeAlias = "Mapping[str, NDArray[Any]] | NDArray[Any] | pd.DataFrame"
"""Many cases: columns by name, a frame with these columns, or an array whose last axis holds the inputs in order."""

INPUTS: Final = (
    "age",
    "referrals_90d",
    "referrals_180d",
    "crime_child",
    "abuse_child",
    "misuse_parents",
    "measures_180d",
    "placements_1y",
    "placements_5y",
)
"""The inputs of Pilot #1, in the order of its formula and of the columns of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """A linear model and its tenths.

    Attributes
    ----------
    name
        Its short name.
    intercept
        RS of a case with average inputs, a share from 0 to 1.
    terms
        Its inputs and their weights, in the order in which they are added.
    cutoffs
        The highest RS of scores 1 to 9, rising.
    card
        The facts a model card needs.

    Examples
    --------
    A child of 14 with one preventive measure in the last 180 days sits on the cut-off between 8 and 9:

    >>> model = pilot1()
    >>> child = dict.fromkeys(INPUTS, 0.0) | {"age": 14.0, "measures_180d": 1.0}
    >>> round(model.raw(child), 5), model.decile(model.raw(child))
    (0.18634, 8)

    Many at once:

    >>> import numpy as np
    >>> ages = np.zeros((3, 9))
    >>> ages[:, 0] = [4, 5, 17]
    >>> model.decile(model.raw(ages))
    array([1, 2, 8])
    """

    name: str
    intercept: float
    terms: tuple[Term, ...]
    cutoffs: tuple[float, ...]
    card: Card

    @property
    def inputs(self) -> tuple[str, ...]:
        """The inputs' names, in order."""
        return tuple(term.name for term in self.terms)

    @overload
    def contributions(self, inputs: Mapping[str, float]) -> dict[str, float]: ...
    @overload
    def contributions(self, inputs: Table) -> dict[str, Column]: ...
    def contributions(self, inputs: Mapping[str, float] | Table) -> dict[str, float] | dict[str, Column]:
        """Return what each input adds to RS, by name and in order; these are the model's exact SHAP values.

        Parameters
        ----------
        inputs
            One case (numbers by name) or many (see `Table`); further names are left alone.

        Raises
        ------
        ValueError
            If an input is missing.
        """
        values = self._in_float64(inputs)
        return cast(
            "dict[str, float] | dict[str, Column]",
            {term.name: term.contribution(values[term.name]) for term in self.terms},
        )

    @overload
    def raw(self, inputs: Mapping[str, float]) -> float: ...
    @overload
    def raw(self, inputs: Table) -> Column: ...
    def raw(self, inputs: Mapping[str, float] | Table) -> float | Column:
        """Return RS: the computed probability of the outcome, about 0 to 1; a newborn without history falls below 0.

        Raises
        ------
        ValueError
            If an input is missing.
        """
        total: Any = self.intercept
        for contribution in self.contributions(inputs).values():
            total = total + contribution  # one after the other: a library's sum may add in another order
        return cast("float | Column", total)

    @overload
    def decile(self, raw: float) -> int: ...
    @overload
    def decile(self, raw: Column) -> NDArray[np.int64]: ...
    def decile(self, raw: float | Column) -> int | NDArray[np.int64]:
        """Return the score, 1 to 10: one more than the number of cut-offs below ``raw``.

        Raises
        ------
        ValueError
            If an RS is not a finite number.
        """
        if not np.isfinite(raw).all():
            raise ValueError("RS must be a finite number, but is not; look for a missing input")
        scores = np.searchsorted(self.cutoffs, raw, side="left") + 1
        return scores if isinstance(scores, np.ndarray) else int(scores)

    def score(self, inputs: Mapping[str, float]) -> Score:
        """Return the score of one case with everything it rests on.

        Examples
        --------
        >>> newborn = pilot1().score(dict.fromkeys(INPUTS, 0.0))
        >>> newborn.value, round(newborn.raw, 4)
        (1, -0.0354)
        """
        raw = self.raw(inputs)
        return Score(
            model=self.name,
            value=self.decile(raw),
            raw=raw,
            baseline=self.intercept,
            inputs=tuple((name, float(inputs[name])) for name in self.inputs),
            contributions=tuple(self.contributions(inputs).items()),
        )

    def _in_float64(self, inputs: Mapping[str, float] | Table) -> dict[str, Any]:
        """Return the inputs by name, as float or float64 (a smaller type would carry its rounding into RS)."""
        columns: Any = inputs
        if isinstance(inputs, np.ndarray):
            count = len(self.terms)
            if inputs.ndim == 0 or inputs.shape[-1] != count:
                raise ValueError(f"an array must hold {count} inputs on its last axis, but its shape is {inputs.shape}")
            columns = dict(zip(self.inputs, np.moveaxis(inputs, -1, 0), strict=True))
        missing = [name for name in self.inputs if name not in columns]
        if missing:
            raise ValueError(f"{self.name} needs {', '.join(self.inputs)}; missing: {', '.join(missing)}")
        return {name: _float64(columns[name]) for name in self.inputs}


def _float64(value: Any) -> float | Column:
    return float(value) if np.ndim(value) == 0 else np.asarray(value, dtype=np.float64)


@cache
def pilot1() -> LinearModel:
    """Return the model of Pilot #1, from ``pilot1.toml``, where every number has its source.

    Historical (data of 2014-15, the law of that time); for teaching only, never about a real child.

    Examples
    --------
    >>> pilot1().inputs == INPUTS
    True
    >>> pilot1().card.horizon_days
    180
    """
    data = tomllib.loads(files("explain.models").joinpath("pilot1.toml").read_text(encoding="utf-8"))
    card = data["card"]
    return LinearModel(
        name=data["name"],
        intercept=data["intercept"],
        terms=tuple(Term(**row) for row in data["term"]),
        cutoffs=tuple(row["up_to"] for row in data["cutoff"]),
        card=Card(**card | {"outcomes": tuple(card["outcomes"])}),
    )
