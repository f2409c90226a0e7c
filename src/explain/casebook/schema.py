"""One schema for a training case: it validates the files, and later drives forms and the codebook.

Everything the other floors need of the casebook's words is found here.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from explain.casebook import possible
from explain.casebook.base import LANGUAGES, Bilingual, Language, Part, Rating, Text
from explain.casebook.history import HistoryEvent, MeasureEvent, MoveEvent, PlacementEvent, ReferralEvent
from explain.casebook.law import Duty, Paragraph
from explain.casebook.people import ChildAge, CivilStatus, Household, Parent, Sibling
from explain.casebook.promises import Promises
from explain.casebook.referral import Reason, Referral, Referrer
from explain.casebook.teaching import ContentNote, PanelRating, Pedagogy, PlantedError, Review, Role

__all__ = [
    "LANGUAGES",
    "Bilingual",
    "Case",
    "CaseSet",
    "CaseText",
    "CivilStatus",
    "ContentNote",
    "Duty",
    "HistoryEvent",
    "Household",
    "Language",
    "MeasureEvent",
    "MoveEvent",
    "PanelRating",
    "Paragraph",
    "Parent",
    "Pedagogy",
    "PlacementEvent",
    "PlantedError",
    "Promises",
    "Rating",
    "Reason",
    "Referral",
    "ReferralEvent",
    "Referrer",
    "Review",
    "Role",
    "Sibling",
    "Text",
]

FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""Lower-case ASCII letters, digits and hyphens: a name that survives every file system and address."""


class CaseText(Part):
    """What the trainee reads, in one language."""

    title: Text = Field(title="Title", description="The first heading of the file.")
    body_markdown: Text = Field(title="Text", description="The referral as a professional would read it; Markdown.")


class Case(Part):
    """A pseudonymised child with a referral and a history.

    Sizes and units stand at the fields. A history that no child can have is refused: an event before the birth, an end
    before a beginning, two placements at once, a parent who is not there.
    """

    set: FolderName = Field(title="Set", description="The folder of the case set.")
    folder: FolderName = Field(title="Folder", description="The folder of the case in its set.")
    version: Text = Field(title="Version", description="A hash of the case's files; another content, another version.")
    number: Annotated[StrictInt, Field(ge=1, le=9999)] = Field(
        title="Number", description="The case's running number in its set, from 1."
    )
    age: ChildAge
    referral: Referral = Field(title="Referral")
    household: Household = Field(title="Household", description="With whom the child lives at the referral.")
    mother: Parent | None = Field(default=None, title="Mother", description="Left out if no mother is registered.")
    father: Parent | None = Field(default=None, title="Father", description="Left out if no father is registered.")
    siblings: tuple[Sibling, ...] = Field(default=(), title="Siblings", description="The child's legal siblings.")
    history: tuple[HistoryEvent, ...] = Field(
        default=(), title="History", description="What the registers hold of the time before the referral."
    )
    pedagogy: Pedagogy = Field(title="Pedagogy")
    texts: dict[Language, CaseText] = Field(title="Texts", description="What the trainee reads, by language.")

    @property
    def key(self) -> str:
        """The case's address: ``<set>/<folder>``."""
        return f"{self.set}/{self.folder}"

    def text(self, language: str) -> CaseText:
        """Return what the trainee reads in a language.

        Raises
        ------
        KeyError
            For a language the case is not written in.
        """
        return {str(known): text for known, text in self.texts.items()}[language]

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

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        found = [
            InitErrorDetails(type=PydanticCustomError("impossible", "{why}", {"why": why}), loc=place, input=None)
            for place, why in possible.objections(self)
        ]
        if found:
            raise ValidationError.from_exception_data(type(self).__name__, found)
        return self


class CaseSet(Part):
    """Cases in the order they are practised in."""

    name: FolderName = Field(title="Name", description="The set's folder.")
    title: Bilingual = Field(title="Title")
    description: Bilingual = Field(title="Description")
    version: Text = Field(title="Version", description="A hash of the set's file and its cases' versions.")
    order: Annotated[StrictInt, Field(ge=1, le=999)] = Field(
        default=999, title="Order", description="Its place among the sets; the lowest is offered first."
    )
    promises: Promises = Field(
        default=Promises(), title="Promises", description="What the set holds for sure; a check compares."
    )
    cases: tuple[Case, ...] = Field(min_length=1, title="Cases", description="In the order they are practised in.")

    def case(self, key: str) -> Case:
        """Return the case with this key.

        Raises
        ------
        KeyError
            If the set has no such case.
        """
        for case in self.cases:
            if case.key == key:
                return case
        raise KeyError(
            f"the set {self.name} must have the case asked for; {key} is none of {[c.key for c in self.cases]}"
        )
