"""Schools, day care, hospitals, clubs and homes that are called by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.names import is_listed
from explain.guards.towns import is_town
from explain.guards.words import Word, listed, talk

_ENDING: Final = (
    r"(?:skole|børnehave|vuggestue|børnehus|gymnasie|gymnasium|hospital|sygehus|fritidshjem|ungdomsklub|fritidsklub|boldklub|"
    r"børnehjem|krisecenter|krisecentre|bosted|opholdssted|efterskole|friskole|kirke|moske|plejehjem)(?:n|en|et|t|ben|met)?s?"
)
_NOUN: Final = re.compile(
    rf"(?:[a-zæøå]*{_ENDING}|sfo(?:['’]?en)?|klub(?:ben)?|dagpleje[nr]?|døgninstitution(?:en)?|institution(?:en)?|behandlingshjem(?:met)?|"
    r"familiehus(?:et)?|idrætsforening(?:en)?|kollegi(?:um|et)|[a-zæøå]*cent(?:er|ret|eret)|legestue[n]?|school|kindergarten|nursery|preschool|hospital)",
)
"""What such a place is; Danish writes it with a small letter."""

_COMPOUND: Final = re.compile(rf"(?P<name>[a-zæøå'’-]{{3,}}?)(?:{_ENDING})")


LONGEST: Final = 4
"""Words of a name before or after what the place is."""


def institutions(parts: Sequence[Word], text: str) -> Iterator[Finding]:
    """Find institutions with a name: *Birkeskolen*, *Vestre Skole*, *børnehaven Solstrålen*.

    Examples
    --------
    >>> from explain.guards.words import words
    >>> text = "Hun går på birkeskolen, før i vuggestuen Humlen; skolen skriver"
    >>> [text[found.start : found.end] for found in institutions(words(text), text)]
    ['birkeskolen', 'vuggestuen Humlen']
    """
    for place, word in enumerate(parts):
        low = word.low
        if not _NOUN.fullmatch(low):
            continue
        first = _first(parts, place, text)
        last = _last(parts, place, text)
        if first < place or last > place or _is_compound(low):
            yield Finding(parts[first].start, parts[last].end, Kind.INSTITUTION)


def _is_compound(low: str) -> bool:
    """Tell whether the word itself holds a name, as *birkeskolen* does and *folkeskolen* does not."""
    match = _COMPOUND.fullmatch(low)
    return bool(match) and low not in listed("words") and match["name"] not in talk("kinds_of_school")  # type: ignore[index]


def _first(parts: Sequence[Word], place: int, text: str) -> int:
    """Return where the name before the noun begins; the noun's own place if there is none."""
    noun_says = parts[place].capital
    first = place
    while first > max(0, place - LONGEST) and _beside(text, parts[first - 1], parts[first]):
        before = parts[first - 1]
        named = before.capital or (before.begins and noun_says and before.text[0].isupper()) or is_town(before.text)
        side = before.low in talk("sides")
        if not (named or side) or (before.begins and not (noun_says or side)):
            break
        if _is_person(before) and not noun_says:
            break
        first -= 1
    return first


def _last(parts: Sequence[Word], place: int, text: str) -> int:
    """Return where the name after the noun ends; the noun's own place if there is none."""
    last = place
    while last + 1 < min(len(parts), place + 1 + LONGEST) and _beside(text, parts[last], parts[last + 1]):
        after = parts[last + 1]
        if not after.capital or (last == place and _is_person(after)):
            break
        last += 1
    return last


def _beside(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between == " " or (between == ". " and not right.begins)


def _is_person(word: Word) -> bool:
    low = word.low
    return any(is_listed(form) and form not in listed("words") for form in (low, low.removesuffix("s")))
