"""A class in the middle of a paced step is killed and goes on: nothing lost, nothing twice, no score too early."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from explain.domain.encounter import Closed
from explain.domain.session_plan import Pace
from explain.sessions.live import Live
from explain.store import open_store
from tests.domain.plans import plan
from tests.sessions.classroom import BERIT, CARL, Classroom
from tests.sessions.test_pace import check_every_delivery

IN_PROCESS = Path(__file__).with_name("class_in_process.py")
MOST = 40
"""Starts until the class must be over; each comes a few presses further."""


@pytest.mark.parametrize("pace", [Pace.SCORE_TOGETHER, Pace.STEP_BY_STEP])
def test_a_class_that_is_killed_again_and_again_goes_on_where_it_was(sqlite_url, sets, root, pace):
    room = Classroom(open_store(sqlite_url), sets)
    its = plan(pace=pace)
    session = room.started(its)
    guests = [room.join(session) for _ in range(2)]
    words, starts = Random(7), 0
    while run_until_killed(root, sqlite_url, session, starts, presses=words.randint(4, 20)):
        starts += 1
        assert starts < MOST, "the class must come to its end"
    assert starts > 2, "it was killed in the middle"

    check_every_delivery(room, session, its)
    for guest in guests:
        assert [type(meeting.state) for meeting in guest.progress.meetings] == [Closed] * 3
        for name in ("young", "middle", "old"):
            kinds = guest.kinds(name)
            assert sorted(kinds) == sorted(set(kinds)), "nothing happened twice"
    live = Live(room.store, session)
    live.refresh()
    assert [row.done for row in live.rows] == [True] * 2
    room.store.close()


def start_class(root, url, session, name, actor=BERIT.person):
    """Let a class go on in a process of its own."""
    command = (sys.executable, str(IN_PROCESS), url, session, name, actor)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def run_until_killed(root, url, session, start, *, presses):
    """Let the class go on in a process of its own, and kill it at some press; tell whether it had to be killed."""
    with start_class(root, url, session, f"start{start}") as process:
        for _ in range(presses):
            line = process.stdout.readline()
            assert line, "the class must not fail"
            if line == "over\n":
                return False
        process.kill()
    return True


def test_two_trainers_hold_their_classes_at_once(sqlite_url, sets, root):
    room = Classroom(open_store(sqlite_url), sets)
    plans = {BERIT: plan(pace=Pace.STEP_BY_STEP), CARL: plan(title="Hold B", pace=Pace.SCORE_TOGETHER)}
    sessions = {actor: room.started(its, actor) for actor, its in plans.items()}
    guests = [room.join(session) for session in sessions.values() for _ in range(2)]
    started = [
        start_class(root, sqlite_url, session, actor.person, actor=actor.person) for actor, session in sessions.items()
    ]
    assert [process.communicate()[0].endswith("over\n") for process in started] == [True, True]
    for actor, session in sessions.items():
        check_every_delivery(room, session, plans[actor])
        assert [one.id for one in room.classes.mine(actor)] == [session]
        rows = room.store.read(f"session/{session}")
        assert {row.actor for row in rows} == {actor.person, session}, "the trainer's presses, and the joins"
    assert {type(meeting.state) for guest in guests for meeting in guest.progress.meetings} == {Closed}
    room.store.close()
