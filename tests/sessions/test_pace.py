"""The session's pace: nothing before the trainer opened it, nobody held up by who left, nothing lost in a pause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explain.domain.conditions import CONTROL, PILOT1, SCORE_FIRST, SCORE_ONLY, TEACHING, Feedback
from explain.domain.encounter import (
    CloseCase,
    Closed,
    EndReading,
    Informed,
    Judging,
    Locked,
    LockFinal,
    LockInitial,
    Reconsider,
    Reflecting,
    Settled,
    SkipCase,
    Unopened,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import FeedbackOpened, ScoreRevealed, ScoreWithheld
from explain.domain.judgement import Judgement
from explain.domain.session_plan import Opening, Pace, Step
from explain.store import MemoryStore
from tests.domain.plans import panel, plan
from tests.sessions.classroom import BERIT, Classroom

YOUNG, MIDDLE, OLD = (f"proeve/{name}" for name in ("young", "middle", "old"))
WORD = Judgement(5, "fordi")


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


def refusal(what):
    with pytest.raises(Refused) as refused:
        what()
    return refused.value.code


def states(guest):
    return [type(meeting.state) for meeting in guest.progress.meetings]


def test_no_case_opens_before_the_start_but_the_introduction_may_be_read(room):
    session = room.plan(plan())
    guest = room.join(session)
    guest.training.end_introduction(guest.id, guest.envelope())
    assert guest.progress.waits is Refusal.NOT_STARTED
    assert refusal(lambda: guest.open("young")) is Refusal.NOT_STARTED
    assert refusal(lambda: guest.take("young", SkipCase())) is Refusal.NOT_STARTED
    room.classes.start(BERIT, session, room.envelope())
    guest.open("young")
    assert guest.progress.participation.introduced


def test_the_score_comes_to_all_who_have_locked_when_it_is_opened_and_to_nobody_before(room):
    session = room.started(plan(pace=Pace.SCORE_TOGETHER))
    early, late = room.join(session), room.join(session)
    early.lock("young", 7)
    late.open("young")
    early.look()
    assert (states(early)[0], early.progress.waits) == (Locked, Refusal.NOT_OPENED)
    room.open_next(session)
    assert states(early)[0] is Locked, "it comes when her page asks"
    early.look()
    late.look()
    assert (states(early)[0], states(late)[0]) == (Informed, Judging), "nobody sees it who has not locked"
    late.take("young", LockInitial(WORD))
    assert states(late)[0] is Informed, "what is open stays open for whoever comes later"
    early.finish(7)
    assert (states(early), early.progress.waits) == ([Closed, Locked, Unopened], Refusal.NOT_OPENED)


def test_step_by_step_every_step_waits_for_the_trainer(room):
    session = room.started(plan(pace=Pace.STEP_BY_STEP))
    guest = room.join(session)
    assert refusal(lambda: guest.open("young")) is Refusal.NOT_OPENED
    room.open_next(session)
    guest.lock("young")
    assert (states(guest)[0], guest.progress.waits) == (Locked, Refusal.NOT_OPENED)
    room.open_next(session)
    guest.look()
    assert (states(guest)[0], guest.progress.waits) == (Informed, Refusal.NOT_OPENED)
    assert refusal(lambda: guest.take("young", Reconsider())) is Refusal.NOT_OPENED
    room.open_next(session)
    guest.take("young", Reconsider())
    guest.take("young", LockFinal(WORD))
    assert (states(guest)[0], guest.progress.waits) == (Settled, Refusal.NOT_OPENED)
    room.open_next(session)
    guest.look()
    assert states(guest) == [Reflecting, Unopened, Unopened]
    guest.take("young", CloseCase("lært"))
    assert guest.progress.waits is Refusal.NOT_OPENED
    assert room.session(session).next_opening == Opening(MIDDLE, Step.CASE)


def test_after_the_set_the_reflections_open_one_by_one(room):
    session = room.started(plan(pace=Pace.STEP_BY_STEP, conditions=(PILOT1,)))
    guest = room.join(session)
    for _ in range(9):
        room.open_next(session)
        guest.finish()
    assert (states(guest), guest.progress.awaits_debrief) == ([Settled] * 3, True)
    room.open_next(session)
    guest.look()
    assert states(guest) == [Reflecting, Settled, Settled]


def test_whoever_left_or_lags_holds_up_nobody(room):
    session = room.started(plan(pace=Pace.STEP_BY_STEP))
    there, gone = room.join(session), room.join(session)
    for _ in plan(pace=Pace.STEP_BY_STEP).openings:
        room.open_next(session)
        there.finish()
    assert states(there) == [Closed] * 3
    assert room.session(session).next_opening is None
    gone.finish()
    assert states(gone) == [Closed] * 3, "what was opened stays open for whoever comes back"


def test_in_a_pause_presses_are_refused_and_drafts_are_kept(room):
    session = room.started(plan())
    guest = room.join(session)
    guest.open("young")
    stream = guest.progress.meetings[0].stream
    room.classes.pause(BERIT, session, room.envelope())
    assert refusal(lambda: guest.take("young", LockInitial(WORD))) is Refusal.PAUSED
    assert refusal(lambda: guest.training.end_introduction(guest.id, guest.envelope())) is Refusal.PAUSED
    assert guest.training.store.save_draft(stream, "1/reasons", "fordi", 1, guest.id)
    room.classes.resume(BERIT, session, room.envelope())
    assert guest.training.store.drafts(stream)["1/reasons"].value == "fordi"
    guest.take("young", LockInitial(WORD))
    assert states(guest)[0] is Informed


def test_a_press_whose_answer_was_lost_is_answered_in_a_pause_too(room):
    session = room.started(plan(pace=Pace.SCORE_TOGETHER))
    guest = room.join(session)
    guest.open("young")
    guest.take("young", LockInitial(WORD), "press")
    room.classes.pause(BERIT, session, room.envelope())
    guest.take("young", LockInitial(WORD), "press")
    assert guest.kinds("young") == ["CaseOpened", "InitialLocked"]


def test_no_score_is_delivered_in_a_pause(room):
    session = room.started(plan(pace=Pace.SCORE_TOGETHER))
    guest = room.join(session)
    guest.lock("young")
    room.open_next(session)
    room.classes.pause(BERIT, session, room.envelope())
    guest.look()
    assert states(guest)[0] is Locked


def test_when_time_is_over_the_present_case_may_be_finished_and_no_new_one_opened(room):
    session = room.started(plan(minutes=60))
    guest = room.join(session)
    guest.open("young")
    room.clock.pass_by(minutes=61)
    assert guest.progress.waits is None
    guest.finish()
    assert (states(guest), guest.progress.waits) == ([Closed, Unopened, Unopened], Refusal.TIME_OVER)
    assert refusal(lambda: guest.open("middle")) is Refusal.TIME_OVER
    room.classes.extend(BERIT, session, 10, room.envelope())
    guest.open("middle")


@pytest.mark.parametrize("how", ["end", "remove"])
def test_at_the_end_or_taken_out_nothing_more_is_taken(room, how):
    session = room.started(plan())
    guest = room.join(session)
    guest.open("young")
    if how == "end":
        room.classes.end(BERIT, session, room.envelope())
    else:
        room.classes.remove(BERIT, session, 1, False, room.envelope())
    why = Refusal.ENDED if how == "end" else Refusal.REMOVED
    assert refusal(lambda: guest.take("young", LockInitial(WORD))) is why
    assert guest.progress.waits is guest.progress.held is why


def test_at_the_debrief_all_reflections_open_together(room):
    session = room.started(plan(conditions=(replace(TEACHING, feedback=Feedback.AT_DEBRIEF),)))
    guest = room.join(session)
    guest.finish()
    assert (states(guest), guest.progress.awaits_debrief, guest.progress.current) == ([Settled] * 3, True, None)
    room.classes.release_feedback(BERIT, session, room.envelope())
    guest.look()
    assert (states(guest), guest.progress.awaits_debrief) == ([Reflecting] * 3, False)


def test_feedback_that_never_comes_is_not_waited_for(room):
    session = room.started(plan(conditions=(replace(CONTROL, feedback=Feedback.NEVER),)))
    guest = room.join(session)
    guest.finish()
    assert (states(guest), guest.progress.awaits_debrief) == ([Settled] * 3, False)


def test_without_a_second_rating_the_second_step_ends_in_the_feedback(room):
    session = room.started(plan(conditions=(replace(TEACHING, rates_again=False),)))
    guest = room.join(session)
    guest.lock("young")
    assert refusal(lambda: guest.take("young", Reconsider())) is Refusal.NOT_NOW
    guest.take("young", EndReading())
    assert states(guest)[0] is Reflecting


def test_a_session_decides_what_is_met_not_the_browser(room):
    session = room.started(plan(cases=(YOUNG,)))
    guest = room.join(session)
    assert refusal(lambda: guest.training.begin(guest.id, "anden", "score_only", guest.envelope())) is Refusal.NOT_NOW
    assert refusal(lambda: guest.open("old")) is Refusal.NOT_YOURS


def test_one_service_serves_its_own_participants_alone(room):
    one, other = room.started(plan()), room.started(plan(title="Hold B"))
    guest = room.join(one)
    for service in (room.practice, room.practice.within(other)):
        assert refusal(lambda service=service: service.progress(guest.id)) is Refusal.NOT_YOURS
        assert refusal(lambda service=service: service.resume(guest.id, guest.envelope())) is Refusal.NOT_YOURS
    for stranger in ("p1", f"{one}-2", f"{one}-r1", f"{one}-01", one):
        assert refusal(lambda stranger=stranger: guest.training.progress(stranger)) is Refusal.NOT_YOURS
    assert refusal(lambda: room.practice.within("nosuchid")) is Refusal.NOT_YOURS


def test_a_session_reads_the_case_set_it_was_planned_with(room, sets):
    session = room.started(plan())
    kept = sets["proeve"]
    newer = {"proeve": kept.model_copy(update={"version": "8", "cases": kept.cases[:1]})}
    room.practice.sets = newer
    assert room.practice.within(session, lambda name, version: {("proeve", "7"): kept}[name, version]).sets == {
        "proeve": kept
    }
    with pytest.raises(LookupError, match="must be there in version 7"):
        room.practice.within(session)


def test_two_trainers_at_once_do_not_meet(room):
    mine, other = room.started(plan(pace=Pace.SCORE_TOGETHER)), room.started(plan(pace=Pace.SCORE_TOGETHER))
    one, two = room.join(mine), room.join(other)
    one.lock("young")
    two.lock("young")
    room.open_next(mine)
    one.look()
    two.look()
    assert (states(one)[0], states(two)[0]) == (Informed, Locked)


# --- whatever anybody presses, in whatever order ---

CONDITIONS = (
    TEACHING,
    PILOT1,
    SCORE_FIRST,
    SCORE_ONLY,
    CONTROL,
    replace(TEACHING, feedback=Feedback.AT_DEBRIEF),
    replace(TEACHING, rates_again=False),
)
COMMANDS = (LockInitial(WORD), Reconsider(), LockFinal(WORD), EndReading(), CloseCase(), SkipCase())
presses = st.one_of(
    st.tuples(st.just("open"), st.integers(0, 1), st.sampled_from((YOUNG, MIDDLE))),
    st.tuples(st.just("take"), st.integers(0, 1), st.sampled_from((YOUNG, MIDDLE)), st.sampled_from(COMMANDS)),
    st.tuples(st.just("look"), st.integers(0, 1)),
    st.tuples(st.just("go"), st.integers(0, 1)),
    st.tuples(st.just("go"), st.integers(0, 1)),
    st.tuples(st.just("next")),
    st.tuples(st.sampled_from(("start", "pause", "resume", "release_feedback", "end"))),
    st.tuples(st.just("start")),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(Pace),
    st.sampled_from(CONDITIONS),
    st.lists(presses, max_size=40),
)
def test_nobody_has_a_score_before_her_lock_and_before_the_session_opened_it(sets, pace, condition, pressed):
    room = Classroom(MemoryStore(), sets)
    its = plan(cases=(YOUNG, MIDDLE), pace=pace, conditions=(condition,))
    session = room.plan(its)
    guests = [room.join(session), room.join(session)]
    for press in pressed:
        try:
            carry_out(room, session, guests, press)
        except Refused:
            continue
    check_every_delivery(room, session, its)


def carry_out(room, session, guests, press):
    match press:
        case ("open", who, case):
            guests[who].training.open(guests[who].id, case, guests[who].envelope())
        case ("take", who, case, command):
            guests[who].training.take(guests[who].id, case, command, guests[who].envelope())
        case ("look", who):
            guests[who].look()
        case ("go", who):
            guests[who].go()
        case ("next",):
            if room.session(session).next_opening:
                room.open_next(session)
        case (name,):
            getattr(room.classes, name)(BERIT, session, room.envelope())


def check_every_delivery(room, session, its):
    """Read what happened in order: whatever was delivered had been opened by then, and locked before."""
    opened, started, released, quiet, locked = set(), False, False, False, set()
    for row in room.store.after(0, limit=10**6):
        if row.stream != f"session/{session}" and f"/{session}/" not in row.stream:
            continue
        match type(row.fact).__name__:
            case "SessionStarted":
                started = True
            case "SessionPaused" | "SessionEnded":
                quiet = True
            case "SessionResumed":
                quiet = False
            case "FeedbackReleased":
                released = True
            case "StepOpened":
                opened.add(Opening(row.fact.case, row.fact.step))
            case "InitialLocked":
                locked.add(row.stream)
        if not row.stream.startswith("encounter/"):
            continue
        assert started, "nothing happens in a case before the start"
        assert not quiet, "nothing happens in a case in a pause or after the end"
        case = "/".join(row.stream.split("/")[1:3])
        if isinstance(row.fact, ScoreRevealed | ScoreWithheld):
            assert Opening(case, Step.SCORE) in opened or Opening(case, Step.SCORE) not in its.openings
            assert row.stream in locked or its.conditions[0].order.value == "score_first"
        if isinstance(row.fact, FeedbackOpened):
            assert Opening(case, Step.REFLECTION) in opened or Opening(case, Step.REFLECTION) not in its.openings
            assert released or its.conditions[0].feedback is not Feedback.AT_DEBRIEF


def test_the_presses_tried_reach_scores_and_reflections(sets):
    room = Classroom(MemoryStore(), sets)
    session = room.started(plan(cases=(YOUNG, MIDDLE), pace=Pace.STEP_BY_STEP))
    guests = [room.join(session), room.join(session)]
    for _ in range(8):
        carry_out(room, session, guests, ("next",))
        guests[0].finish()
    check_every_delivery(room, session, room.session(session).plan)
    assert states(guests[0]) == [Closed, Closed]


def test_a_panel_goes_from_case_to_case_without_a_score(room):
    session = room.started(panel())
    guest = room.join(session)
    guest.finish(3)
    assert guest.progress.current is None
    assert {kind for case in ("young", "middle", "old") for kind in guest.kinds(case)} == {
        "CaseOpened",
        "InitialLocked",
    }
