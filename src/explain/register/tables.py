"""The registers, with the columns Statistics Denmark gives them, made from what happened in the simulated families.

Source of the columns: impact assessment of 11 March 2021, annex A and table 2. Four columns stand here beside them,
because the source does not print what they would be taken from: BEF.DATO (from when a row holds; the real register has
one row a year), FLYT.FRA_KOM and FLYT.TIL_KOM (a newcomer is told by them), and BUFO's end is empty while a measure
runs. UNDRETTYPE holds who referred, 1 to 19 in the order of the casebook; KOMNR is a number from 1 to 98 that is no
real municipality's.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explain.register import state as s
from explain.register.months import COVERED_FROM, month_starts
from explain.register.parameters import parameters
from explain.register.population import Population

PGF: Final = ("11.3", "52.3.1", "52.3.2", "52.3.3", "52.3.4", "52.3.5", "52.3.6", "52.3.7", "52.3.9", "57b")
"""Paragraph codes: servicelovens § 11 (3), § 52 (3) and § 57 b, as they were until 2023."""

PLACED, PLACED_BY_FORCE, SHIFTED, CAME_HOME = 1, 2, 3, 4
"""HAENDELSE: placed with consent, placed without, moved to another place, placement ended."""

FIRST_KEY: Final = 90_000_000_001
"""Keys have eleven digits from here on: a civil registration (CPR) number has ten, so none can be one."""

UNMARRIED, MARRIED, DIVORCED, WIDOWED = "U", "G", "F", "E"
STATUSES: Final = np.array(["", UNMARRIED, MARRIED, DIVORCED, WIDOWED])
"""CIVST by the simulation's numbers."""

Tables = dict[str, pd.DataFrame]


