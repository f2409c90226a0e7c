"""Making Pilot #2's model from a seed: the same files again, bit for bit, on the same versions and processor."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd
import xgboost as xgb
from numpy.typing import NDArray

from explain.domain.score import TEACHING_ONLY
from explain.models.auc import clustered, delong
from explain.models.boosted import NAME, matrix
from explain.models.four import fit_boosted
from explain.register.sample import PUBLISHED
from explain.register.variables import index_groups
from explain.register.variables import variables as all_variables

SEED: Final = 2021
"""The shipped model's seed; neither a calibrating one nor one of the five reported."""
THREADS: Final = 1
TENTHS: Final = np.arange(1, 10) / 10


@dataclass(frozen=True, slots=True)
class Trained:
    """The two files of a model: the trees as UBJ, and its facts as TOML."""

    trees: bytes
    facts: str


def train(seed: int, variables: pd.DataFrame, sample: pd.DataFrame) -> Trained:
    """Train the model on the training part and cut the evaluation part's probabilities into tenths within each age.

    Parameters
    ----------
    seed
        The register's, and the trees'.
    variables
        The 126 variables of the development data.
    sample
        PNR, PART and PLACED of the same referrals.
    """
    training = (sample.PART == "training").to_numpy()
    outcome, child = sample.PLACED.to_numpy().astype(np.int64), sample.PNR.to_numpy()
    fitted = fit_boosted(variables[training], outcome[training], child[training], seed=seed, threads=THREADS)
    trees = bytes(fitted.booster.save_raw("ubj"))
    held = variables[~training]
    again = xgb.Booster({"nthread": THREADS})
    again.load_model(bytearray(trees))
    values = held.to_numpy(dtype=np.float32)
    parts = again.predict(matrix(values, threads=THREADS), pred_contribs=True).astype(np.float64)
    probability = 1.0 / (1.0 + np.exp(-parts.sum(axis=1)))
    facts = {
        "name": NAME,
        "use": TEACHING_ONLY,
        "trained_on": "a synthetic register, for teaching only",
        "seed": seed,
        "referrals": len(sample),
        "children": int(sample.PNR.nunique()),
        "training_referrals": int(training.sum()),
        "training_children": int(sample.PNR[training].nunique()),
        "base_rate": float(outcome.mean()),
        "depth": int(fitted.chosen["depth"]),
        "rounds": int(fitted.chosen["rounds"]),
        "baseline": baseline(again),
        **_performance(outcome[~training], probability, child[~training]),
        "weights": group_weights(parts[:, :-1]),
        "model_sha256": hashlib.sha256(trees).hexdigest(),
        "data_sha256": data_hash(variables, outcome),
        "code_sha256": code_hash(),
        "predictions_sha256": hashlib.sha256(np.round(probability, 4).astype("<f8").tobytes()).hexdigest(),
        "xgboost": version_of("xgboost-cpu", "xgboost"),
        "numpy": version_of("numpy"),
        "numba": version_of("numba"),
        "processor": platform.machine(),
        "threads": THREADS,
    }
    return Trained(trees, _toml(facts, cut_offs(probability, held["age"].to_numpy())))


def baseline(booster: xgb.Booster) -> float:
    """Return the log-odds the contributions start from: the mean over the training data, weighed by the trees.

    XGBoost adds it up in float32; in float64 it leaves contributions and log-odds a millionth apart at most.
    """
    learner = json.loads(booster.save_raw("json"))["learner"]
    share = float(np.float32(learner["learner_model_param"]["base_score"].strip("[]")))
    trees = learner["gradient_booster"]["model"]["trees"]
    return float(np.log(share / (1.0 - share)) + sum(_mean(tree) for tree in trees))


def _mean(tree: Mapping[str, Any]) -> float:
    """Return the mean of a tree's leaves, weighed by the second derivatives of the training data in them."""
    leaf = np.array(tree["left_children"]) < 0
    value = np.array(tree["split_conditions"], dtype=np.float32).astype(np.float64)
    return float(np.average(value[leaf], weights=np.array(tree["sum_hessian"], dtype=np.float64)[leaf]))


def _performance(outcome: NDArray[np.int64], probability: NDArray[np.float64], child: NDArray[Any]) -> dict[str, Any]:
    plain, by_child = delong(outcome, probability), clustered(outcome, probability, child)
    return {
        "auc": plain.value,
        "auc_delong": [plain.low, plain.high],
        "auc_by_child": [by_child.low, by_child.high],
    }


def group_weights(contributions: NDArray[np.float64]) -> dict[str, float]:
    """Return how much each group of the variable index moves the log-odds on average, whatever the direction."""
    index = np.array([one.index for one in all_variables()])
    return {
        group.name: float(np.abs(contributions[:, index == group.name].sum(axis=1)).mean()) for group in index_groups()
    }


def cut_offs(probability: NDArray[np.float64], age: NDArray[Any]) -> NDArray[np.float64]:
    """Return the nine tenths of the probabilities within each age 0 to 17.

    Raises
    ------
    ValueError
        If an age has fewer than ten referrals, so that there are no tenths.
    """
    rows = []
    for years in range(18):
        those = probability[age == years]
        if len(those) < 10:
            raise ValueError(f"each age must have at least 10 referrals for tenths, but age {years} has {len(those)}")
        rows.append(np.quantile(those, TENTHS))
    return np.array(rows)


def data_hash(variables: pd.DataFrame, outcome: NDArray[np.int64]) -> str:
    """Return a hash of what a model is made from."""
    digest = hashlib.sha256("\n".join(variables.columns).encode())
    digest.update(variables.to_numpy(dtype="<f4").tobytes())
    digest.update(outcome.astype("<i1").tobytes())
    return digest.hexdigest()


def code_hash() -> str:
    """Return a hash of the code the register and the model are made by."""
    digest = hashlib.sha256()
    for package, wanted in (("explain.register", None), ("explain.models", ("four.py", "training.py"))):
        for file in sorted(files(package).iterdir(), key=lambda one: one.name):
            if file.name.endswith((".py", ".toml")) and (wanted is None or file.name in wanted):
                digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def version_of(*packages: str) -> str:
    """Return the version of the first of these packages that is installed."""
    for package in packages:
        try:
            return version(package)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(f"one of {', '.join(packages)} must be installed, but none is")


def _toml(facts: dict[str, Any], bounds: NDArray[np.float64]) -> str:
    lines = ["# Written by `skoen train`; the cut-offs are a row for each age, 0 to 17: the highest probabilities of"]
    lines += ["# scores 1 to 9. AUC on the evaluation part; auc_delong and auc_by_child are 95 % intervals.", ""]
    for key, value in facts.items():
        lines.append(f"{key} = {_value(value)}")
    lines += ["cutoffs = [", *(f"    {[float(one) for one in row]!r}," for row in bounds), "]", ""]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def full_size() -> int:
    """Return how many referrals the shipped model's register has: as many as published."""
    return PUBLISHED.referrals
