"""Pilot #1 scores a case from what the registers hold of it."""

from __future__ import annotations

from typing import Any

import pytest

from explain.casebook.schema import Case, Duty
from explain.models.linear import INPUTS, pilot1
from explain.models.scorer import Pilot1Scorer
from explain.sessions.ports import Scorer

BOTH = {"da": "Noget.", "en": "Something."}


def case_with(*history: dict[str, Any], reasons: tuple[str, ...] = ("school",)) -> Case:
    """Return a case of a child of ten who has a sister of twelve."""
    return Case.model_validate(
        {
            "set": "proeve",
            "folder": "sag",
            "version": "1",
            "number": 1,
            "age": 10,
            "referral": {"reasons": reasons, "referrer": "school"},
            "household": "single_mother",
            "mother": {"age": 40, "age_at_birth": 29, "civil_status": "unmarried", "children": 2, "partners": 1},
            "siblings": ({"age": 12, "shares": "mother", "at_home": True},),
            "history": history,
            "pedagogy": {
                "objective": BOTH,
                "trainees_note": BOTH,
                "trainers_note": BOTH,
                "roles": ("clear",),
                "duties": tuple(Duty),
                "content_notes": ("violence",),
                "panel": ({"rating": 5, "reasons": BOTH},) * 5,
                "expected_score_pilot1": 4,
                "invented": True,
            },
            "texts": {language: {"title": "t", "body_markdown": "b"} for language in ("da", "en")},
        }
    )


def referral(days: int, **more: Any) -> dict[str, Any]:
    return {"kind": "referral", "days_before": days, "reasons": ("school",), **more}


def placement(days: int) -> dict[str, Any]:
    return {"kind": "placement", "days_before": days, "ended_days_before": days - 5, "forced": False}


def inputs(case: Case) -> dict[str, float]:
    """Return what the score says the model was given, zeros left out."""
    return {name: value for name, value in Pilot1Scorer().score(case).inputs if value}


def test_the_scorer_fits_the_port_and_says_everything_the_score_rests_on() -> None:
    scorer: Scorer = Pilot1Scorer()
    score = scorer.score(case_with())
    assert score == pilot1().score(dict.fromkeys(INPUTS, 0.0) | {"age": 10.0})
    assert (score.model, score.value, score.baseline) == ("pilot1", 4, 0.1175)


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        (1, {"referrals_90d": 1, "referrals_180d": 1}),
        (90, {"referrals_90d": 1, "referrals_180d": 1}),
        (91, {"referrals_180d": 1}),
        (180, {"referrals_180d": 1}),
        (181, {}),
    ],
)
def test_earlier_referrals_by_their_windows(days: int, counted: dict[str, float]) -> None:
    assert inputs(case_with(referral(days))) == {"age": 10} | counted


@pytest.mark.parametrize(
    ("days", "counted"),
    [(365, {"placements_1y": 1, "placements_5y": 1}), (366, {"placements_5y": 1}), (1825, {"placements_5y": 1})],
)
def test_placements_by_their_windows(days: int, counted: dict[str, float]) -> None:
    assert inputs(case_with(placement(days))) == {"age": 10} | counted
    assert inputs(case_with(placement(1830))) == {"age": 10}


def test_measures_of_the_last_180_days() -> None:
    history = [{"kind": "measure", "days_before": days, "paragraph": "32-1-3"} for days in (180, 181)]
    assert inputs(case_with(*history)) == {"age": 10, "measures_180d": 1}


def test_the_siblings_history_and_moves_are_not_the_childs_own() -> None:
    move = {"kind": "move", "days_before": 30, "new_municipality": True}
    assert inputs(case_with(referral(30, whose=1), move)) == {"age": 10}


@pytest.mark.parametrize(
    ("reason", "flag"),
    [("child_crime", "crime_child"), ("child_abuse", "abuse_child"), ("parents_misuse", "misuse_parents")],
)
def test_the_present_referral_is_a_type_and_not_an_earlier_one(reason: str, flag: str) -> None:
    assert inputs(case_with(reasons=("school", reason))) == {"age": 10, flag: 1}
