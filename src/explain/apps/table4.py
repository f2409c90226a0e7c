"""``skoen table4``: the four models compared on synthetic registers, beside the published table 4."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final

from explain.apps.progress import Bar

REFUSED: Final = 2
LABELS: Final = {
    "linear": "linear probability model",
    "lasso": "logistic regression, LASSO",
    "forest": "random forest",
    "boosted": "XGBoost",
}
NOTE: Final = "Trained on synthetic registers, for teaching only; the published numbers are from real registers."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = """\
Make a synthetic register per seed, fit the four models of table 4 on its training part, and print what the evaluation
part shows beside the published numbers. For teaching only. With --json, seeds that the file already holds at this size
are not computed again, and each seed is written when it is done."""
    parser.add_argument("--seeds", type=_seeds, default=(1, 2, 3, 4, 5), metavar="N,N", help="default: 1,2,3,4,5")
    parser.add_argument("--referrals", type=int, default=173_044, metavar="N", help="per register (default: %(default)s)")
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
        kept = _kept(args.json)
        results = []
        for seed in args.seeds:
            found = next((r for r in kept if (r["seed"], r["referrals"]) == (seed, args.referrals)), None)
            if found is None:
                found = _compute(seed, args.referrals, args.runs)
                kept.append(found)
                if args.json:
                    args.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            results.append(found)
    except (ValueError, OSError) as error:
        print(f"skoen table4: {error}", file=sys.stderr)
        return REFUSED
    print("\n".join(report(results)))
    return 0


def _kept(file: Path | None) -> list[dict[str, Any]]:
    if file is None or not file.exists():
        return []
    return list(json.loads(file.read_text(encoding="utf-8")))


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


def report(results: Sequence[dict[str, Any]]) -> list[str]:
    """Return the lines that are printed."""
    from explain.models.table4 import PUBLISHED_AUC, PUBLISHED_CUTS_AT_10, PUBLISHED_LOSS

    seeds = ", ".join(str(result["seed"]) for result in results)
    lines = [NOTE, f"Seeds {seeds}; {results[0]['referrals']} referrals each, {results[0]['evaluation']} for evaluation.", ""]
    lines += [f"{'AUC, per cent':<28}{'published':>22}{'mean':>8}{'spread':>8}   by seed"]
    for name, (value, low, high) in PUBLISHED_AUC.items():
        ours = [result["auc"][name]["value"] for result in results]
        inside = "inside" if low <= mean(ours) <= high else "OUTSIDE"
        printed = f"{100 * value:.2f} ({100 * low:.2f}-{100 * high:.2f})"
        each = " ".join(f"{100 * one:.2f}" for one in ours)
        lines.append(f"{LABELS[name]:<28}{printed:>22}{100 * mean(ours):>8.2f}{_spread(ours, 100):>8}   {each}  {inside}")
    lines += ["", "Intervals of 95 % by seed: DeLong's, and by a bootstrap over children"]
    for result in results:
        for name in PUBLISHED_AUC:
            one = result["auc"][name]
            plain, by_child = (f"{100 * a:.2f}-{100 * b:.2f}" for a, b in (one["delong"], one["by_child"]))
            lines.append(f"  seed {result['seed']:<6}{LABELS[name]:<28}{plain:>14}{by_child:>16}")
    lines += ["", *_single("LASSO, then XGBoost: loss, points", 100 * PUBLISHED_LOSS, results, "two_step_loss", 100)]
    lines += [f"  variables kept: {', '.join(str(r['two_step_variables']) for r in results)}"]
    lines += _single("base rate, per cent (published: not printed)", None, results, "base_rate", 100)
    lines += _single("base rate at age 10, per cent", None, results, "base_rate_at_10", 100)
    lines += ["", "Cut-offs at age 10: published, mean, ratio"]
    for k, cut in enumerate(PUBLISHED_CUTS_AT_10):
        ours = mean(result["cuts_at_10"][k] for result in results)
        lines.append(f"  score {k + 1}  {cut:.5f}  {ours:.5f}  {ours / cut:.2f}{'' if abs(ours / cut - 1) <= 0.15 else '  not within 15 %'}")
    lines += ["", "Observed over expected placements, all, then by score 1 to 10 (mean over seeds)"]
    for group in results[0]["fairness"]:
        lines.append(f"  {group:<13}{_mean([r['fairness'][group]['all'] for r in results])}   " + " ".join(
            _mean([r["fairness"][group]["by_score"][k] for r in results]) for k in range(10)))  # fmt: skip
    lines += ["", "Rank correlation of the score with the validation measures"]
    for name in results[0]["validation"]:
        lines.append(f"  {name:<24}{_mean([(r['validation'][name] or {}).get('rho') for r in results])}")
    if all(result["truth"] for result in results):
        lines += ["", "True probability: mean, observed rate, AUC (above every model's?)"]
        for result in results:
            truth, best = result["truth"], max(one["value"] for one in result["auc"].values())
            above = "yes" if truth["auc"] > best else "NO"
            lines.append(f"  seed {result['seed']:<6}{truth['mean']:.4f}  {truth['observed']:.4f}  {100 * truth['auc']:.2f}  {above}")
        lines += ["", "True probability by its tenths: mean of it / observed rate (mean over seeds)"]
        tenths = range(min(len(result["truth"]["by_tenth"]) for result in results))
        lines.append("  " + "  ".join(
            "/".join(f"{mean(r['truth']['by_tenth'][k][j] for r in results):.3f}" for j in (0, 1)) for k in tenths))  # fmt: skip
    return lines


def _single(label: str, published: float | None, results: Sequence[dict[str, Any]], key: str, scale: float) -> list[str]:
    ours = [scale * result[key] for result in results]
    beside = "" if published is None else f"published {published:.2f}; "
    return [f"{label}: {beside}mean {mean(ours):.2f}, by seed {' '.join(f'{one:.2f}' for one in ours)}"]


def _spread(values: Sequence[float], scale: float) -> str:
    return f"{scale * stdev(values):.2f}" if len(values) > 1 else "-"


def _mean(values: Sequence[float | None]) -> str:
    has = [value for value in values if value is not None]
    return f"{mean(has):.2f}" if has else "-"