def dates(days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Return days since 1970 as dates."""
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[s]")


def people(population: Population) -> pd.DataFrame:
    """Return everybody in the registers, a row each.

    Columns: ``family``, ``who`` (0-5 children, 10 mother, 11-13 fathers, 20 and up a father's children elsewhere, 40
    and up their mothers), ``born`` and ``mother``, ``father`` as keys or 0, ``key``, ``boy``; sorted by family and who.
    """
    rng = np.random.default_rng([population.seed, 2])
    rows = np.concatenate([_children(population), _parents(population, rng), _elsewhere(population, rng)])
    frame = pd.DataFrame(rows, columns=["family", "who", "born", "mother", "father", "boy"])
    frame = frame.sort_values(["family", "who"], ignore_index=True)
    # Random order, then running numbers (annex C, 6.3.2): a key tells nothing.
    frame["key"] = rng.permutation(len(frame)) + FIRST_KEY
    key_of = frame.set_index(frame.family * 64 + frame.who).key
    for parent in ("mother", "father"):
        keys = key_of.reindex(frame.family * 64 + frame[parent]).fillna(0).to_numpy(dtype=np.int64)
        frame[parent] = np.where(frame[parent] > 0, keys, 0)
    return frame


def _children(population: Population) -> NDArray[np.int64]:
    log, kids = population.log, population.children
    births = log[(log[:, 2] == s.HOUSEHOLD_CHANGE) & (log[:, 5] == 1)]
    family = kids[:, 0].astype(np.int64)
    mother = np.where(population.families[family, s.MOTHER] > 0, s.MOTHER_ROLE, 0)
    father = np.where(kids[:, 2] > 0, s.MOTHER_ROLE + kids[:, 2], 0)
    order = np.lexsort((births[:, 1], births[:, 0]))
    return np.column_stack([family, kids[:, 1], births[order, 3], mother, father, kids[:, 3]]).astype(np.int64)


def _parents(population: Population, rng: np.random.Generator) -> NDArray[np.int64]:
    numbers = np.unique(population.children[:, 0].astype(np.int64))
    state, starts = population.families[numbers], month_starts()
    parts = []
    for k in range(1 + s.MOST_FATHERS):
        has = state[:, s.MOTHER] > 0 if k == 0 else state[:, s.FATHER_STATE + k - 1] > 0
        months = state[has, s.MOTHER_BORN if k == 0 else s.FATHER_BORN + k - 1].astype(np.int64)
        days = _first_days(months, starts) + rng.integers(0, 28, has.sum())
        zeros = np.zeros(has.sum(), dtype=np.int64)
        parts.append(np.column_stack([numbers[has], zeros + s.MOTHER_ROLE + k, days, zeros, zeros, zeros + (k > 0)]))
    return np.concatenate(parts)


def _first_days(months: NDArray[np.int64], starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the first day of months that may lie before the calendar begins."""
    first = np.datetime64(int(starts[0]), "D").astype("datetime64[M]")
    return np.asarray((first + months).astype("datetime64[D]").astype(np.int64), dtype=np.int64)


def _elsewhere(population: Population, rng: np.random.Generator) -> NDArray[np.int64]:
    """Give some fathers children with somebody else, up to three; they have no history of their own."""
    kids = population.children
    fathers = np.unique(kids[kids[:, 2] > 0][:, [0, 2]].astype(np.int64), axis=0)
    count = np.minimum(rng.geometric(1 - parameters().family_elsewhere, len(fathers)) - 1, 3)
    which = np.repeat(np.arange(len(fathers)), count)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    family, father = fathers[which, 0], fathers[which, 1]
    starts = month_starts()
    born = _first_days(population.families[family, s.FATHER_BORN + father - 1].astype(np.int64) + 12 * 19, starts)
    born = np.minimum(born + rng.integers(0, 25 * 365, len(which)), starts[-1] - 400)
    role = 20 + (father - 1) * 3 + nth
    zeros = np.zeros(len(which), dtype=np.int64)
    kids_there = [family, role, born, role + 20, s.MOTHER_ROLE + father, rng.integers(0, 2, len(which))]
    mothers = [family, role + 20, born - 365 * 24, zeros, zeros, zeros]
    return np.concatenate([np.column_stack(kids_there), np.column_stack(mothers)])


def registers(population: Population, everybody: pd.DataFrame) -> Tables:
    """Return the six registers the model is made from: BUU, BEF, BUFO, BUAH, DOD, FLYT."""
    log = pd.DataFrame(population.log, columns=list(s.COLUMNS))
    place = np.searchsorted(everybody.family * 64 + everybody.who, log.family * 64 + log.who)
    log["PNR"] = everybody.key.to_numpy()[np.minimum(place, len(everybody) - 1)]
    of = dict(iter(log.groupby("kind")))
    empty = log.iloc[:0]
    return {
        "BUU": _buu(of[s.REFERRAL]),
        "BEF": _bef(log, everybody),
        "BUFO": _bufo(of.get(s.MEASURE, empty)),
        "BUAH": _buah(log[log.kind.isin([s.PLACEMENT, s.SHIFT, s.PLACEMENT_END])]),
        "DOD": _dated(of.get(s.DEATH, empty), "DODDATO"),
        "FLYT": _dated(of.get(s.MOVE, empty), "HAEND_DATO", FRA_KOM="more", TIL_KOM="what"),
    }


def _dated(rows: pd.DataFrame, column: str, **more: str) -> pd.DataFrame:
    data = {"PNR": rows.PNR.to_numpy(), column: dates(rows.day.to_numpy())}
    data |= {name: rows[source].to_numpy() for name, source in more.items()}
    return pd.DataFrame(data).sort_values(["PNR", column], ignore_index=True)


def _buu(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows.day >= month_starts()[COVERED_FROM]].sort_values(["PNR", "day"])
    data = {
        "PNR": rows.PNR.to_numpy(),
        "UNDRETDATO": dates(rows.day.to_numpy()),
        "UNDRETTYPE": (rows.more % 100).to_numpy(dtype=np.int8),
        "KOMNR": (rows.more // 100).to_numpy(dtype=np.int16),
    }
    reasons = rows.what.to_numpy()
    return pd.DataFrame(data | {f"BAGGRUND{k}": (reasons >> (k - 1) & 1).astype(np.int8) for k in range(1, 17)})


def _bufo(rows: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "PNR": rows.PNR.to_numpy(),
            "PGF": np.array(PGF)[rows.what.to_numpy()],
            "SAG_VFRA": dates(rows.day.to_numpy()),
            "SAG_VTIL": np.where(rows.more.to_numpy() == 0, np.datetime64("NaT"), dates(rows.more.to_numpy())),
        }
    )
    return frame.sort_values(["PNR", "SAG_VFRA", "SAG_VTIL"], ignore_index=True)


def _buah(rows: pd.DataFrame) -> pd.DataFrame:
    kind, forced = rows.kind.to_numpy(), rows.what.to_numpy()
    event = np.select(
        [kind == s.PLACEMENT_END, kind == s.SHIFT, forced == 1], [CAME_HOME, SHIFTED, PLACED_BY_FORCE], default=PLACED
    )
    frame = pd.DataFrame(
        {
            "PNR": rows.PNR.to_numpy(),
            "EFFEKTDATO": dates(rows.day.to_numpy()),
            "HAENDELSE": event.astype(np.int8),
            "NYKOM": rows.more.to_numpy(dtype=np.int16),
        }
    )
    return frame.sort_values(["PNR", "EFFEKTDATO"], ignore_index=True)


def _bef(log: pd.DataFrame, everybody: pd.DataFrame) -> pd.DataFrame:
    """A row for each time a person's household (FM_MARK) or civil status (CIVST) changes; the latest of a day holds."""
    homes = log[log.kind == s.HOUSEHOLD_CHANGE]
    statuses = log[log.kind == s.STATUS_CHANGE]
    adults = everybody[everybody.who.between(10, 13)]
    others = everybody[everybody.who >= 20]
    parts = [
        pd.DataFrame({"PNR": homes.PNR, "day": homes.day, "FM_MARK": homes.what, "status": 1}),
        pd.DataFrame({"PNR": adults.key, "day": adults.born, "FM_MARK": 0, "status": 1}),
        pd.DataFrame({"PNR": statuses.PNR, "day": statuses.day, "FM_MARK": 0, "status": statuses.what}),
        pd.DataFrame({"PNR": others.key, "day": others.born, "FM_MARK": np.where(others.who < 40, 3, 0), "status": 1}),
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.drop_duplicates(["PNR", "day"], keep="last").sort_values(["PNR", "day"], ignore_index=True)
    person = everybody.sort_values("key", ignore_index=True)
    place = np.searchsorted(person.key.to_numpy(), rows.PNR.to_numpy())
    return pd.DataFrame(
        {
            "PNR": rows.PNR.to_numpy(),
            "PNRM": person.mother.to_numpy()[place],
            "PNRF": person.father.to_numpy()[place],
            "FOED_DAG": dates(person.born.to_numpy()[place]),
            "FM_MARK": rows.FM_MARK.to_numpy(dtype=np.int8),
            "CIVST": STATUSES[rows.status.to_numpy()],
            "DATO": dates(rows.day.to_numpy()),
        }
    )
