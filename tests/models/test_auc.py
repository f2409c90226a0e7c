from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from explain.models.auc import auc, clustered, delong

RNG = np.random.default_rng(3)
OUTCOME = RNG.integers(0, 2, 800)
PREDICTION = np.round(OUTCOME * 0.3 + RNG.random(800), 2)


def test_it_is_the_share_of_pairs_in_the_right_order():
    positive, negative = PREDICTION[OUTCOME == 1], PREDICTION[OUTCOME == 0]
    pairs = np.sign(positive[:, None] - negative[None, :])
    assert auc(OUTCOME, PREDICTION) == pytest.approx(0.5 + pairs.mean() / 2, abs=1e-12)
    assert auc(OUTCOME, PREDICTION) == pytest.approx(roc_auc_score(OUTCOME, PREDICTION), abs=1e-12)


def test_delongs_variance_is_that_of_the_placements():
    positive, negative = PREDICTION[OUTCOME == 1], PREDICTION[OUTCOME == 0]
    wins = 0.5 + np.sign(positive[:, None] - negative[None, :]) / 2
    error = np.sqrt(wins.mean(axis=1).var(ddof=1) / len(positive) + wins.mean(axis=0).var(ddof=1) / len(negative))
    interval = delong(OUTCOME, PREDICTION)
    assert interval.high - interval.value == pytest.approx(1.959964 * error, rel=1e-5)


def test_children_with_many_referrals_make_the_interval_wider():
    child = np.arange(len(OUTCOME)) // 20
    outcome = np.repeat(RNG.integers(0, 2, 40), 20)
    prediction = outcome * 0.3 + np.repeat(RNG.random(40), 20)
    by_child, plain = clustered(outcome, prediction, child, draws=200), delong(outcome, prediction)
    assert by_child.high - by_child.low > 2 * (plain.high - plain.low)
    assert by_child.low < by_child.value < by_child.high


def test_drawn_one_by_one_it_is_as_wide_as_delongs():
    by_child, plain = clustered(OUTCOME, PREDICTION, np.arange(len(OUTCOME)), draws=400), delong(OUTCOME, PREDICTION)
    assert by_child.high - by_child.low == pytest.approx(plain.high - plain.low, rel=0.2)


def test_without_both_outcomes_there_is_none():
    with pytest.raises(ValueError, match="with and without"):
        auc(np.zeros(3, dtype=int), np.arange(3.0))
