"""Conditions are data; those nobody can walk are refused, and the presets are what the sources say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explain.domain.conditions import (
    CONTROL,
    PANEL,
    PILOT1,
    PRESETS,
    SCORE_FIRST,
    SCORE_ONLY,
    TEACHING,
    Condition,
    Explanation,
    Feedback,
    Order,
)


def test_a_score_that_comes_first_must_be_shown():
    with pytest.raises(ValueError, match="must show it"):
        Condition("x", order=Order.SCORE_FIRST, shows_score=False)


def test_an_own_rating_that_comes_first_must_be_asked():
    with pytest.raises(ValueError, match="must ask for it"):
        Condition("x", order=Order.OWN_FIRST, asks_rating=False)


def test_presets_have_their_own_names():
    assert {name: preset.name for name, preset in PRESETS.items()} == {name: name for name in PRESETS}
    assert list(PRESETS.values()) == [TEACHING, PILOT1, CONTROL, SCORE_FIRST, SCORE_ONLY]


def test_pilot1_as_it_was_shows_the_score_alone_and_opens_nothing_again():
    assert (PILOT1.order, PILOT1.shows_score, PILOT1.asks_rating, PILOT1.asks_reasons) == (
        Order.OWN_FIRST,
        True,
        True,
        True,
    )
    assert (PILOT1.explanations, PILOT1.questions, PILOT1.reopens) == (frozenset(), frozenset(), False)


def test_teaching_explains_and_reflects_after_each_case():
    assert TEACHING.explanations == {Explanation.OVERVIEW, Explanation.WATERFALL}
    assert (TEACHING.order, TEACHING.feedback) == (Order.OWN_FIRST, Feedback.AFTER_CASE)


def test_the_control_differs_from_teaching_in_the_score_alone_and_sees_it_after_the_set():
    assert (CONTROL.shows_score, CONTROL.feedback) == (False, Feedback.AFTER_SET)
    assert (CONTROL.order, CONTROL.asks_rating, CONTROL.asks_reasons) == (Order.OWN_FIRST, True, True)
    assert CONTROL.questions == TEACHING.questions


def test_pilot2s_order_with_a_rating_and_without():
    assert (SCORE_FIRST.order, SCORE_FIRST.asks_rating) == (Order.SCORE_FIRST, True)
    assert (SCORE_ONLY.order, SCORE_ONLY.asks_rating, SCORE_ONLY.asks_reasons) == (Order.SCORE_FIRST, False, False)


def test_a_panel_is_never_scored_and_nobody_practises_under_it():
    assert PANEL.never_scored
    assert PANEL.name not in PRESETS
    assert not any(preset.never_scored for preset in PRESETS.values())


def test_a_score_first_has_no_second_rating_to_leave_out():
    with pytest.raises(ValueError, match="one rating at most"):
        replace(SCORE_FIRST, rates_again=False)
