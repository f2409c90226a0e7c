"""The four models the source compares: linear probability, logistic LASSO, random forest, XGBoost.

Selection, scaling and tuning happen inside the training part: its children are split again, so that nothing of the
evaluation part is seen. Source: impact assessment of 11 March 2021, 6.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import xgboost as xgb
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from explain.models.auc import auc

Numbers = NDArray[np.float64]
Outcome = NDArray[np.integer[Any]]

LASSO_STRENGTHS: Final = (0.00056, 0.001, 0.0018, 0.0032, 0.0056, 0.01)
"""Inverse strengths of the penalty that are tried, at 120,000 referrals; they shrink with fewer."""
LASSO_FOLDS: Final = 3
FOREST_LEAVES: Final = (10, 40)
"""Least referrals in a leaf that are tried."""
FOREST_TREES: Final = 120
FOREST_TREES_TRIED: Final = 30
BOOSTED_DEPTHS: Final = (3, 4)
BOOSTED_MOST_ROUNDS: Final = 600
BOOSTED: Final[Mapping[str, Any]] = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "eta": 0.05,
    "subsample": 0.8,
    "colsample_bytree": 0.5,
    "min_child_weight": 20.0,
    "lambda": 5.0,
    "max_bin": 64,
}
"""What is not tuned; chosen on registers of the calibrating seeds."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model.

    Attributes
    ----------
    name
        ``linear``, ``lasso``, ``forest`` or ``boosted``.
    predict
        From the variables of referrals to a probability each (the linear one can leave 0 to 1).
    chosen
        What the tuning chose.
    selected
        The variables it uses.
    booster
        The boosted trees themselves, or None.
    """

    name: str
    predict: Callable[[pd.DataFrame], Numbers]
    chosen: Mapping[str, float]
    selected: tuple[str, ...]
    booster: Any = field(default=None)


def folds(child: NDArray[np.integer[Any]], count: int, seed: int) -> NDArray[np.int64]:
    """Return a fold from 0 for each referral; a child's referrals are in one.

    Examples
    --------
    >>> fold = folds(np.array([7, 8, 7, 9]), 3, seed=1)
    >>> bool(fold[0] == fold[2]), sorted(set(fold.tolist()))
    (True, [0, 1, 2])
    """
    children, where = np.unique(child, return_inverse=True)
    fold = np.random.default_rng([seed, 7]).permutation(len(children)) % count
    return fold[where].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Scale:
    mean: Numbers
    sd: Numbers

    def __call__(self, frame: pd.DataFrame) -> Numbers:
        return (frame.to_numpy(dtype=np.float64) - self.mean) / self.sd


def _scale(frame: pd.DataFrame) -> _Scale:
    values = frame.to_numpy(dtype=np.float64)
    sd = values.std(axis=0)
    return _Scale(values.mean(axis=0), np.where(sd > 0, sd, 1.0))


def fit_linear(frame: pd.DataFrame, outcome: Outcome) -> Fitted:
    """Fit the linear probability model: least squares on all variables."""
    scale = _scale(frame)
    design = np.column_stack([np.ones(len(frame)), scale(frame)])
    weights, *_ = np.linalg.lstsq(design, outcome.astype(np.float64), rcond=1e-10)

    def predict(other: pd.DataFrame) -> Numbers:
        return np.asarray(weights[0] + scale(other) @ weights[1:])

    return Fitted("linear", predict, {}, tuple(frame.columns))


def _logit(design: Numbers, outcome: Outcome, strength: float) -> LogisticRegression:
    return LogisticRegression(l1_ratio=1.0, solver="liblinear", C=strength, max_iter=300, tol=1e-3, random_state=0).fit(
        design, outcome
    )


def fit_lasso(frame: pd.DataFrame, outcome: Outcome, child: NDArray[np.integer[Any]], *, seed: int) -> Fitted:
    """Fit the logistic LASSO: the strongest penalty within one standard error of the best, by folds over children."""
    fold = folds(child, LASSO_FOLDS, seed)
    grid = [strength * 120_000 / len(frame) for strength in LASSO_STRENGTHS]
    losses = np.zeros((len(grid), LASSO_FOLDS))
    for k in range(LASSO_FOLDS):
        inside, held = fold != k, fold == k
        scale = _scale(frame[inside])
        inner, outer = scale(frame[inside]), scale(frame[held])
        for row, strength in enumerate(grid):
            losses[row, k] = -auc(outcome[held], _logit(inner, outcome[inside], strength).decision_function(outer))
    mean, error = losses.mean(axis=1), losses.std(axis=1, ddof=1) / np.sqrt(LASSO_FOLDS)
    best = int(mean.argmin())
    chosen = grid[int(np.flatnonzero(mean <= mean[best] + error[best])[0])]
    scale = _scale(frame)
    model = _logit(scale(frame), outcome, chosen)
    selected = tuple(frame.columns[np.flatnonzero(model.coef_[0])])

    def predict(other: pd.DataFrame) -> Numbers:
        return np.asarray(model.predict_proba(scale(other))[:, 1])

    return Fitted("lasso", predict, {"strength": chosen, "variables": len(selected)}, selected)


def _forest(leaf: int, trees: int, threads: int, seed: int) -> RandomForestClassifier:
    return RandomForestClassifier(
        n_estimators=trees, min_samples_leaf=leaf, max_features=0.15, max_samples=0.5, n_jobs=threads, random_state=seed
    )


def fit_forest(
    frame: pd.DataFrame, outcome: Outcome, child: NDArray[np.integer[Any]], *, seed: int, threads: int = 1
) -> Fitted:
    """Fit the random forest; the size of its leaves is tuned."""
    values, held = frame.to_numpy(dtype=np.float32), folds(child, 4, seed) == 0
    tried = {
        leaf: auc(
            outcome[held],
            _forest(leaf, FOREST_TREES_TRIED, threads, seed)
            .fit(values[~held], outcome[~held])
            .predict_proba(values[held])[:, 1],
        )
        for leaf in FOREST_LEAVES
    }
    leaf = max(tried, key=lambda key: tried[key])
    model = _forest(leaf, FOREST_TREES, threads, seed).fit(values, outcome)

    def predict(other: pd.DataFrame) -> Numbers:
        return np.asarray(model.predict_proba(other.to_numpy(dtype=np.float32))[:, 1], dtype=np.float64)

    return Fitted("forest", predict, {"leaf": leaf}, tuple(frame.columns))


def _matrix(frame: pd.DataFrame, outcome: Outcome | None = None, threads: int = 1) -> xgb.DMatrix:
    return xgb.DMatrix(
        frame.to_numpy(dtype=np.float32), label=outcome, feature_names=list(frame.columns), nthread=threads
    )


def fit_boosted(
    frame: pd.DataFrame, outcome: Outcome, child: NDArray[np.integer[Any]], *, seed: int, threads: int = 1
) -> Fitted:
    """Fit XGBoost; depth and number of rounds are tuned by the log loss of children held back, then all are used."""
    held = folds(child, 4, seed) == 0
    inner, outer = _matrix(frame[~held], outcome[~held], threads), _matrix(frame[held], outcome[held], threads)
    fixed = {**BOOSTED, "seed": seed, "nthread": threads, "eval_metric": "logloss"}
    tried = {}
    for depth in BOOSTED_DEPTHS:
        model = xgb.train(
            {**fixed, "max_depth": depth}, inner, BOOSTED_MOST_ROUNDS, evals=[(outer, "held")],
            early_stopping_rounds=30, verbose_eval=False,
        )  # fmt: skip
        tried[depth] = (model.best_score, model.best_iteration + 1)
    depth = min(tried, key=lambda key: tried[key][0])
    rounds = tried[depth][1]
    booster = xgb.train({**fixed, "max_depth": depth}, _matrix(frame, outcome, threads), rounds)

    def predict(other: pd.DataFrame) -> Numbers:
        return np.asarray(booster.predict(_matrix(other, threads=threads)), dtype=np.float64)

    return Fitted("boosted", predict, {"depth": depth, "rounds": rounds}, tuple(frame.columns), booster)
