"""Plans of sessions that tests begin from."""

from __future__ import annotations

from typing import Any

from explain.domain.conditions import PANEL, TEACHING
from explain.domain.session_plan import Kind, Research, SessionPlan

STUDY = Research("Kommunen", "artikel 6, stk. 1, litra e", "2030-17", "Følger socialrådgivere en score?")


def plan(**changes: Any) -> SessionPlan:
    """A training session with the three cases of the tests' set, with some of it changed."""
    return SessionPlan(
        **{
            "title": "Hold A",
            "conditions": (TEACHING,),
            "case_set": "proeve",
            "version": "7",
            "cases": ("proeve/young", "proeve/middle", "proeve/old"),
            "minutes": 60,
            "delete_on": "2030-06-01",
            "seed": 7,
        }
        | changes
    )


def panel(**changes: Any) -> SessionPlan:
    return plan(kind=Kind.PANEL, conditions=(PANEL,), **changes)
