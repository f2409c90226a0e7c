"""The 126 variables of many referrals, built from the registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explain.register.compiled import compiled
from explain.register.history import GRAVE_REASONS, RUNNING, count_history
from explain.register.tables import CAME_HOME, PLACED, PLACED_BY_FORCE, Tables
from explain.register.variables import names

Days = NDArray[np.int64]

PREVENTIVE: Final = ("52.3.1", "52.3.2", "52.3.3", "52.3.4", "52.3.5", "52.3.6", "52.3.7", "52.3.9", "57b")
"""Preventive measures: all of the register's paragraphs but early help, § 11 (3)."""
GRAVE_PARAGRAPHS: Final = ("52.3.5", "52.3.6", "52.3.7", "57b")
"""The grave ones (impact assessment of 11 March 2021, note 4)."""
REFERRERS: Final = (0, 1, 2, 2, 2, 2, 2, 2, 3, 4, 4, 6, 6, 5, 5, 5, 6, 6, 7)
"""Which of the eight kinds of referrer each UNDRETTYPE from 1 to 19 belongs to."""
AVERAGE_YEAR: Final = 365.2425

REGISTERS: Final = {
    "BUU": ("PNR", "UNDRETDATO", "UNDRETTYPE", *(f"BAGGRUND{k}" for k in range(1, 17))),
    "BEF": ("PNR", "PNRM", "PNRF", "FOED_DAG", "FM_MARK", "CIVST", "DATO"),
    "BUFO": ("PNR", "PGF", "SAG_VFRA", "SAG_VTIL"),
    "BUAH": ("PNR", "EFFEKTDATO", "HAENDELSE"),
    "DOD": ("PNR", "DODDATO"),
    "FLYT": ("PNR", "HAEND_DATO", "FRA_KOM", "TIL_KOM"),
}
"""The registers and columns that are read; nothing else can get in (sex, origin and status are in none of them)."""


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


def _events(persons: Days, keys: Days, *columns: Days) -> Events:
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


def build(registers: Tables, referrals: pd.DataFrame) -> pd.DataFrame:
    """Build the variables of some referrals.

    Parameters
    ----------
    registers
        BUU, BEF, BUFO, BUAH, DOD and FLYT.
    referrals
        Which: columns PNR and UNDRETDATO, each of them a row of BUU.

    Returns
    -------
    DataFrame
        A row for each, in the same order, and the 126 columns of ``variables.toml``, whole numbers as float32.

    Raises
    ------
    KeyError
        If a column is missing.
    """
    tables = {name: registers[name].loc[:, list(columns)] for name, columns in REGISTERS.items()}
    bef = tables["BEF"].sort_values(["PNR", "DATO"], ignore_index=True)
    key = bef.PNR.to_numpy()
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    persons, born = key[first], days(bef.FOED_DAG)[first]
    parent = [_places(persons, bef[column].to_numpy()[first]) for column in ("PNRM", "PNRF")]
    child = _places(persons, referrals.PNR.to_numpy())
    day = days(referrals.UNDRETDATO)
    buu = tables["BUU"]
    bits, kinds = _this_referral(buu, referrals)
    died = np.full(len(persons), RUNNING, dtype=np.int64)
    died[_places(persons, tables["DOD"].PNR.to_numpy())] = days(tables["DOD"].DODDATO)
    out = np.zeros((len(referrals), len(names())), dtype=np.float32)
    out[:, 0] = whole_years(born[child], day)
    valid_from = _Status(first, days(bef.DATO), len(bef))
    home = bef.FM_MARK.to_numpy()[valid_from.at(child, day)]
    for k in range(6):
        out[:, 5 + k] = home == k + 1
    for k in range(16):
        out[:, 13 + k] = bits >> k & 1
    for k in range(8):
        out[:, 29 + k] = kinds == k
    out[:, 37] = (bits & GRAVE_REASONS) != 0
    out[:, 38] = out[:, 13:29].sum(axis=1)
    civil = bef.CIVST.to_numpy().astype(str)
    for which, place in enumerate((108, 117)):
        _parent(out, place, 11 + which, parent[which][child], born, born[child], died, day, valid_from, civil)
    _histories(out, tables, persons, parent, born, child, day)
    return pd.DataFrame(out, columns=list(names()), index=referrals.index)


def _places(persons: Days, keys: NDArray[np.int64]) -> Days:
    """Return where keys stand among the persons; -1 if nowhere."""
    place = np.minimum(np.searchsorted(persons, keys), len(persons) - 1)
    return np.where(persons[place] == keys, place, -1)


@dataclass(frozen=True, slots=True)
class _Status:
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


def _this_referral(buu: pd.DataFrame, referrals: pd.DataFrame) -> tuple[Days, Days]:
    """Return reasons as bits and kind of referrer of each referral asked for."""
    stamp = buu.PNR.to_numpy() * 1_000_000 + days(buu.UNDRETDATO)
    order = np.argsort(stamp)
    wanted = referrals.PNR.to_numpy() * 1_000_000 + days(referrals.UNDRETDATO)
    place = np.minimum(np.searchsorted(stamp[order], wanted), len(buu) - 1)
    if not (stamp[order][place] == wanted).all():
        raise ValueError("each referral asked for must be a row of BUU (PNR and UNDRETDATO), but some are none")
    row = order[place]
    return reason_bits(buu)[row], np.array(REFERRERS)[buu.UNDRETTYPE.to_numpy()[row] - 1]


