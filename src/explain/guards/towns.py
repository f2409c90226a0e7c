"""Towns of Denmark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.words import Word, listed, talk

_LONGEST: Final = 3

SHORTEST_SURE: Final = 4
"""Letters of a town that is asked about wherever it stands; *Ry* and *Fur* need a preposition and a capital."""


@cache
def _towns() -> frozenset[str]:
    return listed("towns") | talk("districts")


def is_town(name: str) -> bool:
    """Tell whether this is a town's name, however *å* and capitals are written.

    Examples
    --------
    >>> is_town("Aarhus"), is_town("århus"), is_town("huset")
    (True, True, False)
    """
    low = name.lower().replace("aa", "å")
    return any(form in _towns() for form in (low, low.removesuffix("s"), low.partition("-")[0]))


def towns(parts: Sequence[Word], text: str) -> Iterator[Finding]:
    """Find towns; those that are words or names too (*Vejen*, *Holm*) only after a preposition and with a capital.

    Examples
    --------
    >>> from explain.guards.words import words
    >>> text = "hun bor i odense, han i Vejen, og vejen dertil er lang"
    >>> [text[found.start : found.end] for found in towns(words(text), text)]
    ['odense', 'Vejen']
    """
    place = 0
    while place < len(parts):
        for length in range(min(_LONGEST, len(parts) - place), 0, -1):
            first, last = parts[place], parts[place + length - 1]
            if is_town(text[first.start : last.end]) and _is_meant(parts, place, length):
                yield Finding(first.start, last.end, Kind.TOWN)
                place += length - 1
                break
        place += 1


def _is_meant(parts: Sequence[Word], place: int, length: int) -> bool:
    word = parts[place]
    before = parts[place - 1].low if place else ""
    after = parts[place + length].low if place + length < len(parts) else ""
    if length > 1 or after.startswith("kommune"):
        return True
    forms = {word.low, word.low.removesuffix("s"), word.low.replace("aa", "å")}
    if len(word.low) < SHORTEST_SURE or forms & listed("words"):
        return word.capital and before in talk("before_towns")
    return before in talk("before_towns") or not forms & listed("names")
