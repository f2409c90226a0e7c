"""What the register and Pilot #2's models cost, a line each with its unit: ``python bench/register.py [REFERRALS]``.

The full size is 173044 referrals; 506718, all of 2014-18, shows that cost grows no faster than the work.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import xgboost as xgb

from explain.models.boosted import matrix, pilot2
from explain.models.four import fit_boosted, fit_forest, fit_lasso, fit_linear
from explain.register.build import build
from explain.register.whole import make


@contextmanager
def seconds(what: str) -> Iterator[None]:
    """Print how long something took, in seconds of the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - clock:.2f} s ({time.process_time() - processor:.2f} s of the processor)")


def main() -> None:
    """Print a line for each."""
    referrals = int(sys.argv[1]) if len(sys.argv) > 1 else 173_044
    with seconds("compiling, and a register of 500 referrals"):
        small = make(1, 500, runs=1)
        build(small.registers, small.sample)
    with seconds(f"register of {referrals} referrals with its truth"):
        register = make(1, referrals)
    with seconds(f"126 variables of {referrals} referrals"):
        variables = build(register.registers, register.sample)
    inside = (register.sample.PART == "training").to_numpy()
    outcome, child = register.sample.PLACED.to_numpy().astype(np.int64), register.sample.PNR.to_numpy()
    data = variables[inside], outcome[inside]
    with seconds("four models with their tuning"):
        fit_linear(*data)
        fit_lasso(*data, child[inside], seed=1)
        fit_forest(*data, child[inside], seed=1)
        fit_boosted(*data, child[inside], seed=1)
    explain(variables[~inside].to_numpy(dtype=np.float32))
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def explain(values: np.ndarray) -> None:
    """Print what explaining many rows costs, with bare xgboost beside it, and one case."""
    model = pilot2()
    bare: xgb.Booster = model.booster
    with seconds(f"TreeSHAP of {len(values)} rows by bare xgboost"):
        bare.predict(matrix(values), pred_contribs=True)
    table = dict(zip(model.inputs, values.T, strict=True))
    with seconds(f"TreeSHAP of {len(values)} rows, scored and explained"):
        model.scored(table)
    one = dict(zip(model.inputs, values[0].tolist(), strict=True))
    took = []
    for _ in range(200):
        begin = time.perf_counter()
        model.score(one)
        took.append(time.perf_counter() - begin)
    print(f"one case scored and explained: {1000 * float(np.median(took)):.2f} ms (median of 200)")


if __name__ == "__main__":
    main()
