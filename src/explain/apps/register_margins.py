"""The register's margins beside the published ones, the bad ones too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from explain.register.build import build
from explain.register.rows import days, spells
from explain.register.whole import Register

Row = tuple[str, str, str]
"""What, published, ours."""

FIVE_YEARS = 1826


def margins(register: Register) -> list[Row]:
    """Return the margins. Published: pilot1's means and standard deviations, and the anchors of design/register.md."""
    variables = build(register.registers, register.sample)
    return [
        *_per_child(register),
        *_pilot1(register, variables),
        *_reasons(register, variables),
        *_outcome(register, variables),
    ]


def table(rows: list[Row]) -> str:
    """Return the margins as a Markdown table."""
    lines = ["| margin | published | synthetic |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _share(values: pd.Series[bool] | np.ndarray) -> str:
    return f"{100 * float(np.mean(values)):.1f} %"


def _moments(values: pd.Series[float] | np.ndarray) -> str:
    return f"{np.mean(values):.4f} ({np.std(values):.4f})"


def _per_child(register: Register) -> Iterator[Row]:
    sample, buu = register.sample, register.registers["BUU"]
    yield "referrals of the development data", "173044", str(len(sample))
    yield "children of the development data", "90644", str(sample.PNR.nunique())
    for part, published in (("training", "120395 / 63303"), ("evaluation", "52649 / 27341")):
        rows = sample[part == sample.PART]
        yield f"{part}: referrals / children", published, f"{len(rows)} / {rows.PNR.nunique()}"
    year = buu[(buu.UNDRETDATO >= "2014-04-01") & (buu.UNDRETDATO < "2015-01-01")].groupby("PNR").size()
    for what, published, found in (
        ("one", "71 %", year == 1),
        ("two", "18 %", year == 2),
        ("five or more", "3 %", year >= 5),
    ):
        yield f"referred children with {what} referral(s), April-December 2014", published, _share(found)
    year = buu[(buu.UNDRETDATO >= "2015-01-01") & (buu.UNDRETDATO < "2016-01-01")].groupby("PNR").size()
    yield "referrals per referred child and year", "1.7", f"{year.mean():.2f}"


def _pilot1(register: Register, variables: pd.DataFrame) -> Iterator[Row]:
    for name, what, published in (
        ("age", "age at the referral: mean (sd)", "9.6308 (4.8251)"),
        ("own_referrals_90d", "earlier referrals, 90 days: mean (sd)", "0.4919 (1.0475)"),
        ("own_referrals_180d", "earlier referrals, 180 days: mean (sd)", "0.7724 (1.4455)"),
        ("reason_child_crime", "reason 2, crime of the child", "0.0130 (0.1131)"),
        ("reason_child_abuse", "reason 7, abuse of the child", "0.0208 (0.1428)"),
        ("reason_parents_misuse", "reason 9, parents' misuse", "0.0616 (0.2403)"),
        ("own_measures_180d", "preventive measures, 180 days: mean (sd)", "0.0306 (0.1790)"),
        ("own_placements_1y", "placements, last year: mean (sd)", "0.0251 (0.1777)"),
    ):
        yield what, published, _moments(variables[name].to_numpy(dtype=np.float64))
    keys, begun, _, _ = spells(register.registers["BUAH"])
    stamps = np.sort(keys * 1_000_000 + begun)
    asked = register.sample.PNR.to_numpy() * 1_000_000 + days(register.sample.UNDRETDATO)
    five = np.searchsorted(stamps, asked) - np.searchsorted(stamps, asked - FIVE_YEARS)
    yield "placements, last five years: mean (sd)", "0.0680 (0.3364)", _moments(five)


def _reasons(register: Register, variables: pd.DataFrame) -> Iterator[Row]:
    young = variables["age"] < 12
    either = (variables["reason_child_abuse"] > 0) | (variables["reason_child_neglect"] > 0)
    yield "abuse or neglect among the reasons, under 12", "23-27 %", _share(either[young])
    yield "behaviour among the reasons, 12-17", "20-21 %", _share(variables["reason_child_behaviour"][~young] > 0)
    sex = register.background.set_index("PNR").KOEN.reindex(register.sample.PNR).to_numpy()
    yield "boys among referrals about crime", "80 %", _share(sex[(variables["reason_child_crime"] > 0).to_numpy()] == 1)
    yield "the school refers", "20 %", _share(variables["referrer_school"] > 0)
    yield "health care refers", "next to the school", _share(variables["referrer_health"] > 0)
    yield "the police refer", "not known", _share(variables["referrer_police"] > 0)


def _outcome(register: Register, variables: pd.DataFrame) -> Iterator[Row]:
    placed = register.sample.PLACED
    yield "placed within 12 months", "about 7-8.5 % (implied)", _share(placed)
    yield "placed within 12 months, age 10", "about 4 % (implied)", _share(placed[variables["age"] == 10])
    for low, high in ((0, 3), (4, 8), (9, 12), (13, 17)):
        yield (
            f"placed within 12 months, age {low}-{high}",
            "rises with age",
            _share(placed[variables["age"].between(low, high)]),
        )
