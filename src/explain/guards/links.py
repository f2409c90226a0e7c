"""Mail addresses and web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from explain.guards.finding import Finding, Kind

_AT: Final = r"(?: ?@ ?| ?[(\[<] ?(?:at|a|snabel-?a) ?[)\]>] ?| snabel-?a )"
_HOST: Final = r"(?:[\w-]{1,63}\.){1,4}[a-zæøå]{2,24}"
_EMAIL: Final = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}{_HOST}(?![\w-])", re.IGNORECASE)

_ENDINGS: Final = "dk|com|net|org|eu|info|io|app|tv|gg|nu|example|gl|fo|biz|online|site|link|shop|club"
"""Endings of hosts that no Danish word after a forgotten blank looks like (*hjem.de*, *her.se*)."""

_WEB: Final = re.compile(
    r"(?<!\w)https?://[^\s<>\"']{1,2000}"
    r"|(?<![\w.@-])www\.[^\s<>\"']{1,2000}"
    rf"|(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{_ENDINGS})(?![\w@-])(?:[/?#][^\s<>\"']{{0,2000}})?"
    r"|(?<![\w.@-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,10}/[^\s<>\"']{1,2000}",
    re.IGNORECASE,
)
_AFTER: Final = ".,;:!?)]}»”"


def emails(text: str) -> Iterator[Finding]:
    """Find mail addresses, also with the sign written out.

    Examples
    --------
    >>> text = "skriv til mor@hjem.example, eller far (at) hjem.example."
    >>> [text[found.start : found.end] for found in emails(text)]
    ['mor@hjem.example', 'far (at) hjem.example']
    """
    for match in _EMAIL.finditer(text):
        yield Finding(*match.span(), Kind.EMAIL)


def webs(text: str) -> Iterator[Finding]:
    """Find web addresses, also without ``http`` and ``www``.

    Examples
    --------
    >>> text = "se www.skole.example/klasse, og hjem.de gik"
    >>> [text[found.start : found.end] for found in webs(text)]
    ['www.skole.example/klasse']
    """
    for match in _WEB.finditer(text):
        yield Finding(match.start(), match.start() + len(match[0].rstrip(_AFTER)), Kind.WEB)
