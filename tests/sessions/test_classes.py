"""Sessions as a trainer holds them: whose they are, what a code finds, and one seat for everybody who joins."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from explain.domain.conditions import CONTROL, TEACHING
from explain.domain.errors import Refusal, Refused
from explain.domain.people import Role
from explain.domain.session_plan import CaseOrder, Kind, Opening, Pace, Step
from explain.sessions.classes import LETTERS
from explain.sessions.deletion import erase_due
from tests.domain.plans import STUDY, plan
from tests.sessions.classroom import BERIT, CARL, Classroom


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


def refusal(what):
    with pytest.raises(Refused) as refused:
        what()
    return refused.value.code


def test_a_session_is_planned_once_however_often_it_is_sent(room):
    session = room.plan(plan(), command_id="press")
    assert room.plan(plan(), command_id="press") == session
    assert [one.id for one in room.classes.mine(BERIT)] == [session]
    assert refusal(lambda: room.plan(plan(title="Hold B"), command_id="press")) is Refusal.COMMAND_REUSED
    its = room.session(session)
    assert (its.trainer, its.plan, len(its.code), set(its.code) <= set(LETTERS)) == ("berit", plan(), 5, True)


def test_a_plan_that_was_interrupted_is_carried_on(room, monkeypatch):
    write, calls = room.store.write, []

    def stopped(stream, *rest, **more):
        if stream.startswith("session/") and not calls:
            calls.append(stream)
            raise SystemError("the machine stopped")
        return write(stream, *rest, **more)

    monkeypatch.setattr(room.store, "write", stopped)
    with pytest.raises(SystemError):
        room.plan(plan(), command_id="press")
    assert room.classes.mine(BERIT) == ()
    session = room.plan(plan(), command_id="press")
    assert [one.id for one in room.classes.mine(BERIT)] == [session]
    assert len(room.store.read_prefix("code")) == 1


def test_each_trainer_has_her_own_sessions_and_no_other(room):
    berits, carls = room.started(plan()), room.started(plan(title="Hold B"), CARL)
    assert [one.id for one in room.classes.mine(BERIT)] == [berits]
    assert [one.id for one in room.classes.mine(CARL)] == [carls]
    room.join(carls)
    classes, sent = room.classes, room.envelope
    for what in (
        *(
            partial(getattr(classes, name), BERIT, carls)
            for name in ("start", "pause", "resume", "release_feedback", "end")
        ),
        lambda e: classes.extend(BERIT, carls, 5, e),
        lambda e: classes.open_next(BERIT, carls, Opening("proeve/young", Step.CASE), e),
        lambda e: classes.remove(BERIT, carls, 1, False, e),
        lambda e: classes.let_in(BERIT, carls, 1, False, e),
        lambda e: classes.note(BERIT, carls, 1, False, "kommer senere", e),
        lambda e: classes.roster(BERIT, carls),
    ):
        before = len(room.store.after(0))
        assert refusal(lambda what=what: what(sent())) is Refusal.NOT_ALLOWED
        assert len(room.store.after(0)) == before


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.TRAINER)])
def test_a_role_that_was_taken_back_ends_at_the_next_press(room, role):
    session = room.started(plan())
    room.roles[BERIT] = frozenset({role} if role else ())
    for what in (
        lambda: room.classes.pause(BERIT, session, room.envelope()),
        lambda: room.plan(plan()),
        lambda: room.classes.mine(BERIT),
        lambda: room.classes.roster(BERIT, session),
    ):
        assert refusal(what) is Refusal.NOT_ALLOWED
    assert not room.session(session).paused


def test_what_is_done_under_a_role_is_recorded_with_who_did_it(room):
    session = room.plan(plan())
    room.classes.start(BERIT, session, room.envelope(actor="somebody else"))
    assert {row.actor for row in room.store.after(0)} == {"berit"}


def test_a_set_that_is_not_on_offer_in_this_version_is_not_planned(room):
    for changes in ({"version": "6"}, {"cases": ("proeve/none",)}, {"case_set": "x", "cases": ("x/young",)}):
        assert refusal(lambda changes=changes: room.plan(plan(**changes))) is Refusal.SET_CHANGED


def test_a_title_that_may_point_to_somebody_is_refused(room):
    assert refusal(lambda: room.plan(plan(title="Ring 00 00 00 00"))) is Refusal.IDENTIFYING
    study = replace(STUDY, controller="ring 00 00 00 00")
    assert refusal(lambda: room.plan(plan(kind=Kind.RESEARCH, research=study))) is Refusal.IDENTIFYING


def test_a_code_is_found_however_it_is_typed_while_the_session_is_open(room):
    session = room.plan(plan())
    code = room.session(session).code
    for typed in (code, code.lower(), f" {code[:2]} {code[2:]}\n", f"{code[:3]}-{code[3:]}"):
        assert room.classes.find(typed).id == session
    for typed in ("", "AAAAA", code[:4], code + "A", "O0I1L", "../..", "æøåæø"):
        assert room.classes.find(typed) is None
    room.classes.end(BERIT, session, room.envelope())
    assert room.classes.find(code) is None
    assert refusal(lambda: room.classes.join(code, "late")) is Refusal.ENDED


def test_a_repeated_join_gives_the_same_seat(room):
    code = room.session(room.plan(plan())).code
    first = room.classes.join(code, "press")
    assert room.classes.join(code, "press") == first
    assert room.classes.join(code, "another").number == 2


def test_joining_fixes_what_is_met_in_exact_blocks(room):
    its = plan(conditions=(TEACHING, CONTROL), order=CaseOrder.SQUARE)
    session = room.plan(its)
    guests = [room.join(session) for _ in range(12)]
    assert [guest.seat.number for guest in guests] == list(range(1, 13))
    met = Counter(
        (meeting.planned.case, meeting.planned.condition.name, meeting.number)
        for guest in guests
        for meeting in guest.progress.meetings
    )
    assert len(met) == 18
    assert set(met.values()) == {2}


def test_nobody_who_leaves_is_filled_again(room):
    its = plan(conditions=(TEACHING, CONTROL), order=CaseOrder.SQUARE)
    stays, leaves = room.plan(its, command_id="one"), room.plan(its, command_id="two")
    rows = []
    for session in (stays, leaves):
        rows.append([])
        for number in range(1, 13):
            rows[-1].append(room.join(session).seat.row)
            if session == leaves and number % 2:
                room.classes.remove(BERIT, session, number, False, room.envelope())
    assert rows[0] == rows[1]


def test_what_a_seat_meets_is_there_after_a_machine_stopped_in_between(room, monkeypatch):
    session = room.plan(plan())
    code = room.session(session).code
    write = room.store.write

    def stopped(stream, *rest, **more):
        if stream.startswith("participation/"):
            raise SystemError("the machine stopped")
        return write(stream, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(room.store, "write", stopped)
        with pytest.raises(SystemError):
            room.classes.join(code, "press")
    progress = room.practice.within(session).progress(f"{session}-1")
    assert [meeting.planned.case for meeting in progress.meetings] == list(plan().cases)
    assert room.classes.join(code, "press").number == 1


def test_a_participant_who_was_removed_comes_back_with_her_pin_and_one_who_lost_it_gets_a_new_one(room):
    session = room.started(plan())
    guest = room.join(session)
    room.classes.remove(BERIT, session, 1, False, room.envelope())
    assert guest.progress.held is Refusal.REMOVED
    assert refusal(lambda: guest.lock("young")) is Refusal.REMOVED
    again = room.envelope()
    for _ in range(2):
        assert room.classes.let_in(BERIT, session, 1, False, again) == "", "her page goes on"
    guest.lock("young")
    assert room.classes.let_in(BERIT, session, 1, False, room.envelope()) == f"pin of {session}-1", "a lost PIN"


def test_a_code_leads_back_after_the_end_until_all_is_erased(room):
    session = room.started(plan())
    room.join(session)
    code = room.session(session).code
    room.classes.end(BERIT, session, room.envelope())
    assert room.classes.find(code) is None
    assert room.classes.known(code).id == session
    assert refusal(lambda: room.classes.join(code, "press")) is Refusal.ENDED
    erase_due(room.store, date(2099, 1, 1), lambda _: None)
    assert room.classes.known(code) is None


def test_a_press_in_two_tabs_opens_one_step(room):
    session = room.started(plan(pace=Pace.STEP_BY_STEP))
    opening = room.session(session).next_opening
    for _ in range(2):
        room.classes.open_next(BERIT, session, opening, room.envelope())
    assert room.session(session).opened == 1


def test_a_command_that_comes_twice_is_one_command_though_the_clock_has_moved(room):
    session = room.started(plan())
    for _ in range(2):
        room.classes.extend(BERIT, session, 10, room.envelope("press"))
        room.clock.pass_by(seconds=1)
    assert room.session(session).milliseconds_left(room.session(session).started_at) == 70 * 60_000


def test_a_note_stands_beside_somebody_who_is_there(room):
    session = room.started(plan())
    room.join(session)
    room.classes.note(BERIT, session, 1, False, "kommer kl. ti", room.envelope())
    assert refusal(lambda: room.classes.note(BERIT, session, 2, False, "x", room.envelope())) is Refusal.NOT_NOW
    assert refusal(lambda: room.classes.note(BERIT, session, 1, True, "x", room.envelope())) is Refusal.NOT_NOW
    with pytest.raises(Refused):
        room.classes.note(BERIT, session, 1, False, "ring 00 00 00 00", room.envelope())
