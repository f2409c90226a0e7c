"""What passes between a page and its presenters, as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

COMMAND_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""What a browser may call a command; its own ids have 32 characters. The service's ids hold a slash, so that no
browser can take one before it is used."""

LARGEST: Final = 2**53
"""Browsers count in doubles, which are exact up to here (ECMAScript, ``Number.MAX_SAFE_INTEGER``)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Attributes
    ----------
    name
        By which its answer is sent and its draft kept.
    kind
        ``rating`` (1-10, a radio group without a default), ``choice`` (radio group), ``text``, ``line`` (a text of
        one line) or ``tick`` (a box whose answer is ``yes`` or nothing).
    label, hint
        The question, and a line below it.
    required
        Whether the form can be sent without it.
    options
        Value and wording of each choice; for a rating, the words at its two ends.
    when
        Another field and the answer to it with which this one is asked; None where it is always asked.
    folded
        Whether it is folded away among what few will want to change.
    """

    name: str
    kind: Literal["rating", "choice", "text", "line", "tick"]
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    when: tuple[str, str] | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent with a press of the button: its id for the command, its clock, and the answers by field.

    ``durable`` is to be called as soon as it is durable, and tells the browser so; a second call does nothing.
    """

    command_id: str
    browser_time: int | None
    values: Mapping[str, str]
    durable: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One input: its name, what was given in words, where it came from, and whether it is flagged."""

    name: str
    value: str
    source: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One button.

    Attributes
    ----------
    name
        By which its press is handed on.
    label
        What it says.
    value
        What exactly it is about: sent with the press, so that a second click never does the next thing.
    kind
        ``main`` for the one thing that comes next, else ``quiet``.
    asks
        The question that must be answered first, where it cannot be taken back.
    lead
        What stands before it, where a list of buttons has more to tell than they do.
    about
        Said by screen readers after the label, where one label stands on many buttons.
    """

    name: str
    label: str
    value: str = ""
    kind: Literal["main", "quiet"] = "quiet"
    asks: str = ""
    lead: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One participant in words: who, which case and step, when last seen, and whether she is there now."""

    number: int
    name: str
    case: str
    step: str
    seen: str
    here: bool
    note: str
    removed: bool
    actions: tuple[Action, ...]


def sent_in(message: Mapping[str, object], values: Mapping[str, str]) -> Sent | None:
    """Read what came with a press of a button; None where its command has no id that could be kept.

    Examples
    --------
    >>> sent_in({"command_id": "5f5f", "browser_time": True}, {})
    Sent(command_id='5f5f', browser_time=None, values={})
    >>> sent_in({"command_id": "encounter/set/case/p1/1/DeliverScore"}, {}) is None
    True
    """
    command_id, at = message.get("command_id"), message.get("browser_time")
    if not isinstance(command_id, str) or not COMMAND_ID.fullmatch(command_id):
        return None
    return Sent(command_id, at if isinstance(at, int) and is_count(at) else None, values)


def answered(sent: Sent, take: Callable[[Sent], str], tell: Callable[[str], None]) -> None:
    """Have what was sent taken, and tell the browser once what became of it: at once when it is durable.

    Parameters
    ----------
    sent
        What was sent.
    take
        Takes it; returns an empty sentence, or what is wrong.
    tell
        Tells the browser that sentence.

    Examples
    --------
    >>> said = []
    >>> answered(Sent("5f5f", None, {}), lambda sent: sent.durable() or said.append("drawn") or "", said.append)
    >>> said
    ['', 'drawn']
    """
    told: list[str] = []

    def once(problem: str = "") -> None:
        if not told:
            told.append(problem)
            tell(problem)

    once(take(replace(sent, durable=once)))


def is_count(value: object) -> bool:
    """Tell whether a browser sent a whole number, 0 or more; in Python True is one, in a browser it is not."""
    return type(value) is int and 0 <= value <= LARGEST


def whole(text: str) -> str:
    """Replace halves of a character, which a browser can make of a smiley cut in two and no page can show."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
