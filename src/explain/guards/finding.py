"""What a guard finds in a text: where, what it looks like, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a stretch of text looks like."""

    CPR = "cpr"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    NAME = "name"
    INSTITUTION = "institution"
    TOWN = "town"


class Action(StrEnum):
    """What is done about a finding: it is refused, or the person is asked."""

    REFUSE = "refuse"
    ASK = "ask"


ASKED: Final = frozenset({Kind.NAME, Kind.INSTITUTION, Kind.TOWN})
"""Kinds that a guard cannot be sure of: *Sommer* is a name and a season. All others have a form of their own."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a text that may point to a real person.

    It does not hold the text itself, so that it can be told and counted without repeating what must not be repeated.

    Attributes
    ----------
    start, end
        Where it stands, in characters from 0; ``end`` is the first character after it.
    kind
        What it looks like.

    Examples
    --------
    >>> Finding(4, 15, Kind.CPR).action
    <Action.REFUSE: 'refuse'>
    """

    start: int
    end: int
    kind: Kind

    @property
    def action(self) -> Action:
        """Whether it is refused or asked about."""
        return Action.ASK if self.kind in ASKED else Action.REFUSE

    def as_json(self) -> dict[str, str | int]:
        """Return the finding as ``skoen check-text`` prints it.

        Examples
        --------
        >>> Finding(0, 5, Kind.TOWN).as_json()
        {'kind': 'town', 'start': 0, 'end': 5, 'action': 'ask'}
        """
        return {"kind": self.kind.value, "start": self.start, "end": self.end, "action": self.action.value}
