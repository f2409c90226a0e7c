"""The people around the child, as far as the registers know them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from explain.casebook.base import DaysBefore, Part, impossible

ChildAge = Annotated[
    StrictInt, Field(ge=0, le=17, title="Age", description="The child's age in completed years at the referral.")
]


class Household(StrEnum):
    """Where the child lives: the six types of Pilot #2 (facts in the impact assessment 2021, 2.3.2.2)."""

    BOTH_PARENTS = "both_parents"
    MOTHER_NEW_RELATIONSHIP = "mother_new_relationship"
    SINGLE_MOTHER = "single_mother"
    FATHER_NEW_RELATIONSHIP = "father_new_relationship"
    SINGLE_FATHER = "single_father"
    NOT_WITH_PARENTS = "not_with_parents"

    @property
    def parents(self) -> tuple[Literal["mother", "father"], ...]:
        """The parents who live there."""
        if self is Household.BOTH_PARENTS:
            return ("mother", "father")
        if self is Household.NOT_WITH_PARENTS:
            return ()
        return ("mother",) if "mother" in self.value else ("father",)


class CivilStatus(StrEnum):
    """Civil status (CIVST); registered partnerships count as marriages."""

    UNMARRIED = "unmarried"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"


class Parent(Part):
    """A legal parent. One who is not registered is left out of the case.

    Examples
    --------
    >>> Parent(age=31, age_at_birth=24, civil_status="unmarried", children=2, partners=1).alive
    True
    """

    age: Annotated[StrictInt, Field(ge=12, le=90)] = Field(
        title="Age", description="Completed years at the referral; for a dead parent, at death."
    )
    age_at_birth: Annotated[StrictInt, Field(ge=12, le=75)] = Field(
        title="Age at birth", description="Completed years when the child was born."
    )
    civil_status: CivilStatus = Field(title="Civil status", description="At the referral, or at death.")
    children: Annotated[StrictInt, Field(ge=1, le=20)] = Field(
        title="Number of children", description="All the parent's children, this child included."
    )
    partners: Annotated[StrictInt, Field(ge=1, le=20)] = Field(
        title="Number of partners", description="Partners with whom the parent has children."
    )
    died_days_before: DaysBefore | None = Field(
        default=None, title="Death", description="Days before the referral when the parent died; left out if alive."
    )

    @property
    def alive(self) -> bool:
        """Whether the parent lives."""
        return self.died_days_before is None

    @model_validator(mode="after")
    def _no_more_partners_than_children(self) -> Parent:
        if self.partners > self.children:
            raise impossible(
                "more_partners_than_children",
                "must be at most as many partners as there are children, {children}, not {partners}",
                children=self.children,
                partners=self.partners,
            )
        return self


class Sibling(Part):
    """A legal sibling: one who has at least one parent in common with the child."""

    age: Annotated[StrictInt, Field(ge=0, le=50)] = Field(
        title="Age", description="Completed years at the referral; twins have the child's own age."
    )
    shares: Literal["both", "mother", "father"] = Field(title="Shares", description="The parents they have in common.")
    at_home: StrictBool = Field(title="At home", description="Whether the sibling lives in the child's household.")
