from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from explain.models.boosted import load, pilot2
from explain.models.training import code_hash, cut_offs, train
from explain.register.whole import Register


def test_the_same_seed_gives_the_same_files_and_they_load(small: Register, small_variables: pd.DataFrame) -> None:
    one, again = (train(3, small_variables, small.sample) for _ in range(2))
    assert one.trees == again.trees
    assert one.facts == again.facts
    model = load(one.trees, tomllib.loads(one.facts))
    held = (small.sample.PART == "evaluation").to_numpy()
    scored = model.scored(small_variables[held])
    assert set(scored.score) <= set(range(1, 11))
    assert len(code_hash()) == 64


def test_tenths_are_tenths_within_each_age() -> None:
    age = np.repeat(np.arange(18), 1000)
    probability = np.random.default_rng(0).random(18_000) * (1 + age) / 20
    cuts = cut_offs(probability, age)
    scores = 1 + (probability[:, None] > cuts[age]).sum(axis=1)
    for years in range(18):
        assert np.bincount(scores[age == years], minlength=11)[1:].tolist() == [100] * 10


def test_too_few_referrals_of_an_age_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 10 referrals"):
        cut_offs(np.ones(5), np.zeros(5))


def test_the_shipped_model_was_made_by_this_code() -> None:
    assert pilot2().facts["code_sha256"] == code_hash(), "make the model again with `skoen train`, or say why not"
