"""What is erased is gone: from the tables, and from the bytes on the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from explain.domain.errors import Refused
from explain.domain.facts import CaseClosed, InitialLocked
from explain.domain.judgement import Judgement
from explain.sessions.ports import Envelope, FactStore
from explain.store import open_store, prepare, sqlite
from explain.store.rules import fingerprint

REASONS = "Moderen siger: hånden blev brændt på kakkelovnen"
REFLECTION = "Jeg overså plejefamiliens egen forklaring"
DRAFT = "Måske burde jeg have spurgt naboen"
OTHERS = "Det her skal blive stående"
LONG = "Meget lang begrundelse. " * 800
"""Longer than a page of the database, so that it spills over into others."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "skoen.db"


@pytest.fixture
def store(path: Path) -> Iterator[FactStore]:
    prepare(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


def write_all(store: FactStore) -> list[str]:
    """Write what is to be erased, and something that is not; return everything that must be gone."""
    written = [
        ("p/1/sag-1", InitialLocked(Judgement(9, REASONS)), "c1"),
        ("p/1/sag-1", CaseClosed(REFLECTION), "c2"),
        ("p/1/sag-2", InitialLocked(Judgement(9, LONG)), "c3"),
        ("p/2/sag-1", InitialLocked(Judgement(9, OTHERS)), "c4"),
    ]
    for stream, fact, command in written:
        store.write(stream, lambda _, fact=fact: [fact], Envelope(command, "p"), content=fact)
    store.save_draft("p/1/sag-3", "reasons", DRAFT, 1, "p")
    prints = [fingerprint(stream, "p", fact) for stream, fact, _ in written[:3]]
    return [REASONS, REFLECTION, DRAFT, "Meget lang begrundelse", *prints]


def on_disk(folder: Path) -> bytes:
    """Return every byte of the database, its write-ahead log and its index."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


def found(words: list[str], data: bytes) -> list[str]:
    return [word for word in words if word.encode() in data]


def test_nothing_of_it_is_left_on_the_disk(path: Path, store: FactStore) -> None:
    secrets = write_all(store)
    assert found(secrets, on_disk(path.parent)) == secrets, "what was never there proves nothing by being gone"
    bystander = open_store(f"sqlite:///{path}")
    assert len(bystander.after(0)) == 4

    assert store.erase("p/1", actor="trainer", reason="asked for it") == 3

    assert {file.name for file in path.parent.iterdir()} >= {"skoen.db", "skoen.db-wal", "skoen.db-shm"}
    assert found(secrets, on_disk(path.parent)) == []
    assert found([OTHERS], on_disk(path.parent)) == [OTHERS]
    bystander.close()


CROWD = 60
"""Participants whose texts fill many pages of the database, split and mended."""


def fill(store: FactStore) -> tuple[list[str], list[str]]:
    """Let a crowd write texts of all lengths, in turns; return what is to be erased, and what is to stay."""
    marks: tuple[list[str], list[str]] = ([], [])
    for case in range(3):
        for participant in range(CROWD):
            kept = participant % 3 == 0
            mark = f"mark-{participant}-{case}-end"
            marks[kept].append(mark)
            locked = InitialLocked(Judgement(5, f"{mark} " * (1 + 7 * participant * (case + 1) % 90)))
            stream = f"{'keep' if kept else 'gone'}/{participant}/{case}"
            store.save_draft(stream, "reasons", mark, 1, "p")
            store.write(
                stream, lambda _, locked=locked: [locked], Envelope(f"id-{participant}-{case}", "p"), content=mark
            )
    return marks


def test_nothing_is_left_between_the_rows_that_stay(path: Path, store: FactStore) -> None:
    gone, kept = fill(store)
    store.erase("gone", actor="trainer", reason="asked for it")

    assert found(gone, on_disk(path.parent)) == []
    assert found(kept, on_disk(path.parent)) == kept


def test_the_skeleton_stays(path: Path, store: FactStore) -> None:
    write_all(store)
    store.erase("p/1", actor="trainer", reason="asked for it")

    with closing(sqlite3.connect(path)) as raw:
        kept = raw.execute("SELECT stream, version, kind, actor FROM facts ORDER BY position").fetchall()
        assert kept[:2] == [("p/1/sag-1", 1, "initial_locked", "p"), ("p/1/sag-1", 2, "case_closed", "p")]
        assert raw.execute("SELECT count(body), count(*) FROM content").fetchone() == (1, 4)
        assert raw.execute("SELECT count(fingerprint), count(*) FROM commands").fetchone() == (1, 4)


def test_an_erasure_that_was_stopped_half_way_is_finished_at_the_next_start(
    path: Path, store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = write_all(store)

    def stopped(_: sqlite.Sqlite) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sqlite.Sqlite, "cleanse", stopped)
        store.erase("p/1", actor="trainer", reason="asked for it")
    assert found(secrets, on_disk(path.parent)), "the text is still there, or the test proves nothing"
    with pytest.raises(Refused):
        store.read("p/1/sag-1")

    prepare(f"sqlite:///{path}")

    assert found(secrets, on_disk(path.parent)) == []


def test_a_reader_in_the_way_is_said_and_nothing_is_lost(
    path: Path, store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE_SECONDS", 0.1)
    secrets = write_all(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM facts").fetchone()
        with pytest.raises(RuntimeError, match="close other programs"):
            store.erase("p/1", actor="trainer", reason="asked for it")
        with pytest.raises(Refused):
            store.read("p/1/sag-1")
        reader.execute("COMMIT")

    prepare(f"sqlite:///{path}")

    assert found(secrets, on_disk(path.parent)) == []


def test_postgresql_holds_nothing_of_it_in_its_tables(postgres_url: str) -> None:
    prepare(postgres_url)
    store = open_store(postgres_url)
    secrets = write_all(store)
    assert found(secrets, in_tables(postgres_url)) == secrets

    store.erase("p/1", actor="trainer", reason="asked for it")
    store.close()

    assert found(secrets, in_tables(postgres_url)) == []
    assert found([OTHERS], in_tables(postgres_url)) == [OTHERS]
    assert found(secrets, in_table_files(postgres_url)) == []
    assert found([OTHERS], in_table_files(postgres_url)) == [OTHERS]


def test_postgresql_leaves_nothing_between_the_rows_that_stay(postgres_url: str) -> None:
    prepare(postgres_url)
    store = open_store(postgres_url)
    gone, kept = fill(store)
    store.erase("gone", actor="trainer", reason="asked for it")
    store.close()

    assert found(gone, in_table_files(postgres_url)) == []
    assert found(kept, in_tables(postgres_url)) == kept


def in_tables(url: str) -> bytes:
    """Return every row of every table as text."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [
            row
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f"SELECT t::text FROM {table} t")).scalars()
        ]
    engine.dispose()
    # A row as text doubles quotes and backslashes; nothing that is looked for has any.
    return "\n".join(rows).encode()


def in_table_files(url: str) -> bytes:
    """Return the bytes of the files that hold the database's tables, after a checkpoint."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    engine.dispose()
    return b"".join(file.read_bytes() for file in (folder / "base" / str(number)).iterdir() if file.is_file())
