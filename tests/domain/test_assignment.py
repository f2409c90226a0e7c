"""The square and its blocks: each triple once, blocks exact, bots apart, nothing that depends on who completes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from explain.domain.assignment import encounters, row_of, rows
from explain.domain.conditions import TEACHING
from explain.domain.session_plan import CaseOrder
from tests.domain.plans import plan


@st.composite
def plans(draw, orders=tuple(CaseOrder)):
    cases = tuple(f"proeve/{number}" for number in range(draw(st.integers(1, 6))))
    conditions = tuple(replace(TEACHING, name=f"c{number}") for number in range(draw(st.integers(1, 4))))
    trial = draw(st.sampled_from([None, "proeve/trial"]))
    order, seed = draw(st.sampled_from(orders)), draw(st.integers(0, 2**32))
    return plan(cases=cases, conditions=conditions, trial=trial, order=order, seed=seed)


@given(plans(orders=(CaseOrder.SQUARE,)))
def test_every_case_meets_every_condition_at_every_position_exactly_once(its):
    met = Counter(
        (one.case, one.condition.name, position)
        for row in range(len(rows(its)))
        for position, one in enumerate(one for one in encounters(its, row) if not one.trial)
    )
    assert set(met.values()) == {1}
    assert len(met) == len(its.cases) ** 2 * len(its.conditions)


@given(plans())
def test_everybody_meets_every_case_once_and_the_trial_case_first(its):
    for row in range(len(rows(its))):
        met = encounters(its, row)
        assert sorted(one.case for one in met) == sorted(its.met)
        assert [one.case for one in met if one.trial] == [one.case for one in met[: bool(its.trial)]]
        assert all(one.condition == its.conditions[0] for one in met if one.trial)


@given(plans(orders=(CaseOrder.FIXED,)))
def test_with_fixed_cases_only_the_condition_goes_round(its):
    assert len(rows(its)) == len(its.conditions)
    for row in range(len(rows(its))):
        assert tuple(one.case for one in encounters(its, row)) == its.met


@given(plans(), st.integers(0, 20), st.booleans())
def test_every_block_holds_every_row_once(its, block, bot):
    size = len(rows(its))
    numbers = range(block * size + 1, (block + 1) * size + 1)
    assert sorted(row_of(its, number, bot=bot) for number in numbers) == list(range(size))


@given(plans(), st.integers(1, 500))
def test_a_row_follows_from_seed_and_number_alone(its, number):
    assert row_of(its, number) == row_of(replace(its, title="Hold B", minutes=5), number)


def test_blocks_are_shuffled_and_bots_have_their_own():
    its = plan(conditions=tuple(replace(TEACHING, name=name) for name in "abcd"), order=CaseOrder.SQUARE)
    people = [row_of(its, number) for number in range(1, 25)]
    assert people[:12] != people[12:]
    assert people != [row_of(its, number, bot=True) for number in range(1, 25)]
    assert people != [row_of(replace(its, seed=8), number) for number in range(1, 25)]


def test_the_shuffle_is_the_same_for_ever():
    its = plan(conditions=tuple(replace(TEACHING, name=name) for name in "ab"), order=CaseOrder.SQUARE)
    assert [row_of(its, number) for number in range(1, 13)] == SHUFFLED


SHUFFLED = [0, 4, 3, 2, 5, 1, 1, 3, 0, 2, 4, 5]
"""Sessions that were planned with a seed must go on in this order with every later Skøn."""
