"""The 126 variables of many referrals, built from the registers."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explain.register.histories import fill
from explain.register.history import GRAVE_REASONS, RUNNING
from explain.register.rows import Days, Status, days, events, places, reason_bits, spells, whole_years
from explain.register.tables import Tables
from explain.register.variables import names

PREVENTIVE: Final = ("52.3.1", "52.3.2", "52.3.3", "52.3.4", "52.3.5", "52.3.6", "52.3.7", "52.3.9", "57b")
"""Preventive measures: all of the register's paragraphs but early help, § 11 (3)."""
GRAVE_PARAGRAPHS: Final = ("52.3.5", "52.3.6", "52.3.7", "57b")
"""The grave ones (impact assessment of 11 March 2021, note 4)."""
REFERRERS: Final = (0, 1, 2, 2, 2, 2, 2, 2, 3, 4, 4, 6, 6, 5, 5, 5, 6, 6, 7)
"""Which of the eight kinds of referrer each UNDRETTYPE from 1 to 19 belongs to."""
REGISTERS: Final = {
    "BUU": ("PNR", "UNDRETDATO", "UNDRETTYPE", *(f"BAGGRUND{k}" for k in range(1, 17))),
    "BEF": ("PNR", "PNRM", "PNRF", "FOED_DAG", "FM_MARK", "CIVST", "DATO"),
    "BUFO": ("PNR", "PGF", "SAG_VFRA", "SAG_VTIL"),
    "BUAH": ("PNR", "EFFEKTDATO", "HAENDELSE"),
    "DOD": ("PNR", "DODDATO"),
    "FLYT": ("PNR", "HAEND_DATO", "FRA_KOM", "TIL_KOM"),
}
"""The registers and columns that are read; nothing else can get in (sex, origin and status are in none of them)."""


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
    parent = [places(persons, bef[column].to_numpy()[first]) for column in ("PNRM", "PNRF")]
    child = places(persons, referrals.PNR.to_numpy())
    day = days(referrals.UNDRETDATO)
    buu = tables["BUU"]
    bits, kinds = _this_referral(buu, referrals)
    died = np.full(len(persons), RUNNING, dtype=np.int64)
    died[places(persons, tables["DOD"].PNR.to_numpy())] = days(tables["DOD"].DODDATO)
    out = np.zeros((len(referrals), len(names())), dtype=np.float32)
    out[:, 0] = whole_years(born[child], day)
    valid_from = Status(first, days(bef.DATO), len(bef))
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
    status: Status,
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
    referred = events(persons, buu.PNR.to_numpy(), days(buu.UNDRETDATO), reason_bits(buu))
    paragraph = bufo.PGF.to_numpy().astype(str)
    kept = np.isin(paragraph, PREVENTIVE)
    grave = np.isin(paragraph, GRAVE_PARAGRAPHS).astype(np.int64)
    measured = events(
        persons, bufo.PNR.to_numpy()[kept], days(bufo.SAG_VFRA)[kept], days(bufo.SAG_VTIL)[kept], grave[kept]
    )
    keys, begun, ended, forced = spells(tables["BUAH"])
    placed = events(persons, keys, begun, ended, forced)
    away = (flyt.FRA_KOM.to_numpy() != flyt.TIL_KOM.to_numpy()).astype(np.int64)
    moved = events(persons, flyt.PNR.to_numpy(), days(flyt.HAEND_DATO), away)
    kids = [events(persons, persons[which[which >= 0]], np.flatnonzero(which >= 0)) for which in parent]
    fill(
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
