"""What a score was given, said with its source and its age."""

from __future__ import annotations

import pytest

from explain.domain.encounter import Informed, LockInitial, Settled
from explain.domain.judgement import Judgement
from explain.models.linear import INPUTS
from explain.models.scorer import Pilot1Scorer
from explain.texts import sayer
from explain.views.score.presenter import ScorePresenter, overview


def rows(case, language="da", flagged=frozenset()):
    shown = overview(case, Pilot1Scorer().score(case), flagged, sayer(language))
    return {row.name: row for row in shown}


def referral(days, **more):
    return {"kind": "referral", "days_before": days, "reasons": ("school",), **more}


def measure(days, paragraph):
    return {"kind": "measure", "days_before": days, "paragraph": paragraph}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_input_has_its_row_in_the_models_order(changed, language):
    assert tuple(rows(changed(), language)) == INPUTS


def test_what_did_not_happen_is_said_and_has_no_date(changed):
    row = rows(changed(history=()))["placements_1y"]
    assert row.value == "ingen anbringelser det seneste år"
    assert "Seneste" not in row.source


def test_the_newest_event_that_was_counted_is_dated(changed):
    history = (referral(40), referral(20), referral(5, whose=1))
    siblings = ({"age": 5, "shares": "both", "at_home": True},)
    row = rows(changed(history=history, siblings=siblings))["referrals_90d"]
    assert row.value.startswith("2 ")
    assert "20 dage før" in row.source  # the sibling's, of 5 days before, was not counted


def test_early_help_which_the_model_does_not_count_is_not_dated_either(changed):
    row = rows(changed(history=(measure(100, "32-1-3"), measure(7, "30"))))["measures_180d"]
    assert row.value.startswith("1 ")
    assert "7 dage" not in row.source
    assert "ca. 3 måneder før" in row.source


def test_a_flagged_input_is_marked(changed):
    shown = rows(changed(), flagged=frozenset({"age"}))
    assert [name for name, row in shown.items() if row.flagged] == ["age"]


@pytest.fixture
def scoring(sit, press):
    def under(preset):
        desk = sit(preset)
        desk.begin("grundforloeb", preset, press())
        presenter = ScorePresenter(desk)
        presenter.case = desk.meeting.planned.case
        presenter.rated = desk.meeting.planned.condition.asks_rating
        desk.open(presenter.case, press())
        if desk.meeting.planned.condition.order.value == "own_first":
            desk.take(presenter.case, LockInitial(Judgement(5, "fordi")), press())
        return presenter

    return under


def test_an_input_is_flagged_and_taken_back(scoring, press):
    presenter = scoring("teaching")
    for fits, flagged in ((False, {"age"}), (True, set())):
        assert presenter.flag("age", fits, press()) == ""
        assert presenter.desk.meeting.state.flagged == flagged


def test_going_on_leads_to_judging_again_or_where_nothing_is_asked_to_the_end(scoring, press):
    judging = scoring("teaching")
    assert judging.onward(press()) == ""
    assert isinstance(judging.desk.meeting.state, Informed)
    assert judging.desk.meeting.state.reconsidering
    reading = scoring("score_only")
    assert reading.onward(press()) == ""
    assert not isinstance(reading.desk.meeting.state, (Informed, Settled))
