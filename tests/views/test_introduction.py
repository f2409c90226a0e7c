"""The introduction: what can be chosen, and check questions that are judged here, not in the browser."""

from __future__ import annotations

import pytest

from explain.domain.facts import CheckAnswered
from explain.views.introduction.presenter import CHECKS, IntroductionPresenter

RIGHT = {"meaning": "rank", "unseen": "text", "difference": "look"}


@pytest.fixture
def introduction(sit):
    presenter = IntroductionPresenter(sit())
    presenter.case_set = "grundforloeb"
    return presenter


def condition(introduction):
    return introduction.desk.progress.participation.plan[0].condition.name


def test_the_chosen_preset_is_begun(introduction, press):
    assert introduction.begin(press(preset="pilot1")) == ""
    assert condition(introduction) == "pilot1"


@pytest.mark.parametrize("values", [{}, {"preset": "control"}, {"preset": "score_only"}, {"preset": ""}])
def test_a_preset_that_is_not_offered_is_not_begun(introduction, press, values):
    assert introduction.begin(press(**values)) == ""
    assert condition(introduction) == "teaching"


def test_the_preset_of_the_installation_is_the_only_one(introduction, press):
    introduction.offered = ("control",)
    introduction.begin(press(preset="teaching"))
    assert condition(introduction) == "control"


def test_every_check_question_has_its_right_choice_in_words(sit):
    assert CHECKS == RIGHT
    for language in ("da", "en"):
        say = sit(language=language).say
        for question, right in CHECKS.items():
            assert right in say.under(f"check.{question}.choice")


def test_answers_are_judged_here(introduction, press):
    introduction.begin(press())
    assert introduction.answer(press(meaning="percent", unseen="text", difference="follow")) == ""
    assert introduction.answers == (
        CheckAnswered("meaning", "percent", False),
        CheckAnswered("unseen", "text", True),
        CheckAnswered("difference", "follow", False),
    )


@pytest.mark.parametrize(
    "values",
    [{}, {"meaning": "rank"}, RIGHT | {"meaning": "made up"}, RIGHT | {"meaning": ""}, RIGHT | {"meaning": "rank."}],
)
def test_an_answer_that_is_missing_or_was_not_offered_is_said_and_nothing_is_written(introduction, press, values):
    introduction.begin(press())
    assert introduction.answer(press(**values)) == introduction.desk.say("refused.question_missing")
    assert introduction.answers == ()


def test_the_first_answers_count(introduction, press):
    introduction.begin(press())
    introduction.answer(press(**RIGHT | {"meaning": "percent"}))
    introduction.answer(press(**RIGHT))
    assert [answer.right for answer in introduction.answers] == [False, True, True]


def test_leaving_the_introduction(introduction, press):
    introduction.begin(press())
    assert introduction.finish(press()) == ""
    assert introduction.desk.progress.participation.introduced
