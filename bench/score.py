"""Seconds that ``skoen score`` takes for a million rows: ``python bench/score.py [ROWS]``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from explain.models.linear import INPUTS


def table(rows: int, path: Path) -> None:
    """Write a table with as many different histories as there may be, from seed 1."""
    rng = np.random.default_rng(1)
    longer = rng.poisson(3, rows)
    five = rng.poisson(1, rows)
    columns = {
        "age": rng.integers(0, 18, rows),
        "referrals_180d": longer,
        "referrals_90d": rng.binomial(longer, 0.6),
        "crime_child": rng.integers(0, 2, rows),
        "abuse_child": rng.integers(0, 2, rows),
        "misuse_parents": rng.integers(0, 2, rows),
        "measures_180d": rng.poisson(1, rows),
        "placements_5y": five,
        "placements_1y": rng.binomial(five, 0.4),
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(("case_id", *INPUTS)) + "\n")
        for number, cells in enumerate(zip(*(columns[name].tolist() for name in INPUTS), strict=True)):
            file.write(f"{number:07d}," + ",".join(map(str, cells)) + "\n")


def main() -> None:
    """Print the seconds and the rows."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        table(rows, source)
        command = [sys.executable, "-c", "import sys; from explain.apps.cli import main; sys.exit(main())"]
        begin = time.perf_counter()
        subprocess.run([*command, "score", str(source), "--model", "pilot1", "--output", str(target)], check=True)
        seconds = time.perf_counter() - begin
        megabytes = target.stat().st_size / 1e6
    print(f"skoen score: {rows} rows in {seconds:.1f} s ({megabytes:.0f} MB written)")


if __name__ == "__main__":
    main()
