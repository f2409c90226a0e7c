"""Rows of the registers as numbers: days, ages, reasons, spells, and which rows are whose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explain.register.history import RUNNING
from explain.register.tables import CAME_HOME, PLACED, PLACED_BY_FORCE

Days = NDArray[np.int64]


def days(column: pd.Series[pd.Timestamp]) -> Days:
    """Return dates as days since 1970; an empty one as ``RUNNING``."""
    values = column.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(values), RUNNING, values.astype(np.int64))


def whole_years(born: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return completed years from birth to day, by the calendar.

    Examples
    --------
    >>> as_days = lambda text: np.array([np.datetime64(text, "D").astype(int)])
    >>> born = as_days("2000-05-10")
    >>> whole_years(born, as_days("2016-05-09")), whole_years(born, as_days("2016-05-10"))
    (array([15]), array([16]))
    """
    a, b = born.astype("datetime64[D]"), day.astype("datetime64[D]")
    month_a, month_b = a.astype("datetime64[M]"), b.astype("datetime64[M]")
    months = (month_b - month_a).astype(np.int64) - ((b - month_b) < (a - month_a))
    return np.asarray(months // 12, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Events:
    """Events of persons: those of person i stand at ``start[i]`` to ``start[i + 1]``."""

    start: Days
    columns: tuple[Days, ...]


def events(persons: Days, keys: Days, *columns: Days) -> Events:
    """Sort events by person; those of nobody in ``persons`` are left out."""
    place = np.minimum(np.searchsorted(persons, keys), len(persons) - 1)
    known = persons[place] == keys
    place, columns = place[known], tuple(column[known] for column in columns)
    order = np.lexsort((columns[0], place))
    start = np.searchsorted(place[order], np.arange(len(persons) + 1))
    return Events(start, tuple(column[order] for column in columns))


def reason_bits(buu: pd.DataFrame) -> Days:
    """Return the reasons 1 to 16 as bits 0 to 15."""
    bits = np.zeros(len(buu), dtype=np.int64)
    for k in range(16):
        bits |= buu[f"BAGGRUND{k + 1}"].to_numpy().astype(np.int64) << k
    return bits


def spells(buah: pd.DataFrame) -> tuple[Days, Days, Days, Days]:
    """Return the placements as keys, first and last day, and whether without consent; a shift of place is none."""
    rows = buah[buah.HAENDELSE.isin([PLACED, PLACED_BY_FORCE, CAME_HOME])]
    rows = rows.sort_values(["PNR", "EFFEKTDATO"], kind="stable", ignore_index=True)
    keys, day, event = rows.PNR.to_numpy(), days(rows.EFFEKTDATO), rows.HAENDELSE.to_numpy()
    begins = np.flatnonzero(event != CAME_HOME)
    following = np.minimum(begins + 1, len(rows) - 1)
    ended = (following > begins) & (keys[following] == keys[begins]) & (event[following] == CAME_HOME)
    last = np.where(ended, day[following], RUNNING)
    return keys[begins], day[begins], last, (event[begins] == PLACED_BY_FORCE).astype(np.int64)


def places(persons: Days, keys: NDArray[np.int64]) -> Days:
    """Return where keys stand among the persons; -1 if nowhere."""
    place = np.minimum(np.searchsorted(persons, keys), len(persons) - 1)
    return np.where(persons[place] == keys, place, -1)


@dataclass(frozen=True, slots=True)
class Status:
    """Finds the row of BEF that holds for a person on a day: the newest that is not after it."""

    first: Days
    valid: Days
    rows: int

    def at(self, person: Days, day: Days) -> Days:
        owner = np.zeros(self.rows, dtype=np.int64)
        owner[self.first[1:]] = 1
        stamp = np.cumsum(owner) * 1_000_000 + self.valid + 100_000
        row = np.searchsorted(stamp, person * 1_000_000 + day + 100_000, side="right") - 1
        return np.maximum(row, self.first[person])