def _parent(
    out: NDArray[np.float32],
    place: int,
    missing: int,
    parent: Days,
    born: Days,
    child_born: Days,
    died: Days,
    day: Days,
    status: _Status,
    civil: NDArray[np.str_],
) -> None:
    """Fill a parent's age, age at birth, civil status and death; a parent who is not registered has zeros."""
    has = parent >= 0
    out[:, missing] = ~has
    who = np.where(has, parent, 0)
    dead = has & (died[who] < day)
    until = np.where(dead, died[who], day)
    out[:, place] = np.where(has, whole_years(born[who], until), 0)
    out[:, place + 1] = np.where(has, whole_years(born[who], child_born), 0)
    now = civil[status.at(who, until)]
    for k, letter in enumerate("UGFE"):
        out[:, place + 2 + k] = has & (now == letter)
    out[:, place + 8] = dead


def _histories(
    out: NDArray[np.float32], tables: Tables, persons: Days, parent: list[Days], born: Days, child: Days, day: Days
) -> None:
    buu, bufo, flyt = tables["BUU"], tables["BUFO"], tables["FLYT"]
    referred = _events(persons, buu.PNR.to_numpy(), days(buu.UNDRETDATO), reason_bits(buu))
    paragraph = bufo.PGF.to_numpy().astype(str)
    kept = np.isin(paragraph, PREVENTIVE)
    grave = np.isin(paragraph, GRAVE_PARAGRAPHS).astype(np.int64)
    measured = _events(
        persons, bufo.PNR.to_numpy()[kept], days(bufo.SAG_VFRA)[kept], days(bufo.SAG_VTIL)[kept], grave[kept]
    )
    keys, begun, ended, forced = spells(tables["BUAH"])
    placed = _events(persons, keys, begun, ended, forced)
    away = (flyt.FRA_KOM.to_numpy() != flyt.TIL_KOM.to_numpy()).astype(np.int64)
    moved = _events(persons, flyt.PNR.to_numpy(), days(flyt.HAEND_DATO), away)
    kids = [_events(persons, persons[which[which >= 0]], np.flatnonzero(which >= 0)) for which in parent]
    _fill(
        out,
        child,
        day,
        born,
        (parent[0], parent[1]),
        ((kids[0].start, kids[0].columns[0]), (kids[1].start, kids[1].columns[0])),
        (moved.start, *moved.columns),
        (referred.start, *referred.columns),
        (measured.start, *measured.columns),
        (placed.start, *placed.columns),
    )


Table = tuple[Days, ...]
"""Where each person's rows begin, and their columns."""


@compiled
def _fill(
    out: NDArray[np.float32],
    child: Days,
    day: Days,
    born: Days,
    parents: tuple[Days, Days],
    kids: tuple[Table, Table],
    moved: Table,
    referred: Table,
    measured: Table,
    placed: Table,
) -> None:
    """Fill moves, the child's own and the siblings' history, and the parents' children and partners."""
    for row in range(child.size):
        i, now = child[row], day[row]
        _moves(out[row], i, now, moved)
        _person(out[row, 39:73], i, now, referred, measured, placed)
        for both in range(2):
            mine = parents[both][i]
            if mine < 0:
                continue
            start, those = kids[both]
            for k in range(start[mine], start[mine + 1]):
                j = those[k]
                if born[j] > now:
                    continue
                out[row, 114 + 9 * both] += 1
                if _new_partner(those[start[mine] : k], parents[1 - both], born, now, j):
                    out[row, 115 + 9 * both] += 1
                full = both == 1 and parents[0][i] >= 0 and parents[0][j] == parents[0][i]
                if j != i and not full:  # a full sibling has been met among the mother's
                    out[row, 107] += 1
                    _person(out[row, 73:107], j, now, referred, measured, placed)


@compiled
def _moves(out: NDArray[np.float32], i: int, now: int, moved: Table) -> None:
    start, day, away = moved
    for k in range(start[i], start[i + 1]):
        ago = now - day[k]
        if 1 <= ago <= 730:
            out[2] += 1
            if away[k]:
                out[4] = 1
            if ago <= 365:
                out[1] += 1
                if away[k]:
                    out[3] = 1


@compiled
def _new_partner(elder: Days, other: Days, born: Days, now: int, j: int) -> bool:
    """Return whether no child before this one has the same other parent."""
    for e in elder:  # noqa: SIM110 - the compiler knows no all() of a generator
        if born[e] <= now and other[e] == other[j]:
            return False
    return True


@compiled
def _person(out: NDArray[np.float32], i: int, now: int, referred: Table, measured: Table, placed: Table) -> None:
    """Add a person's history."""
    r_start, r_day, r_bits = referred
    m_start, m_from, m_to, m_grave = measured
    p_start, p_from, p_to, p_forced = placed
    a, b, c, d, e, f = r_start[i], r_start[i + 1], m_start[i], m_start[i + 1], p_start[i], p_start[i + 1]
    count_history(
        now,
        r_day[a:b],
        r_bits[a:b],
        m_from[c:d],
        m_to[c:d],
        m_grave[c:d],
        p_from[e:f],
        p_to[e:f],
        p_forced[e:f],
        out,
    )
