"""Pilot #1: the published cut-offs, the scores by age alone, and one number on every path."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain.casebook.teaching import Pilot1Input
from explain.models.linear import INPUTS, pilot1

NONE = dict.fromkeys(INPUTS, 0.0)
"""A newborn without history."""

PROFILES = [
    (0.0094122, {"age": 4}),
    (0.0420653, {"age": 4, "referrals_180d": 1}),
    (0.0649243, {"age": 5, "referrals_90d": 1, "referrals_180d": 1}),
    (0.0878977, {"age": 11}),
    (0.1103221, {"age": 13}),
    (0.1312139, {"age": 8, "referrals_90d": 1, "referrals_180d": 2}),
    (0.1450047, {"age": 7, "misuse_parents": 1}),
    (0.1863387, {"age": 14, "measures_180d": 1}),
    (0.2367061, {"age": 16, "measures_180d": 1, "placements_5y": 1}),
]
"""The child who sits on each published cut-off."""

counts = st.integers(0, 30)


@st.composite
def children(draw: st.DrawFn) -> dict[str, float]:
    """Any child the table takes, with counts up to 30."""
    longer, five = draw(counts), draw(counts)
    flags = {name: draw(st.integers(0, 1)) for name in ("crime_child", "abuse_child", "misuse_parents")}
    return {
        "age": draw(st.integers(0, 17)),
        "referrals_90d": draw(st.integers(0, longer)),
        "referrals_180d": longer,
        **flags,
        "measures_180d": draw(counts),
        "placements_1y": draw(st.integers(0, five)),
        "placements_5y": five,
    }


@pytest.mark.parametrize(("score", "profile"), list(enumerate(PROFILES, start=1)))
def test_a_profile_reproduces_each_published_cutoff(score: int, profile: tuple[float, dict[str, int]]) -> None:
    published, child = profile
    raw = pilot1().raw(NONE | child)
    assert abs(raw - published) < 1.2e-6
    assert pilot1().cutoffs[score - 1] == published
    assert pilot1().decile(raw) == score, "whoever sits on a cut-off belongs to the lower score"


def test_every_profile_lies_below_its_cutoff_so_that_no_tolerance_is_needed() -> None:
    below = [published - pilot1().raw(NONE | child) for published, child in PROFILES]
    assert min(below) > 1e-6
    assert max(below) - min(below) < 1e-7, "what is left is one constant, up to the rounding to seven decimals"


def possible_children() -> np.ndarray:
    """Return every child with small counts, one a row."""
    sizes = map(np.arange, (18, 6, 6, 2, 2, 2, 4, 4, 4))
    rows = np.stack(np.meshgrid(*sizes, indexing="ij"), axis=-1).reshape(-1, len(INPUTS))
    return rows[(rows[:, 1] <= rows[:, 2]) & (rows[:, 7] <= rows[:, 8])]


def distances(raw: np.ndarray) -> np.ndarray:
    """Return how far each RS is from each cut-off."""
    gaps: np.ndarray = np.abs(raw[:, None] - np.array(pilot1().cutoffs))
    return gaps


def test_only_with_minus_does_every_cutoff_have_a_child() -> None:
    children = possible_children()
    minus = pilot1().raw(children)
    plus = minus - 2 * pilot1().contributions(children)["placements_1y"]
    assert (distances(minus).min(axis=0) < 1.2e-6).all()
    assert not (distances(plus).min(axis=0) < 1.2e-6).any()


def test_no_other_child_is_so_near_a_cutoff_that_rounding_could_decide() -> None:
    children = possible_children()
    assert len(children) == 120_960
    assert distances(pilot1().raw(children)).min() > 1e-6, "float64 rounds a thousand million times finer"


def test_scores_by_age_alone() -> None:
    scores = [pilot1().score(NONE | {"age": age}).value for age in range(18)]
    assert scores == [1] * 5 + [2] * 2 + [3] * 2 + [4] * 3 + [5] * 2 + [6] + [7] * 2 + [8]


@pytest.mark.parametrize(
    ("child", "score"),
    [
        ({"age": 1, "referrals_90d": 4, "referrals_180d": 4}, 8),  # like a 17-year-old without history (the audit)
        ({"age": 0, "misuse_parents": 1}, 4),  # a newborn whose parents misuse substances, in the register's reading
    ],
)
def test_what_the_audit_found(child: dict[str, int], score: int) -> None:
    assert pilot1().score(NONE | child).value == score


def test_a_placement_in_the_last_year_lowers_rs() -> None:
    five = NONE | {"placements_5y": 1}
    assert pilot1().raw(five | {"placements_1y": 1}) < pilot1().raw(five)


def test_intervals_are_closed_on_the_right() -> None:
    cuts = np.array(pilot1().cutoffs)
    assert pilot1().decile(cuts).tolist() == list(range(1, 10))
    assert pilot1().decile(np.nextafter(cuts, 1)).tolist() == list(range(2, 11))
    assert pilot1().decile(-1.0) == 1
    assert pilot1().decile(2.0) == 10


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_an_rs_that_is_no_number_gets_no_score(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        pilot1().decile(bad)
    with pytest.raises(ValueError, match="finite"):
        pilot1().decile(np.array([0.1, bad]))


@given(children())
def test_the_contributions_and_the_intercept_are_rs(child: dict[str, float]) -> None:
    score = pilot1().score(child)
    assert math.isclose(score.baseline + math.fsum(dict(score.contributions).values()), score.raw, abs_tol=1e-12)
    assert [name for name, _ in score.contributions] == list(INPUTS)


@given(st.lists(children(), min_size=1, max_size=40))
def test_one_child_an_array_and_a_frame_give_the_same_number_bit_for_bit(cases: list[dict[str, float]]) -> None:
    model = pilot1()
    one_by_one = [model.raw(child) for child in cases]
    frame = pd.DataFrame(cases)[list(reversed(INPUTS))]
    whole = np.array([[child[name] for name in INPUTS] for child in cases])
    for many in (frame, whole, whole.astype(np.float32), whole.astype(np.uint8)):
        assert model.raw(many).tolist() == one_by_one
        assert model.decile(model.raw(many)).tolist() == [model.decile(raw) for raw in one_by_one]
        for name, column in model.contributions(many).items():
            assert column.tolist() == [model.contributions(child)[name] for child in cases]


@given(st.lists(st.floats(-1, 2), min_size=2))
def test_a_higher_rs_never_gets_a_lower_score(raws: list[float]) -> None:
    scores = pilot1().decile(np.sort(np.array(raws)))
    assert (np.diff(scores) >= 0).all()
    assert scores.tolist() == [pilot1().decile(raw) for raw in sorted(raws)]


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="missing: misuse_parents"):
        pilot1().raw({name: 0.0 for name in INPUTS if name != "misuse_parents"})
    with pytest.raises(ValueError, match="9 inputs on its last axis"):
        pilot1().raw(np.zeros((3, 8)))


def test_every_number_of_the_data_file_names_its_source() -> None:
    data = tomllib.loads(files("explain.models").joinpath("pilot1.toml").read_text(encoding="utf-8"))
    rows = data["term"] + data["cutoff"]
    assert len(rows) == 9 + 9
    assert all("annex C, 3.2.1" in row["source"] and "line 35" in row["source"] for row in rows)
    assert set(data["card"]["source"]) == set(data["card"]) - {"source"}
    assert list(pilot1().cutoffs) == sorted(pilot1().cutoffs)


def test_the_casebook_names_the_same_inputs() -> None:
    assert get_args(Pilot1Input) == INPUTS == pilot1().inputs
