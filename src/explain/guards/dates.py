"""Exact dates, of births and of other days, in Danish and English, in digits and words, also misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.spelling import gaps
from explain.guards.words import talk

_ORDINALS: Final = (
    "første|anden|andet|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte|trettende|fjortende|"
    "femtende|sekstende|syttende|attende|nittende|tyvende|enogtyvende|toogtyvende|treogtyvende|fireogtyvende|"
    "femogtyvende|seksogtyvende|syvogtyvende|otteogtyvende|niogtyvende|tredivte|enogtredivte|"
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|twentieth|thirtieth"
)
_YEAR: Final = r"(?:(?:19|20)\d\d|'?\d\d)"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_WEEKDAY: Final = (
    r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tirs|ons|tors|fre|lør|søn|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?"
)

_NUMERIC: Final = re.compile(
    rf"(?<![\d.,/§:-])(?:(?:19|20)\d\d[-./ ]{_MONTH}[-./ ]{_DAY}|{_DAY}\.? ?[./-] ?{_MONTH}(?: ?[./-] ?| ){_YEAR}"
    rf"|{_DAY} {_MONTH} (?:19|20)\d\d)(?![\d/]|[.,-]\d)"
)
_AFTER_DEN: Final = re.compile(
    rf"(?<!\w)(?:d\.|den|dato:?|født|f\.|born|{_WEEKDAY})(?: d\.| den)? ?({_DAY}\.? ?[./-] ?{_MONTH})(?![\d/]|[.,]\d)",
    re.IGNORECASE,
)
_AFTER_TIME: Final = re.compile(
    rf"(?<!\w)(?:fra|til|siden|pr\.|inden|efter|før|mødet?|since|until|on) (?![1-4]/[2-5]\b)({_DAY}/{_MONTH})"
    r"(?![\d/]|[.,]\d| (?:af|of|del|time))",
    re.IGNORECASE,
)
_FRACTION: Final = re.compile(rf"(?<![\d.,/§:-])({_DAY})/({_MONTH})(?:-\d\d(?:\d\d)?)?(?![\d/]|[.,]\d| ?%)")
_NAMED: Final = re.compile(
    rf"(?<!\w)(?<!\d[.,/:])(?:{_DAY}\.? ?- ?)?(?:{_DAY}(?:\.|st|nd|rd|th)?|(?:{_ORDINALS}))[ -]?(?:of |i )?"
    rf"([^\W\d_]{{3,10}})(?![^\W\d_])(?:\.?,? ?{_YEAR}(?!\d))?",
    re.IGNORECASE,
)
_ENGLISH: Final = re.compile(
    rf"(?<!\w)([^\W\d_]{{3,10}})\.? ({_DAY})(st|nd|rd|th)?(?![\d:]|[.,]\d)(?:,? (?:19|20)\d\d(?!\d))?", re.IGNORECASE
)
_FEAST: Final = re.compile(
    r"(?<!\w)(?:[12]\. ?)?(?:juledag|(?:lille)?juleaften(?:sdag)?|nytårsaften(?:sdag)?|nytårsdag|påskedag|pinsedag|"
    r"langfredag|skærtorsdag|grundlovsdag|christmas (?:day|eve)|new year'?s (?:day|eve)),? (?:i )?(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
_SIX: Final = re.compile(r"(?<!\d)(?<!\d[.,-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?!\d)")
_CROSSED_OUT: Final = re.compile(r"[ -]*[x*?]{4}", re.IGNORECASE)
_BIRTH: Final = re.compile(
    r"\b(?:født|f\.|fødsdag|føds?elsdag\w*|fødselsdato\w*|fylder|fyldte|dob|born|birth\w*)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:afsnit|kapitel|kap\.|punkt|pkt\.?|version|bilag|section|chapter|§+) *$", re.IGNORECASE
)


def dates(text: str) -> Iterator[Finding]:
    """Find exact dates; one that follows a word for birth is a date of birth.

    A month alone (*i maj*), a year alone, a fraction and a section of a document are none.

    Examples
    --------
    >>> [found.kind.value for found in dates("født d. 3. maj 2012, mødet var 14/3")]
    ['birth_date', 'date']
    >>> list(dates("3/4 af klassen, i maj, afsnit 2.3.12"))
    []
    """
    for start, end in sorted(_spans(text), key=lambda span: (span[0], -span[1])):
        birth = text[start:end].isdigit() or _is_birth(text, start)
        yield Finding(start, end, Kind.BIRTH_DATE if birth else Kind.DATE)


def _is_birth(text: str, start: int) -> bool:
    """Tell whether a word for birth stands shortly before."""
    return bool(_BIRTH.search(text, max(0, start - 60), start))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMERIC.finditer(text):
        if not _SECTION.search(text, max(0, match.start() - 12), match.start()):
            yield match.span()
    for match in (*_AFTER_DEN.finditer(text), *_AFTER_TIME.finditer(text)):
        yield match.span(1)
    for match in _FRACTION.finditer(text):
        day, month = int(match[1]), int(match[2])
        if day > month and day > 10 and match[0] != "24/7":  # a fraction is below one, and scales end with ten
            yield match.span()
    for match in _NAMED.finditer(text):
        if is_month(match[1]):
            yield match.span()
    for match in _ENGLISH.finditer(text):
        if is_month(match[1]) and (match[1][0].isupper() or match[3]):
            yield match.span()
    for match in _FEAST.finditer(text):
        yield match.span()
    for match in _SIX.finditer(text):
        if _CROSSED_OUT.match(text, match.end()) or _is_birth(text, match.start()):
            yield match.span()


@cache
def is_month(word: str) -> bool:
    """Tell whether a word is a month, its abbreviation, or a long month's name with one slip.

    Examples
    --------
    >>> [is_month(word) for word in ("maj", "agust", "Febuar", "mange", "marker")]
    [True, True, True, False, False]
    """
    low = word.lower()
    return low in talk("months") or (len(low) > 3 and any(slip in _long() and len(slip) > 3 for slip in gaps(low)))


@cache
def _long() -> frozenset[str]:
    return frozenset(slip for month in talk("months") if len(month) > 4 for slip in gaps(month))
