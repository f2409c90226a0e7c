"""What is counted together, and what never is: classes apart, bots apart, trial cases and the removed not at all."""

from __future__ import annotations

from itertools import count

import pytest

from explain.domain.conditions import PANEL
from explain.domain.session_plan import Kind
from explain.sessions.bots import Bot, Habit
from tests.domain.plans import STUDY, panel, plan
from tests.sessions.classroom import BERIT, Classroom

YOUNG = "proeve/young"
NONE = ()


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


def rate(room, session, *ratings, bot=False):
    """Let somebody new give the young case each of these ratings."""
    guests = [room.join(session, bot=bot) for _ in ratings]
    for guest, rating in zip(guests, ratings, strict=True):
        guest.lock("young", rating)
    return guests


def counted(*ratings):
    return tuple(ratings.count(rating) for rating in range(1, 11))


def test_colleagues_are_those_of_the_same_class(room, person):
    mine, other = room.started(plan()), room.started(plan(title="Hold B"))
    rate(room, other, 9, 9, 9, 9, 9)
    for name in "abcde":
        person(name).lock("young", 1)
    guests = rate(room, mine, 3, 4, 4, 5, 6, 7)
    training = guests[0].training
    assert training.colleagues(YOUNG, besides=guests[0].id) == counted(4, 4, 5, 6, 7)
    assert room.practice.colleagues(YOUNG, besides="p1") == counted(1, 1, 1, 1, 1), "practice alone is not a class"


def test_bots_and_people_are_never_counted_together(room):
    session = room.started(plan())
    people, bots = rate(room, session, 3, 4, 4, 5), rate(room, session, 9, 9, 9, 9, 9, bot=True)
    training = people[0].training
    assert training.colleagues(YOUNG, besides=people[0].id) == NONE
    people += rate(room, session, 5, 6)
    assert training.colleagues(YOUNG, besides=people[0].id) == counted(4, 4, 5, 5, 6)
    assert training.colleagues(YOUNG, besides=bots[0].id) == NONE


def test_whoever_was_removed_is_not_counted(room):
    session = room.started(plan())
    guests = rate(room, session, 3, 4, 4, 5, 6, 7)
    room.classes.remove(BERIT, session, 6, False, room.envelope())
    assert guests[0].training.colleagues(YOUNG, besides=guests[0].id) == NONE


def test_a_trial_case_is_counted_nowhere(room):
    cases = ("proeve/middle", "proeve/old")
    session = room.started(plan(cases=cases, trial=YOUNG))
    guests = rate(room, session, 3, 4, 4, 5, 6, 7)
    assert guests[0].progress.meetings[0].planned.trial
    assert guests[0].training.colleagues(YOUNG, besides=guests[0].id) == NONE
    trial = room.started(panel(cases=cases, trial=YOUNG))
    rate(room, trial, *[5] * 12)
    room.classes.end(BERIT, trial, room.envelope())
    assert room.practice.panel(YOUNG) is None


def test_a_panel_speaks_when_its_session_has_ended(room):
    session = room.started(panel())
    rate(room, session, 7, 3, 5, 5, 4)
    assert room.practice.panel(YOUNG) is None
    room.classes.end(BERIT, session, room.envelope())
    its = room.practice.panel(YOUNG)
    assert (its.n, its.ratings, its.spread, its.small) == (5, (3, 4, 5, 5, 7), (3, 7), True)
    assert {judgement.reasons for judgement in its.judgements} == {"fordi"}
    assert room.practice.panel("proeve/old") is None


def test_panels_of_several_sessions_are_one_and_from_ten_on_there_is_no_warning(room):
    for ratings in ((5, 5, 5, 5), (6, 6, 6, 6, 6, 6)):
        session = room.started(panel(title=f"Panel {len(ratings)}"))
        rate(room, session, *ratings)
        room.classes.end(BERIT, session, room.envelope())
    its = room.practice.panel(YOUNG)
    assert (its.n, its.spread, its.small) == (10, (5, 6), False)


def test_a_panel_is_made_of_people_of_panels_alone(room, person):
    its, training, study = (
        room.started(one)
        for one in (panel(), plan(title="Hold B"), plan(title="Hold C", kind=Kind.RESEARCH, research=STUDY))
    )
    for session in (training, study):
        rate(room, session, *[1] * 10)
    for name in "abcdefghij":
        person(name).lock("young", 1)
    rate(room, its, *[1] * 10, bot=True)
    rate(room, its, 5, 5, 5, 5)
    removed = rate(room, its, 9)[0]
    room.classes.remove(BERIT, its, removed.seat.number, False, room.envelope())
    for session in (its, training, study):
        room.classes.end(BERIT, session, room.envelope())
    assert room.practice.panel(YOUNG) is None, "four people are too few, and nobody else counts"


def test_a_panel_of_another_version_of_the_case_is_not_this_ones(room, sets):
    session = room.started(panel())
    rate(room, session, *[5] * 5)
    room.classes.end(BERIT, session, room.envelope())
    its = sets["proeve"]
    rewritten = tuple(case.model_copy(update={"version": "2"}) for case in its.cases)
    room.practice.sets = {"proeve": its.model_copy(update={"cases": rewritten})}
    assert room.practice.panel(YOUNG) is None


def test_no_habit_gets_a_panels_member_to_see_a_score(room):
    session = room.started(panel())
    for habit in Habit:
        guest = room.join(session, bot=True)
        bot = Bot(guest.training, guest.id, habit, "7")
        while bot.step():
            pass
        assert bot.done
    kinds = {type(row.fact).__name__ for row in room.store.read_prefix("encounter")}
    assert kinds == {"CaseOpened", "InitialLocked"}
    assert room.session(session).plan.conditions == (PANEL,)


def test_everything_a_bot_does_is_marked(room):
    session = room.started(plan())
    numbers = count()
    for habit in Habit:
        guest = room.join(session, bot=True)
        bot = Bot(guest.training, guest.id, habit, str(next(numbers)))
        while bot.step():
            pass
    rows = [row for prefix in ("encounter", "participation") for row in room.store.read_prefix(prefix)]
    assert len(rows) > 100
    assert {row.bot for row in rows} == {True}
