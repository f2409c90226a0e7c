"""What the register and Pilot #2's models cost, a line each with its unit: ``python -m bench.register [--write]``.

The published size is 173044 referrals; 506718, all of 2014-18, shows that cost grows no faster than the work. Each size
has a process of its own, so that its memory is its own. Limits are of the clock; growth is of the processor's time,
which other work on the machine moves less.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.__main__ import machine

SIZES: Final = (173_044, 506_718)
EVALUATED: Final = 52_649
PAGE: Final = Path(__file__).parents[1] / "docs" / "register-cost.md"
LIMITS: Final = {
    "register, with the truth of its referrals": (150.0, "s"),
    "memory of the register at most": (6.0, "GiB"),
    "126 variables": (3.0, "s"),
    "four models with their tuning": (480.0, "s"),
    "TreeSHAP, ours over bare xgboost": (1.1, "times"),
    "one case scored and explained": (5.0, "ms"),
}
GROWTH: Final[dict[str, tuple[str, Callable[[float], float]]]] = {
    "register, with the truth of its referrals": ("rows", lambda n: n),
    "126 variables": ("rows x columns, sorted: n log n", lambda n: n * math.log(n)),
    "four models with their tuning": ("n log n", lambda n: n * math.log(n)),
    "TreeSHAP of the evaluation rows, ours": ("rows x trees", lambda n: n),
}
"""What a cost may grow with."""


class Costs(dict[str, dict[str, float]]):
    """Seconds of the clock and of the processor by what was done, and other figures."""

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Measure a block."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self[what] = {"clock": time.perf_counter() - clock, "processor": time.process_time() - processor}
        print(f"  {what}: {self[what]['clock']:.2f} s", file=sys.stderr, flush=True)


def measure(referrals: int) -> Costs:
    """Measure one size in this process."""
    from explain.models.four import fit_boosted, fit_forest, fit_lasso, fit_linear
    from explain.register.build import build
    from explain.register.whole import make

    costs = Costs()
    with costs.of("compiling, once a process, with a register of 500"):
        small = make(1, 500, runs=1)
        build(small.registers, small.sample)
    with costs.of("register, with the truth of its referrals"):
        register = make(1, referrals)
    costs["memory of the register at most"] = {"clock": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}
    with costs.of("126 variables"):
        variables = build(register.registers, register.sample)
    inside = (register.sample.PART == "training").to_numpy()
    outcome, child = register.sample.PLACED.to_numpy().astype(np.int64), register.sample.PNR.to_numpy()
    del register
    data = variables[inside], outcome[inside]
    with costs.of("four models with their tuning"):
        fit_linear(*data)
        fit_lasso(*data, child[inside], seed=1)
        fit_forest(*data, child[inside], seed=1)
        fit_boosted(*data, child[inside], seed=1)
    _explain(variables[~inside].to_numpy(dtype=np.float32), costs)
    costs["memory at most, models included"] = {"clock": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}
    return costs


def _explain(values: Any, costs: Costs) -> None:
    """Measure the shipped model on one thread: many rows, by bare xgboost too, and one case."""
    from explain.models.boosted import matrix, pilot2

    model = pilot2()
    table = dict(zip(model.inputs, values.T, strict=True))
    bare, ours = "TreeSHAP of the evaluation rows, bare xgboost", "TreeSHAP of the evaluation rows, ours"
    for _ in range(2):  # the second time everything is warm
        with costs.of(bare):
            model.booster.predict(matrix(values), pred_contribs=True)
        with costs.of(ours):
            model.scored(table)
    costs["TreeSHAP, ours over bare xgboost"] = {"clock": costs[ours]["processor"] / costs[bare]["processor"]}
    one, took = dict(zip(model.inputs, values[0].tolist(), strict=True)), []
    for _ in range(500):
        begin = time.perf_counter()
        model.score(one)
        took.append(1000 * (time.perf_counter() - begin))
    costs["one case scored and explained"] = {"clock": float(np.median(took))}


def lines(found: dict[int, Costs]) -> Iterator[str]:
    """Yield a line each, as rows of a Markdown table."""
    for size, costs in found.items():
        yield f"\n| {size} referrals | clock | processor | limit |\n|---|---|---|---|"
        for what, cost in costs.items():
            limit, unit = LIMITS.get(what, (math.inf, "GiB" if "memory" in what else "s"))
            held = "" if size != SIZES[0] or limit == math.inf else f"{limit:g} {unit}: "
            held += "" if not held else "kept" if cost["clock"] <= limit else "NOT KEPT"
            processor = f"{cost['processor']:.2f} s" if "processor" in cost else ""
            yield f"| {what} | {cost['clock']:.2f} {unit} | {processor} | {held} |"
    if len(found) > 1:
        (less, few), (more, many) = list(found.items())[:2]
        yield f"\n| from {less} to {more} referrals | grows with | work, times | cost, times | |\n|---|---|---|---|---|"
        for what, (name, work) in GROWTH.items():
            grown = work(more) / work(less)
            times = many[what]["processor"] / few[what]["processor"]
            yield f"| {what} | {name} | {grown:.2f} | {times:.2f} | {'no faster' if times <= grown else 'FASTER'} |"


def main() -> None:
    """Measure each size in a process of its own, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description="What the register costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="referrals")
    parser.add_argument("--write", action="store_true", help="write docs/register-cost.md")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one)))
        return
    of = machine() | {"load": f"{os.getloadavg()[0]:.1f}"}
    found = {}
    for size in args.sizes:
        done = subprocess.run(
            [sys.executable, "-m", "bench.register", "--one", str(size)], stdout=subprocess.PIPE, check=True
        )
        found[size] = Costs(json.loads(done.stdout))
    text = "\n".join(lines(found))
    said = (
        f"{of['cores']} cores, {of['memory_gib']} GiB, {of['system']}, Python {of['python']}; load before: {of['load']}"
    )
    print(text, f"\nThe machine: {said}.")
    if args.write:
        PAGE.write_text(HEAD.format(machine=said) + text + "\n", encoding="utf-8", newline="\n")


HEAD: Final = """# What the register and its models cost

Written by `make bench-register` (`python -m bench.register --write`); do not edit. Nobody in the register exists.
Limits are of the clock; growth is of the processor's time, which other work on the machine moves less. All models run
on one thread, the register on as many as there are cores.

The machine: {machine}.
"""

if __name__ == "__main__":
    main()
