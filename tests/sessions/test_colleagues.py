"""Colleagues' first ratings: from five others up, people alone, once each, and only from before they saw a score."""

from __future__ import annotations

import pytest

from explain.domain.encounter import CloseCase, SkipCase

YOUNG = "proeve/young"


def rate(person, names, ratings, preset="teaching", **more):
    """Let people with these names give the young case these first ratings."""
    for name, rating in zip(names, ratings, strict=True):
        person(name, preset, **more).lock("young", rating)


def test_fewer_than_five_others_are_never_shown(person, training):
    rate(person, "abcd", (1, 2, 3, 4))
    assert training.colleagues(YOUNG, besides="p1") == ()


def test_five_others_are_counted_by_rating(person, training):
    rate(person, "abcde", (1, 3, 3, 10, 7))
    assert training.colleagues(YOUNG, besides="p1") == (1, 0, 2, 0, 0, 0, 1, 0, 0, 1)
    assert training.colleagues("proeve/old", besides="p1") == ()


def test_ones_own_rating_is_never_counted(person, training):
    rate(person, "abcde", (1, 3, 3, 10, 7))
    assert training.colleagues(YOUNG, besides="a") == ()
    rate(person, "f", (9,))
    assert training.colleagues(YOUNG, besides="a") == (0, 0, 2, 0, 0, 0, 1, 0, 1, 1)


def test_bots_are_never_counted(person, training):
    rate(person, "abcd", (1, 2, 3, 4))
    rate(person, "xyz", (9, 9, 9), bot=True)
    assert training.colleagues(YOUNG, besides="p1") == ()
    rate(person, "e", (5,))
    assert training.colleagues(YOUNG, besides="p1") == (1, 1, 1, 1, 1, 0, 0, 0, 0, 0)


def test_a_person_counts_once_with_her_first_run(person, training):
    rate(person, "bcde", (5, 5, 5, 5))
    again = person("a")
    again.finish(rating=1)
    again.begin().lock("young", 9)
    assert training.colleagues(YOUNG, besides="p1") == (1, 0, 0, 0, 4, 0, 0, 0, 0, 0)


def test_a_final_rating_is_no_first_rating(person, training):
    for name in "abcde":
        person(name, "score_first").settle("young", 9)
    assert training.colleagues(YOUNG, besides="p1") == ()


def test_a_rating_from_after_a_score_of_an_earlier_run_is_not_counted(person, training):
    rate(person, "bcde", (5, 5, 5, 5))
    seen = person("a", "score_only")
    seen.finish()
    seen.begin("teaching").lock("young", 9)
    assert training.colleagues(YOUNG, besides="p1") == ()
    rate(person, "f", (6,))
    assert training.colleagues(YOUNG, besides="p1") == (0, 0, 0, 0, 4, 1, 0, 0, 0, 0)


def test_who_skipped_the_case_the_first_time_counts_with_her_second_run(person, training):
    rate(person, "bcde", (5, 5, 5, 5))
    late = person("a")
    late.skip_all()
    late.begin().lock("young", 9)
    assert training.colleagues(YOUNG, besides="p1") == (0, 0, 0, 0, 4, 0, 0, 0, 1, 0)


@pytest.mark.parametrize("preset", ["control", "pilot1"])
def test_whoever_judges_before_a_score_is_a_colleague_under_any_preset(person, training, preset):
    rate(person, "abcde", (5, 5, 5, 5, 5), preset)
    assert training.colleagues(YOUNG, besides="p1") == (0, 0, 0, 0, 5, 0, 0, 0, 0, 0)


def test_what_was_erased_is_not_counted(person, training, store):
    rate(person, "abcdef", (5, 5, 5, 5, 5, 9))
    store.erase("encounter/proeve/young/f", actor="admin", reason="asked for")
    assert training.colleagues(YOUNG, besides="p1") == (0, 0, 0, 0, 5, 0, 0, 0, 0, 0)
    store.erase("encounter/proeve/young/e", actor="admin", reason="asked for")
    assert training.colleagues(YOUNG, besides="p1") == ()


def test_the_reflection_shows_colleagues_as_they_stood_when_it_opened(person):
    rate(person, "abcde", (5, 5, 5, 5, 5))
    one = person("p1")
    one.settle("young", 1)
    frozen = one.state("young").colleagues
    rate(person, "f", (9,))
    one.take("young", CloseCase())
    assert one.state("young").colleagues == frozen == (0, 0, 0, 0, 5, 0, 0, 0, 0, 0)


def test_nobody_sees_colleagues_before_everything_is_judged(person):
    rate(person, "abcde", (5, 5, 5, 5, 5))
    one = person("p1", "pilot1")
    one.settle("young")
    assert not hasattr(one.state("young"), "colleagues")
    one.settle("middle")
    one.take("old", SkipCase())
    assert one.state("young").colleagues == (0, 0, 0, 0, 5, 0, 0, 0, 0, 0)
