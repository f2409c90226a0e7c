"""The same child at every age."""

from __future__ import annotations

from itertools import pairwise

import pytest

from explain.explanations.ages import at_every_age
from explain.models.linear import INPUTS, pilot1

NONE = dict.fromkeys(INPUTS, 0)


def test_an_age_among_the_inputs_is_left_aside():
    assert at_every_age(pilot1(), NONE) == at_every_age(pilot1(), NONE | {"age": 12})


def test_a_year_weighs_the_same_at_every_age():
    raws = [score.raw for score in at_every_age(pilot1(), NONE | {"abuse_child": 1})]
    assert [after - before for before, after in pairwise(raws)] == pytest.approx([0.0541 / 4.8251] * 17)


def test_a_missing_input_is_said():
    with pytest.raises(ValueError, match="abuse_child"):
        at_every_age(pilot1(), {"age": 3})
