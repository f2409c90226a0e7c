"""A text as the guards read it: one kind of dash, of blank and of digit, nothing invisible, and the way back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

_LATIN: Final = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕАΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
    "ABEKMHOPCTXaeopcyxijsAABEZHIKMNOPTYXovp",
)
"""Cyrillic and Greek letters that look like Latin ones (the commonest of Unicode's confusables, UTS 39)."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain, and where each of its characters came from.

    Attributes
    ----------
    text
        The plain text, never longer than the original.
    places
        For every character of ``text`` its place in the original; one more at the end, for what comes after the last.
    """

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    r"""Make a text plain.

    Full-width and other digits become ASCII, all dashes a hyphen, all blanks but line ends a space; letters of other
    alphabets that look Latin become so; what cannot be seen (zero-width characters, soft hyphens) goes; an accent
    written apart is put on its letter.

    Examples
    --------
    >>> plain("２2\u200b–４\xa0a\u030a").text
    '22-4 å'
    >>> plain("a\u200bb").span(1, 2)
    (2, 3)
    """
    if text.isascii():
        return Plain(text, range(len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if letters and unicodedata.combining(character):
            whole = unicodedata.normalize("NFC", letters[-1] + character)
            letters[-1] = whole if len(whole) == 1 else letters[-1]
        elif seen := _seen(character):
            letters.append(seen)
            places.append(place)
    return Plain("".join(letters), [*places, len(text)])


@cache
def _seen(character: str) -> str:
    """Return the one plain character for another, or nothing for what is invisible."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Pd" or character in "−⁃":
        return "-"
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    single = unicodedata.normalize("NFKC", character)
    return (single if len(single) == 1 else character).translate(_LATIN)
