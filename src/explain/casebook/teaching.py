"""What a trainer needs with a case: aim, note, duties, an example panel. None of it reaches the first step."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from explain.casebook.base import Bilingual, Part, Rating, Text
from explain.casebook.law import Duty


class Role(StrEnum):
    """What a case is good for in teaching."""

    CLEAR = "clear"
    """Practitioners would mostly agree."""
    AMBIGUOUS = "ambiguous"
    """Practitioners would differ, for good reasons."""
    AGE_ALONE = "age_alone"
    """The score rests on age alone."""
    DECISIVE_FACT_IN_TEXT = "decisive_fact_in_text"
    """What decides stands only in the text, where no model reads it."""
    ERROR_IN_DATA = "error_in_data"
    """The registered data hold a planted error."""
    HIGH_SCORE_SMALL_CONCERN = "high_score_small_concern"
    LOW_SCORE_GREAT_CONCERN = "low_score_great_concern"
    POOR_REFERRAL = "poor_referral"
    """A referral as thin or as loaded as they sometimes are."""
    LIKE_ONE_TOLD_IN_PUBLIC = "like_one_told_in_public"
    """Like one of the two Pilot #1 cases that were told in public."""


class ContentNote(StrEnum):
    """What the page warns of before the case is opened; the case can then be skipped."""

    VIOLENCE = "violence"
    ABUSE = "abuse"
    SUICIDE = "suicide"


class PanelRating(Part):
    """One rating of the example panel; invented, and marked so wherever it is shown."""

    rating: Rating = Field(title="Rating", description="Concern, 1 (not at all) to 10 (very strongly).")
    reasons: Bilingual = Field(title="Reasons")


class Review(Part):
    """Somebody read the case as a practitioner. The role alone: no name, no date."""

    role: Text = Field(title="Role", description="Such as 'børne- og ungerådgiver'.")


Pilot1Input = Literal[
    "age",
    "referrals_90d",
    "referrals_180d",
    "crime_child",
    "abuse_child",
    "misuse_parents",
    "measures_180d",
    "placements_1y",
    "placements_5y",
]
"""The nine inputs of Pilot #1, by the names of the columns of ``skoen score``."""


class PlantedError(Part):
    """An error put into the registered data on purpose. It is revealed in the reflection at the latest."""

    input: Pilot1Input = Field(title="Input", description="The input that is wrong.")
    registered_value: Annotated[StrictInt, Field(ge=0)] = Field(
        title="Registered", description="What the registered data give, and the score uses."
    )
    true_value: Annotated[StrictInt, Field(ge=0)] = Field(title="True", description="What is true of the child.")
    explanation: Bilingual = Field(title="Explanation", description="How the error came about, for the reflection.")


class Pedagogy(Part):
    """What the case is for, and what the reflection needs."""

    objective: Bilingual = Field(title="Learning objective")
    trainees_note: Bilingual = Field(
        title="Trainee's note", description="What the reflection says of case and score, to the trainee."
    )
    trainers_note: Bilingual = Field(
        title="Trainer's note", description="What a trainer may bring up about the case; no trainee's page shows it."
    )
    roles: tuple[Role, ...] = Field(min_length=1, title="Pedagogic roles", description="What the case is good for.")
    duties: tuple[Duty, ...] = Field(
        min_length=1, title="Duties", description="What the law asks for here, whatever the score."
    )
    content_notes: tuple[ContentNote, ...] = Field(
        default=(), title="Content notes", description="What the page warns of beforehand."
    )
    panel: tuple[PanelRating, ...] = Field(
        min_length=5, max_length=5, title="Example panel", description="Five invented ratings with reasons."
    )
    reviewed_by: tuple[Review, ...] = Field(
        default=(), title="Reviewed by", description="The practitioners who reviewed the case."
    )
    expected_score_pilot1: Rating = Field(
        title="Expected score",
        description="The Pilot #1 score the case was written for; a check finds a history that has drifted from it.",
    )
    planted_error: PlantedError | None = Field(default=None, title="Planted error")
    invented: Literal[True] = Field(title="Invented", description="Case and panel are invented; always true.")

    @property
    def reviewed(self) -> bool:
        """Whether two practitioners have reviewed it; until then the page says so."""
        return len(self.reviewed_by) >= 2
