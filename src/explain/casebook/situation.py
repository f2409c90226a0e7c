"""A situation: a child, a referral, a family and a history, as registers hold them, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from explain.casebook import possible
from explain.casebook.base import Part
from explain.casebook.history import HistoryEvent
from explain.casebook.people import ChildAge, Household, Parent, Sibling
from explain.casebook.referral import Referral


class Situation(Part):
    """What the registers hold of a child at a referral.

    Sizes and units stand at the fields. What no child can have is refused: an event before the birth, an end before a
    beginning, two placements at once, a parent who is not there.
    """

    age: ChildAge
    referral: Referral = Field(title="Referral")
    household: Household = Field(title="Household", description="With whom the child lives at the referral.")
    mother: Parent | None = Field(default=None, title="Mother", description="Left out if no mother is registered.")
    father: Parent | None = Field(default=None, title="Father", description="Left out if no father is registered.")
    siblings: tuple[Sibling, ...] = Field(default=(), title="Siblings", description="The child's legal siblings.")
    history: tuple[HistoryEvent, ...] = Field(
        default=(), title="History", description="What the registers hold of the time before the referral."
    )

    def own(self, kind: Literal["referral", "measure", "placement", "move"], *, within_days: int) -> int:
        """Count the child's own history events of one kind.

        Parameters
        ----------
        kind
            What to count. Measures are the preventive ones (``Paragraph.preventive``), counted by their beginning.
        within_days
            How far back, in days, the last day included. What happened within 90 days also happened within 180.

        Returns
        -------
        int
            How many began within that time; the present referral is not among them.
        """
        return sum(
            event.kind == kind
            and event.whose == "child"
            and event.days_before <= within_days
            and (event.kind != "measure" or event.paragraph.preventive)
            for event in self.history
        )

    def objections(self) -> Iterator[possible.Objection]:
        """Yield everything that cannot be, as place and reason."""
        yield from possible.objections(self)

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        found = [InitErrorDetails(type=why, loc=place, input=None) for place, why in self.objections()]
        if found:
            raise ValidationError.from_exception_data(type(self).__name__, found)
        return self
