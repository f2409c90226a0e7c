"""An own case: entered, walked, seen by nobody else, and gone afterwards. In memory and in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from explain.casebook.own import Impossible
from explain.domain.basis import Basis
from explain.domain.encounter import (
    CloseCase,
    Closed,
    Judging,
    LockFinal,
    LockInitial,
    OpenCase,
    Reconsider,
    Reflecting,
    SkipCase,
    Unopened,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import OwnKind, ScoreRevealed
from explain.domain.judgement import Judgement
from explain.domain.own_case import AwaitingRelease, NotSubmitted, Ready
from explain.models.scorer import Pilot1Scorer
from explain.sessions.expiry import sweep_own_cases
from explain.sessions.own_cases import OwnCases
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.release import awaiting_release, release
from explain.sessions.seating import streams_of
from explain.sessions.training import Training
from explain.store import MemoryStore, SqlStore, prepare
from explain.store.databases import database
from tests.practice import OWN

RECORDED = Basis("Byens Kommune", "databeskyttelsesloven § 10")
REAL = "22 33 " + "44 55"
"""Looks like a phone number; nobody's."""
IDS = count()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2030, 5, 17, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: int) -> datetime:
        self.now += timedelta(**time)
        return self.now


class CountingScorer(Pilot1Scorer):
    scored = 0

    def score(self, case: Any) -> Any:
        self.scored += 1
        return super().score(case)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[FactStore]:
    if request.param == "memory":
        yield MemoryStore(now=clock)
        return
    url = f"sqlite:///{tmp_path / 'skoen.db'}"
    prepare(url)
    from sqlalchemy import make_url

    opened = SqlStore(database(make_url(url)), now=clock)
    yield opened
    opened.close()


@pytest.fixture
def own(store: FactStore) -> Callable[..., OwnCases]:
    def of(owner: str = "p1", **more: Any) -> OwnCases:
        return OwnCases(store, CountingScorer(), owner, **more)

    return of


def sent(actor: str = "p1") -> Envelope:
    return Envelope(f"press-{next(IDS)}", actor, 1)


def submitted(own: OwnCases, kind: OwnKind = OwnKind.INVENTED, **changed: str) -> OwnCases:
    own.submit(kind, OWN | changed, sent(own.owner))
    return own


def walk(own: OwnCases, *, to_end: bool = True) -> None:
    """Walk the four steps."""
    case, owner = own.stream, own.owner
    own.open(owner, case, sent(owner))
    own.take(owner, case, LockInitial(Judgement(6, "Skolen er bekymret.")), sent(owner))
    own.take(owner, case, Reconsider(), sent(owner))
    own.take(owner, case, LockFinal(Judgement(7, "Jeg flytter mig.")), sent(owner))
    if to_end:
        own.take(owner, case, CloseCase("Lært"), sent(owner))


