"""A referral (*underretning*): who makes it, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from explain.casebook.base import Part, impossible


class Reason(StrEnum):
    """The 16 reasons of a referral in the register BUU from 2016 (BAGGRUND1-16), in their official order.

    Examples
    --------
    >>> Reason.PARENTS_MISUSE.number, Reason.OTHER.number, len(Reason)
    (9, 16, 16)
    """

    CHILD_MISUSE = "child_misuse"
    CHILD_CRIME = "child_crime"
    SCHOOL = "school"
    CHILD_BEHAVIOUR = "child_behaviour"
    CHILD_DISABILITY = "child_disability"
    CHILD_HEALTH = "child_health"
    CHILD_ABUSE = "child_abuse"
    CHILD_NEGLECT = "child_neglect"
    PARENTS_MISUSE = "parents_misuse"
    PARENTS_CRIME = "parents_crime"
    PARENTS_BEHAVIOUR = "parents_behaviour"
    PARENTS_DISABILITY = "parents_disability"
    ADULT_CONFLICT = "adult_conflict"
    INSUFFICIENT_CARE = "insufficient_care"
    HOUSING = "housing"
    OTHER = "other"

    @property
    def number(self) -> int:
        """The official number, 1 to 16."""
        return list(Reason).index(self) + 1


GRAVE = frozenset({Reason.CHILD_ABUSE, Reason.PARENTS_MISUSE, Reason.PARENTS_CRIME})
"""The reasons that make a referral grave (Statistics Denmark's reading, impact assessment 2021, annex, note 2)."""


def _each_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    twice = sorted({reason.value for reason in reasons if reasons.count(reason) > 1})
    if twice:
        raise impossible(
            "reason_twice",
            "must name each reason once, but {twice} stands there more than once",
            twice=", ".join(twice),
        )
    return reasons


Reasons = Annotated[
    tuple[Reason, ...],
    AfterValidator(_each_once),
    Field(min_length=1, title="Reasons", description="Reasons of the referral, the main one first; each at most once."),
]


class Referrer(StrEnum):
    """Who makes the referral."""

    SCHOOL = "school"
    DAY_CARE = "day_care"
    HEALTH_VISITOR = "health_visitor"
    MIDWIFE = "midwife"
    DOCTOR = "doctor"
    HOSPITAL = "hospital"
    DENTIST = "dentist"
    PSYCHIATRY = "psychiatry"
    POLICE = "police"
    ADULT_SERVICES = "adult_services"
    OTHER_MUNICIPALITY = "other_municipality"
    HOUSING_ASSOCIATION = "housing_association"
    VOLUNTARY_ORGANISATION = "voluntary_organisation"
    CHILD = "child"
    PARENT = "parent"
    FAMILY = "family"
    CITIZEN = "citizen"
    ANONYMOUS = "anonymous"
    OTHER = "other"


class Referral(Part):
    """The present referral, as it is registered.

    Examples
    --------
    >>> referral = Referral(reasons=("parents_misuse", "insufficient_care"), referrer="health_visitor")
    >>> referral.primary_reason.number, referral.grave, referral.has(Reason.CHILD_CRIME)
    (9, True, False)
    """

    reasons: Reasons
    referrer: Referrer = Field(title="Referrer", description="Who makes the referral.")

    @property
    def primary_reason(self) -> Reason:
        """The main reason: the type a register with one reason per referral would hold."""
        return self.reasons[0]

    @property
    def grave(self) -> bool:
        """Whether one of the reasons is abuse of the child, or the parents' substance misuse or crime."""
        return not GRAVE.isdisjoint(self.reasons)

    def has(self, reason: Reason) -> bool:
        """Whether the referral is of the type ``reason``. Pilot #1 asks this for types 2, 7 and 9."""
        return reason in self.reasons
