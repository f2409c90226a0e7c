"""The live view: who is where, who is there, and nothing of what anybody wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explain.domain.conditions import PILOT1, SCORE_ONLY, TEACHING, Feedback
from explain.domain.encounter import CloseCase, Closed, LockFinal, LockInitial, Rated, Reconsider, SkipCase
from explain.domain.judgement import Judgement
from explain.domain.session_plan import Pace
from explain.sessions.live import Live
from explain.store import MemoryStore
from tests.domain.plans import panel, plan
from tests.sessions.classroom import BERIT, Classroom


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


def row(live, number=1, *, bot=False):
    live.refresh()
    return next(row for row in live.rows if (row.number, row.bot) == (number, bot))


def where(live, number=1):
    its = row(live, number)
    return its.case, its.step, its.waiting, its.done


def test_each_step_is_seen(room):
    session = room.started(plan())
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    assert (where(live), row(live).introduced, row(live).cases) == ((0, 0, False, False), False, 3)
    guest.training.end_introduction(guest.id, guest.envelope())
    assert row(live).introduced
    assert where(live) == (1, 0, False, False), "she is at the way into the first case"
    guest.open("young")
    assert where(live) == (1, 1, False, False)
    guest.take("young", LockInitial(Judgement(5, "fordi")))
    assert where(live) == (1, 2, False, False)
    guest.take("young", Reconsider())
    assert where(live) == (1, 3, False, False)
    guest.take("young", LockFinal(Judgement(5, "stadig")))
    assert where(live) == (1, 4, False, False)
    guest.take("young", CloseCase("lært"))
    assert where(live) == (2, 0, False, False), "the last case is behind her"
    guest.take("middle", SkipCase())
    guest.finish()
    assert where(live) == (3, 4, False, True)


def test_whoever_cannot_go_on_waits(room):
    session = room.plan(plan(pace=Pace.SCORE_TOGETHER))
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    assert where(live) == (0, 0, True, False)
    room.classes.start(BERIT, session, room.envelope())
    assert where(live) == (0, 0, False, False)
    guest.lock("young")
    assert where(live) == (1, 1, True, False)
    room.open_next(session)
    assert where(live) == (1, 1, False, False), "her page will ask for it"
    guest.finish()
    assert where(live) == (2, 1, True, False)


def test_whoever_has_read_the_introduction_waits_for_the_first_case(room):
    session = room.plan(plan(trial="proeve/young", cases=("proeve/middle", "proeve/old")))
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    guest.training.end_introduction(guest.id, guest.envelope())
    assert where(live) == (1, 0, True, False)


def test_step_by_step_she_is_where_she_is_and_ready_for_what_comes_next(room):
    session = room.started(plan(pace=Pace.STEP_BY_STEP))
    guest, live = room.join(session), Live(room.store, session, now=room.clock)

    def stands():
        its = row(live)
        return its.case, its.step, its.locked, its.ready

    assert stands() == (0, 0, False, False), "in the introduction"
    guest.training.end_introduction(guest.id, guest.envelope())
    assert stands() == (1, 0, False, True)
    room.open_next(session)
    assert stands() == (1, 0, False, False), "the case is open, and she is on her way"
    guest.open("young")
    assert stands() == (1, 1, False, False)
    guest.take("young", LockInitial(Judgement(5, "fordi")))
    assert stands() == (1, 1, True, True)
    room.open_next(session)
    guest.look()
    assert stands() == (1, 2, False, True), "she has the score, and the next step is closed"
    room.open_next(session)
    assert stands() == (1, 2, False, False)
    guest.take("young", Reconsider())
    guest.take("young", LockFinal(Judgement(5, "stadig")))
    assert stands() == (1, 4, True, True)
    room.open_next(session)
    guest.look()
    assert stands() == (1, 4, False, False)
    guest.take("young", CloseCase())
    assert stands() == (2, 0, False, True)


def test_who_left_the_case_out_is_not_waited_for(room):
    session = room.started(plan(pace=Pace.SCORE_TOGETHER))
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    guest.take("young", SkipCase())
    assert row(live).ready is None


def test_a_panel_has_no_reflection_to_be_at(room):
    session = room.started(panel())
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    seen = set()
    while guest.go():
        seen.add(row(live).step)
    assert (seen - {4}, row(live).done) == ({0, 1}, True)
    assert row(live).step == 4, "of who is done no step is shown"


def test_at_the_debrief_all_wait_and_go_back_to_the_first_case(room):
    session = room.started(plan(conditions=(replace(TEACHING, feedback=Feedback.AT_DEBRIEF),)))
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    guest.finish()
    assert where(live) == (3, 4, True, False)
    room.classes.release_feedback(BERIT, session, room.envelope())
    guest.look()
    assert where(live) == (1, 4, False, False)
    guest.finish()
    assert where(live) == (3, 4, False, True)


def test_only_what_changed_is_told(room):
    session = room.started(plan())
    live = Live(room.store, session, now=room.clock)
    live.refresh()
    assert not live.refresh()
    guest = room.join(session)
    assert live.refresh()
    assert not live.refresh()
    guest.open("young")
    assert live.refresh()
    room.join(room.started(plan(title="Hold B"))).lock("young")
    assert not live.refresh(), "another class is not this one's news"
    room.classes.pause(BERIT, session, room.envelope())
    assert live.refresh()
    assert live.session == room.session(session)


def test_whoever_is_not_heard_of_for_a_while_is_away(store, sets):
    from datetime import UTC, datetime

    from tests.sessions.classroom import Clock

    room = Classroom(store, sets, Clock(datetime.now(UTC)))
    session = room.started(plan())
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    assert (row(live).seen, row(live).online) == (None, False)
    room.store.beat(guest.id, "participation")
    assert row(live).online
    room.clock.pass_by(hours=1)
    assert live.refresh()
    assert (row(live).seen is None, row(live).online) == (False, False)


def test_a_note_and_a_removal_are_seen_and_bots_are_marked(room):
    session = room.started(plan())
    room.join(session)
    room.join(session, bot=True)
    live = Live(room.store, session, now=room.clock)
    room.classes.note(BERIT, session, 1, False, "kommer kl. ti", room.envelope())
    room.classes.note(BERIT, session, 1, False, "er her", room.envelope())
    room.classes.remove(BERIT, session, 1, True, room.envelope())
    assert (row(live).note, row(live).removed) == ("er her", False)
    assert (row(live, bot=True).note, row(live, bot=True).removed) == ("", True)


def test_nothing_that_anybody_wrote_or_rated_is_in_it(room):
    session = room.started(plan())
    guest, live = room.join(session), Live(room.store, session, now=room.clock)
    guest.open("young")
    guest.take("young", LockInitial(Judgement(9, "Fordi skolen er bekymret.")))
    live.refresh()
    assert "bekymret" not in repr(vars(live))
    assert "Judgement" not in repr(vars(live))


CONDITIONS = (
    TEACHING,
    PILOT1,
    SCORE_ONLY,
    replace(TEACHING, rates_again=False),
    replace(PILOT1, feedback=Feedback.NEVER),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.builds(
            lambda pace, condition: plan(pace=pace, conditions=(condition,)),
            st.sampled_from(Pace),
            st.sampled_from(CONDITIONS),
        ),
        st.builds(panel, pace=st.sampled_from((Pace.FREE, Pace.STEP_BY_STEP))),
    ),
    st.lists(st.sampled_from((0, 0, 0, 1, 1, "next")), max_size=40),
)
def test_what_is_seen_live_is_what_the_participants_page_shows(sets, its, moves):
    room = Classroom(MemoryStore(), sets)
    session = room.started(its)
    guests = [room.join(session), room.join(session)]
    live = Live(room.store, session, now=room.clock)
    for move in moves:
        if move != "next":
            guests[move].go()
        elif room.session(session).next_opening:
            room.open_next(session)
        live.refresh()
        for guest, seen in zip(guests, live.rows, strict=True):
            guest.look()
            live.refresh()
            seen = next(row for row in live.rows if row.number == seen.number)
            progress = guest.progress
            over = all(type(meeting.state) in (Closed, Rated) for meeting in progress.meetings)
            never = its.conditions[0].feedback is Feedback.NEVER and progress.current is None
            assert seen.done == (over or never)
            assert seen.waiting == (not seen.done and (progress.waits is not None or progress.awaits_debrief))
