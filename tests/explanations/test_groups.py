from __future__ import annotations

from itertools import permutations

import pytest

from explain.explanations.groups import strength, variable_index
from explain.models.boosted import pilot2
from explain.register.variables import index_groups

CHILD = {
    "age": 14.0,
    "reason_school": 1.0,
    "reasons": 1.0,
    "own_referrals_1y": 3.0,
    "siblings": 2.0,
    "mother_children": 3.0,
}


def test_the_groups_sum_to_the_score_exactly_and_the_largest_stands_first():
    score = pilot2().score(dict.fromkeys(pilot2().inputs, 0.0) | CHILD)
    bars = variable_index(score)
    assert {bar.group.name for bar in bars} == {group.name for group in index_groups()}
    assert sum(len(bar.parts) for bar in bars) == 126
    for some in list(permutations(bars[:5]))[:20]:
        assert score.baseline + sum(bar.contribution for bar in (*some, *bars[5:])) == score.raw
    sizes = [abs(bar.contribution) for bar in bars]
    assert sizes == sorted(sizes, reverse=True)
    for bar in bars:
        assert bar.contribution == sum(value for _, value in bar.parts)


@pytest.mark.parametrize(
    ("contribution", "word"), [(0.0, "none"), (0.09, "none"), (0.1, "a_little"), (0.41, "some"), (0.7, "much")]
)
def test_a_contribution_is_spoken_of_by_what_it_does_to_the_odds(contribution: float, word: str):
    assert strength(contribution) == strength(-contribution) == word
