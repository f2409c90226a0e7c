"""A CSV table of a model's inputs, read and checked.

Reading is fast first: many rows at once are turned into columns, and each distinct text of a column is read once. Where
anything is wrong, the table is walked again, row by row, to say where.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

import numpy as np

from explain.apps.score_cells import LONGEST_CELL, Ranged, Readings, shown
from explain.models.term import Column

CASE_ID: Final = "case_id"


FEW_COLUMNS: Final = 20
"""So many names still fit into a message."""


class TableFault(Exception):
    """Something in a table is not as it must be; the message names row and column."""

    def __init__(self, row: int, column: str, trouble: str) -> None:
        super().__init__(f"row {row} (line in the file), column {column}: {trouble}")


@dataclass(frozen=True, slots=True)
class Rows:
    """Some cases of a table: their ids, and their inputs by name."""

    ids: Sequence[str]
    inputs: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns of 0 and 1 that add up to another column, or of which exactly one is 1 (``total`` is None)."""

    parts: Sequence[str]
    total: str | None = None

    def broken(self, row: Mapping[str, Any]) -> Any:
        """Return where it does not hold: of one row a bool, of columns a bool for each row."""
        return sum(row[part] for part in self.parts) != (1.0 if self.total is None else row[self.total])

    def trouble(self, row: Mapping[str, float]) -> tuple[str, str]:
        """Return the column that is named for it in a row where it does not hold, and what is wrong."""
        found, names = f"{sum(row[part] for part in self.parts):.0f}", ", ".join(self.parts)
        if self.total is None:
            return self.parts[0], f"exactly one must be 1 of {names}; here {found} are"
        return self.total, f"must be how many are 1 of {names}, which is {found}, but is {row[self.total]:.0f}"


class Columns(Protocol):
    """The columns a table must hold, and how many of its rows are turned into them at once."""

    @property
    def rows_at_once(self) -> int:
        """More takes more memory and is no faster."""

    @property
    def sums(self) -> Sequence[Sum]:
        """What must hold between columns, beside what ``within`` says."""

    @property
    def terms(self) -> Sequence[Ranged]:
        """With the values each may have."""

    @property
    def inputs(self) -> Sequence[str]:
        """By name, in order."""


