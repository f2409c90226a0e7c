"""A small register, made once for all workers: the compiler takes longer than the register."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from explain.register.build import build
from explain.register.whole import Register, make, read

SEED, REFERRALS = 11, 4000


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a small register."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "small_register"
    with FileLock(f"{folder}.lock"):
        if not (folder / "background.parquet").exists():
            make(SEED, REFERRALS, runs=6).write(folder)
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Register:
    """A small register, read from its files."""
    return read(small_folder)


@pytest.fixture(scope="session")
def small_variables(small: Register) -> pd.DataFrame:
    """The variables of its development data."""
    return build(small.registers, small.sample)
