"""A run that was begun before there were sessions goes on."""

from __future__ import annotations

import json
import sqlite3

from explain.domain.encounter import Informed, LockInitial
from explain.domain.judgement import Judgement
from explain.models.scorer import Pilot1Scorer
from explain.sessions.training import Training
from explain.store import open_store
from tests.sessions.conftest import AGES, Person

CONDITION = {
    "asks_rating": True,
    "asks_reasons": True,
    "explanations": [],
    "feedback": "after_set",
    "name": "pilot1",
    "order": "own_first",
    "questions": [],
    "reopens": False,
    "shows_score": True,
}
"""As it stood in the first version of ``joined`` and ``case_opened``: no word of a second rating, or of a trial."""
JOINED = {
    "case_set": "proeve",
    "version": "7",
    "plan": [{"case": f"proeve/{name}", "condition": CONDITION} for name in AGES],
}
OPENED = {"case": "proeve/young", "version": "1", "condition": CONDITION}
COLUMNS = "stream, version, kind, schema_version, command_id, part, actor, bot, at, body"


def test_rows_of_the_first_version_are_read_and_added_to(sqlite_url, sets):
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        # Ours have it on every connection; without it the database takes no fact (docs/decisions/store.md).
        database.execute("PRAGMA recursive_triggers=ON")
        for stream, kind, body in (
            ("participation/p1/1", "joined", JOINED),
            ("encounter/proeve/young/p1/1", "case_opened", OPENED),
        ):
            database.execute("INSERT INTO commands VALUES (?, ?, NULL)", (kind, stream))
            values = (stream, 1, kind, 1, kind, 0, "p1", False, 0, json.dumps(body))
            database.execute(f"INSERT INTO facts ({COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)
    database.close()

    store = open_store(sqlite_url)
    one = Person(Training(store, sets, Pilot1Scorer()), "p1")
    assert [meeting.planned.trial for meeting in one.progress.meetings] == [False] * 3
    one.take("young", LockInitial(Judgement(4, "fordi")))
    assert isinstance(one.state("young"), Informed)
    one.open("middle")
    assert [row.fact.condition for row in store.read(one.stream("middle"))] == [one.state("middle").condition]
    store.close()
