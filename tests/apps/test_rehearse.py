"""``skoen rehearse``: sixty bots go through a class as people do, and are never taken for people."""

from __future__ import annotations

import shutil

import pytest

from explain.apps.cli import main
from explain.apps.rehearse import NOBODY
from explain.apps.wiring import classes, kept_sets, training
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CaseClosed, FinalLocked, InitialLocked, InputFlagged
from explain.domain.people import Role
from explain.sessions.bots import Habit
from explain.sessions.ports import Envelope
from explain.store import open_store, prepare
from tests.domain.plans import plan
from tests.practice import four_cases


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def rehearse(data, capsys):
    def run(*words):
        code = main(["rehearse", "--data", str(data), "--cases", str(four_cases()), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def service(data):
    return training(database=f"sqlite:///{data / 'skoen.sqlite'}", cases=four_cases(), data=data)


@pytest.fixture
def rooms(service, data):
    def roles(_):
        return frozenset({Role.TRAINER})

    return classes(service.store, roles, new_pin=lambda _: "", cases=four_cases(), data=data)


def test_sixty_bots_go_through_a_class(rehearse, service, rooms):
    code, out, _ = rehearse("--n", "60", "--seed", "7")
    assert code == 0
    table = {words[0]: [int(word) for word in words[1:4]] for words in map(str.split, out.splitlines()[2:])}
    assert set(table) == set(Habit)
    assert {name: bots for name, (bots, _, _) in table.items()} == dict.fromkeys(Habit, 10)
    assert {name: judged for name, (_, judged, _) in table.items()} == dict.fromkeys(Habit, 40) | {"leaves": 20}
    assert (table["keeps"][2], table["leaves"][2]) == (0, 0)
    assert table["takes"][2] >= table["discriminates"][2] > 0

    (session,) = rooms.mine(NOBODY)
    assert (len(session.people), len(session.bots)) == (0, 60)
    rows = service.store.read_prefix("encounter")
    assert {row.bot for row in rows} == {True}
    assert {row.actor for row in rows} == {f"{session.id}-r{number}" for number in range(1, 61)}
    assert sum(isinstance(row.fact, CaseClosed) for row in rows) == 50 * 4 + 10 * 2
    for case in session.plan.cases:
        assert service.colleagues(case, besides="p1") == ()
        assert service.panel(case) is None


def test_the_same_seed_gives_the_same_ratings_and_each_habit_is_what_it_says(rehearse, service, rooms):
    for _ in range(2):
        assert rehearse("--n", "6", "--seed", "7")[0] == 0
    first, second = rooms.mine(NOBODY)

    def ratings(session, place):
        rows = service.store.read_prefix("encounter")
        own = [row for row in rows if row.actor == f"{session.id}-r{place}"]
        return [row.fact.judgement.rating for row in own if isinstance(row.fact, InitialLocked | FinalLocked)]

    assert [ratings(first, place) for place in range(1, 7)] == [ratings(second, place) for place in range(1, 7)]
    within = service.within(first.id)
    for place, habit in enumerate(Habit, start=1):
        for meeting in within.progress(f"{first.id}-r{place}").meetings:
            if habit is Habit.LEAVES:
                continue
            state = meeting.state
            own, last, score = state.initial.rating, state.final.rating, state.score.value
            assert {
                Habit.KEEPS: last == own,
                Habit.TAKES: last == score,
                Habit.AVERAGES: min(own, score) <= last <= max(own, score),
                Habit.DISCRIMINATES: last in (own, score),
                Habit.RANDOM: 1 <= last <= 10,
            }[habit]
    assert not any(isinstance(row.fact, InputFlagged) for row in service.store.read_prefix("encounter"))


def test_the_discriminating_habit_stays_where_the_score_rests_on_age_alone(rehearse, service, rooms):
    rehearse("--n", "1", "--seed", "7", "--habits", "discriminates")
    (session,) = rooms.mine(NOBODY)
    states = {
        m.planned.case.split("/")[1]: m.state for m in service.within(session.id).progress(f"{session.id}-r1").meetings
    }
    on_age_alone = states["fravaer-paa-gymnasiet"]
    assert on_age_alone.final.rating == on_age_alone.initial.rating != on_age_alone.score.value
    rests_on_more = states["ude-om-natten"]
    assert rests_on_more.final.rating == rests_on_more.score.value


def test_bots_join_a_class_beside_people(rehearse, service, rooms, data):
    rehearse("--n", "1")
    (session,) = rooms.mine(NOBODY)
    rooms.join(session.code, "a-person")
    code, out, _ = rehearse("--n", "5", "--code", session.code.lower(), "--habits", "keeps,takes")
    assert code == 0
    assert "keeps" in out
    again = rooms.session(session.id)
    assert (len(again.people), len(again.bots)) == (1, 6)
    assert (kept_sets(data) / session.plan.version / "grundforloeb" / "set.toml").is_file()


def test_what_cannot_be_rehearsed_says_why(rehearse, rooms):
    assert rehearse("--code", "ACDEF")[2].startswith("skoen rehearse: ")
    assert rehearse("--n", "1")[0] == 0
    code, out, err = rehearse("--code", "ACDEF")
    assert (code, out, "must be the code of an open session" in err) == (2, "", True)
    (session,) = rooms.mine(NOBODY)
    rooms.end(NOBODY, session.id, Envelope("end", "rehearsal"))
    assert rehearse("--code", session.code)[0] == 2
    for words in (("--n", "0"), ("--n", "501"), ("--habits", "sleeps")):
        with pytest.raises(SystemExit):
            rehearse(*words)


def test_cases_that_have_changed_since_they_were_read_are_not_planned_with(data, tmp_path):
    cases = shutil.copytree(four_cases(), tmp_path / "cases")
    prepare(f"sqlite:///{data / 'skoen.sqlite'}")
    store = open_store(f"sqlite:///{data / 'skoen.sqlite'}")
    rooms = classes(store, lambda _: frozenset({Role.TRAINER}), new_pin=lambda _: "", cases=cases, data=data)
    text = cases / "grundforloeb" / "ude-om-natten" / "da.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nEn linje mere.\n", encoding="utf-8")
    chosen = rooms.sets["grundforloeb"]
    keys = tuple(case.key for case in chosen.cases)
    its = plan(case_set=chosen.name, version=chosen.version, cases=keys)
    with pytest.raises(Refused) as refused:
        rooms.plan(NOBODY, its, Envelope("plan", "berit"))
    assert refused.value.code is Refusal.SET_CHANGED
    assert store.after(0) == ()
    store.close()
