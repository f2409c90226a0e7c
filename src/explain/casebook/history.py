"""A history event: something in the child's or a sibling's life, in days before the present referral."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from explain.casebook.base import DaysBefore, Part, impossible
from explain.casebook.law import Paragraph
from explain.casebook.referral import GRAVE, Reasons


class Event(Part):
    """What every history event has."""

    days_before: DaysBefore
    whose: Literal["child"] | Annotated[StrictInt, Field(ge=1)] = Field(
        default="child",
        title="Whose",
        description="'child', or the number of the sibling in the list of siblings, from 1.",
    )


class Lasting(Event):
    """A history event with an end."""

    ended_days_before: DaysBefore | None = Field(
        default=None, title="Ended", description="Days before the referral when it ended; left out while it is running."
    )

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Lasting:
        if self.ended_days_before is not None and self.ended_days_before > self.days_before:
            raise impossible(
                "ended_before_it_began",
                "must end after it began, but it began {began} days before the referral and ended {ended} days before "
                "it; a later day has a smaller number",
                began=self.days_before,
                ended=self.ended_days_before,
            )
        return self

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_days_before is None


class ReferralEvent(Event):
    """An earlier referral.

    Examples
    --------
    >>> ReferralEvent(kind="referral", days_before=40, reasons=("school",)).grave
    False
    """

    kind: Literal["referral"]
    reasons: Reasons

    @property
    def grave(self) -> bool:
        """Whether one of the reasons is abuse of the child, or the parents' substance misuse or crime."""
        return not GRAVE.isdisjoint(self.reasons)


class MeasureEvent(Lasting):
    """A support measure (*støttende indsats*; in the pilots' words a preventive measure)."""

    kind: Literal["measure"]
    paragraph: Paragraph = Field(title="Paragraph", description="The paragraph of barnets lov it was granted under.")

    @property
    def grave(self) -> bool:
        """Whether Pilot #1's outcome counts it."""
        return self.paragraph.grave


class PlacementEvent(Lasting):
    """A placement outside the home (*anbringelse*)."""

    kind: Literal["placement"]
    forced: StrictBool = Field(title="Forced", description="Whether it was made without consent.")


class MoveEvent(Event):
    """A move to another address."""

    kind: Literal["move"]
    new_municipality: StrictBool = Field(
        title="New municipality", description="Whether it led to another municipality."
    )


HistoryEvent = Annotated[ReferralEvent | MeasureEvent | PlacementEvent | MoveEvent, Field(discriminator="kind")]
"""One of the four kinds; the key ``kind`` says which."""
