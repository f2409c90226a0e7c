"""Civil registration numbers and phone numbers, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from explain.guards.finding import Finding, Kind

_CPR: Final = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?!45(?: \d\d){4})"
    r"(\d ?\d)[ ./_-]{0,3}(\d ?\d)[ ./_-]{0,3}\d ?\d[ ./_-]{0,3}\d ?\d ?\d ?\d(?! ?\d|[.,]\d)"
)
"""Day, month, year and four digits. See https://cpr.dk, *Personnummeret i CPR*: the checksum was given up in 2007."""

_DIGITS: Final = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?:(\+|00|\(\+?|(?=45(?: \d\d){4}(?!\d)))(45)\)?[ ./-]{0,2})?"
    r"(\d(?:[ ./-]{0,2}\d){7})(?!\d|[.,-]\d)"
)
"""Eight digits (the Danish numbering plan), a code of the country before them or not."""

_ABROAD: Final = re.compile(r"(?<![\d+])(?:\+|00)[1-9]\d{0,2}(?:[ ./()-]{0,2}\d){6,12}(?!\d)")
"""A number of another country: its code, and at most fifteen digits in all (ITU-T E.164)."""

_GROUPINGS: Final = frozenset(
    {
        (8,),
        (2, 2, 2, 2),
        (4, 4),
        (2, 6),
        (2, 3, 3),
        (3, 2, 3),
        (3, 3, 2),
        (2, 2, 4),
        (4, 2, 2),
        (2, 4, 2),
        (6, 2),
        (1,) * 8,
    }
)
"""How people part eight digits."""

_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{4}\.\d{4}|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d")
"""Thousands with stops, a decimal number, a pair of years."""

_AMOUNT: Final = re.compile(r"\s*(?:kr|,-|kroner|dkk|%|procent|visninger|dage|days)\b", re.IGNORECASE)


def cpr(text: str) -> Iterator[Finding]:
    """Find civil registration numbers, and the replacement numbers of those who have none yet.

    Their first two digits are a day, plus 60 (or 40) in a replacement number, the next two a month.

    Examples
    --------
    >>> [finding.start for finding in cpr("cpr " + "0101" + "90 1234")]
    [4]
    >>> list(cpr("9900000000"))
    []
    """
    for match in _CPR.finditer(text):
        day, month = (int(match[part].replace(" ", "")) for part in (1, 2))
        if 1 <= month <= 12 and any(1 <= day - more <= 31 for more in (0, 40, 60)):
            yield Finding(*match.span(), Kind.CPR)


def phones(text: str) -> Iterator[Finding]:
    """Find Danish phone numbers, with or without the country's code, in any usual grouping, and those with another's.

    Amounts (``10.000.000 kr.``) and pairs of years (``2014-2015``) are none.

    Examples
    --------
    >>> [text.kind.value for text in phones("ring på 00 00 00 00")]
    ['phone']
    >>> list(phones("10.000.000 visninger")), list(phones("i 2014-2015"))
    ([], [])
    """
    for match in _DIGITS.finditer(text):
        digits = match[3]
        groups = tuple(len(group) for group in re.findall(r"\d+", digits))
        if not match[2]:
            if groups not in _GROUPINGS or _NUMBER.fullmatch(digits):
                continue
            if _AMOUNT.match(text, match.end()):
                continue
        yield Finding(*match.span(), Kind.PHONE)
    for match in _ABROAD.finditer(text):
        yield Finding(*match.span(), Kind.PHONE)
