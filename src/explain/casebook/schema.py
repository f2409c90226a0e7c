"""One schema for a training case: it validates the files, and later drives forms and the codebook.

Everything the other floors need of the casebook's words is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictInt

from explain.casebook import possible
from explain.casebook.base import LANGUAGES, Bilingual, Language, Part, Rating, Text
from explain.casebook.history import HistoryEvent, MeasureEvent, MoveEvent, PlacementEvent, ReferralEvent
from explain.casebook.law import Duty, Paragraph
from explain.casebook.people import CivilStatus, Household, Parent, Sibling
from explain.casebook.promises import Promises
from explain.casebook.referral import Reason, Referral, Referrer
from explain.casebook.situation import Situation
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
    "Situation",
    "Text",
]

FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""Lower-case ASCII letters, digits and hyphens: a name that survives every file system and address."""


class CaseText(Part):
    """What the trainee reads, in one language."""

    title: Text = Field(title="Title", description="The first heading of the file.")
    body_markdown: Text = Field(title="Text", description="The referral as a professional would read it; Markdown.")


class Case(Situation):
    """A pseudonymised child with a referral and a history, and what a trainer needs with it."""

    set: FolderName = Field(title="Set", description="The folder of the case set.")
    folder: FolderName = Field(title="Folder", description="The folder of the case in its set.")
    version: Text = Field(title="Version", description="A hash of the case's files; another content, another version.")
    number: Annotated[StrictInt, Field(ge=1, le=9999)] = Field(
        title="Number", description="The case's running number in its set, from 1."
    )
    pedagogy: Pedagogy = Field(title="Pedagogy")
    texts: dict[Language, CaseText] = Field(title="Texts", description="What the trainee reads, by language.")

    @property
    def key(self) -> str:
        """The case's address: ``<set>/<folder>``."""
        return f"{self.set}/{self.folder}"

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the law asks for here, whatever the score."""
        return self.pedagogy.duties

    def text(self, language: str) -> CaseText:
        """Return what the trainee reads in a language.

        Raises
        ------
        KeyError
            For a language the case is not written in.
        """
        return {str(known): text for known, text in self.texts.items()}[language]

    def objections(self) -> Iterator[possible.Objection]:
        """Yield everything that cannot be, in the situation and in the teaching."""
        yield from super().objections()
        yield from possible.teaching_objections(self)


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
