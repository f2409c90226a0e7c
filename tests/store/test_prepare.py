"""Opening, migrating, refusing."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from explain.domain.conditions import PILOT1
from explain.domain.facts import CaseOpened
from explain.sessions.ports import Envelope
from explain.store import NetworkDriveRefused, NotReady, drives, migrate, open_store, prepare, schema
from explain.store.databases import database
from explain.store.schema import METADATA, MIGRATIONS, revisions
from explain.store.triggers import GUARDED, make_triggers

OPENED = CaseOpened("set/case", "1", PILOT1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/skoen.db"
    return str(request.getfixturevalue("postgres_url"))


def test_preparing_again_keeps_everything(url: str) -> None:
    prepare(url)
    store = open_store(url)
    store.write("case/1", lambda _: [OPENED], Envelope("c", "p"), content=OPENED)
    before = store.after(0)
    store.close()

    prepare(url)

    assert store.after(0) == before
    store.close()


def test_the_newest_revision_makes_the_tables_the_program_knows(url: str) -> None:
    prepare(url)
    place = database(make_url(url))
    with place.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    place.engine.dispose()


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("facts", table_kwargs={"sqlite_autoincrement": True}) as facts:
        facts.add_column(sa.Column("device", sa.Text))
    op.execute("UPDATE facts SET device = 'phone'")
"""
"""An invented next revision, after {newest}: it makes the table of facts anew, and writes into every row."""


