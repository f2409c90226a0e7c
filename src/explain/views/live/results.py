"""What a panel of experts said, in counts and spread; the reasons stand in the cases' reflection."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from explain.domain.session import Session
from explain.domain.session_plan import Kind
from explain.sessions.panels import panel_of
from explain.views.office import Office


class Result(NamedTuple):
    """A panel's ratings of one case: how many, the lowest, the middle one and the highest."""

    title: str
    n: int
    lowest: int
    middle: float
    highest: int


def results_of(office: Office, session: Session) -> tuple[list[Result] | None, bool]:
    """Return the results of an ended panel's cases (of no other class), and whether any rests on too few people."""
    if session.plan.kind is not Kind.PANEL or not session.ended:
        return None, False
    chosen = office.classes.sets.get(session.plan.case_set)
    there = {case.key: case for case in chosen.cases} if chosen else {}
    found = [(there[key], panel_of(office.classes.store, there[key])) for key in session.plan.cases if key in there]
    panels = [(case.text(office.say.language).title, panel) for case, panel in found if panel is not None]
    rows = [Result(title, one.n, one.spread[0], float(median(one.ratings)), one.spread[1]) for title, one in panels]
    return rows, any(one.small for _, one in panels)
