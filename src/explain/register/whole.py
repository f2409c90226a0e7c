"""The whole register: what a seed gives, in memory and as Parquet files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from explain.register.development import background, sample
from explain.register.population import Progress, populate, silent
from explain.register.tables import Tables, people, registers
from explain.register.validation import validation

MODEL_REGISTERS: Final = ("BUU", "BEF", "BUFO", "BUAH", "DOD", "FLYT")
"""What a model may be made from."""
VALIDATION_REGISTERS: Final = (
    "KROF",
    "KRSI",
    "LPRADMDIAG",
    "PSYK_ADM",
    "PSYK_DIAG",
    "Trivsel_2015_2018",
    "Fravaer_2011_2018",
    "T_SCOR_1995_2018",
)
"""What a score may only be compared with."""


@dataclass(frozen=True, slots=True)
class Register:
    """A synthetic register. Nobody in it exists.

    Attributes
    ----------
    registers
        The six a model is made from, by name.
    validation
        The eight a score is compared with, by name.
    sample
        The development data's referrals: PNR, UNDRETDATO, PART, PLACED and TRUTH.
    background
        Sex, origin and socio-economic status of the children, apart from everything a model sees.
    """

    registers: Tables
    validation: Tables
    sample: pd.DataFrame
    background: pd.DataFrame

    def write(self, folder: Path) -> None:
        """Write every table as ``<name>.parquet``; the folder is made if it does not exist."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in (self.registers | self.validation | self._apart()).items():
            table.to_parquet(folder / f"{name}.parquet", index=False)

    def _apart(self) -> Tables:
        return {"sample": self.sample, "background": self.background}


def make(seed: int, referrals: int, *, runs: int = 16, tell: Progress = silent, **changes: float) -> Register:
    """Make a register.

    Parameters
    ----------
    seed
        Any whole number from 0; the same seed gives the same register.
    referrals
        How many referrals the development data have; 173,044 as published.
    runs
        How many futures each true probability is computed from; 0 for no truth.
    tell
        Is told how far it has come.
    **changes
        Other values for some parameters (see ``parameters``).
    """
    population = populate(seed, referrals, runs=runs, tell=tell, **changes)
    tell("registers", 0.0)
    everybody = people(population)
    tables = registers(population, everybody)
    tell("registers", 0.6)
    apart = validation(population, everybody)
    tell("registers", 0.9)
    return Register(tables, apart, sample(population, everybody, tables), background(population, everybody))


def read(folder: Path) -> Register:
    """Read a register that was written.

    Raises
    ------
    FileNotFoundError
        If a table is missing.
    """

    def table(name: str) -> pd.DataFrame:
        return pd.read_parquet(folder / f"{name}.parquet")

    return Register(
        {name: table(name) for name in MODEL_REGISTERS},
        {name: table(name) for name in VALIDATION_REGISTERS},
        table("sample"),
        table("background"),
    )