def refusal(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def meeting(own: OwnCases) -> Any:
    progress = own.progress(own.owner)
    assert progress is not None
    return progress.meetings[0]


# --- entering it ---


def test_it_is_entered_and_can_be_opened(own):
    mine = own()
    assert isinstance(mine.state, NotSubmitted)
    assert mine.progress("p1") is None
    submitted(mine)
    assert isinstance(meeting(mine).state, Unopened)
    assert mine.case(mine.stream).title == "Dreng på ni"


def test_what_cannot_be_is_refused_and_nothing_is_stored(own, store):
    with pytest.raises(Impossible):
        submitted(own(), **{"history.e.days_before": "9000"})
    assert store.after(0) == ()


def test_what_may_point_to_somebody_is_refused_and_nothing_is_stored(own, store):
    for name in ("title", "body"):
        assert refusal(lambda name=name: submitted(own(), **{name: f"Ring {REAL}"})) is Refusal.IDENTIFYING
        with pytest.raises(Refused):
            own().keep(own().stream, name, f"Ring {REAL}", 1)
    assert store.after(0) == ()
    assert store.touched("") == {}


def test_drafts_are_kept_while_it_is_filled_in_and_gone_when_it_is_submitted(own, store):
    mine = own()
    assert mine.keep(mine.stream, "history.e.days_before", "40", 1)
    assert mine.keep(mine.stream, "title", "Dreng", 2)
    assert not mine.keep(mine.stream, "title", "Dren", 1)
    assert not mine.keep(mine.stream, "history.7.kind", "move", 1)
    assert not mine.keep("own/p1/2", "title", "Dreng", 1)
    assert sorted(store.drafts(mine.stream)) == ["history.e.days_before", "title"]
    submitted(mine)
    assert store.drafts(mine.stream) == {}
    assert not mine.keep(mine.stream, "title", "for sent", 9)


def test_a_case_is_submitted_once_and_a_press_that_comes_twice_counts_once(own):
    mine, press = own(), sent()
    for _ in range(2):
        mine.submit(OwnKind.INVENTED, OWN, press)
    assert refusal(lambda: submitted(mine)) is Refusal.NOT_NOW


def test_it_can_be_taken_back_into_its_form_before_it_is_opened(own, store):
    mine = submitted(own())
    first = mine.stream
    mine.take_back()
    assert (first, mine.stream) == ("own/p1/1", "own/p1/2")
    assert isinstance(mine.state, NotSubmitted)
    assert {name: draft.value for name, draft in store.drafts(mine.stream).items()} == OWN
    assert refusal(lambda: store.read(first)) is Refusal.ERASED
    submitted(mine, title="En anden")
    mine.open("p1", mine.stream, sent())
    assert refusal(mine.take_back) is Refusal.NOT_NOW
    assert mine.case(mine.stream).title == "En anden"


def test_taking_back_that_was_interrupted_loses_nothing_and_can_be_repeated(own, store):
    mine = submitted(own())
    store.save_draft("own/p1/2", "title", "Dreng på ni", 1, "p1")
    assert isinstance(mine.state, Ready)
    mine.take_back()
    assert len(store.drafts("own/p1/2")) == len(OWN)


# --- what kind it is ---


def test_practice_takes_invented_cases_alone(own):
    assert own().kinds == (OwnKind.INVENTED,)
    assert refusal(lambda: submitted(own(), OwnKind.PSEUDONYMISED)) is Refusal.OWN_KIND


def test_a_real_case_cannot_be_opened_before_a_second_person_has_released_it(own, store):
    mine = submitted(own(basis=RECORDED), OwnKind.PSEUDONYMISED)
    stream = mine.stream
    assert isinstance(mine.state, AwaitingRelease)
    assert mine.progress("p1") is None
    assert mine.case(stream).title == "Dreng på ni"
    assert refusal(lambda: mine.open("p1", stream, sent())) is Refusal.NOT_RELEASED
    assert refusal(lambda: release(store, stream, sent("p1"))) is Refusal.NOT_YOURS
    assert awaiting_release(store, stream, "p2").body
    release(store, stream, sent("p2"))
    mine.open("p1", stream, sent())
    assert isinstance(meeting(mine).state, Judging)


def test_the_second_persons_check_is_the_same_and_asks_anew(own, store):
    mine = submitted(own(basis=RECORDED), OwnKind.PSEUDONYMISED, body="Drengen Storm sover ikke.")
    assert refusal(lambda: release(store, mine.stream, sent("p2"))) is Refusal.IDENTIFYING
    release(store, mine.stream, sent("p2"), kept=["storm"])
    assert isinstance(mine.state, Ready)


def test_what_was_taken_back_needs_a_new_release(own, store):
    mine = submitted(own(basis=RECORDED), OwnKind.PSEUDONYMISED)
    release(store, mine.stream, sent("p2"))
    mine.take_back()
    submitted(mine, OwnKind.PSEUDONYMISED)
    assert isinstance(mine.state, AwaitingRelease)


# --- the four steps ---


def test_nothing_is_scored_before_the_first_lock(own, store):
    mine = submitted(own())
    case = mine.stream
    mine.open("p1", case, sent())
    mine.resume("p1", sent())
    assert mine._scorer.scored == 0
    mine.take("p1", case, LockInitial(Judgement(6, "fordi")), sent())
    assert mine._scorer.scored == 1
    (score,) = [row.fact.score for row in store.read(f"{case}/encounter") if isinstance(row.fact, ScoreRevealed)]
    assert dict(score.inputs) | {"age": 9.0, "abuse_child": 1.0, "referrals_90d": 1.0} == dict(score.inputs)


def test_it_is_walked_like_any_other_without_colleagues(own):
    mine = submitted(own())
    walk(mine, to_end=False)
    state = meeting(mine).state
    assert isinstance(state, Reflecting)
    assert state.colleagues == ()
    mine.take("p1", mine.stream, CloseCase("Lært"), sent())
    assert isinstance(meeting(mine).state, Closed)


def test_the_services_own_commands_are_refused(own):
    mine = submitted(own())
    command = OpenCase(mine.stream, "1", meeting(mine).planned.condition)
    assert refusal(lambda: mine.take("p1", mine.stream, command, sent())) is Refusal.NOT_NOW


def test_a_run_through_a_set_cannot_be_begun_with_it(own):
    submitted(own())
    for act in (
        lambda: own().begin("p1", "grundforloeb", "teaching", sent()),
        lambda: own().answer_check("p1", "meaning", "rank", True, sent()),
        lambda: own().end_introduction("p1", sent()),
    ):
        assert refusal(act) is Refusal.NOT_NOW


# --- nobody else ---


def test_nobody_else_can_read_or_touch_it(own, store):
    mine, other = submitted(own("p1")), own("p2")
    stream = mine.stream
    for act in (
        lambda: other.case(stream),
        lambda: other.progress("p1"),
        lambda: other.open("p1", stream, sent("p1")),
        lambda: other.open("p2", stream, sent("p2")),
        lambda: other.take("p1", stream, SkipCase(), sent("p1")),
        lambda: other.submit(OwnKind.INVENTED, OWN, sent("p1")),
        lambda: other.erase("p1", actor="p2", reason="spite"),
        lambda: awaiting_release(store, stream, "p2"),
        lambda: release(store, stream, sent("p2")),
    ):
        assert refusal(act) in (Refusal.NOT_YOURS, Refusal.NOT_NOW)
    assert not other.keep(stream, "title", "min nu", 9)
    other.delete()
    assert isinstance(mine.state, Ready)


def test_no_other_participants_prefix_reaches_it(own, store):
    submitted(own("p1"))
    assert store.read_prefix("own/p") == store.read_prefix("own/p17") == ()
    assert own("p17").progress("p17") is None


def test_it_is_no_colleagues_rating(own, store):
    for owner in ("p1", "p2", "p3", "p4", "p5", "p6"):
        walk(submitted(own(owner)))
    assert Training(store, {}, Pilot1Scorer()).colleagues("own", besides="p9") == ()


# --- it goes ---


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_deleting_takes_all_of_it_from_the_disk_too(own, store, tmp_path):
    mine = submitted(own())
    walk(mine, to_end=False)
    stored = everything_on_disk(tmp_path)
    mine.delete()
    assert store.touched("own") == {}
    assert isinstance(mine.state, NotSubmitted)
    assert mine.stream == "own/p1/2"
    if stored:  # a database: in memory there is no disk
        for words in ("Dreng på ni", "Han kommer for sent", "Skolen er bekymret", "abuse_child"):
            assert words.encode() in stored
            assert words.encode() not in everything_on_disk(tmp_path)


def test_deleting_a_draft_and_then_nothing(own, store):
    mine = own()
    mine.keep(mine.stream, "title", "Dreng", 1)
    mine.delete()
    mine.delete()
    assert store.touched("own") == {}
    assert mine.stream == "own/p1/2"


def test_whoever_is_erased_loses_her_own_case_too(own, store):
    submitted(own())
    Training(store, {}, Pilot1Scorer()).erase("p1", actor="trainer", reason="asked for it")
    assert store.touched("own") == {}
    assert refusal(lambda: own().submit(OwnKind.INVENTED, OWN, sent())) is Refusal.ERASED


def test_a_sessions_participant_has_her_own_beneath_her_session(own, store, clock):
    mine = submitted(own("k3m9x2ab-r7", basis=RECORDED))
    walk(mine, to_end=False)
    assert list(store.touched("own")) == ["own/k3m9x2ab/r7/1", "own/k3m9x2ab/r7/1/encounter"]
    assert sweep_own_cases(store, clock.later(days=30)) == 1
    assert mine.stream == "own/k3m9x2ab/r7/2"
    submitted(mine)
    store.erase(*streams_of("k3m9x2ab", []), actor="by date", reason="deletion date")
    assert store.touched("own") == {}


def test_what_nobody_uses_for_thirty_days_goes(own, store, clock):
    submitted(own("p1"))
    own("p2").keep("own/p2/1", "title", "Kun en kladde", 1)
    clock.later(days=29)
    own("p3").keep("own/p3/1", "title", "Ny", 1)
    assert sweep_own_cases(store, clock.now) == 0
    assert sweep_own_cases(store, clock.later(days=1)) == 2
    assert list(store.touched("own")) == ["own/p3/1"]
    assert sweep_own_cases(store, clock.now) == 0


def test_every_use_counts(own, store, clock):
    mine = submitted(own())
    clock.later(days=20)
    mine.open("p1", mine.stream, sent())
    assert sweep_own_cases(store, clock.later(days=20)) == 0
    assert sweep_own_cases(store, clock.later(days=10)) == 1


def test_a_case_that_is_over_goes_a_day_later(own, store, clock):
    walk(submitted(own()))
    assert sweep_own_cases(store, clock.later(hours=23)) == 0
    assert sweep_own_cases(store, clock.later(hours=1)) == 1
    assert isinstance(own().state, NotSubmitted)


def test_the_sweep_leaves_practice_alone(person, store, clock, training):
    clock.later(days=400)
    person("anna").begin().lock("young")
    assert sweep_own_cases(training.store, clock.later(days=400)) == 0
    assert training.progress("anna") is not None
