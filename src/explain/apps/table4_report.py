"""What ``skoen table4`` prints: published numbers and ours side by side, and what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean, stdev
from typing import Any, Final

from explain.models.table4 import PUBLISHED_AUC, PUBLISHED_CUTS_AT_10, PUBLISHED_LOSS

NOTE: Final = "Trained on synthetic registers, for teaching only; the published numbers are from real registers."
LABELS: Final = {
    "linear": "linear probability",
    "lasso": "logistic LASSO",
    "forest": "random forest",
    "boosted": "XGBoost",
}
GAPS: Final = (("boosted", "forest"), ("forest", "linear"), ("linear", "lasso"))
GAP_ALLOWED, CUT_ALLOWED, ORIGIN_ALLOWED = 0.4, 0.15, 0.05
LOSS_ALLOWED: Final = (0.1, 0.4)

Results = Sequence[dict[str, Any]]


def report(results: Results) -> Iterator[str]:
    """Yield the lines, block by block."""
    first = results[0]
    yield NOTE
    yield f"Seeds {', '.join(str(r['seed']) for r in results)}; {first['referrals']} referrals each,"
    yield f"{first['evaluation']} of them for evaluation."
    for block in (_aucs, _intervals, _gaps, _two_step, _rates, _cuts, _fairness, _validation, _truth):
        yield ""
        yield from block(results)


def _aucs(results: Results) -> Iterator[str]:
    yield f"{'AUC, per cent':<20}{'published':>22}{'mean':>8}{'spread':>8}  mean inside the published interval; by seed"
    for name, (value, low, high) in PUBLISHED_AUC.items():
        ours = _all(results, name)
        printed = f"{100 * value:.2f} ({100 * low:.2f}-{100 * high:.2f})"
        spread = f"{stdev(ours):.2f}" if len(ours) > 1 else "-"
        inside = _reached(100 * low <= mean(ours) <= 100 * high)
        yield f"{LABELS[name]:<20}{printed:>22}{mean(ours):>8.2f}{spread:>8}  {inside}; {_row(ours)}"


def _intervals(results: Results) -> Iterator[str]:
    yield "95 % intervals: DeLong's; by a bootstrap over children"
    for result in results:
        for name in PUBLISHED_AUC:
            one = result["auc"][name]
            plain, by_child = (f"{100 * a:.2f}-{100 * b:.2f}" for a, b in (one["delong"], one["by_child"]))
            yield f"  seed {result['seed']:<5}{LABELS[name]:<20}{plain}; {by_child}"


def _gaps(results: Results) -> Iterator[str]:
    yield f"Gaps between the models, points: published, mean, within {GAP_ALLOWED}; by seed"
    for better, worse in GAPS:
        published = 100 * (PUBLISHED_AUC[better][0] - PUBLISHED_AUC[worse][0])
        ours = [a - b for a, b in zip(_all(results, better), _all(results, worse), strict=True)]
        near = _reached(abs(mean(ours) - published) <= GAP_ALLOWED)
        yield f"  {LABELS[better]} - {LABELS[worse]}: {published:.2f}, {mean(ours):.2f}, {near}; {_row(ours)}"


def _two_step(results: Results) -> Iterator[str]:
    ours = [100 * result["two_step_loss"] for result in results]
    low, high = LOSS_ALLOWED
    reached = _reached(low <= mean(ours) <= high)
    yield f"LASSO, then XGBoost on its choice and age: loss in points, published {100 * PUBLISHED_LOSS:.2f}"
    yield f"  mean {mean(ours):.2f}, from {low} to {high}: {reached}; {_row(ours)}"
    yield f"  variables kept: {' '.join(str(result['two_step_variables']) for result in results)}"


def _rates(results: Results) -> Iterator[str]:
    for key, label in (("base_rate", "Base rate"), ("base_rate_at_10", "Base rate at age 10")):
        ours = [100 * result[key] for result in results]
        yield f"{label}, per cent (not published): mean {mean(ours):.2f}; {_row(ours)}"


def _cuts(results: Results) -> Iterator[str]:
    yield f"Cut-offs at age 10: published, mean, ratio, within {100 * CUT_ALLOWED:.0f} %"
    for k, cut in enumerate(PUBLISHED_CUTS_AT_10):
        ours = mean(result["cuts_at_10"][k] for result in results)
        near = _reached(abs(ours / cut - 1) <= CUT_ALLOWED)
        yield f"  score {k + 1}: {cut:.5f}  {ours:.5f}  {ours / cut:.2f}  {near}"


def _fairness(results: Results) -> Iterator[str]:
    yield "Observed over expected placements, mean over seeds: all; by score 1 to 10"
    for group in results[0]["fairness"]:
        ours = [result["fairness"][group] for result in results]
        by_score = " ".join(_average([one["by_score"][k] for one in ours]) for k in range(10))
        yield f"  {group:<12}{_average([one['all'] for one in ours])}; {by_score}"
    origins = [mean(r["fairness"][group]["all"] for r in results) for group in ("western", "non_western")]
    low, high = (mean(r["fairness"][group]["all"] for r in results) for group in ("low_ses", "high_ses"))
    near = _reached(all(abs(one - 1) <= ORIGIN_ALLOWED for one in origins))
    yield f"  origin within {100 * ORIGIN_ALLOWED:.0f} %: {near}"
    yield f"  low status placed more often than high, given the score, as published: {_reached(low > 1 > high)}"


def _validation(results: Results) -> Iterator[str]:
    yield "Rank correlation of the score with each validation measure, mean over seeds"
    for name in results[0]["validation"]:
        yield f"  {name:<24}{_average([(result['validation'][name] or {}).get('rho') for result in results])}"


def _truth(results: Results) -> Iterator[str]:
    with_it = [result for result in results if result["truth"]]
    yield "True probability: mean, observed rate, AUC, above every model's"
    for result in with_it:
        truth, best = result["truth"], max(one["value"] for one in result["auc"].values())
        numbers = f"{truth['mean']:.4f}  {truth['observed']:.4f}  {100 * truth['auc']:.2f}"
        yield f"  seed {result['seed']:<5}{numbers}  {_reached(truth['auc'] > best)}"
    if with_it:
        yield "  by its tenths, mean of it / observed rate, mean over seeds:"
        tenths = min(len(result["truth"]["by_tenth"]) for result in with_it)
        pairs = ([mean(r["truth"]["by_tenth"][k][j] for r in with_it) for j in (0, 1)] for k in range(tenths))
        yield "  " + "  ".join(f"{truth:.3f}/{observed:.3f}" for truth, observed in pairs)


def _all(results: Results, model: str) -> list[float]:
    return [100 * result["auc"][model]["value"] for result in results]


def _reached(yes: bool) -> str:
    return "reached" if yes else "NOT REACHED"


def _row(values: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)


def _average(values: Sequence[float | None]) -> str:
    has = [value for value in values if value is not None]
    return f"{mean(has):.2f}" if has else "-"
