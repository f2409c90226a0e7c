"""Single cells of the tables of ``skoen score``: text to number and number to text, each distinct one only once."""

from __future__ import annotations

import re
from typing import Final, Protocol

from explain.models.term import Term


class Ranged(Protocol):
    """An input: its name, the whole numbers it may be, and the count that holds this one too, if any."""

    @property
    def name(self) -> str: ...
    @property
    def lowest(self) -> int: ...
    @property
    def highest(self) -> int: ...
    @property
    def within(self) -> str | None: ...


LONGEST_CELL: Final = 1000
"""Characters; a longer cell is a quotation mark left open or a text in the wrong place, not an id or a number."""

_WHOLE = re.compile(r"[0-9]+(\.0*)?", re.ASCII)
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


class Readings(dict[str, float]):
    """The numbers a column's texts stand for.

    Asking for a text that is no number of the term's range raises ValueError, which says what must be and what came.

    Examples
    --------
    >>> from explain.models.linear import pilot1
    >>> ages = Readings(pilot1().terms[0])
    >>> ages["4"], ages["4.0"]
    (4.0, 4.0)
    >>> ages["18"]
    Traceback (most recent call last):
    ValueError: must be a whole number from 0 to 17, but is '18'
    """

    def __init__(self, term: Ranged) -> None:
        self.term = term

    def __missing__(self, text: str) -> float:
        low, high = self.term.lowest, self.term.highest
        if len(text) > LONGEST_CELL or not _WHOLE.fullmatch(text) or not low <= float(text) <= high:
            rule = "0 or 1" if (low, high) == (0, 1) else f"a whole number from {low} to {high}"
            raise ValueError(f"must be {rule}, but is {shown(text)}")
        return self.setdefault(text, float(text))


class Contributions(dict[float, str]):
    """What a column's numbers add to RS, as text."""

    def __init__(self, term: Term) -> None:
        self.term = term

    def __missing__(self, value: float) -> str:
        return self.setdefault(value, repr(self.term.contribution(value)))


def shown(text: str) -> str:
    """Return ``text`` as it is quoted in a message: on one line, and cut where it is long.

    Examples
    --------
    >>> shown(""), shown("x" * 10_000)
    ('empty', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'... (10000 characters)")
    """
    if not text:
        return "empty"
    return repr(text) if len(text) <= 60 else f"{text[:30]!r}... ({len(text)} characters)"


def quoted(text: str) -> str:
    r"""Return ``text`` as a cell of a CSV row, in quotation marks where it needs them (RFC 4180).

    Examples
    --------
    >>> quoted("007"), quoted("Ærø, 1")
    ('007', '"Ærø, 1"')
    """
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
