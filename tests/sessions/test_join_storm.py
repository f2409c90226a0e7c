"""Ninety people join in the same second, from several processes: each has one seat, and blocks are exact."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from explain.domain.conditions import CONTROL, TEACHING
from explain.domain.session_plan import CaseOrder
from explain.store import open_store, prepare
from tests.domain.plans import plan
from tests.sessions.classroom import Classroom
from tests.store.conftest import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
JOINER = Path(__file__).with_name("joiner.py")
PROCESSES, EACH = 6, 15


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
    url = request.getfixturevalue("postgres_url")
    prepare(url)
    return url


def test_ninety_join_in_the_same_second(url, sets):
    its = plan(conditions=(TEACHING, CONTROL, replace(TEACHING, name="third")), order=CaseOrder.SQUARE)
    room = Classroom(open_store(url), sets)
    session = room.plan(its)
    code = room.session(session).code
    started = [
        subprocess.Popen(
            [sys.executable, str(JOINER), url, code, f"process{number}", str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [line for process in started for line in process.communicate()[0].splitlines()]

    people = room.session(session).people
    assert sorted(told) == sorted(f"{seat.participant} {seat.row}" for seat in people)
    assert [seat.number for seat in people] == list(range(1, PROCESSES * EACH + 1))
    assert set(Counter(seat.row for seat in people).values()) == {10}
    for block in range(10):
        assert sorted(seat.row for seat in people[block * 9 : block * 9 + 9]) == list(range(9))
    within = room.practice.within(session)
    met = Counter(
        (meeting.planned.case, meeting.planned.condition.name, meeting.number)
        for seat in people
        for meeting in within.progress(seat.participant).meetings
    )
    assert (len(met), set(met.values())) == (27, {10})
    room.store.close()
