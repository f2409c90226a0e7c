"""``skoen table4``: the four models compared on synthetic registers, beside the published table 4."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from explain.apps.progress import Bar

REFUSED: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = """\
Make a synthetic register per seed, fit the four models of table 4 on its training part, and print what the evaluation
part shows beside the published numbers. For teaching only. With --json, seeds that the file already holds at this size
and by this code are not computed again, and each seed is written when it is done; what other code made is dropped."""
    parser.add_argument("--seeds", type=_seeds, default=(1, 2, 3, 4, 5), metavar="N,N", help="default: 1,2,3,4,5")
    parser.add_argument("--referrals", type=int, default=173_044, metavar="N", help="per register (%(default)s)")
    parser.add_argument("--runs", type=int, default=16, metavar="N", help="futures per true probability (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to keep the numbers")


def _seeds(text: str) -> tuple[int, ...]:
    try:
        seeds = tuple(int(word) for word in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be whole numbers with commas between, but is {text!r}") from None
    if any(seed < 0 for seed in seeds) or len(set(seeds)) < len(seeds):
        raise argparse.ArgumentTypeError(f"must be different whole numbers from 0, but is {text!r}")
    return seeds


def run(args: argparse.Namespace) -> int:
    """Compute what is missing, print everything, and return the exit code, 0 or 2."""
    try:
        known = kept(args.json)
        results = []
        for seed in args.seeds:
            found = next((r for r in known if (r["seed"], r["referrals"]) == (seed, args.referrals)), None)
            if found is None:
                found = _compute(seed, args.referrals, args.runs)
                known.append(found)
                if args.json:
                    args.json.write_text(json.dumps(known, indent=1), encoding="utf-8")
            results.append(found)
    except (ValueError, OSError) as error:
        print(f"skoen table4: {error}", file=sys.stderr)
        return REFUSED
    from explain.apps.table4_report import report

    print("\n".join(report(results)))
    return 0


def kept(file: Path | None) -> list[dict[str, Any]]:
    """Return the results that the file holds and this code made; numbers of other parameters mean something else."""
    if file is None or not file.exists():
        return []
    from explain.models.training import code_hash

    try:
        results = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        results = None
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise ValueError(f"{file} must be a file that --json wrote, but is something else; name another")
    return [result for result in results if result.get("code_sha256") == code_hash()]


def _compute(seed: int, referrals: int, runs: int) -> dict[str, Any]:
    """Make the register, build the variables, fit and compare."""
    from explain.models.table4 import Data, one_seed
    from explain.register.build import build
    from explain.register.validation import measures
    from explain.register.whole import make

    with Bar() as bar:
        register = make(seed, referrals, runs=runs, tell=bar.tell)
        bar.tell("models", 0.0)
        variables = build(register.registers, register.sample)
        data = Data(variables, register.sample, register.background, measures(register.validation))
        return one_seed(data, seed, tell=bar.tell)
