"""What looks like a real person or a real day in a text. It finds forms, not names: those take a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|maj|okt|"
    "januar|februar|marts|april|juni|juli|august|september|oktober|november|december|"
    "january|february|march|june|july|october"
)

FORMS: dict[str, re.Pattern[str]] = {
    "cpr": re.compile(r"(?<!\d)\d{6}[-\s]?\d{4}(?!\d)"),
    "date": re.compile(
        r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
        r"|(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)"
        rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b"
        rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
        r"|(?<![\d§])\b(?:19|20)\d\d\b(?!\d)",
        re.IGNORECASE,
    ),
    "e-mail": re.compile(r"\S+@\S+\.\w+"),
    "phone": re.compile(r"(?<!\d)(?:(?:\+|00)45\s?)?\d{2}\s?\d{2}\s?\d{2}\s?\d{2}(?!\d)"),
    "web address": re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE),
    "address": re.compile(
        r"\b\w+(?:vej|gade|allé|stræde|boulevard)(?:en)?\s+\d+\w?\b|(?<!\d)\d{4}\s+[A-ZÆØÅ][a-zæøå]+"
    ),
}
"""What is looked for, by what it is."""


class Finding(NamedTuple):
    """Something in a text that may point to a real person."""

    kind: str
    excerpt: str
    line: int


def identifying(text: str) -> Iterator[Finding]:
    """Yield what in a text looks like a real person or a real day: CPR number, date, e-mail, phone, address.

    It does not find names or places. The first kind that fits a stretch of text names it.

    Examples
    --------
    >>> list(identifying("Ring til skolen på 00 00 00 00."))
    [Finding(kind='phone', excerpt='00 00 00 00', line=1)]
    >>> list(identifying("Drengen er 15 år; to underretninger på 90 dage."))
    []
    """
    taken: list[range] = []
    for kind, pattern in FORMS.items():
        for match in pattern.finditer(text):
            if any(match.start() in span for span in taken):
                continue
            taken.append(range(*match.span()))
            yield Finding(kind, match[0], text.count("\n", 0, match.start()) + 1)
