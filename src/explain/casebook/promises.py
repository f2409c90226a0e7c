"""What a set of cases promises a trainer, and so must hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt

from explain.casebook.base import Part, Rating
from explain.casebook.people import ChildAge
from explain.casebook.teaching import Role


class AgeBand(StrEnum):
    """The ages in which a set's spread is told.

    Examples
    --------
    >>> AgeBand.of(0), AgeBand.of(6), AgeBand.of(7), AgeBand.of(17)
    (<AgeBand.BABY: '0-2'>, <AgeBand.SMALL: '3-6'>, <AgeBand.SCHOOL: '7-12'>, <AgeBand.YOUNG: '13-17'>)
    """

    BABY = "0-2"
    SMALL = "3-6"
    SCHOOL = "7-12"
    YOUNG = "13-17"

    @classmethod
    def of(cls, age: int) -> AgeBand:
        """Return the band of an age in completed years, 0 to 17."""
        return next(band for band in cls if age <= int(band.value.partition("-")[2]))


class Promises(Part):
    """What the cases of a set hold together. Nothing is promised unless it is said."""

    scores: tuple[Rating, ...] = Field(
        default=(), title="Scores", description="Pilot #1 scores that at least one case each has."
    )
    ages: tuple[ChildAge, ...] = Field(default=(), title="Ages", description="Ages that at least one case each has.")
    age_bands: tuple[AgeBand, ...] = Field(
        default=(), title="Age bands", description="Bands in which at least one case each falls."
    )
    reasons: Annotated[StrictInt, Field(ge=0, le=16)] = Field(
        default=0, title="Reasons", description="How many different reasons the present referrals have at least."
    )
    roles: dict[Role, Annotated[StrictInt, Field(ge=1)]] = Field(
        default_factory=dict, title="Roles", description="In how many cases each pedagogic role is found at least."
    )
