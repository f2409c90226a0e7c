"""Own cases within a session: what its trainer allows, who releases a real one, and that nobody else meets them."""

from __future__ import annotations

from datetime import date

import pytest

from explain.domain.basis import NO_BASIS, Basis
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import OwnCaseReleased, OwnCaseSentBack, OwnKind, WhyBack
from explain.domain.own_case import AwaitingRelease, NotSubmitted, Ready, SentBack
from explain.domain.session_plan import Pace
from explain.models.scorer import Pilot1Scorer
from explain.sessions.deletion import erase_due
from explain.sessions.live import Live
from explain.sessions.own_cases import OwnCases
from explain.sessions.second_person import SecondPerson
from tests.domain.plans import plan
from tests.practice import OWN

from .classroom import BERIT, CARL, Classroom, Guest
from .test_own_cases import refusal, walk

RECORDED = Basis("Byens Kommune", "databeskyttelsesloven § 10")


@pytest.fixture
def room(store, sets):
    return Classroom(store, sets)


@pytest.fixture
def real(room: Classroom) -> str:
    """A session that takes real referrals."""
    return room.started(plan(own_cases=RECORDED))


def own_of(guest: Guest) -> OwnCases:
    training = guest.training
    return OwnCases(training.store, Pilot1Scorer(), guest.id, watch=training.watch, now=guest.room.clock)


def submitted(guest: Guest, kind: OwnKind = OwnKind.PSEUDONYMISED, **changed: str) -> OwnCases:
    own = own_of(guest)
    own.submit(kind, OWN | changed, guest.envelope())
    return own


def second(room: Classroom, session: str, actor=BERIT) -> SecondPerson:
    return SecondPerson(room.classes, actor, session)


def test_a_session_takes_own_cases_only_where_its_trainer_says_so(room):
    guest = room.join(room.started(plan()))
    own = own_of(guest)
    assert own.kinds == ()
    assert refusal(lambda: own.submit(OwnKind.INVENTED, OWN, guest.envelope())) is Refusal.OWN_KIND
    assert not own.keep(own.stream, "title", "Dreng", 1)
    assert room.store.touched("own") == {}


def test_without_a_basis_it_takes_invented_cases_alone(room):
    guest = room.join(room.started(plan(own_cases=NO_BASIS)))
    assert refusal(lambda: submitted(guest)) is Refusal.OWN_KIND
    own = submitted(guest, OwnKind.INVENTED)
    walk(own)
    assert second(room, guest.seat.session).waiting() == ()


def test_a_basis_that_may_point_to_somebody_is_refused(room):
    basis = Basis("Ring 22 33 " + "44 55", "§ 10")
    assert refusal(lambda: room.plan(plan(own_cases=basis))) is Refusal.IDENTIFYING


def test_a_real_one_waits_is_released_by_the_trainer_and_opens(room, real):
    guest = room.join(real)
    own = submitted(guest)
    trainer = second(room, real)
    assert trainer.waiting() == (own.stream,)
    assert trainer.case(own.stream).body == OWN["body"]
    assert refusal(lambda: own.open(guest.id, own.stream, guest.envelope())) is Refusal.NOT_RELEASED
    trainer.release(own.stream, room.envelope())
    (row,) = [row for row in room.store.read(own.stream) if isinstance(row.fact, OwnCaseReleased)]
    assert (row.actor, row.fact.by) == (BERIT.person, BERIT.person)
    assert trainer.waiting() == ()
    walk(own)
    for act in (
        lambda: trainer.case(own.stream),
        lambda: trainer.send_back(own.stream, WhyBack.STEPS, room.envelope()),
    ):
        assert refusal(act) is Refusal.NOT_YOURS


def test_the_trainers_check_is_the_same_and_asks_anew(room, real):
    own = submitted(room.join(real), body="Drengen Storm sover ikke.")
    trainer = second(room, real)
    assert refusal(lambda: trainer.release(own.stream, room.envelope())) is Refusal.IDENTIFYING
    trainer.release(own.stream, room.envelope(), kept=["storm"])
    assert isinstance(own.state, Ready)


