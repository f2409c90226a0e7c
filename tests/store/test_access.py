"""What every keeper of links, passwords, sign-ins and PINs promises: in memory, in SQLite, in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError

from explain.sessions.keys import AccessStore, Account, NameTaken, SignIn
from explain.store import MemoryAccess, SqlAccess, prepare
from explain.store.databases import database

NOON = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = NOON + HOUR
NONE = timedelta(0)


def doubling(tries: int) -> timedelta:
    """Three tries are free; then 2, 4, 8 ... minutes."""
    return timedelta(0) if tries < 3 else timedelta(minutes=2 ** (tries - 2))


class AccessContract:
    """Inherited by every kind, which gives the fixture ``keys``."""

    def test_a_link_gives_its_person_a_name_once(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", LATER, first=False)

        assert (keys.link("t1", NOON), keys.link("t2", NOON)) == ("p1", None)
        assert keys.redeem("t1", NOON, name=" Inger  Sørensen ", password_hash="h") == "p1"
        assert (keys.redeem("t1", NOON, name="Anden", password_hash="x"), keys.link("t1", NOON)) == (None, None)
        assert keys.account("inger SØRENSEN") == Account("p1", "Inger Sørensen", "h")
        assert keys.names() == {"p1": "Inger Sørensen"}

    def test_of_many_who_use_a_link_at_once_one_gets_in(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", LATER, first=False)

        with ThreadPoolExecutor(8) as threads:
            told = list(threads.map(lambda n: keys.redeem("t1", NOON, name=f"navn {n}", password_hash="h"), range(8)))

        assert sorted(map(str, told)) == ["None"] * 7 + ["p1"]
        assert len(keys.names()) == 1

    def test_an_expired_link_is_none(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", NOON, first=True)

        assert (keys.link("t1", NOON), keys.redeem("t1", NOON, name="Inger", password_hash="h")) == (None, None)
        assert (keys.first_person(), keys.names()) == ("p1", {})

    def test_a_new_link_ends_earlier_ones_of_the_person_and_every_first_one(self, keys: AccessStore) -> None:
        keys.add_link("first", "p1", LATER, first=True)
        keys.add_link("other", "p2", LATER, first=False)
        keys.add_link("again", "p2", LATER, first=False)
        keys.add_link("newer", "p3", LATER, first=True)

        assert [keys.link(token, NOON) for token in ("first", "other", "again", "newer")] == [None, None, "p2", "p3"]
        assert keys.first_person() == "p3"

    def test_a_name_that_is_taken_leaves_the_link_good(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", LATER, first=False)
        keys.add_link("t2", "p2", LATER, first=False)
        keys.redeem("t1", NOON, name="Inger", password_hash="h")

        with pytest.raises(NameTaken):
            keys.redeem("t2", NOON, name="INGER", password_hash="h")

        assert keys.redeem("t2", NOON, name="Bo", password_hash="h") == "p2"

    def test_a_renewed_link_sets_a_new_password_and_ends_sign_ins(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", LATER, first=False)
        keys.redeem("t1", NOON, name="Inger", password_hash="old")
        keys.add_sign_in("s1", "p1", LATER)
        keys.add_link("t2", "p1", LATER, first=False)

        assert keys.redeem("t2", NOON, name="Inger", password_hash="new") == "p1"
        assert keys.account("Inger") == Account("p1", "Inger", "new")
        assert keys.sign_ins(["s1"], NOON) == {}

    def test_a_password_is_set_and_a_person_forgotten(self, keys: AccessStore) -> None:
        keys.add_link("t1", "p1", LATER, first=False)
        keys.redeem("t1", NOON, name="Inger", password_hash="old")
        keys.set_password("p1", "new")
        assert keys.account("Inger") == Account("p1", "Inger", "new")
        keys.add_sign_in("s1", "p1", LATER)
        keys.add_link("t2", "p1", LATER, first=False)

        keys.remove("p1")

        assert (keys.account("Inger"), keys.names(), keys.link("t2", NOON)) == (None, {}, None)
        assert keys.sign_ins(["s1"], NOON) == {}

    def test_sign_ins_hold_until_they_expire_or_are_ended(self, keys: AccessStore) -> None:
        for name, person in (("s1", "p1"), ("s2", "p1"), ("s3", "p1"), ("s4", "p2")):
            keys.add_sign_in(name, person, LATER)
        keys.add_sign_in("s5", "p2", NOON)

        keys.end_sign_in("s1")
        assert keys.sign_ins(["s1", "s2", "s5", "unknown"], NOON) == {"s2": SignIn("p1", LATER)}
        keys.end_sign_ins("p1")
        assert keys.sign_ins(["s1", "s2", "s3", "s4"], NOON) == {"s4": SignIn("p2", LATER)}
        assert keys.sign_ins(["s4"], LATER) == {}

    def test_pins_are_replaced_and_dropped_with_their_session(self, keys: AccessStore) -> None:
        for participant in ("a_b-1", "a_b-2", "axb-1"):
            keys.set_pin(participant, "old")
        keys.set_pin("a_b-1", "new")
        assert keys.pins(["a_b-1", "a_b-2", "c-1"]) == {"a_b-1": "new", "a_b-2": "old"}
        for _ in range(3):
            keys.attempt("pin", "a_b-1", NOON, doubling)

        keys.drop_pins("a_b")

        assert keys.pins(["a_b-1", "a_b-2", "axb-1"]) == {"axb-1": "old"}
        assert keys.attempt("pin", "a_b-1", NOON, doubling) == timedelta(0)

    def test_waits_grow_with_the_tries(self, keys: AccessStore) -> None:
        at, waits = NOON, []
        for _ in range(6):
            waits.append(keys.attempt("pin", "a-1", at, doubling))
            at += waits[-1] + timedelta(seconds=1)
            if waits[-1]:  # it was not counted: this is the try after the wait
                assert keys.attempt("pin", "a-1", at, doubling) == timedelta(0)

        assert [round(wait.total_seconds() / 60) for wait in waits] == [0, 0, 0, 2, 4, 8]
        assert keys.attempt("pin", "a-2", at, doubling) == timedelta(0)

    def test_a_try_that_came_too_early_counts_for_nothing(self, keys: AccessStore) -> None:
        for _ in range(3):
            keys.attempt("pin", "a-1", NOON, doubling)

        early = [keys.attempt("pin", "a-1", NOON + timedelta(seconds=60 + n), doubling) for n in range(3)]

        assert [wait.total_seconds() for wait in early] == [60, 59, 58]
        keys.forget_attempts("pin", "a-1")
        assert keys.attempt("pin", "a-1", NOON, doubling) == timedelta(0)

    def test_a_clock_that_is_set_back_makes_nobody_wait_longer(self, keys: AccessStore) -> None:
        before = NOON - timedelta(days=30)

        assert [keys.attempt("pin", "a-1", NOON, doubling), keys.attempt("pin", "a-1", before, doubling)] == [NONE] * 2
        keys.attempt("pin", "a-1", NOON, doubling)

        assert keys.attempt("pin", "a-1", before, doubling) == timedelta(minutes=2)

    def test_waiting_counts_nothing_and_old_tries_are_forgotten(self, keys: AccessStore) -> None:
        for _ in range(3):
            assert keys.waiting("code", "somewhere", NOON, doubling) == timedelta(0)
            keys.attempt("code", "somewhere", NOON, doubling)
        keys.attempt("code", "elsewhere", NOON + HOUR, doubling)
        assert [keys.waiting("code", "somewhere", NOON, doubling).total_seconds() for _ in range(2)] == [120, 120]

        keys.forget_attempts_before("pin", NOON + HOUR)
        assert keys.waiting("code", "somewhere", NOON, doubling)
        keys.forget_attempts_before("code", NOON + HOUR)
        assert not keys.waiting("code", "somewhere", NOON, doubling)

    def test_many_tries_at_once_are_all_counted(self, keys: AccessStore) -> None:
        with ThreadPoolExecutor(8) as threads:
            waits = list(threads.map(lambda _: keys.attempt("pin", "a-1", NOON, doubling), range(12)))

        assert sorted(wait.total_seconds() for wait in waits) == [0.0] * 3 + [120.0] * 9


class TestMemory(AccessContract):
    @pytest.fixture
    def keys(self) -> AccessStore:
        return MemoryAccess(now=lambda: NOON)


class SqlContract(AccessContract):
    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def keys(self, url: str) -> Iterator[AccessStore]:
        prepare(url)
        keys = SqlAccess(database(make_url(url)), now=lambda: NOON)
        yield keys
        keys.close()

    def test_an_error_tells_nothing_of_what_was_to_be_written(self, keys: SqlAccess) -> None:
        keys.add_sign_in("the-very-hash", "p1", LATER)

        with pytest.raises(IntegrityError) as error:
            keys.add_sign_in("the-very-hash", "somebody", LATER)

        assert "somebody" not in str(error.value)

    def test_sign_ins_that_expired_long_ago_are_swept_away(self, keys: SqlAccess, url: str) -> None:
        keys.add_sign_in("old", "p1", NOON - timedelta(days=2))
        keys.add_sign_in("new", "p1", LATER)
        place = database(make_url(url))
        with place.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT id_hash FROM sign_ins").scalars().all() == ["new"]
        place.engine.dispose()


class TestSqlite(SqlContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'skoen.db'}"


class TestPostgresql(SqlContract):
    @pytest.fixture
    def url(self, postgres_url: str) -> str:
        return postgres_url
