"""Writers queue; where there is no queue, they try again until they are served."""

from __future__ import annotations

import errno
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from explain.domain.facts import CaseSkipped
from explain.sessions.ports import Envelope, FactStore
from explain.store import open_store, prepare, sqlite, turn


def skip(store: FactStore, number: int) -> int:
    written = store.write("case/1", lambda _: [CaseSkipped()], Envelope(f"c{number}", "p"), content=number)
    return written.recorded[0].version


def no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "fcntl", None)


def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(turn.fcntl, "flock", refuse)


@pytest.mark.parametrize("without", [no_module, no_locks])
def test_without_a_queue_everybody_is_served_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: Callable[[pytest.MonkeyPatch], None]
) -> None:
    without(monkeypatch)
    url = f"sqlite:///{tmp_path}/skoen.db"
    prepare(url)
    store = open_store(url)

    with ThreadPoolExecutor(8) as threads:
        versions = sorted(threads.map(lambda number: skip(store, number), range(40)))

    assert versions == list(range(1, 41))
    store.close()


def test_only_one_has_the_turn(tmp_path: Path) -> None:
    inside = threading.Lock()

    def take(_: int) -> bool:
        with turn.turn(tmp_path / "lock"):
            alone = inside.acquire(blocking=False)
            inside.release()
            return alone

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(take, range(200)))


def test_writers_are_served_in_the_order_they_came(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/skoen.db"
    prepare(url)
    store = open_store(url)
    store.after(0)
    lock, door = tmp_path / "skoen.db.lock", tmp_path / "skoen.db.lock-door"
    with ThreadPoolExecutor(8) as threads:
        with turn.turn(lock):
            queue = []
            for number in range(8):
                queue.append(threads.submit(skip, store, number))
                while waiting(lock) + waiting(door) < len(queue):
                    assert not queue[-1].done(), "it did not wait for its turn"
                    time.sleep(0.001)
        assert [writer.result() for writer in queue] == list(range(1, 9))
    store.close()


def waiting(lock: Path) -> int:
    """Return how many wait for a lock, as Linux lists them (proc_locks(5)): "1: -> FLOCK ... 08:01:<inode> ..."."""
    inode = f":{lock.stat().st_ino}"
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return sum("->" in line and any(part.endswith(inode) for part in line) for line in lines)


def test_another_error_of_the_lock_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(turn.fcntl, "flock", fail)
    with pytest.raises(OSError, match="the disk is broken"), turn.turn(tmp_path / "lock"):
        pass


def test_a_write_waits_for_a_strangers_lock_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/skoen.db"
    prepare(url)
    store = open_store(url)
    with closing(sqlite3.connect(tmp_path / "skoen.db", isolation_level=None, check_same_thread=False)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with monkeypatch.context() as patch, pytest.raises(OperationalError, match="locked"):
            patch.setattr(sqlite, "PATIENCE_SECONDS", 0.0)
            skip(store, 1)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(skip, store, 1)
            stranger.execute("COMMIT")
            assert waiting.result() == 1
    store.close()