def test_a_further_revision_keeps_facts_triggers_and_numbers(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(url)
    store = open_store(url)
    for number in range(3):
        store.write(f"case/{number}", lambda _: [OPENED], Envelope(f"c{number}", "p"), content=OPENED)
    before = store.after(0)
    store.close()
    newer = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    newest = revisions()[-1]
    (newer / "versions" / "r9999_device.py").write_text(NEXT.replace("{newest}", newest))
    for module in (schema, migrate):
        monkeypatch.setattr(module, "MIGRATIONS", newer)

    with pytest.raises(NotReady, match=f"must have revision 9999, not {newest}"):
        store.after(0)
    prepare(url)

    assert store.after(0) == before
    more = store.write("case/3", lambda _: [OPENED], Envelope("c3", "p"), content=OPENED)
    assert more.recorded[0].position > before[-1].position
    store.close()
    place = database(make_url(url))
    with place.engine.connect() as connection:
        assert set(connection.exec_driver_sql("SELECT device FROM facts").scalars()) == {"phone", None}
    with pytest.raises(DBAPIError, match="never changes"), place.writing() as connection:
        connection.exec_driver_sql("UPDATE facts SET device = 'laptop'")
    place.engine.dispose()


def test_revisions_are_those_alembic_finds(looked_at: Callable[[str, int], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]

    looked_at("revisions", len(found))
    assert found[::-1] == revisions()


def test_alembics_door_does_nothing_when_others_import_it() -> None:
    spec = importlib.util.spec_from_file_location("door", MIGRATIONS / "env.py")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_triggers_are_back_after_a_table_was_made_anew(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/skoen.db"
    prepare(url)
    place = database(make_url(url))
    with place.migrating() as connection:
        for table in GUARDED:
            connection.exec_driver_sql(f"CREATE TABLE anew AS SELECT * FROM {table.name}")
            connection.exec_driver_sql(f"DROP TABLE {table.name}")
            connection.exec_driver_sql(f"ALTER TABLE anew RENAME TO {table.name}")
        assert triggers(connection) == []
        make_triggers(connection)
        assert len(triggers(connection)) == 3 * len(GUARDED)
    place.engine.dispose()


def triggers(connection) -> list[str]:  # type: ignore[no-untyped-def]
    return list(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())


def test_a_migration_that_breaks_a_reference_is_taken_back(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path}/skoen.db")
    place = database(make_url(f"sqlite:///{tmp_path}/skoen.db"))
    columns = "stream, version, kind, schema_version, command_id, part, actor, bot, at, body"
    with pytest.raises(RuntimeError, match="refer to nothing"), place.migrating() as connection:
        connection.exec_driver_sql(f"INSERT INTO facts ({columns}) VALUES ('s', 1, 'k', 1, 'none', 0, 'a', 0, 0, '')")
    with place.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM facts").scalar() == 0
    place.engine.dispose()


def test_what_was_not_prepared_says_so(tmp_path: Path, url: str) -> None:
    store = open_store(url)
    with pytest.raises(NotReady, match=r"call explain\.store\.prepare"):
        store.after(0)
    store.close()
    assert not list(tmp_path.iterdir()), "asking made an empty database"

    (tmp_path / "empty.db").touch()
    store = open_store(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(NotReady, match=r"must have revision .*, not none at all"):
        store.after(0)
    store.close()


def test_what_a_newer_program_wrote_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "skoen.db"
    prepare(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")

    for use in (prepare, lambda url: open_store(url).after(0)):
        with pytest.raises(NotReady, match=r"has revision 9999, .* a newer Skøn wrote it"):
            use(f"sqlite:///{path}")


def test_an_error_never_says_the_password() -> None:
    store = open_store("postgresql+psycopg://anna:hemmeligt@localhost:1/skoen")
    with pytest.raises(Exception, match="refused") as error:
        store.after(0)
    assert "hemmeligt" not in str(error.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_sqlite_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must name its file"):
        open_store(url)


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="not mysql"):
        open_store("mysql+pymysql://localhost/skoen")


def test_opening_opens_nothing(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/skoen.db").close()
    open_store("postgresql+psycopg://nobody@nowhere.invalid/nothing").close()

    assert not list(tmp_path.iterdir())


def test_only_the_owner_can_read_the_data(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path}/data/skoen.db")
    store = open_store(f"sqlite:///{tmp_path}/data/skoen.db")
    store.beat("p1", "sag 1")

    files = sorted((tmp_path / "data").iterdir())
    assert [file.name for file in files] == [
        "skoen.db",
        "skoen.db-shm",
        "skoen.db-wal",
        "skoen.db.lock",
        "skoen.db.lock-door",
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    store.close()


def test_every_connection_to_sqlite_is_set_alike(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path}/skoen.db")
    place = database(make_url(f"sqlite:///{tmp_path}/skoen.db"))
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }
    for open_connection in (place.engine.connect, place.migrating, place.writing, place.engine.connect):
        with open_connection() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert found == wanted | ({"foreign_keys": 0} if open_connection == place.migrating else {})
    place.engine.dispose()


def test_a_network_drive_is_refused_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "_read", lambda: f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")

    with pytest.raises(NetworkDriveRefused, match=r"is on a network drive \(nfs4\)"):
        prepare(f"sqlite:///{tmp_path}/data/skoen.db")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/skoen", ""),
        ("/home/anna/data", "cifs"),
        ("/home/annalise/data", ""),
        ("/home/anna/local/data", ""),
        ("/mnt/en mappe/data", "fuse.sshfs"),
        ("/mnt/over", "nfs4"),
        (r"\\server\share\data", "a share"),
    ],
)
def test_the_innermost_mount_counts(place: str, kind: str) -> None:
    mounts = (
        "/dev/vda1 / ext4 rw 0 0\n"
        "//server/anna /home/anna cifs rw 0 0\n"
        "/dev/vdb1 /home/anna/local ext4 rw 0 0\n"
        "anna@server: /mnt/en\\040mappe fuse.sshfs rw 0 0\n"
        "/dev/vdc1 /mnt/over ext4 rw 0 0\n"
        "server:/over /mnt/over nfs4 rw 0 0\n"
    )
    if not kind:
        drives.refuse_network_drive(Path(place), mounts)
        return
    with pytest.raises(NetworkDriveRefused) as refused:
        drives.refuse_network_drive(Path(place), mounts)
    assert f"({kind})" in str(refused.value)
