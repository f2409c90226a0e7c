"""On its day a session is erased: nothing that anybody wrote is left, and other sessions are."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from sqlite3 import connect

import pytest
from sqlalchemy import make_url

from explain.domain.conditions import TEACHING, Feedback
from explain.domain.encounter import FlagInput
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import ConsentAnswered
from explain.domain.session_plan import Kind
from explain.sessions.deletion import erase_due
from explain.sessions.live import Live
from explain.store import open_store
from tests.domain.plans import STUDY, panel, plan
from tests.sessions.classroom import BERIT, Classroom

BEFORE, DAY = date(2030, 5, 31), date(2030, 6, 1)


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


def test_a_session_is_erased_on_its_day_and_not_before(room):
    due, later = room.started(plan()), room.started(plan(title="Hold B", delete_on="2030-06-02"))
    gone, stays = room.join(due), room.join(later)
    bot = room.join(due, bot=True)
    for guest in (gone, stays, bot):
        guest.finish()
    room.classes.note(BERIT, due, 1, False, "kommer senere", room.envelope())
    room.store.beat_all([gone.id, stays.id])
    forgotten = []
    assert erase_due(room.store, BEFORE, forgotten.append) == ()
    assert erase_due(room.store, DAY, forgotten.append) == (due,)
    assert erase_due(room.store, DAY, forgotten.append) == ()
    assert forgotten == [due]

    assert {row.actor for row in room.store.read_prefix("encounter")} == {stays.id}
    assert {row.actor for row in room.store.read_prefix("participation")} == {stays.id}
    assert room.store.read_prefix("notes") == ()
    assert set(room.store.presence()) == {stays.id}
    assert gone.progress is None
    with pytest.raises(Refused):
        gone.open("young")
    its = room.session(due)
    assert (its.ended, its.erased, len(its.people), len(its.bots)) == (True, True, 1, 1)
    assert not room.session(later).ended
    assert {one.reason for one in room.store.erasures()} == {f"session {due}, to be deleted on 2030-06-01"}
    assert len(room.store.erasures()) <= 6, "every reading asks all of them"


def test_an_erasure_that_was_interrupted_is_finished(room, monkeypatch):
    session = room.started(plan())
    room.join(session).lock("young")
    erase = room.store.erase

    def stop(*prefixes, **said):
        erase(*prefixes, **said)
        raise KeyboardInterrupt("the machine stopped")

    with monkeypatch.context() as patched:
        patched.setattr(room.store, "erase", stop)
        with pytest.raises(KeyboardInterrupt):
            erase_due(room.store, DAY)
    assert not room.session(session).erased
    assert erase_due(room.store, DAY) == (session,)
    assert room.session(session).erased


def test_one_session_that_cannot_be_erased_keeps_no_other_from_it(room):
    stuck, other = room.started(plan()), room.started(plan(title="Hold B"))

    def fails_at_first(session):
        if session == stuck:
            raise RuntimeError("somebody kept reading")

    with pytest.raises(ExceptionGroup, match="could not be erased"):
        erase_due(room.store, DAY, fails_at_first)
    assert (room.session(stuck).erased, room.session(other).erased) == (False, True)
    assert erase_due(room.store, DAY) == (stuck,)


def test_nobody_can_join_or_look_into_an_erased_session(room):
    session = room.started(plan())
    room.join(session).lock("young")
    code = room.session(session).code
    erase_due(room.store, DAY)
    assert room.classes.find(code) is None
    with pytest.raises(Refused) as refused:
        room.classes.join(code, "late")
    assert refused.value.code is Refusal.ENDED
    live = Live(room.store, session, now=room.clock)
    live.refresh()
    assert [(row.case, row.note) for row in live.rows] == [(0, "")]


def test_a_panel_is_silent_when_it_was_erased(room):
    session = room.started(panel())
    for _ in range(10):
        room.join(session).lock("young")
    room.classes.end(BERIT, session, room.envelope())
    assert room.practice.panel("proeve/young").n == 10
    erase_due(room.store, DAY)
    assert room.practice.panel("proeve/young") is None


def test_no_byte_of_it_is_left_on_the_disk(sqlite_url, sets, tmp_path):
    room = Classroom(open_store(sqlite_url), sets)
    session = room.started(plan())
    guest = room.join(session)
    guest.open("young")
    secret = "blåbærgrød og en rød cykel"
    room.store.save_draft(guest.progress.meetings[0].stream, "1/reasons", secret, 1, guest.id)
    room.classes.note(BERIT, session, 1, False, secret, room.envelope())
    room.store.close()
    assert found(tmp_path, secret)
    erase_due(open_store(sqlite_url), DAY)
    assert not found(tmp_path, secret)


def test_no_rating_flag_choice_or_consent_can_be_read_out_of_what_is_left(sqlite_url, sets, tmp_path):
    room = Classroom(open_store(sqlite_url), sets)
    later = replace(TEACHING, feedback=Feedback.AT_DEBRIEF)
    session = room.started(plan(kind=Kind.RESEARCH, research=STUDY, conditions=(later,)))
    guests = [room.join(session) for _ in range(7)]
    for rating, guest in enumerate(guests, start=2):
        guest.training.answer_consent(guest.id, True, guest.envelope())
        guest.training.answer_check(guest.id, "tool", "wrong-one", False, guest.envelope())
        guest.lock("young", rating)
        guest.take("young", FlagInput("age", fits=False))
        guest.finish(rating)
    room.classes.release_feedback(BERIT, session, room.envelope())
    for guest in guests:
        guest.finish()
    others = guests[0].progress.meetings[0].state.colleagues
    assert sum(others) == 6, "with what everybody was shown of the others, each one's own follows"
    room.store.close()

    erase_due(open_store(sqlite_url), DAY)

    with closing(connect(make_url(sqlite_url).database)) as database:
        left = [body for (body,) in database.execute("SELECT body FROM facts WHERE stream NOT LIKE 'session/%'")]
    assert left
    for word in ("colleagues", "wrong-one", '"right"', '"research"', '"fits"'):
        assert not [body for body in left if word in body], word


def found(folder, text):
    return any(text.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_consent_is_asked_in_a_study_alone_and_may_be_taken_back_at_any_time(room):
    session = room.started(plan(kind=Kind.RESEARCH, research=STUDY))
    guest, other = room.join(session), room.join(session)
    assert guest.progress.participation.consents is None, "unticked"

    def answer(research):
        guest.training.answer_consent(guest.id, research, guest.envelope())
        return guest.progress.participation.consents

    assert [answer(True), answer(True), answer(False), answer(True)] == [True, True, False, True]
    rows = room.store.read_prefix("participation")
    assert sum(isinstance(row.fact, ConsentAnswered) for row in rows) == 3
    for stop in ("pause", "end"):
        getattr(room.classes, stop)(BERIT, session, room.envelope())
        assert answer(False) is False
    assert other.progress.participation.consents is None
    assert guest.progress.meetings == tuple(
        type(one)(one.number, one.planned, one.stream.replace("/2/", "/1/"), one.state)
        for one in other.progress.meetings
    ), "the same course either way"
    training = room.join(room.started(plan(title="Hold B")))
    with pytest.raises(Refused) as refused:
        training.training.answer_consent(training.id, True, training.envelope())
    assert refused.value.code is Refusal.NOT_NOW
