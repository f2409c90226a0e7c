"""Model cards: templates in two languages, filled from the files the models are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from statistics import mean
from typing import Any, Final

from explain.models.boosted import pilot2
from explain.models.linear import pilot1
from explain.models.table4 import PUBLISHED_AUC, reported
from explain.register.variables import COUNT, index_groups
from explain.texts import LANGUAGES
from explain.texts.numbers import decimal, signed

HORIZON_MONTHS: Final = 12
MODELS: Final = {
    "linear": {"da": "lineær sandsynlighedsmodel", "en": "linear probability model"},
    "lasso": {"da": "logistisk regression med LASSO", "en": "logistic regression with LASSO"},
    "forest": {"da": "random forest", "en": "random forest"},
    "boosted": {"da": "XGBoost", "en": "XGBoost"},
}
"""What the four models are called."""


def card(model: str) -> str:
    """Return the card of ``pilot1`` or ``pilot2`` as Markdown: Danish, then English.

    Examples
    --------
    >>> card("pilot1").count("## ")
    16
    """
    fill = {"pilot1": _pilot1, "pilot2": _pilot2}[model]
    folder = files("explain.apps").joinpath("cards")
    parts = (folder.joinpath(f"{model}.{one}.md").read_text(encoding="utf-8").format(**fill(one)) for one in LANGUAGES)
    return "\n".join(parts)


def _pilot1(language: str) -> dict[str, Any]:
    model, card = pilot1(), pilot1().card
    return {
        "tried_from": card.tried_from,
        "tried_to": card.tried_to,
        "data_from": card.data_from,
        "data_to": card.data_to,
        "horizon": card.horizon_days,
        "referrals": _thousands(card.referrals, language),
        "base_rate": decimal(100 * card.base_rate, 2, language),
        "training_share": decimal(100 * card.training_share, 0, language),
        "auc": decimal(100 * card.auc, 0, language),
        "variables": len(model.terms),
        "intercept": decimal(model.intercept, 4, language),
        "weights": _rows(
            (
                f"`{term.name}`",
                signed(term.coefficient, 4, language),
                decimal(term.mean, 4, language),
                decimal(term.sd, 4, language),
            )
            for term in model.terms
        ),
        "cuts": _listed(model.cutoffs, 7, language),
    }


def _pilot2(language: str) -> dict[str, Any]:
    facts = pilot2().facts
    weights: Mapping[str, float] = facts["weights"]
    groups = sorted(index_groups(), key=lambda group: -weights[group.name])
    return {
        **{key: facts[key] for key in ("seed", "depth", "rounds", "model_sha256", "data_sha256", "code_sha256")},
        "xgboost": facts["xgboost"],
        "horizon": HORIZON_MONTHS,
        "variables": COUNT,
        **{
            key: _thousands(facts[key], language)
            for key in ("referrals", "children", "training_referrals", "training_children")
        },
        "evaluation_referrals": _thousands(facts["referrals"] - facts["training_referrals"], language),
        "evaluation_children": _thousands(facts["children"] - facts["training_children"], language),
        "base_rate": decimal(100 * facts["base_rate"], 2, language),
        "auc": decimal(100 * facts["auc"], 2, language),
        "auc_delong": _interval(facts["auc_delong"], language),
        "auc_by_child": _interval(facts["auc_by_child"], language),
        "algorithms": _algorithms(language),
        "compared": _thousands(reported()[0]["referrals"], language),
        "weights": _rows(
            (group.da if language == "da" else group.en, decimal(weights[group.name], 3, language)) for group in groups
        ),
        "cuts": _listed(pilot2().cutoffs[10], 5, language),
    }


def _algorithms(language: str) -> str:
    """Return the four models' AUC in per cent: published, ours on average, and by seed, from ``table4.json``."""
    results = reported()
    rows = []
    for name, (published, *_) in PUBLISHED_AUC.items():
        ours = [100 * result["auc"][name]["value"] for result in results]
        each = "; ".join(
            f"{result['seed']}: {decimal(value, 2, language)}" for result, value in zip(results, ours, strict=True)
        )
        rows.append(
            (MODELS[name][language], decimal(100 * published, 2, language), decimal(mean(ours), 2, language), each)
        )
    return _rows(rows)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows of a Markdown table; its head stands in the template."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _interval(bounds: Sequence[float], language: str) -> str:
    return "–".join(decimal(100 * bound, 2, language) for bound in bounds)


def _listed(values: Iterable[float], places: int, language: str) -> str:
    return "; ".join(decimal(float(value), places, language) for value in values)


def _thousands(value: int, language: str) -> str:
    return f"{value:,}".replace(",", "." if language == "da" else ",")
