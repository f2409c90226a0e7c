"""The reflection: its questions follow the direction of the difference, and nothing says who was right."""

from __future__ import annotations

import pytest

from explain.charts.ratings import Ratings
from explain.domain.conditions import SCORE_ONLY, TEACHING
from explain.domain.encounter import Closed, Reflecting
from explain.domain.judgement import Judgement
from explain.models.scorer import Pilot1Scorer
from explain.sessions.panels import Panel
from explain.texts import sayer
from explain.views.reflection.panel import ReflectionPanel
from explain.views.reflection.presenter import ReflectionPresenter, direction, ratings_of


@pytest.mark.parametrize(
    ("first", "final", "score", "which"),
    [
        (4, 4, 8, "higher"),
        (9, 8, 1, "lower"),
        (3, 7, 7, "same"),
        (7, 3, 7, "higher"),  # the last rating counts
        (None, 5, 6, "higher"),
        (None, None, 6, "none"),
    ],
)
def test_direction(first, final, score, which):
    assert direction(Ratings(first, final, score)) == which


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_direction_has_its_questions(language):
    for which in ("higher", "lower", "same", "none"):
        assert len(sayer(language).under(f"reflection.{which}")) >= 2


def test_the_rows_hold_own_ratings_score_panel_and_colleagues(cases):
    case = cases.case("grundforloeb/fravaer-paa-gymnasiet")
    score, colleagues = Pilot1Scorer().score(case), (0, 5, 0, 0, 0, 0, 0, 0, 0, 0)
    state = Reflecting(TEACHING, Judgement(4, "x"), Judgement(6, "y"), frozenset(), score, colleagues)
    assert ratings_of(state, case) == Ratings(4, 6, 7, panel=(2, 3, 4, 2, 3), colleagues=colleagues)
    silent = Reflecting(SCORE_ONLY, None, None, frozenset(), score, ())
    assert ratings_of(silent, case) == Ratings(None, None, 7, panel=(2, 3, 4, 2, 3))


def test_a_case_is_closed_with_what_was_written(sit, press, judged):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    presenter = ReflectionPresenter(desk)
    presenter.case, presenter.stream = desk.meeting.planned.case, desk.meeting.stream
    judged(desk, Judgement(4, "x"), Judgement(6, "y"))
    assert presenter.keep("reflection", "Jeg over", 1)
    assert desk.drafts(presenter.stream, 4) == {"reflection": ("Jeg over", 1)}
    assert presenter.close(press(reflection="Jeg overså skolen.")) == ""
    closed = desk.progress.meetings[0].state
    assert isinstance(closed, Closed)
    assert closed.reflection == "Jeg overså skolen."
    assert desk.drafts(presenter.stream, 4) == {}


@pytest.mark.parametrize(("people", "small"), [(5, True), (10, False)])
def test_a_real_panel_stands_in_place_of_the_invented_one(wire, sit, press, judged, people, small):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    case = desk.training.case(desk.meeting.planned.case)
    judged(desk, Judgement(4, "x"), Judgement(6, "y"))
    shown = ReflectionPanel(ReflectionPresenter(desk))
    say, state = desk.say, desk.meeting.state
    shown.show(case, state, {})
    assert say("reflection.panel_invented") in shown.page.value

    judgements = tuple(Judgement(3 + number % 4, f"Ord nr. {number} <b>") for number in range(people))
    desk.training.panel = lambda key: Panel(tuple(sorted(judgements, key=lambda one: one.rating)))
    shown.show(case, state, {})
    page = shown.page.value
    assert say("reflection.panel_real", n=people, lowest=3, highest=6) in page
    assert (say("reflection.panel_small") in page) is small
    assert say("reflection.panel_invented") not in page
    assert all(f"Ord nr. {number} &lt;b&gt;" in page for number in range(people))
    assert f"Panel (n = {people})" in str(shown.figure.get_state())
