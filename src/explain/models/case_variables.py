"""A case of the casebook as Pilot #2 sees it: the same 126 variables as from the registers."""

from __future__ import annotations

from typing import Final, Literal

from explain.casebook.history import MeasureEvent, MoveEvent, PlacementEvent, ReferralEvent
from explain.casebook.referral import Reason
from explain.casebook.schema import CivilStatus, Household, Parent, Referrer, Situation
from explain.register.single import KnownParent, Past, Single, count

_STATUS: Final = {
    CivilStatus.UNMARRIED: "U",
    CivilStatus.MARRIED: "G",
    CivilStatus.DIVORCED: "F",
    CivilStatus.WIDOWED: "E",
}


def case_variables(case: Situation) -> dict[str, float]:
    """Count the 126 variables of a case, by name and in the models' order.

    The text of the case is not read; what only stands there, the model does not know.
    """
    return count(
        Single(
            age=case.age,
            household=list(Household).index(case.household) + 1,
            reasons=_numbers(case.referral.reasons),
            referrer=list(Referrer).index(case.referral.referrer) + 1,
            mother=_parent(case.mother),
            father=_parent(case.father),
            own=_past(case, "child"),
            siblings=[_past(case, number) for number in range(1, len(case.siblings) + 1)],
            moves=[
                (event.days_before, event.new_municipality)
                for event in case.history
                if isinstance(event, MoveEvent) and event.whose == "child"
            ],
        )
    )


def _numbers(reasons: tuple[Reason, ...]) -> tuple[int, ...]:
    return tuple(reason.number for reason in reasons)


def _parent(parent: Parent | None) -> KnownParent | None:
    if parent is None:
        return None
    return KnownParent(
        age=parent.age,
        age_at_birth=parent.age_at_birth,
        status=_STATUS[parent.civil_status],
        children=parent.children,
        partners=parent.partners,
        dead=not parent.alive,
    )


def _past(case: Situation, whose: Literal["child"] | int) -> Past:
    events = [event for event in case.history if event.whose == whose]
    return Past(
        referrals=[(e.days_before, _numbers(e.reasons)) for e in events if isinstance(e, ReferralEvent)],
        measures=[
            (e.days_before, e.ended_days_before, e.grave)
            for e in events
            if isinstance(e, MeasureEvent) and e.paragraph.preventive
        ],
        placements=[(e.days_before, e.ended_days_before, e.forced) for e in events if isinstance(e, PlacementEvent)],
    )
