"""A judgement and a score hold only numbers that can be."""

from __future__ import annotations

import dataclasses

import pytest

from explain.domain.judgement import Judgement
from explain.domain.score import Score


@pytest.mark.parametrize("rating", range(1, 11))
def test_a_rating_is_1_to_10(rating):
    assert Judgement(rating).rating == rating


@pytest.mark.parametrize("rating", [0, 11, -1, 10**30, True, 7.0, "7", None])
def test_any_other_rating_is_refused(rating):
    with pytest.raises(ValueError, match="from 1 to 10"):
        Judgement(rating)


@pytest.mark.parametrize("confidence", [None, 1, 2, 3, 4, 5])
def test_a_confidence_is_1_to_5_or_not_given(confidence):
    assert Judgement(7, confidence=confidence).confidence == confidence


@pytest.mark.parametrize("confidence", [0, 6, True, 3.0, "3"])
def test_any_other_confidence_is_refused(confidence):
    with pytest.raises(ValueError, match="from 1 to 5"):
        Judgement(7, confidence=confidence)


def test_a_judgement_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Judgement(7).rating = 8


@pytest.mark.parametrize("value", [0, 11])
def test_a_score_is_1_to_10(value):
    with pytest.raises(ValueError, match="from 1 to 10"):
        Score("pilot1", value, 0.1, 0.1, (), ())
