"""The development data: which referrals, their outcome, part and truth, beside the registers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from explain.register import state as s
from explain.register.months import DEVELOPED_FROM, DEVELOPED_TO, month_starts
from explain.register.population import Population
from explain.register.rows import days, spells
from explain.register.tables import Tables, dates

HORIZON = 365
"""Within how many days of the referral a placement counts: twelve months."""


def sample(population: Population, everybody: pd.DataFrame, registers: Tables) -> pd.DataFrame:
    """Return the development data's referrals in the order of BUU: PNR, UNDRETDATO, PART, PLACED, TRUTH.

    PLACED is 1 if a placement, first or renewed, begins within 365 days after the referral. TRUTH is the simulator's
    own probability of that; it is missing if no futures were run.
    """
    kids, starts = population.children, month_starts()
    place = np.searchsorted(
        everybody.family * 64 + everybody.who, kids[:, 0].astype(np.int64) * 64 + kids[:, 1].astype(np.int64)
    )
    keys = everybody.key.to_numpy()[place]
    part = pd.Series(np.where(population.training, "training", "evaluation"), index=keys)[population.chosen]
    buu = registers["BUU"][["PNR", "UNDRETDATO"]]
    day = days(buu.UNDRETDATO)
    within = (day >= starts[DEVELOPED_FROM]) & (day < starts[DEVELOPED_TO + 1])
    rows = buu[within & buu.PNR.isin(part.index)].reset_index(drop=True)
    rows["PART"] = part.reindex(rows.PNR).to_numpy()
    rows["PLACED"] = outcome(registers["BUAH"], rows)
    return _with_truth(rows, population, everybody)


def outcome(buah: pd.DataFrame, referrals: pd.DataFrame) -> np.ndarray:
    """Return whether a placement begins 1 to 365 days after each referral, as 0 and 1."""
    keys, begun, _, _ = spells(buah)
    stamps = np.sort(keys * 1_000_000 + begun)
    asked = referrals.PNR.to_numpy() * 1_000_000 + days(referrals.UNDRETDATO)
    first = np.searchsorted(stamps, asked, side="right")
    last = np.searchsorted(stamps, asked + HORIZON, side="right")
    return (last > first).astype(np.int8)


def _with_truth(rows: pd.DataFrame, population: Population, everybody: pd.DataFrame) -> pd.DataFrame:
    if not len(population.truth):
        return rows.assign(TRUTH=np.nan)
    truth = population.truth
    place = np.searchsorted(
        everybody.family * 64 + everybody.who, truth[:, 0].astype(np.int64) * 64 + truth[:, 1].astype(np.int64)
    )
    right = pd.DataFrame(
        {
            "PNR": everybody.key.to_numpy()[place],
            "UNDRETDATO": dates(truth[:, 2].astype(np.int64)),
            "TRUTH": truth[:, 3],
        }
    )
    return rows.merge(right, on=["PNR", "UNDRETDATO"], how="left", validate="one_to_one")


def background(population: Population, everybody: pd.DataFrame) -> pd.DataFrame:
    """Return what no model may know, for examining fairness: PNR, KOEN, IE_TYPE and SES of each child.

    KOEN is 1 boy, 2 girl; IE_TYPE 1 Danish or other western origin, 2 non-western; SES a standard normal number.
    """
    kids = everybody[everybody.who < s.MOST_CHILDREN]
    state = population.families[kids.family.to_numpy()]
    return pd.DataFrame(
        {
            "PNR": kids.key.to_numpy(),
            "KOEN": np.where(kids.boy == 1, 1, 2).astype(np.int8),
            "IE_TYPE": (1 + state[:, s.ORIGIN]).astype(np.int8),
            "SES": state[:, s.SES],
        }
    ).sort_values("PNR", ignore_index=True)
