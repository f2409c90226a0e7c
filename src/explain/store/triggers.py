"""Triggers: the database itself refuses to change what happened, whoever asks.

Alembic's ``batch_alter_table`` makes a table anew and loses its triggers, so ``make_triggers`` runs after every
migration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Table, UniqueConstraint

from explain.store.schema import commands, content, erasures, facts

GUARDED: Final[dict[Table, tuple[str, str]]] = {
    facts: ("", ""),
    content: ("body", "NEW.body IS NULL"),
    commands: ("fingerprint", "NEW.fingerprint IS NULL"),
    erasures: ("cleansed", "NEW.cleansed"),
}
"""Tables whose rows stay as they are, each with the one column that may change, and what it may become."""


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away, for a migration; call ``make_triggers`` afterwards, in the same transaction."""
    for table in GUARDED:
        for deed in ("update", "delete", "replace", "truncate"):
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_{deed}")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_{deed} ON {table.name}")


def make_triggers(connection: Connection) -> None:
    """Make every trigger again."""
    drop_triggers(connection)
    statements = _for_sqlite() if connection.dialect.name == "sqlite" else _for_postgresql()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _for_sqlite() -> Iterator[str]:
    for table in GUARDED:
        name = table.name
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_sentence(table)}'); END"
        yield f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {name} WHEN {_changed(table, 'IS NOT')} {refuse}"
        yield f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {name} {refuse}"
        # INSERT OR REPLACE deletes a row without a word to the trigger above, unless recursive_triggers is on, which a
        # stranger's connection would not have set.
        there = f"EXISTS (SELECT 1 FROM {name} WHERE {_same_row(table)})"
        yield f"CREATE TRIGGER {name}_replace BEFORE INSERT ON {name} WHEN {there} {refuse}"


def _for_postgresql() -> Iterator[str]:
    # %% because psycopg reads a single one as a placeholder
    yield (
        "CREATE OR REPLACE FUNCTION skoen_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in GUARDED:
        name = table.name
        refuse = f"EXECUTE FUNCTION skoen_refuse('{_sentence(table)}')"
        changed = _changed(table, "IS DISTINCT FROM")
        yield f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {name} FOR EACH ROW WHEN ({changed}) {refuse}"
        yield f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {name} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {name} FOR EACH STATEMENT {refuse}"


def _sentence(table: Table) -> str:
    return f"{table.name}: what is recorded never changes; it can only be erased, by FactStore.erase"


def _changed(table: Table, differs: str) -> str:
    """Return the condition under which an update is refused."""
    free, allowed = GUARDED[table]
    if not free:
        return "1 = 1"
    others = [f'NEW."{column.name}" {differs} OLD."{column.name}"' for column in table.columns if column.name != free]
    return " OR ".join([*others, f"NOT ({allowed})"])


def _same_row(table: Table) -> str:
    """Return the condition under which an insert meets a row that is there."""
    unique = [c.columns.keys() for c in table.constraints if isinstance(c, UniqueConstraint)]
    keys = [table.primary_key.columns.keys(), *unique, *([c.name] for c in table.columns if c.unique)]
    return " OR ".join("(" + " AND ".join(f'"{name}" = NEW."{name}"' for name in key) + ")" for key in keys)
