"""A waterfall's numbers: from the average referral to RS, the largest group first, nested counts together."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain.explanations.waterfall import Waterfall, waterfall
from explain.models.linear import INPUTS, pilot1

NONE = dict.fromkeys(INPUTS, 0.0)


def picture(**inputs: float) -> Waterfall:
    return waterfall(pilot1().score(NONE | inputs), pilot1())


def test_a_child_with_referrals_by_hand() -> None:
    drawn = picture(age=10, referrals_90d=3, referrals_180d=4)
    assert (drawn.start, drawn.value, drawn.cutoffs) == (0.1175, 10, pilot1().cutoffs)
    first = drawn.groups[0]
    assert [(step.name, step.value) for step in first.steps] == [("referrals_180d", 4), ("referrals_90d", 3)]
    # 0.0472 * (4 - 0.7724) / 1.4455 + 0.0122 * (3 - 0.4919) / 1.0475
    assert sum(step.contribution for step in first.steps) == pytest.approx(0.105391 + 0.029211, abs=2e-6)
    assert not drawn.age_alone


@given(st.tuples(*[st.integers(0, 17)] + [st.integers(0, 5)] * 8))
def test_bars_join_up_from_the_average_to_rs_and_groups_fall_in_size(values: tuple[int, ...]) -> None:
    drawn = picture(**dict(zip(INPUTS, values, strict=True)))
    steps = drawn.steps
    assert sorted(step.name for step in steps) == sorted(INPUTS)
    assert steps[0].begin == drawn.start
    assert steps[-1].end == pytest.approx(drawn.end, abs=1e-12)
    assert all(left.end == right.begin for left, right in pairwise(steps))
    assert all(step.end - step.begin == pytest.approx(step.contribution, abs=1e-12) for step in steps)
    sizes = [abs(sum(step.contribution for step in group.steps)) for group in drawn.groups]
    assert sizes == sorted(sizes, reverse=True)


@given(st.tuples(*[st.integers(0, 17)] + [st.integers(0, 5)] * 8))
def test_counts_that_hold_one_another_stand_together(values: tuple[int, ...]) -> None:
    groups = [[step.name for step in group.steps] for group in picture(**dict(zip(INPUTS, values, strict=True))).groups]
    assert ["referrals_180d", "referrals_90d"] in groups
    assert ["placements_5y", "placements_1y"] in groups
    assert len(groups) == 7


@pytest.mark.parametrize("age", [0, 17])
def test_it_says_when_a_score_rests_on_age_alone(age: int) -> None:
    assert picture(age=age).age_alone
    assert all(not picture(**{"age": age, name: 1}).age_alone for name in INPUTS if name != "age")


def test_another_models_score_is_refused() -> None:
    with pytest.raises(ValueError, match="must be by the model pilot1, but is by pilot2"):
        waterfall(replace(pilot1().score(NONE), model="pilot2"), pilot1())
