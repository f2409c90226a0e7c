"""A table gone through in the four steps of pseudonymisation; no message and no result repeats what was removed."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from explain.guards import Kind, find, refused

NUMBER: Final = "number"
"""The column of running numbers."""

LONGEST_CELL: Final = 100_000
"""Characters; a longer cell is mostly a quotation mark that was left open (our own limit)."""

IDENTIFIES: Final = re.compile(
    r"cpr|person_?n(umme)?r|navn|name|adresse|address|street|gade$|(^|_)vej$|post(nr|nummer|code)|zip|tlf|telefon|phone|mobil|"
    r"e_?mail|mail$|(^|_)f(ø|oe)d|birth|dob|(^|_)(id|no|num|key|url|by)$|nr$|nummer$|number$|nøgle$|noegle$|"
    r"(case|child|person|record|barn|sag)_?(id|no|num)|web|hjemmeside|city|town|skole$|school$|institution$"
)
"""Columns that go whole, by their header in small letters with ``_`` for blanks and hyphens."""


class UnreadableTable(Exception):
    """Something in a table is not as it must be; the message names row and column, never what stands there."""

    def __init__(self, row: int, column: str, trouble: str) -> None:
        super().__init__(f"row {row} (line in the file), column {column}: {trouble}")


@dataclass(slots=True)
class Column:
    """What became of one column.

    Attributes
    ----------
    name
        Its header, or ``column_3`` where the header itself may point to a person.
    whole
        Why it was deleted whole; empty if it stayed.
    removed
        In the cells of a column that stayed: how many findings of each kind were removed.
    rows
        The running numbers of the rows in which something was removed.
    distinct, filled
        Of what stayed: different values, and cells that are not empty.
    singles
        How many values stand in one row only.
    text
        Whether some cell holds more than two words.
    """

    name: str
    whole: str = ""
    removed: Counter[Kind] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)
    distinct: int = 0
    filled: int = 0
    singles: int = 0
    text: bool = False


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A pseudonymised table: its header with `NUMBER` first, its rows, and what became of every column."""

    header: list[str]
    rows: list[list[str]]
    columns: list[Column]


def pseudonymised(data: bytes, *, kept: Collection[str] = ()) -> Pseudonymised:
    r"""Take a table through the four steps.

    Parameters
    ----------
    data
        A CSV file's content: UTF-8, commas or semicolons, a header.
    kept
        Ordinary words that stay, though they are names as well.

    Raises
    ------
    UnreadableTable
        Where it is not as it must be.

    Examples
    --------
    >>> made = pseudonymised("cpr;alder;note\n1;7;mor, tlf. 00 00 00 00\n".encode())
    >>> made.header, made.rows
    (['number', 'alder', 'note'], [['1', '7', 'mor, tlf. [phone]']])
    """
    header, rows = _read(data)
    secrets.SystemRandom().shuffle(rows)  # step 1; step 2 is the number a row gets from here on
    columns = [_column(name, place, [row[place] for row in rows], kept) for place, name in enumerate(header)]
    cells = [list(_gone_through(column, place, rows, kept)) for place, column in enumerate(columns) if not column.whole]
    stay = [column for column in columns if not column.whole]
    for column, values in zip(stay, cells, strict=True):
        counts = Counter(value for value in values if value)
        column.distinct, column.filled = len(counts), counts.total()
        column.text = any(len(value.split()) > 2 for value in values)
        column.singles = list(counts.values()).count(1)
    numbers = [str(number) for number in range(1, len(rows) + 1)]
    return Pseudonymised(
        [NUMBER, *(column.name for column in stay)], [list(row) for row in zip(numbers, *cells, strict=True)], columns
    )


def written(made: Pseudonymised) -> str:
    """Return the table as CSV, separated by commas."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(made.header)
    writer.writerows(made.rows)
    return file.getvalue()


def _column(name: str, place: int, values: Sequence[str], kept: Collection[str]) -> Column:
    """Judge a column by its header and by what most of its cells are."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    shown = f"column_{place + 1}" if not plain or find(name, kept=kept) else name.strip()
    if IDENTIFIES.search(plain):
        return Column(shown, whole="its header says that it identifies")
    filled = [value for value in values if value.strip()]
    if filled and sum(_is_cpr(value) for value in filled) * 2 > len(filled):
        return Column(shown, whole="most of its cells look like CPR numbers")
    return Column(shown)


def _gone_through(column: Column, place: int, rows: Sequence[Sequence[str]], kept: Collection[str]) -> Iterator[str]:
    """Yield the cells of a column without what was found in them (steps 3 and 4)."""
    seen: dict[str, tuple[str, tuple[Kind, ...]]] = {}
    for number, row in enumerate(rows, start=1):
        cell = row[place]
        if cell not in seen:
            seen[cell] = _without(cell, kept)
        text, kinds = seen[cell]
        if kinds:
            column.removed.update(kinds)
            column.rows.append(number)
        yield text


def _without(cell: str, kept: Collection[str]) -> tuple[str, tuple[Kind, ...]]:
    """Return a cell with every finding replaced by its kind, and the kinds."""
    if _is_cpr(cell):
        return f"[{Kind.CPR.value}]", (Kind.CPR,)
    found = find(cell, kept=kept)
    for finding in reversed(found):
        cell = f"{cell[: finding.start]}[{finding.kind.value}]{cell[finding.end :]}"
    return cell, tuple(finding.kind for finding in found)


def _is_cpr(cell: str) -> bool:
    """Tell whether a cell is a CPR number, also one whose first 0 a spreadsheet has taken away."""
    digits = cell.strip().removesuffix(".0")
    if re.fullmatch(r"\d{9}", digits):
        digits = "0" + digits
    return [(found.kind, found.end - found.start) for found in refused(digits)] == [(Kind.CPR, len(digits))]


def _read(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return header and rows, blank lines left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(line, "unclear", "must be UTF-8, but is not; save it as UTF-8") from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(2**31 - 1)  # a cell that never ends must reach our own check, which says where it is
    lines = _lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    _, header = next(lines, (1, []))
    if not any(name.strip() for name in header):
        raise UnreadableTable(1, "1", "the header must stand here, but the line is empty")
    if twice := [place for place, name in enumerate(header, start=1) if name.strip() and name in header[: place - 1]]:
        raise UnreadableTable(1, str(twice[0]), "a header must stand once, but this one stands further left too")
    rows = [_checked(line, row, len(header)) for line, row in lines if row]
    if not rows:
        raise UnreadableTable(2, "1", "the first row must stand here, but the table ends after its header")
    return header, rows


def _lines(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the line in which each begins."""
    line = 1
    rows = iter(reader)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            trouble = f"quotation marks must enclose a cell, doubled inside it ({error})"
            raise UnreadableTable(line, "unclear", trouble) from None
        yield line, row
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _checked(line: int, row: list[str], wanted: int) -> list[str]:
    if len(row) != wanted:
        column = str(min(len(row), wanted) + 1)
        raise UnreadableTable(
            line, column, f"a row must have {wanted} cells, as the header has, but this one has {len(row)}"
        )
    for place, cell in enumerate(row, start=1):
        if len(cell) > LONGEST_CELL:
            raise UnreadableTable(
                line, str(place), f"a cell must have at most {LONGEST_CELL} characters, but has {len(cell)}"
            )
    return row
