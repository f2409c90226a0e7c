"""A session: what can be planned, and what is open to whom, when."""

from __future__ import annotations

import pytest

from explain.domain.basis import NO_BASIS, Basis
from explain.domain.conditions import CONTROL, PANEL, PILOT1, SCORE_ONLY, TEACHING
from explain.domain.errors import Refusal, Refused
from explain.domain.session import (
    MOST_PEOPLE,
    End,
    Erase,
    Extend,
    Join,
    LetIn,
    OpenStep,
    Pause,
    ReleaseFeedback,
    Remove,
    Resume,
    Start,
    decide,
    evolve,
    replay,
)
from explain.domain.session_facts import SessionPlanned, SessionStarted
from explain.domain.session_plan import CaseOrder, Kind, Opening, Pace, Research, Step
from tests.domain.plans import STUDY, panel, plan

MINUTE = 60_000
YOUNG, MIDDLE = "proeve/young", "proeve/middle"


def after(*commands, **changes):
    """Where a session stands after these commands."""
    session = evolve(None, SessionPlanned("k3m9x2ab", "ABCDE", "berit", plan(**changes)))
    for command in commands:
        session = replay(decide(session, command), session)
    return session


@pytest.mark.parametrize(
    ("changes", "must"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"cases": ()}, "1 to 40 cases"),
        ({"cases": (YOUNG, YOUNG)}, "each case once"),
        ({"trial": YOUNG}, "each case once"),
        ({"cases": ("anden/old",)}, "from its case set"),
        ({"conditions": ()}, "at least one condition"),
        ({"conditions": (TEACHING, TEACHING)}, "each condition once"),
        ({"minutes": 0}, "1 to 600 minutes"),
        ({"delete_on": "1/6 2030"}, "day of deletion"),
        ({"delete_on": "20300601"}, "day of deletion"),
        ({"language": "sv"}, "one of"),
        ({"model": "pilot2"}, "scored by one of"),
        ({"pace": Pace.STEP_BY_STEP, "conditions": (TEACHING, CONTROL)}, "one condition alone"),
        ({"pace": Pace.SCORE_TOGETHER, "order": CaseOrder.SQUARE}, "fixed cases"),
        ({"kind": Kind.PANEL}, "panel if and only if"),
        ({"conditions": (PANEL,)}, "panel if and only if"),
        ({"kind": Kind.PANEL, "conditions": (PANEL,), "pace": Pace.SCORE_TOGETHER}, "no score to open"),
        ({"kind": Kind.RESEARCH}, "controller"),
        ({"research": STUDY}, "controller"),
        ({"own_cases": Basis("Kommunen")}, "both controller"),
        ({"kind": Kind.PANEL, "conditions": (PANEL,), "own_cases": NO_BASIS}, "for training"),
    ],
)
def test_a_session_that_could_not_be_held_is_not_planned(changes, must):
    with pytest.raises(ValueError, match=must):
        plan(**changes)


@pytest.mark.parametrize("missing", ["controller", "legal_basis", "approval", "purpose"])
def test_a_study_states_everything(missing):
    said = {"controller": "a", "legal_basis": "b", "approval": "c", "purpose": "d"}
    assert plan(kind=Kind.RESEARCH, research=Research(**said)).research
    with pytest.raises(ValueError, match=missing):
        Research(**said | {missing: " "})


def test_openings_follow_the_pace_and_the_condition():
    two = {"cases": (YOUNG, MIDDLE)}
    assert plan(**two).openings == ()
    together = plan(**two, pace=Pace.SCORE_TOGETHER).openings
    assert together == (Opening(YOUNG, Step.SCORE), Opening(MIDDLE, Step.SCORE))

    def steps(condition):
        return [
            (one.case[7], int(one.step))
            for one in plan(**two, pace=Pace.STEP_BY_STEP, conditions=(condition,)).openings
        ]

    assert steps(TEACHING) == [(case, step) for case in "ym" for step in (1, 2, 3, 4)]
    assert steps(PILOT1) == [(case, step) for case in "ym" for step in (1, 2, 3)] + [("y", 4), ("m", 4)]
    assert steps(SCORE_ONLY) == [(case, step) for case in "ym" for step in (1, 2, 4)]
    assert panel(**two, pace=Pace.STEP_BY_STEP).openings == (Opening(YOUNG, Step.CASE), Opening(MIDDLE, Step.CASE))


def test_a_step_opens_once_and_in_order():
    first, second = Opening(YOUNG, Step.CASE), Opening(YOUNG, Step.SCORE)
    session = after(Start(0), pace=Pace.STEP_BY_STEP)
    assert session.next_opening == first
    with pytest.raises(Refused) as refused:
        decide(session, OpenStep(second))
    assert refused.value.code is Refusal.NOT_NOW
    session = after(Start(0), OpenStep(first), pace=Pace.STEP_BY_STEP)
    assert decide(session, OpenStep(first)) == (), "another tab's press for the same step opens no further one"
    assert (session.is_open(YOUNG, Step.CASE), session.is_open(YOUNG, Step.SCORE)) == (True, False)
    assert session.next_opening == second


