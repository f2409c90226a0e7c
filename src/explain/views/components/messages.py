"""What passes between a page and its presenters, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Attributes
    ----------
    name
        By which its answer is sent and its draft kept.
    kind
        ``rating`` (1-10, a radio group without a default), ``choice`` (radio group) or ``text``.
    label, hint
        The question, and a line below it.
    required
        Whether the form can be sent without it.
    options
        Value and wording of each choice; for a rating, the words at its two ends.
    """

    name: str
    kind: Literal["rating", "choice", "text"]
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent with a press of the button: its id for the command, its clock, and the answers by field."""

    command_id: str
    browser_time: int | None
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One input: its name, what was given in words, where it came from, and whether it is flagged."""

    name: str
    value: str
    source: str
    flagged: bool
