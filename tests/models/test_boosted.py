from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xgboost as xgb

from explain.models.boosted import BoostedModel, load, matrix, pilot2
from explain.register.variables import names, variables

RNG = np.random.default_rng(1)


@pytest.fixture(scope="module")
def thousand() -> pd.DataFrame:
    """A thousand rows of every kind: most values are zero, as in the registers, and some are large."""
    columns = {}
    for one in variables():
        value = RNG.integers(one.lowest, min(one.highest, 30) + 1, 1000)
        columns[one.name] = np.where(RNG.random(1000) < 0.3, value, one.lowest)
    return pd.DataFrame(columns, dtype=np.float32)


def test_what_is_shipped_is_small_whole_and_says_what_it_is() -> None:
    folder = files("explain.models")
    trees = folder.joinpath("pilot2.ubj").read_bytes()
    assert len(trees) < 3_000_000
    facts = tomllib.loads(folder.joinpath("pilot2.toml").read_text(encoding="utf-8"))
    assert facts["use"] == "teaching_only"
    assert facts["trained_on"] == "a synthetic register, for teaching only"
    with pytest.raises(ValueError, match="must have the hash"):
        load(trees[:-1] + bytes([trees[-1] ^ 1]), facts)


def test_there_are_cut_offs_for_every_age() -> None:
    cutoffs = pilot2().cutoffs
    assert cutoffs.shape == (18, 9)
    assert (np.diff(cutoffs, axis=1) > 0).all()
    assert ((cutoffs > 0) & (cutoffs < 1)).all()


def test_a_probability_on_a_cut_off_belongs_to_the_lower_score() -> None:
    model = pilot2()
    for age in range(18):
        on, above = model.cutoffs[age], np.nextafter(model.cutoffs[age], 1)
        assert model.decile(on, np.full(9, age)).tolist() == list(range(1, 10))
        assert model.decile(above, np.full(9, age)).tolist() == list(range(2, 11))


def leaves(model: BoostedModel, values: np.ndarray) -> np.ndarray:
    """Add up in float64 the leaf each row falls into, tree by tree."""
    learner = json.loads(model.booster.save_raw("json"))["learner"]
    share = float(np.float32(learner["learner_model_param"]["base_score"].strip("[]")))
    falls = model.booster.predict(matrix(values), pred_leaf=True).astype(np.int64)
    each = (np.array(tree["split_conditions"], dtype=np.float32) for tree in _trees(learner))
    return np.log(share / (1 - share)) + sum(
        leaf[at].astype(np.float64) for leaf, at in zip(each, falls.T, strict=True)
    )


def _trees(learner: dict[str, Any]) -> list[dict[str, Any]]:
    return list(learner["gradient_booster"]["model"]["trees"])


def test_contributions_are_shaps_own_and_add_up(thousand: pd.DataFrame) -> None:
    import shap

    model = pilot2()
    scored = model.scored(thousand)
    values = thousand.to_numpy(dtype=np.float32)
    explainer = shap.TreeExplainer(model.booster)
    asked = explainer(values)  # shap hands this on to xgboost
    assert np.abs(asked.values - scored.contributions).max() < 1e-6
    assert np.abs(asked.base_values - model.baseline).max() < 1e-6
    explainer.model.model_type = "other"  # so that shap's own algorithm computes them, on its own copy of the trees
    own = explainer.shap_values(values, check_additivity=False)
    assert np.abs(own - scored.contributions).max() < 2e-6
    # Exact in itself, and the sum of the trees' leaves; xgboost's own margin, a sum in float32, is further from it.
    assert (scored.log_odds == model.baseline + scored.contributions.sum(axis=1)).all()
    assert (scored.log_odds == model.baseline + scored.contributions[:, ::-1].sum(axis=1)).all()
    assert np.abs(scored.log_odds - leaves(model, values)).max() < 1e-6
    margin = model.booster.predict(matrix(values), output_margin=True).astype(np.float64)
    assert np.abs(scored.log_odds - margin).max() < 5e-6
    probability = model.booster.predict(matrix(values)).astype(np.float64)
    assert np.abs(scored.probability - probability).max() < 1e-6


def test_one_case_and_many_get_the_same(thousand: pd.DataFrame) -> None:
    model, many = pilot2(), pilot2().scored(thousand)
    for row in range(20):
        one = model.score(thousand.iloc[row].to_dict())
        assert (one.value, one.raw) == (many.score[row], many.log_odds[row])
        assert [value for _, value in one.contributions] == many.contributions[row].tolist()
        assert [name for name, _ in one.inputs] == list(names())


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(ValueError, match="missing: own_referrals_1y"):
        pilot2().scored({name: np.zeros(1) for name in names() if name != "own_referrals_1y"})


def test_the_model_is_a_tree_model_of_xgboost_and_nothing_else() -> None:
    assert isinstance(pilot2(), BoostedModel)
    assert isinstance(pilot2().booster, xgb.Booster)
    assert pilot2().booster.feature_names == list(names())
