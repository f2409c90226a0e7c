"""What passes between a page and its presenters, as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

COMMAND_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""What a browser may call a command; its own ids have 32 characters. The service's ids hold a slash, so that no
browser can take one before it is used."""

ITEM: Final = re.compile(r"[a-z]{1,12}")
"""What a browser may call an item of a list."""
MOST_WORDS: Final = 200
LONGEST_WORD: Final = 100
"""Words kept in one form, and the characters of one: more than one text has names and places (our own limits)."""

LARGEST: Final = 2**53
"""Browsers count in doubles, which are exact up to here (ECMAScript, ``Number.MAX_SAFE_INTEGER``)."""


Control = Literal["rating", "choice", "select", "several", "tick", "number", "line", "text", "list"]
When = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Attributes
    ----------
    name
        By which its answer is sent and its draft kept.
    kind
        ``rating`` (1-10, a radio group without a default); ``choice`` (radio group) or ``select`` (a list to choose
        one from); ``several`` (one main choice and others); ``tick`` (a box whose answer is ``yes`` or nothing);
        ``number``; ``line`` or ``text`` (free text, of one line or more); ``list`` (its ``parts``, over and over).
    label, hint
        The question, and a line below it.
    required
        Whether the form can be sent without it.
    options
        Value and wording of each choice; for a rating, the words at its two ends.
    heading
        A heading above it, where a new section begins.
    when
        The name of another question, and the answers to it at which this one is asked; None: always.
    folded
        Whether it is folded away among what few will want to change.
    guarded
        Whether the guards look through it, if it is free text: always, but where it names those who answer for a class
        rather than anybody in a case.
    parts
        For a list: the questions of one item.
    words
        For a list: what its buttons say.
    more_from
        For a ``select``: the list whose items can be chosen as well.
    along
        For a list: the number by which its items are drawn on a line, from long ago to now.
    """

    name: str
    kind: Control
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    when: When | None = None
    folded: bool = False
    guarded: bool = True
    parts: tuple[Field, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    more_from: str = ""
    along: str = ""

    @property
    def is_looked_through(self) -> bool:
        """Whether the guards look through it."""
        return self.guarded and self.kind in ("line", "text")


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of what was sent: done where nothing is said, otherwise what is wrong, and beside which question."""

    problem: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)


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


def asked_as(name: str, fields: Sequence[Field]) -> Field | None:
    """Return the question that a name answers, or None where nothing of that name was asked.

    Examples
    --------
    >>> fields = [Field("siblings", "list", "", parts=(Field("age", "number", "Age"),))]
    >>> asked_as("siblings.b.age", fields).label, asked_as("siblings.b.name", fields) is None
    ('Age', True)
    """
    top, _, rest = name.partition(".")
    item, _, part = rest.partition(".")
    for one in fields:
        if one.name == name:
            return one
        if one.name == top and one.kind == "list" and ITEM.fullmatch(item):
            return next((its for its in one.parts if its.name == part), None)
    return None


def words_in(value: object) -> tuple[str, ...]:
    """Read the words a person keeps; whatever else a browser sends in their place is none."""
    if not isinstance(value, list):
        return ()
    return tuple(whole(word) for word in value[:MOST_WORDS] if isinstance(word, str) and len(word) <= LONGEST_WORD)


def is_count(value: object) -> bool:
    """Tell whether a browser sent a whole number, 0 or more; in Python True is one, in a browser it is not."""
    return type(value) is int and 0 <= value <= LARGEST


def whole(text: str) -> str:
    """Replace halves of a character, which a browser can make of a smiley cut in two and no page can show."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
