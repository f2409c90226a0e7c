"""What every part of a case has in common: frozen, and nothing unknown is taken in."""

from __future__ import annotations

from typing import Annotated, Literal, LiteralString

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

Language = Literal["da", "en"]
"""The languages every case is written in."""

LANGUAGES: tuple[Language, ...] = ("da", "en")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Something written; never empty."""

Rating = Annotated[StrictInt, Field(ge=1, le=10)]
"""A rating or a score, 1 to 10. Which of the two, the field says."""

DaysBefore = Annotated[StrictInt, Field(ge=1, le=22000, title="Days before", description="Days before the referral.")]
"""Whole days before the present referral, from 1 (yesterday); the most is some sixty years."""


class Part(BaseModel):
    """A part of a case. It cannot be changed, and a key the schema does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Part):
    """The same thing said in Danish and in English; neither is a word-for-word copy of the other.

    Examples
    --------
    >>> Bilingual(da="Barnet er hørt.", en="The child was heard.").say("en")
    'The child was heard.'
    """

    da: Text = Field(title="Danish")
    en: Text = Field(title="English")

    def say(self, language: str) -> str:
        """Return the text in ``language``."""
        return self.da if language == "da" else self.en


IMPOSSIBLE: LiteralString = "impossible"
"""The type of pydantic's errors that say that something cannot be."""


def impossible(code: LiteralString, message: LiteralString, **values: object) -> PydanticCustomError:
    """Return the error for what cannot be.

    Parameters
    ----------
    code
        Names it, so that it can be said in other languages.
    message
        In English: what must be, what came; ``{name}`` stands for one of the values.
    **values
        What the message speaks of.

    Examples
    --------
    >>> str(impossible("too_old", "must be at most {most}, not {age}", most=17, age=40))
    'must be at most 17, not 40'
    """
    return PydanticCustomError(IMPOSSIBLE, message, {"code": code, **values})
