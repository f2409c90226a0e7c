"""Table 4 computed again on a synthetic register, with what else the source says of the models.

For one seed: the four models' AUC, LASSO followed by XGBoost, the cut-offs at age 10, the base rate, observed over
expected placements by score for western and non-western children and by socio-economic third, and the rank correlation
of the score with the validation measures. Source: impact assessment of 11 March 2021, 3.2.2, 6.1.2 and 6.2.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import spearmanr  # type: ignore[import-untyped]

from explain.models.auc import auc, clustered, delong
from explain.models.four import Fitted, fit_boosted, fit_forest, fit_lasso, fit_linear
from explain.models.training import code_hash, cut_offs
from explain.register.population import Progress, silent

MODELS: Final = ("linear", "lasso", "forest", "boosted")
PUBLISHED_AUC: Final = {
    "linear": (0.8253, 0.8186, 0.8321),
    "lasso": (0.8226, 0.8159, 0.8293),
    "forest": (0.8336, 0.8272, 0.8401),
    "boosted": (0.8408, 0.8345, 0.8471),
}
"""AUC and its printed 95 % interval (table 4)."""
PUBLISHED_CUTS_AT_10: Final = (0.00624, 0.00817, 0.01104, 0.01405, 0.01977, 0.02674, 0.03906, 0.05952, 0.10454)
"""Upper bounds of scores 1 to 9 for ten-year-olds (3.2.2)."""
PUBLISHED_LOSS: Final = 0.0025
"""What LASSO first and XGBoost on its choice costs in AUC (6.2.3)."""


def reported() -> list[dict[str, Any]]:
    """Return the reported seeds' results from ``table4.json``, which ``skoen table4 --json`` wrote.

    The file can hold registers of several sizes; those of the size with the most seeds are returned, and of equally
    many those of the larger size.
    """
    kept = json.loads(files("explain.models").joinpath("table4.json").read_text(encoding="utf-8"))
    sizes = [result["referrals"] for result in kept]
    chosen = max(set(sizes), key=lambda size: (sizes.count(size), size))
    return sorted((result for result in kept if result["referrals"] == chosen), key=lambda result: int(result["seed"]))


@dataclass(frozen=True, slots=True)
class Data:
    """What a table is made from.

    Attributes
    ----------
    variables
        The 126 variables.
    sample
        PNR, PART, PLACED, TRUTH of the same referrals.
    background
        PNR, IE_TYPE, SES; only for examining fairness.
    validation
        By measure: the children's values by PNR; only for external validation.
    """

    variables: pd.DataFrame
    sample: pd.DataFrame
    background: pd.DataFrame
    validation: Mapping[str, pd.Series[float]]


def one_seed(data: Data, seed: int, *, threads: int = 1, tell: Progress = silent) -> dict[str, Any]:
    """Fit the four models on the training part and return what the evaluation part shows, ready for JSON."""
    training = (data.sample.PART == "training").to_numpy()
    outcome = data.sample.PLACED.to_numpy().astype(np.int64)
    child = data.sample.PNR.to_numpy()
    inside, held = data.variables[training], data.variables[~training]
    fitted = _fit(inside, outcome[training], child[training], seed, threads, tell)
    predicted = {name: model.predict(held) for name, model in fitted.items()}
    two_step = fit_boosted(
        inside[list(_two_step(fitted["lasso"]))], outcome[training], child[training], seed=seed, threads=threads
    ).predict(held[list(_two_step(fitted["lasso"]))])
    y, who, best = outcome[~training], child[~training], predicted["boosted"]
    cuts = cut_offs(best, held["age"].to_numpy())
    score = 1 + (best[:, None] > cuts[held["age"].to_numpy().astype(np.int64)]).sum(axis=1)
    return {
        "seed": seed,
        "referrals": len(data.sample),
        "evaluation": len(y),
        "code_sha256": code_hash(),
        "base_rate": float(outcome.mean()),
        "base_rate_at_10": float(outcome[data.variables["age"] == 10].mean()),
        "auc": {name: _certainty(y, predicted[name], who) for name in MODELS},
        "chosen": {name: dict(model.chosen) for name, model in fitted.items()},
        "two_step_loss": auc(y, best) - auc(y, two_step),
        "two_step_variables": len(_two_step(fitted["lasso"])),
        "cuts_at_10": [float(cut) for cut in cuts[10]],
        "fairness": _fairness(y, best, score, _background(data.background, who)),
        "validation": {
            name: _rank(score, measure.reindex(who).to_numpy()) for name, measure in data.validation.items()
        },
        "truth": _truth(data.sample, training, outcome),
    }


def _fit(
    inside: pd.DataFrame, outcome: NDArray[np.int64], child: NDArray[Any], seed: int, threads: int, tell: Progress
) -> dict[str, Fitted]:
    fitted = {"linear": fit_linear(inside, outcome)}
    tell("models", 0.1)
    fitted["lasso"] = fit_lasso(inside, outcome, child, seed=seed)
    tell("models", 0.4)
    fitted["forest"] = fit_forest(inside, outcome, child, seed=seed, threads=threads)
    tell("models", 0.8)
    fitted["boosted"] = fit_boosted(inside, outcome, child, seed=seed, threads=threads)
    return fitted


def _two_step(lasso: Fitted) -> tuple[str, ...]:
    """Return what LASSO selected, and the age in any case: the score is cut within it."""
    return tuple(dict.fromkeys(("age", *lasso.selected)))


def _certainty(outcome: NDArray[np.int64], prediction: NDArray[np.float64], child: NDArray[Any]) -> dict[str, Any]:
    plain, by_child = delong(outcome, prediction), clustered(outcome, prediction, child)
    return {"value": plain.value, "delong": [plain.low, plain.high], "by_child": [by_child.low, by_child.high]}


def _background(background: pd.DataFrame, child: NDArray[Any]) -> pd.DataFrame:
    return background.set_index("PNR").reindex(child)


def _fairness(
    outcome: NDArray[np.int64], prediction: NDArray[np.float64], score: NDArray[np.int64], of: pd.DataFrame
) -> dict[str, Any]:
    """Return observed over expected placements of each group, in all and within each score."""
    third = pd.qcut(of.SES, 3, labels=False).to_numpy()
    groups = {
        "western": of.IE_TYPE.to_numpy() == 1,
        "non_western": of.IE_TYPE.to_numpy() == 2,
        "low_ses": third == 0,
        "middle_ses": third == 1,
        "high_ses": third == 2,
    }
    return {
        name: {
            "all": _ratio(outcome[those], prediction[those]),
            "by_score": [_ratio(outcome[those & (score == k)], prediction[those & (score == k)]) for k in range(1, 11)],
        }
        for name, those in groups.items()
    }


def _ratio(outcome: NDArray[np.int64], prediction: NDArray[np.float64]) -> float | None:
    return float(outcome.sum() / prediction.sum()) if len(outcome) else None


def _rank(score: NDArray[np.int64], measure: NDArray[np.floating[Any]]) -> dict[str, float] | None:
    """Return Spearman's rank correlation of the score with a measure, among the referrals whose child has one."""
    has = ~np.isnan(measure)
    if has.sum() < 30 or len(np.unique(measure[has])) < 2:
        return None
    return {"rho": float(spearmanr(score[has], measure[has]).statistic), "referrals": int(has.sum())}


def _truth(sample: pd.DataFrame, training: NDArray[np.bool_], outcome: NDArray[np.int64]) -> dict[str, Any] | None:
    """Return the checks of the true probability: its mean, calibration by tenth, and its AUC on the evaluation part."""
    truth = sample.TRUTH.to_numpy(dtype=np.float64)
    if np.isnan(truth).any():
        return None
    tenth = pd.qcut(truth, 10, labels=False, duplicates="drop")
    rows = pd.DataFrame({"tenth": tenth, "truth": truth, "placed": outcome}).groupby("tenth").mean()
    return {
        "mean": float(truth.mean()),
        "observed": float(outcome.mean()),
        "auc": auc(outcome[~training], truth[~training]),
        "by_tenth": rows[["truth", "placed"]].to_numpy().tolist(),
    }
