"""The report of ``skoen pseudonymise``: what was removed where, and what a person must still judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from explain.apps.pseudonymise_table import Column, Pseudonymised
from explain.guards import Kind

MOST_ROWS: Final = 20
"""Row numbers listed for a column; more are counted."""

FEWEST: Final = 5
"""Rows that should share a value, so that it singles nobody out (the smallest group shown anywhere in Skøn)."""


def report(made: Pseudonymised) -> str:
    """Return the report; it holds headers, kinds, counts and running numbers, and nothing of what was removed."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Pseudonymised) -> Iterator[str]:
    stay = [column for column in made.columns if not column.whole]
    yield "PSEUDONYMISATION"
    yield ""
    yield f"1. Random order: {len(made.rows)} rows were shuffled by the machine's source of randomness."
    yield (
        "2. Running numbers: 1 to "
        + f"{len(made.rows)}, in the column {made.header[0]}. Which row had which number is kept nowhere."
    )
    cpr = sum(column.removed[Kind.CPR] for column in stay)
    yield f"3. CPR numbers: {cpr} deleted in cells, besides the columns deleted whole."
    yield "4. The other columns were gone through."
    yield ""
    yield "COLUMNS DELETED WHOLE"
    for column in made.columns:
        if column.whole:
            yield f"- {column.name}: {column.whole}"
    if len(stay) == len(made.columns):
        yield "- none"
    yield ""
    yield "REMOVED IN CELLS (rows by their new running number)"
    for column in stay:
        if column.removed:
            kinds = ", ".join(f"{count} {kind.value}" for kind, count in sorted(column.removed.items()))
            more = f" and {len(column.rows) - MOST_ROWS} more" if len(column.rows) > MOST_ROWS else ""
            yield f"- {column.name}: {kinds}; rows {', '.join(map(str, column.rows[:MOST_ROWS]))}{more}"
    if not any(column.removed for column in stay):
        yield "- nothing"
    yield ""
    yield "A PERSON MUST STILL JUDGE"
    yield from _judgements(made, stay)


def _judgements(made: Pseudonymised, stay: list[Column]) -> Iterator[str]:
    for column in stay:
        yield from (f"- {column.name}: {what}" for what in _of(column, len(made.rows)))
    yield "- Combinations: age, household, reasons and history may together fit one child only, though none does alone."
    yield "- What was found and is an ordinary word: run again with --keep WORD, and it stays."
    yield "- Rare names, nicknames, workplaces and incidents that others remember: no list has them. Read every text."
    yield "- Times: put days before the referral in place of the dates that were removed."
    yield "- The input: delete it, or keep it only where it may be kept. This table is still personal data."


def _of(column: Column, rows: int) -> Iterator[str]:
    if column.name.startswith("column_"):
        yield "its header was missing or may itself point to a person, and was replaced; give it another"
    if column.text:
        yield "free text; read all of it"
    elif column.filled and column.distinct == column.filled and rows > 1:
        yield "a different value in every row: an id that leads back, or an exact figure? Delete it, or round it"
    elif column.singles:
        yield f"{column.singles} values stand in one row only; join them to groups of at least {FEWEST}"
    if {Kind.NAME, Kind.INSTITUTION, Kind.TOWN} & set(column.removed):
        yield "names or places were removed by lists: look for those the lists do not have"
    if {Kind.DATE, Kind.BIRTH_DATE} & set(column.removed):
        yield "dates were removed: does the text still tell the day?"
