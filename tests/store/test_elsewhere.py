"""A store can be tried out in another file before a fork: nothing happens at home, and nothing stays open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explain.domain.facts import CaseSkipped, IntroductionRead
from explain.sessions.ports import Envelope
from explain.store import SqlStore, open_store, prepare


def put(store: SqlStore, command_id: str) -> None:
    store.write("p/1", lambda _: [CaseSkipped()], Envelope(command_id, "p1"), content="skip")


@pytest.fixture
def home(tmp_path: Path) -> SqlStore:
    prepare(f"sqlite:///{tmp_path / 'home.sqlite'}")
    prepare(f"sqlite:///{tmp_path / 'away.sqlite'}")
    store = open_store(f"sqlite:///{tmp_path / 'home.sqlite'}")
    assert isinstance(store, SqlStore)
    return store


def test_what_is_done_elsewhere_is_not_at_home(home: SqlStore, tmp_path: Path) -> None:
    with home.elsewhere(tmp_path / "away.sqlite"):
        put(home, "c1")
        assert len(home.read("p/1")) == 1
    assert home.read("p/1") == ()
    put(home, "c1")
    assert len(home.read("p/1")) == 1
    assert len(open_store(f"sqlite:///{tmp_path / 'away.sqlite'}").read("p/1")) == 1


def test_it_can_be_used_in_a_fork_afterwards(home: SqlStore, tmp_path: Path) -> None:
    with home.elsewhere(tmp_path / "away.sqlite"):
        put(home, "c1")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            home.write("p/2", lambda _: [IntroductionRead()], Envelope("c2", "p1"), content="read")
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [row.stream for row in home.after(0)] == ["p/2"]


def test_only_a_sqlite_file_can_be_tried_out(tmp_path: Path) -> None:
    store = open_store("postgresql+psycopg://nobody@localhost/nothing")
    assert isinstance(store, SqlStore)
    with pytest.raises(TypeError, match="SQLite"), store.elsewhere(tmp_path / "away.sqlite"):
        pass
