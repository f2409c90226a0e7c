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
from tests.sessions.classroom import Classroom
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


def run_until_killed(root, url, session, start, *, presses):
    """Let the class go on in a process of its own, and kill it at some press; tell whether it had to be killed."""
    command = (sys.executable, str(IN_PROCESS), url, session, f"start{start}")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        for _ in range(presses):
            line = process.stdout.readline()
            assert line, "the class must not fail"
            if line == "over\n":
                return False
        process.kill()
    return True