def test_nothing_is_open_before_the_start():
    assert not after().is_open(YOUNG, Step.CASE)
    assert after(Start(0)).is_open(YOUNG, Step.SCORE)
    with pytest.raises(Refused):
        decide(after(pace=Pace.SCORE_TOGETHER), OpenStep(Opening(YOUNG, Step.SCORE)))


def test_the_clock_stands_in_a_pause_and_runs_on_after_it():
    session = after(Start(0), Pause(10 * MINUTE))
    assert session.milliseconds_left(50 * MINUTE) == 50 * MINUTE
    session = after(Start(0), Pause(10 * MINUTE), Resume(40 * MINUTE))
    assert session.milliseconds_left(40 * MINUTE) == 50 * MINUTE
    assert session.milliseconds_left(90 * MINUTE) == 0
    assert after().milliseconds_left(0) is None


def test_more_time_counts_from_the_end_or_from_now():
    assert after(Start(0), Extend(15, 30 * MINUTE)).milliseconds_left(0) == 75 * MINUTE
    assert after(Start(0), Extend(15, 100 * MINUTE)).milliseconds_left(100 * MINUTE) == 15 * MINUTE
    paused = after(Start(0), Pause(10 * MINUTE), Extend(5, 200 * MINUTE))
    assert paused.milliseconds_left(200 * MINUTE) == 55 * MINUTE


def test_when_time_is_over_no_case_is_opened_but_one_may_be_finished():
    session = after(Start(0), Join())
    seat = session.people[0]
    assert session.holds_back_step(seat, YOUNG, Step.CASE, new=True, now=60 * MINUTE) is Refusal.TIME_OVER
    assert session.holds_back_step(seat, YOUNG, Step.AGAIN, now=60 * MINUTE) is None
    assert session.holds_back_step(seat, YOUNG, Step.CASE, new=True, now=59 * MINUTE) is None


def test_why_somebody_is_held_back():
    held = {
        Refusal.PAUSED: (Start(0), Join(), Pause(1)),
        Refusal.REMOVED: (Start(0), Join(), Remove(1)),
        Refusal.ENDED: (Start(0), Join(), Remove(1), End()),
        None: (Start(0), Join(), Remove(1), LetIn(1)),
    }
    for why, commands in held.items():
        session = after(*commands)
        assert session.holds_back(session.people[0]) is why
    assert after(Start(0)).holds_back(None) is Refusal.NOT_YOURS


def test_numbers_run_on_and_bots_have_their_own():
    session = after(Join(), Join(bot=True), Join(), Remove(1), Join())
    assert [seat.participant for seat in session.people] == ["k3m9x2ab-1", "k3m9x2ab-2", "k3m9x2ab-3"]
    assert [seat.participant for seat in session.bots] == ["k3m9x2ab-r1"]
    for seat in session.seats:
        assert session.seat(seat.participant) == seat
    assert [session.seat(name) for name in ("k3m9x2ab-4", "k3m9x2ab-r2", "k3m9x2ac-1", "p1", "")] == [None] * 5


def test_what_is_so_already_makes_no_fact():
    session = after(Start(0), Join(), Pause(1), ReleaseFeedback())
    for command in (Start(9), Pause(9), ReleaseFeedback(), LetIn(1)):
        assert decide(session, command) == ()
    ended = after(Start(0), End())
    assert decide(ended, End()) == ()
    assert decide(after(Erase()), Erase()) == ()


def test_nobody_takes_seats_without_end() -> None:
    session = after(*[Join()] * MOST_PEOPLE)

    with pytest.raises(Refused) as refused:
        decide(session, Join())

    assert refused.value.code is Refusal.FULL
    assert len(decide(session, Join(bot=True))) == 1


@pytest.mark.parametrize("command", [Start(0), Join(), Pause(0), Extend(5, 0), ReleaseFeedback()])
def test_nothing_is_done_in_a_session_that_is_over(command):
    with pytest.raises(Refused) as refused:
        decide(after(End()), command)
    assert refused.value.code is Refusal.ENDED


@pytest.mark.parametrize("command", [Remove(1), LetIn(0), Extend(0, 0), Extend(601, 0), Pause(0), Resume(0)])
def test_what_cannot_be_is_refused(command):
    with pytest.raises(Refused):
        decide(after(), command)


def test_a_damaged_record_is_said():
    with pytest.raises(ValueError, match="damaged"):
        replay([SessionStarted(0)])
