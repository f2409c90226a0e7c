"""The server's daily chore: at once, again, over a failure, and never after the end."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from explain.apps.daily import daily
from explain.apps.serve import _sweep
from explain.store import SqlStore, open_store
from explain.store.databases import database as at

PATIENCE = 60


def test_it_is_done_at_once_and_again():
    done = threading.Semaphore(0)
    with daily(done.release, every=0.01):
        for _ in range(3):
            assert done.acquire(timeout=PATIENCE)


def test_it_is_done_once_where_the_day_is_long():
    times = []
    with daily(lambda: times.append(1)):
        pass
    assert times == [1]


def test_a_failure_is_told_by_its_kind_and_tried_again(caplog: pytest.LogCaptureFixture):
    done = threading.Semaphore(0)

    def chore() -> None:
        done.release()
        raise ValueError("Skolen har set ham trist")

    with caplog.at_level(logging.WARNING), daily(chore, every=0.01):
        assert done.acquire(timeout=PATIENCE)
        assert done.acquire(timeout=PATIENCE)
    assert "the daily chore failed: ValueError" in caplog.text
    assert "trist" not in caplog.text


def test_the_servers_chore_deletes_what_nobody_uses(database: str):
    from sqlalchemy import make_url

    long_ago = SqlStore(at(make_url(database)), now=lambda: datetime.now(UTC) - timedelta(days=31))
    long_ago.save_draft("own/p1/1", "title", "Dreng", 1, "p1")
    long_ago.close()
    now = open_store(database)
    now.save_draft("own/p2/1", "title", "Pige", 1, "p2")
    _sweep(database)
    assert list(now.touched("own")) == ["own/p2/1"]
    now.close()
