"""Addresses: a street with a number, or a postcode with its town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.towns import is_town
from explain.guards.words import talk

_STREET: Final = (
    "vej|vejen|gade|gaden|allé|alle|alléen|alleen|stræde|strædet|boulevard|boulevarden|bulevard|vænge|vænget|vangen|"
    "bakken|skrænten|brinken|bryn|brynet|draget|toften|tofte|løkken|stien|parken|haven|plads|pladsen|torv|torvet|"
    "kaj|kajen|kær|kæret|krogen|svinget|ageren|marken|lunden|dalen|engen|kvarteret|passagen|gården|vænger|haver"
)
"""Endings of street names, and the words that are streets by themselves."""

_PLAIN: Final = "vej|vejen|gade|gaden|allé|alle|alléen|alleen|stræde|strædet|boulevard|boulevarden|vænge|vænget"
"""Those that are hardly anything else, also in small letters."""


_UNIT: Final = (
    r"(?!\s*(?:gang|gange|dage?|døgn|uger?|måneder|mdr|år|timer?|min|minutter|kr|kroner|km|m|meter|stk|børn|personer|elever|"
    r"voksne|unge|andre|drenge|piger|procent|pct|%|klasser|kammerater|mænd|x|times|days|weeks|hours|o'clock)\b)(?!\s*%)"
)
_TAIL: Final = (
    r"(?: ?[A-Za-z](?![\w']))?"
    r"(?:,? ?(?:\d{1,2}\.? ?(?:sal)?|st\.?|kl\.?|parterre)?,? ?(?:t\.h\.|t\.v\.|m\.f\.|(?:th|tv|mf|sal)\b))?"
)
_NUMBER: Final = rf"(?:,? (?:nr\.? ?|nummer )?)\d{{1,3}}{_UNIT}{_TAIL}(?![\w/]|[.,:-]\d)"
_BEFORE: Final = (
    r"(?:(?:[A-ZÆØÅ][\w'’-]{0,20}\.?|(?:[A-ZÆØÅ]\.){1,3}|gl\.|ndr\.|sdr\.|gammel|store|lille|nordre|søndre|østre|vestre|ny)"
    r" ){1,3}"
)
"""Words before the street's own: *Gammel*, *H.C. Andersens*, *Sdr.*"""

_LONG: Final = re.compile(rf"(?<![\w-]){_BEFORE}(?P<word>[\w'’-]{{0,30}}(?:{_STREET}|{_STREET.title()})){_NUMBER}")
_SHORT: Final = re.compile(rf"(?<![\w-])(?P<word>[\w'’-]{{0,30}}(?:{_STREET})){_NUMBER}", re.IGNORECASE)
_OTHER: Final = re.compile(rf"(?<![\w-])(?P<word>[A-ZÆØÅ][\w'’-]{{3,30}}){_NUMBER}")
_CUE: Final = re.compile(
    r"(?:adresse\w*|adr\.?|bor|bopæl|flyttet til|boet|lives? (?:at|in)|c/o)[\s:,]+(?:\w+[\s,]+){0,3}$", re.IGNORECASE
)
_FLOOR: Final = re.compile(r"\d.*\b(?:sal|t\.?h|t\.?v|m\.?f|st)\b", re.IGNORECASE)
_IS_PLAIN: Final = re.compile(rf"(?:{_PLAIN})$")
_STREET_WORD: Final = re.compile(
    r"(?:Gl|Ndr|Sdr|Gammel|Store|Lille|Nordre|Søndre|Østre|Vestre|Ny|Nørre|Øster|Vester|Sct|Skt|Sankt)\.?|(?:[A-ZÆØÅ]\.){1,3}"
)
_POSTCODE: Final = re.compile(r"(?<![\d.,§/-])(?:DK-?)?([1-9]\d{3}) ([^\W\d_]+(?: [^\W\d_]+)?)")
_DISTRICT: Final = re.compile(r" (?:[CKMNSVØ]|NV|SV|NØ|SØ)\b", re.IGNORECASE)
_JOINS: Final = re.compile(r"[.,]{0,2}\s{1,2}")
_YEAR: Final = re.compile("19|20")


def addresses(text: str) -> Iterator[Finding]:
    """Find streets with a number, and postcodes with a town.

    Examples
    --------
    >>> text = "bor på birkevej 12, 2. th i 8000 aarhus, går i børnehaven 3 dage"
    >>> [text[found.start : found.end] for found in addresses(text)]
    ['birkevej 12, 2. th', '8000 aarhus']
    """
    spans = sorted(_spans(text), key=lambda span: (span[0], -span[1]))
    start, end = 0, 0
    for first, last in spans:
        if end and _JOINS.fullmatch(text, end, first):  # street and postcode are one address
            end = last
        elif first >= end:
            if end:
                yield Finding(start, end, Kind.ADDRESS)
            start, end = first, last
    if end:
        yield Finding(start, end, Kind.ADDRESS)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _LONG.finditer(text):
        skipped = _skipped(text, match.start(), match.start("word"))
        if skipped < match.start("word") or match["word"].lower() not in talk("no_streets"):
            yield skipped, match.end()
    for match in _SHORT.finditer(text):
        word, start = match["word"], match.start("word")
        if word.lower() in talk("no_streets") and not _named(text, start, word):
            continue
        if _IS_PLAIN.search(word.lower()) or word[0].isupper() or _is_cued(text, start):
            yield match.span()
    for match in _OTHER.finditer(text):
        if _is_cued(text, match.start()) or _FLOOR.search(match[0]):
            yield match.span()
    for match in _POSTCODE.finditer(text):
        if words := _town_after(match[1], match[2]):
            last = match.start(2) + len(words)
            district = _DISTRICT.match(text, last)
            yield match.start(), district.end() if district else last


def _skipped(text: str, start: int, word: int) -> int:
    """Return where a street of several words begins: not at a sentence's first word, unless streets begin with it."""
    first = text[start:word].split(" ")[0]
    if _named(text, start, first) or not first[0].isupper() or _STREET_WORD.fullmatch(first):
        return start
    return start + len(first) + 1


def _is_cued(text: str, start: int) -> bool:
    return bool(_CUE.search(text, max(0, start - 50), start))


def _named(text: str, start: int, word: str) -> bool:
    """Tell whether a capital within a sentence makes a name of a word."""
    return word[0].isupper() and not re.search(r"(?:^|[.!?:;\"»]\s*)$", text[max(0, start - 3) : start])


def _town_after(code: str, words: str) -> str:
    """Return the town that the words after a postcode begin with, or nothing; a village need not be listed."""
    first = words.split(" ")[0]
    known = next((town for town in (words, first) if is_town(town)), "")
    village = len(first) > 3 and first.istitle() and not _YEAR.match(code)
    return known or (first if village else "")