def test_what_is_sent_back_can_be_changed_and_waits_again(room, real):
    guest = room.join(real)
    own = submitted(guest)
    trainer = second(room, real)
    first = own.stream
    trainer.send_back(first, WhyBack.DETAIL, room.envelope())
    (row,) = [row for row in room.store.read(first) if isinstance(row.fact, OwnCaseSentBack)]
    assert row.actor == BERIT.person
    assert isinstance(own.state, SentBack)
    assert trainer.waiting() == ()
    assert refusal(lambda: own.open(guest.id, first, guest.envelope())) is Refusal.NOT_RELEASED
    own.take_back()
    assert isinstance(own.state, NotSubmitted)
    submitted(guest, title="En anden")
    assert trainer.waiting() == (own.stream,) != (first,)


def test_no_one_else_reads_or_releases_it(room, real):
    own = submitted(room.join(real))
    elsewhere = room.started(plan(own_cases=RECORDED))
    for person in (second(room, real, CARL), second(room, elsewhere)):
        for act in (
            lambda person=person: person.case(own.stream),
            lambda person=person: person.release(own.stream, room.envelope()),
            lambda person=person: person.send_back(own.stream, WhyBack.STEPS, room.envelope()),
        ):
            assert refusal(act) in (Refusal.NOT_ALLOWED, Refusal.NOT_YOURS)
    assert second(room, elsewhere).waiting() == ()
    room.roles[BERIT] = frozenset()
    assert refusal(second(room, real).waiting) is Refusal.NOT_ALLOWED
    assert isinstance(own.state, AwaitingRelease)


def test_who_was_taken_out_or_whose_session_is_over_waits_no_more(room, real):
    guest, other = room.join(real), room.join(real)
    own = submitted(guest)
    submitted(other)
    trainer = second(room, real)
    room.classes.remove(BERIT, real, other.seat.number, False, room.envelope())
    assert trainer.waiting() == (own.stream,)
    room.classes.end(BERIT, real, room.envelope())
    assert trainer.waiting() == ()
    assert refusal(lambda: trainer.release(own.stream, room.envelope())) is Refusal.NOT_YOURS


def test_the_session_holds_her_back_and_lets_her_delete(room, real):
    guest = room.join(real)
    own = submitted(guest, OwnKind.INVENTED)
    room.classes.pause(BERIT, real, room.envelope())
    assert refusal(lambda: own.open(guest.id, own.stream, guest.envelope())) is Refusal.PAUSED
    assert refusal(own.take_back) is Refusal.PAUSED
    room.classes.resume(BERIT, real, room.envelope())
    room.clock.pass_by(hours=2)
    assert refusal(lambda: own.open(guest.id, own.stream, guest.envelope())) is Refusal.TIME_OVER
    room.classes.end(BERIT, real, room.envelope())
    assert refusal(lambda: own.open(guest.id, own.stream, guest.envelope())) is Refusal.ENDED
    own.delete()
    assert room.store.touched("own") == {}
    assert not own.keep(own.stream, "title", "Dreng", 1)
    assert refusal(lambda: submitted(guest, OwnKind.INVENTED)) is Refusal.ENDED


def test_it_is_opened_after_the_start_and_whatever_the_pace(room):
    session = room.plan(plan(own_cases=NO_BASIS, pace=Pace.STEP_BY_STEP))
    guest = room.join(session)
    own = submitted(guest, OwnKind.INVENTED)
    assert refusal(lambda: own.open(guest.id, own.stream, guest.envelope())) is Refusal.NOT_STARTED
    room.classes.start(BERIT, session, room.envelope())
    walk(own)


def test_it_is_in_no_row_no_progress_and_no_colleagues(room, real):
    live = Live(room.store, real, now=room.clock)
    guests = [room.join(real) for _ in range(6)]
    live.refresh()
    before = live.rows
    for guest in guests:
        walk(submitted(guest, OwnKind.INVENTED))
    live.refresh()
    assert live.rows == before
    mine = guests[0]
    assert all(one.planned.case.startswith("proeve/") for one in mine.progress.meetings)
    for case in (own_of(guests[1]).stream, "own", mine.seat.session):
        assert mine.training.colleagues(case, besides=mine.id) == ()


def test_it_goes_with_the_session(room, real):
    guest = room.join(real)
    walk(submitted(guest, OwnKind.INVENTED))
    submitted(room.join(real))
    day = date.fromisoformat(room.session(real).plan.delete_on)
    assert erase_due(room.store, day) == (real,)
    assert room.store.touched("own") == {}
    with pytest.raises(Refused):
        submitted(guest)
