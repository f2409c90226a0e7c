from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from explain.models import four
from explain.models.auc import auc
from explain.models.table4 import Data, one_seed
from explain.register.validation import measures
from explain.register.whole import Register


@pytest.fixture(autouse=True)
def small_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few trees and penalties: the code is the same, the wait is not."""
    monkeypatch.setattr(four, "FOREST_TREES", 20)
    monkeypatch.setattr(four, "FOREST_LEAVES", (25,))
    monkeypatch.setattr(four, "BOOSTED_DEPTHS", (3,))
    monkeypatch.setattr(four, "BOOSTED_MOST_ROUNDS", 60)
    monkeypatch.setattr(four, "LASSO_STRENGTHS", (0.003, 0.01))


def test_a_childs_referrals_are_in_one_fold() -> None:
    child = np.random.default_rng(0).integers(0, 500, 2000)
    fold = four.folds(child, 4, seed=1)
    assert pd.Series(fold).groupby(child).nunique().max() == 1
    assert set(fold) == {0, 1, 2, 3}


def test_table_four_at_a_small_size(small: Register, small_variables: pd.DataFrame) -> None:
    data = Data(small_variables, small.sample, small.background, measures(small.validation))
    result = one_seed(data, 1)
    assert set(result["auc"]) == {"linear", "lasso", "forest", "boosted"}
    for one in result["auc"].values():
        assert 0.6 < one["value"] < 1
        assert one["delong"][0] < one["value"] < one["delong"][1]
        assert one["by_child"][0] < one["value"] < one["by_child"][1]
    assert len(result["cuts_at_10"]) == 9
    assert len(result["truth"]["by_tenth"]) == 10
    assert set(result["fairness"]) == {"western", "non_western", "low_ses", "middle_ses", "high_ses"}
    assert result["evaluation"] == (small.sample.PART == "evaluation").sum()


def test_nothing_of_the_evaluation_part_is_seen(small: Register, small_variables: pd.DataFrame) -> None:
    training = (small.sample.PART == "training").to_numpy()
    outcome, child = small.sample.PLACED.to_numpy().astype(np.int64), small.sample.PNR.to_numpy()
    fitted = four.fit_lasso(small_variables[training], outcome[training], child[training], seed=1)
    assert 0 < len(fitted.selected) < 126
    held = fitted.predict(small_variables[~training])
    assert auc(outcome[~training], held) > 0.6
    # A model fitted on other outcomes of the evaluation part is the same model: they are no argument of any fit.
    assert (fitted.predict(small_variables[~training]) == held).all()
