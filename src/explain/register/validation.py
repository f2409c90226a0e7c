"""The registers for external validation: never seen by a model, only compared with its score afterwards.

They are drawn from the same latents as the referrals (months of troubled conduct, months of a burdened home), so that a
score that finds burdened children goes along with them, as the source reports. How strongly is invented; only the
columns are the source's (impact assessment of 11 March 2021, table 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explain.register.months import DEVELOPED_FROM, FIRST_YEAR, month_starts
from explain.register.population import Population
from explain.register.tables import Tables, dates

QUESTIONS: Final = 40
SCHOOL_AGES: Final = (6, 16)
CRIME_FROM: Final = 10
"""Least age of a charge; younger children are not charged."""
SCHOOL_YEARS: Final = (2016, 2017)
SCHOOL_MONTHS: Final = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5)
INJURIES: Final = ("DS00", "DS06", "DS52", "DS60", "DS82", "DT74")
DISORDERS: Final = ("DF32", "DF41", "DF43", "DF84", "DF90", "DF91", "DF98")


@dataclass(frozen=True, slots=True)
class _Children:
    """The children the registers are drawn for: key, age in April 2016, and how burdened they were from then on."""

    key: NDArray[np.int64]
    age: NDArray[np.float64]
    conduct: NDArray[np.float64]
    home: NDArray[np.float64]
    lean: NDArray[np.float64]


def validation(population: Population, everybody: pd.DataFrame) -> Tables:
    """Return the eight registers for the children of the development data."""
    rng = np.random.default_rng([population.seed, 3])
    child = _children(population, everybody)
    return {
        "KROF": _victims(child, rng),
        "KRSI": _charges(child, rng),
        "LPRADMDIAG": _hospital(child, rng),
        **_psychiatry(child, rng),
        "Trivsel_2015_2018": _wellbeing(child, rng),
        "Fravaer_2011_2018": _absence(child, rng),
        "T_SCOR_1995_2018": _teeth(child, rng),
    }


def measures(tables: Tables) -> dict[str, pd.Series[float]]:
    """Return a value per child and measure, by PNR; children without an entry have none, or 0 where that is meant."""
    children = tables["T_SCOR_1995_2018"].PNR.unique()

    def counted(table: pd.DataFrame) -> pd.Series[float]:
        return table.groupby("PNR").size().reindex(children, fill_value=0).astype(float)

    psychiatry = tables["PSYK_ADM"].merge(tables["PSYK_DIAG"], on="RECNUM")
    survey, absence = tables["Trivsel_2015_2018"], tables["Fravaer_2011_2018"]
    questions = [f"Q{k}" for k in range(1, QUESTIONS + 1)]
    days = absence.groupby("PNR")[["DageUlovFra", "DageAktiv"]].sum()
    return {
        "victim_of_crime": counted(tables["KROF"]),
        "charged": counted(tables["KRSI"]),
        "hospital_diagnoses": counted(tables["LPRADMDIAG"]),
        "psychiatric_diagnoses": counted(psychiatry),
        "wellbeing": survey[questions].mean(axis=1).groupby(survey.PNR).mean(),
        "unlawful_absence": days.DageUlovFra / days.DageAktiv,
        "decayed_teeth": tables["T_SCOR_1995_2018"].groupby("PNR").DEF_T_3.mean(),
    }


def _children(population: Population, everybody: pd.DataFrame) -> _Children:
    kids = population.children[population.chosen]
    place = np.searchsorted(
        everybody.family * 64 + everybody.who, kids[:, 0].astype(np.int64) * 64 + kids[:, 1].astype(np.int64)
    )
    months = np.maximum(kids[:, 7], 1.0)
    return _Children(
        everybody.key.to_numpy()[place],
        (DEVELOPED_FROM - kids[:, 9]) / 12.0,
        kids[:, 5] / months,
        kids[:, 6] / months,
        kids[:, 8],
    )


def _drawn(child: _Children, rate: NDArray[np.float64], rng: np.random.Generator) -> pd.DataFrame:
    """Draw what happens to each child in 33 months: a row each time, with PNR and day."""
    whose = np.repeat(np.arange(len(child.key)), rng.poisson(rate))
    starts = month_starts()
    day = rng.integers(starts[DEVELOPED_FROM], starts[-1], len(whose))
    born = starts[DEVELOPED_FROM] - child.age[whose] * 365.25
    day = np.maximum(day, born + 30).astype(np.int64)
    return pd.DataFrame({"PNR": child.key[whose], "day": day})


def _year(day: NDArray[np.int64]) -> NDArray[np.int64]:
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _victims(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    rate = (0.015 + 0.10 * child.home + 0.12 * child.conduct) * np.clip(child.age / 8, 0.3, 1.6)
    rows = _drawn(child, rate, rng)
    day = rows.day.to_numpy()
    return pd.DataFrame(
        {"PNR": rows.PNR, "YEAR": _year(day), "OFR_GERFRADT": dates(day), "OFR_GER7": rng.integers(1, 5, len(rows))}
    )


def _charges(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    rate = (0.02 + 1.3 * child.conduct) * np.exp(0.3 * child.lean) * np.clip((child.age + 1.5 - CRIME_FROM) / 6, 0, 1)
    rows = _drawn(child, rate, rng)
    day = rows.day.to_numpy()
    return pd.DataFrame(
        {
            "PNR": rows.PNR,
            "YEAR": _year(day),
            "SIG_SIGTDTO": dates(day),
            "SIG_GER1DTO": dates(day - rng.integers(0, 60, len(rows))),
        }
    )


def _hospital(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    rows = _drawn(child, 0.30 + 0.20 * child.home + 0.20 * child.conduct, rng)
    return pd.DataFrame(
        {"PNR": rows.PNR, "YEAR": _year(rows.day.to_numpy()), "C_DIAG": rng.choice(INJURIES, len(rows))}
    )


def _psychiatry(child: _Children, rng: np.random.Generator) -> Tables:
    rate = (0.03 + 0.10 * child.home + 0.30 * child.conduct) * np.clip(child.age / 9, 0.1, 1.5)
    rows = _drawn(child, rate, rng)
    day, number = rows.day.to_numpy(), np.arange(1, len(rows) + 1)
    admitted = np.where(rng.random(len(rows)) < 0.15, dates(day + rng.integers(0, 90, len(rows))), np.datetime64("NaT"))
    return {
        "PSYK_ADM": pd.DataFrame({"PNR": rows.PNR, "RECNUM": number, "D_HENDTO": dates(day), "D_INDDTO": admitted}),
        "PSYK_DIAG": pd.DataFrame({"RECNUM": number, "C_DIAG": rng.choice(DISORDERS, len(rows))}),
    }


def _at_school(child: _Children, year: int) -> NDArray[np.int64]:
    age = child.age + (year - FIRST_YEAR - DEVELOPED_FROM / 12) + 0.6
    return np.flatnonzero((age >= SCHOOL_AGES[0]) & (age < SCHOOL_AGES[1]))


def _wellbeing(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    """Answers 1 (worst) to 5 (best) of those who answered; the more troubled answer a little less often."""
    parts = []
    for year in (2016, 2017, 2018):
        pupils = _at_school(child, year)
        pupils = pupils[rng.random(len(pupils)) < 0.85 - 0.2 * child.conduct[pupils]]
        mood = 3.9 - 0.25 * child.home[pupils] - 0.45 * child.conduct[pupils] + 0.45 * rng.standard_normal(len(pupils))
        answers = mood[:, None] + 0.9 * rng.standard_normal((len(pupils), QUESTIONS), dtype=np.float32)
        frame = pd.DataFrame(
            np.clip(np.round(answers), 1, 5).astype(np.int8), columns=[f"Q{k}" for k in range(1, QUESTIONS + 1)]
        )
        frame.insert(0, "PNR", child.key[pupils])
        frame.insert(1, "AAR", np.int16(year))
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def _absence(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    parts = []
    for year in SCHOOL_YEARS:
        pupils = _at_school(child, year)
        lean = np.exp(0.9 * rng.standard_normal(len(pupils)))
        share = np.clip((0.008 + 0.02 * child.home[pupils] + 0.10 * child.conduct[pupils]) * lean, 0, 0.9)
        for month in SCHOOL_MONTHS:
            active = rng.integers(16, 22, len(pupils))
            parts.append(
                pd.DataFrame(
                    {
                        "PNR": child.key[pupils],
                        "Skoleaar": np.int16(year),
                        "Maaned": np.int8(month),
                        "DageAktiv": active.astype(np.int8),
                        "DageUlovFra": rng.binomial(active, share).astype(np.int8),
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def _teeth(child: _Children, rng: np.random.Generator) -> pd.DataFrame:
    """One examination of each child; how many teeth and surfaces there are follows the age."""
    count = len(child.key)
    teeth = np.clip(np.round(child.age * 4), 4, 28).astype(np.int64)
    decay = rng.poisson((0.25 + 0.35 * child.home + 0.3 * child.conduct) * np.clip(child.age / 7, 0.2, 1.5))
    starts = month_starts()
    return pd.DataFrame(
        {
            "PNR": child.key,
            "DATO": dates(rng.integers(starts[DEVELOPED_FROM], starts[DEVELOPED_FROM + 24], count)),
            "GINGIV": rng.binomial(1, 0.15 + 0.1 * np.clip(child.home, 0, 1)).astype(np.int8),
            "I_ALT_TD": teeth,
            "DEF_T_3": np.minimum(decay, teeth),
            "FLADE_3_3": rng.poisson(0.05, count),
            "SVAERZON": rng.integers(1, 5, count),
            "I_ALT_FL": teeth * 5,
        }
    ).sort_values("PNR", ignore_index=True)