class Table:
    """A CSV table of a model's inputs: UTF-8, comma or semicolon, one header, columns in any order.

    Parameters
    ----------
    data
        The file's content.
    model
        Whose inputs the columns must hold; further columns are left alone.

    Raises
    ------
    TableFault
        If the encoding or the header is not as it must be; `rows` raises it for a row.
    """

    def __init__(self, data: bytes, model: Columns) -> None:
        self.data, self.model = data, model
        self.readings = {term.name: Readings(term) for term in model.terms}
        first = data.partition(b"\n")[0]
        self.delimiter = ";" if first.count(b";") > first.count(b",") else ","
        csv.field_size_limit(2**31 - 1)  # a cell that never ends must reach our own check, which says where it is
        self._check_encoding()
        self.header: list[str] = next(self._reader(strict=False), [])
        self._check_header()

    def rows(self) -> Iterator[Rows]:
        """Yield the cases in order, many at a time; blank lines are passed over.

        Raises
        ------
        TableFault
            At the first row that is not as it must be, and where there is no row.
        """
        reader = self._reader()
        none_yet = True
        try:
            next(reader)
            while batch := list(islice(reader, self.model.rows_at_once)):
                if filled := [row for row in batch if row]:
                    none_yet = False
                    yield self._columns(filled)
        except (ValueError, csv.Error) as error:
            raise self._first_fault() from error
        if none_yet:
            raise TableFault(2, CASE_ID, "the first case must stand here, but the table ends after its header")

    def _columns(self, rows: list[list[str]]) -> Rows:
        """Turn rows into columns; raise ValueError if any row is at fault."""
        columns = dict(zip(self.header, zip(*rows, strict=True), strict=True))
        if not all(columns[CASE_ID]) or any(len(max(column, key=len)) > LONGEST_CELL for column in columns.values()):
            raise ValueError("an id is empty or a cell too long")
        inputs = {
            name: np.array(list(map(readings.__getitem__, columns[name])), dtype=np.float64)
            for name, readings in self.readings.items()
        }
        for term in self.model.terms:
            if term.within and (inputs[term.name] > inputs[term.within]).any():
                raise ValueError(f"{term.name} is above {term.within}")
        if any(np.any(rule.broken(inputs)) for rule in self.model.sums):
            raise ValueError("columns do not add up")
        return Rows(columns[CASE_ID], inputs)

    def _first_fault(self) -> TableFault:
        """Walk the table again and say what is wrong first."""
        reader = self._reader()
        line, row = 1, []
        try:
            for row in reader:
                if line > 1 and row and (trouble := self._trouble(row)):
                    return TableFault(line, *trouble)
                line = reader.line_num + 1
        except csv.Error as error:
            return TableFault(line, "unclear", f"quotation marks must enclose a cell, doubled inside it ({error})")
        raise AssertionError("the table was refused, but no row of it is at fault")

    def _trouble(self, row: list[str]) -> tuple[str, str] | None:
        """Return the column at fault in a row and what is wrong there, or None."""
        wanted, came = len(self.header), len(row)
        if came != wanted:
            column = self.header[came] if came < wanted else f"{wanted + 1} (after {self.header[-1]})"
            return column, f"a row must have {wanted} cells, as the header has, but this one has {came}"
        cells = dict(zip(self.header, row, strict=True))
        if not cells[CASE_ID]:
            return CASE_ID, "must not be empty; give every case an id"
        for name, cell in cells.items():
            if len(cell) > LONGEST_CELL:
                return name, f"a cell must have at most {LONGEST_CELL} characters, but is {shown(cell)}"
            try:
                if name in self.readings:
                    self.readings[name][cell]
            except ValueError as error:
                return name, str(error)
        for name, held_by in ((term.name, term.within) for term in self.model.terms if term.within):
            if self.readings[name][cells[name]] > self.readings[held_by][cells[held_by]]:
                return name, f"must be at most {held_by}, which is {cells[held_by]}, but is {cells[name]}"
        numbers = {name: readings[cells[name]] for name, readings in self.readings.items()}
        return next((rule.trouble(numbers) for rule in self.model.sums if rule.broken(numbers)), None)

    def _check_header(self) -> None:
        wanted = (CASE_ID, *self.model.inputs)
        few = len(wanted) <= FEW_COLUMNS
        names = ", ".join(wanted) if few else f"{CASE_ID} and the {len(wanted) - 1} variables (`skoen score --help`)"
        if not self.header:
            raise TableFault(1, CASE_ID, f"the header must stand here ({names}), but the line or the file is empty")
        for name in wanted:
            if name not in self.header:
                missing = [one for one in wanted if one not in self.header]
                more = f" (missing are {len(missing)}: {_some(missing)})" if len(missing) > 1 else ""
                found = _some([shown(one) for one in self.header])
                raise TableFault(1, name, f"is missing{more}; the header must name {names}, but names {found}")
        for name in self.header:
            if self.header.count(name) > 1:
                raise TableFault(1, shown(name), "must stand in the header once, but stands there more than once")

    def _check_encoding(self) -> None:
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = self.data[: error.start].rpartition(b"\n")
            row = before[0].count(b"\n") + 1 + len(before[1])
            header, cells = (
                next(csv.reader([line.decode("utf-8-sig", errors="replace")], delimiter=self.delimiter), [])
                for line in (self.data.partition(b"\n")[0], before[2])
            )
            place = max(len(cells), 1) - 1  # an empty line has no cell
            column = header[place] if row > 1 and place < len(header) else str(place + 1)
            raise TableFault(row, column, "must be UTF-8, but is not; save the file as 'CSV UTF-8'") from error

    def _reader(self, *, strict: bool = True) -> Any:
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding="utf-8-sig", newline="")
        return csv.reader(text, delimiter=self.delimiter, strict=strict)


def _some(names: Sequence[str]) -> str:
    """Return names for a message, and how many more there are."""
    rest = len(names) - FEW_COLUMNS
    return ", ".join(names[:FEW_COLUMNS]) + (f" and {rest} more" if rest > 0 else "")
