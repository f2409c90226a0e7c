"""Pilot #2's model: XGBoost on the 126 variables, and a score from 1 to 10 within each year of age.

It was trained on a synthetic register, for teaching only. Its own number is the log-odds of a placement within twelve
months; the score is the tenth among referrals about children of the same age (impact assessment of 11 March 2021,
3.2.2), so that age alone gives nobody a high score, as it did in Pilot #1.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd
import xgboost as xgb
from numpy.typing import NDArray

from explain.domain.score import Score
from explain.register.variables import names

NAME: Final = "pilot2"
STEP: Final = 2.0**-40
"""Contributions are kept in whole steps of this log-odds, so that they add up to the same number in any order."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Many referrals scored.

    Attributes
    ----------
    log_odds
        Of a placement within twelve months: ``baseline`` plus the sum of the contributions, exactly.
    probability
        The same as a probability, 0 to 1.
    score
        1 to 10 within the child's year of age.
    contributions
        SHAP values in log-odds, a row per referral and a column per variable.
    """

    log_odds: NDArray[np.float64]
    probability: NDArray[np.float64]
    score: NDArray[np.int64]
    contributions: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BoostedModel:
    """The trees, the cut-offs, and what is known of how they were made.

    Attributes
    ----------
    booster
        XGBoost's own.
    cutoffs
        A row for each age 0 to 17: the highest probabilities of scores 1 to 9, right-closed.
    facts
        What ``pilot2.toml`` says beside them: seed, sizes, hashes, versions, performance.

    Examples
    --------
    >>> model = pilot2()
    >>> child = dict.fromkeys(model.inputs, 0.0) | {"age": 10.0, "reason_school": 1.0, "reasons": 1.0}
    >>> 1 <= model.score(child).value <= 10
    True
    """

    booster: Any
    cutoffs: NDArray[np.float64]
    facts: Mapping[str, Any]
    name: str = NAME

    @property
    def inputs(self) -> tuple[str, ...]:
        """The variables' names, in order."""
        return names()

    @property
    def baseline(self) -> float:
        """The log-odds from which the contributions start: the mean over the training data, weighed by the trees."""
        return float(self.facts["baseline"])

    def scored(self, table: Mapping[str, NDArray[Any]] | pd.DataFrame) -> Scored:
        """Score and explain many referrals.

        Parameters
        ----------
        table
            Columns by name; further ones are left alone.

        Raises
        ------
        ValueError
            If a variable is missing.
        """
        missing = [name for name in self.inputs if name not in table]
        if missing:
            raise ValueError(f"{self.name} needs its 126 variables; missing: {', '.join(missing)}")
        values = np.column_stack([np.asarray(table[name], dtype=np.float32) for name in self.inputs])
        parts = self.booster.predict(matrix(values), pred_contribs=True).astype(np.float64)
        contributions = np.round(parts[:, :-1] / STEP) * STEP
        log_odds = self.baseline + contributions.sum(axis=1)
        probability = 1.0 / (1.0 + np.exp(-log_odds))
        return Scored(log_odds, probability, self.decile(probability, values[:, 0]), contributions)

    def decile(self, probability: NDArray[np.float64], age: NDArray[Any]) -> NDArray[np.int64]:
        """Return the scores, 1 to 10: one more than the age's cut-offs that lie below the probability."""
        bounds = self.cutoffs[np.asarray(age).astype(np.int64)]
        return np.asarray(1 + (probability[:, None] > bounds).sum(axis=1), dtype=np.int64)

    def score(self, inputs: Mapping[str, float]) -> Score:
        """Return the score of one case with everything it rests on; ``raw`` and contributions are log-odds."""
        scored = self.scored({name: np.array([inputs[name]]) for name in self.inputs if name in inputs})
        return Score(
            model=self.name,
            value=int(scored.score[0]),
            raw=float(scored.log_odds[0]),
            baseline=self.baseline,
            inputs=tuple((name, float(inputs[name])) for name in self.inputs),
            contributions=tuple(zip(self.inputs, scored.contributions[0].tolist(), strict=True)),
        )


def matrix(values: NDArray[np.float32], label: NDArray[Any] | None = None, threads: int = 1) -> xgb.DMatrix:
    """Return variables as XGBoost takes them, by name."""
    return xgb.DMatrix(values, label=label, feature_names=list(names()), nthread=threads)


def load(trees: bytes, facts: Mapping[str, Any]) -> BoostedModel:
    """Return a model from its files' content.

    Raises
    ------
    ValueError
        If the trees are not the ones the facts were written for.
    """
    found = hashlib.sha256(trees).hexdigest()
    if found != facts["model_sha256"]:
        raise ValueError(
            f"the trees of {NAME} must have the hash {facts['model_sha256']}, but have {found}: take both files "
            "from the same training"
        )
    booster = xgb.Booster({"nthread": 1})
    booster.load_model(bytearray(trees))
    return BoostedModel(booster, np.array(facts["cutoffs"], dtype=np.float64), facts)


@cache
def pilot2() -> BoostedModel:
    """Return the model that is shipped. Trained on a synthetic register, for teaching only.

    Examples
    --------
    >>> pilot2().facts["use"]
    'teaching_only'
    """
    folder = files("explain.models")
    facts = tomllib.loads(folder.joinpath(f"{NAME}.toml").read_text(encoding="utf-8"))
    return load(folder.joinpath(f"{NAME}.ubj").read_bytes(), facts)
