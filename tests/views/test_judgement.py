"""From a form's answers to a judgement: what was offered, and nothing else."""

from __future__ import annotations

import pytest

from explain.domain.conditions import PRESETS, TEACHING, Condition, Order, Question
from explain.domain.encounter import Judging
from explain.domain.judgement import Judgement, NextStep
from explain.views.judgement.presenter import JudgementPresenter, judgement_from, questions


def test_every_answer_is_read():
    answers = {
        "rating": "10",
        "reasons": "Fordi",
        "confidence": "3",
        "urgent": "yes",
        "next_step": "section_20",
        "missing": "Faderen",
    }
    assert judgement_from(answers) == Judgement(10, "Fordi", 3, True, NextStep.EXAMINATION, "Faderen")


def test_what_is_left_out_is_left_out():
    assert judgement_from({"rating": "1"}) == Judgement(1)
    assert judgement_from({"rating": "1", "confidence": "", "urgent": "", "next_step": ""}) == Judgement(1)


@pytest.mark.parametrize("rating", ["", "0", "11", "-1", "7.5", "7,5", "syv", "1e1", "9" * 10_000, "None", "True"])
def test_a_rating_that_was_not_offered_is_no_judgement(rating):
    with pytest.raises(ValueError):
        judgement_from({"rating": rating})


@pytest.mark.parametrize("answer", [{"confidence": "6"}, {"confidence": "x"}, {"next_step": "section_99"}])
def test_an_answer_that_was_not_offered_is_no_judgement(answer):
    with pytest.raises(ValueError):
        judgement_from({"rating": "7"} | answer)


def test_the_first_judgement_asks_and_the_second_does_not_ask_again():
    asking = Condition("x", questions=frozenset(Question))
    assert questions(asking, 1) == tuple(Question)
    assert questions(asking, 3) == ()
    assert questions(TEACHING, 1) == (Question.MISSING,)
    assert questions(PRESETS["pilot1"], 1) == ()


def test_where_the_score_comes_first_its_one_judgement_asks():
    asking = Condition("x", order=Order.SCORE_FIRST, questions=frozenset({Question.URGENT}))
    assert questions(asking, 3) == (Question.URGENT,)


def test_no_rating_is_said_in_words_and_nothing_is_written(sit, press):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    case = desk.meeting.planned.case
    desk.open(case, press())
    presenter = JudgementPresenter(desk)
    presenter.case, presenter.stream = case, desk.meeting.stream
    for values in ({}, {"rating": "11", "reasons": "fordi"}, {"reasons": "fordi"}):
        assert presenter.lock(press(**values)) == desk.say("refused.question_missing")
    assert desk.meeting.state == Judging(TEACHING)
    assert presenter.lock(press(rating="7", reasons="fordi")) == ""
