"""Names as people spell them: one key for Kristoffer, Christopher and Kristofer, and words that are a slip apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ALIKE = [
    (re.compile(pattern), written)
    for pattern, written in (
        ("aa", "å"),
        ("ph", "f"),
        ("sch", "sk"),
        ("c[kh]", "k"),
        ("c(?=[eiy])", "s"),
        ("[cq]", "k"),
        ("[wv]", "v"),
        ("x", "ks"),
        ("z", "s"),
        ("[yj]", "i"),
        ("ü", "y"),
        ("ö", "ø"),
        ("ä", "æ"),
        (r"(?<=\w)h", ""),
        (r"(\w)\1+", r"\1"),
        ("b$", "p"),
        ("d$", "t"),
    )
]
"""Spellings between which Danes waver, in the order in which they are made one; double letters and endings last."""


def sound(word: str) -> str:
    """Return a key that is the same for the spellings of one name.

    Examples
    --------
    >>> {sound(name) for name in ("Kristoffer", "christopher", "Kristofer")}
    {'kristofer'}
    >>> sound("Aagaard") == sound("Ågård")
    True
    """
    key = "".join(_plain(letter) for letter in word.lower())
    for pattern, written in _ALIKE:
        key = pattern.sub(written, key)
    return key


def _plain(letter: str) -> str:
    """Take an accent off a letter; æ, ø, å, ä, ö and ü are letters of their own."""
    if letter.isascii() or letter in "æøåäöü":
        return letter
    return {"ł": "l", "ı": "i", "đ": "d"}.get(letter) or unicodedata.normalize("NFD", letter)[:1]


def gaps(word: str) -> Iterator[str]:
    """Yield a word and everything it becomes with one letter left out.

    Two words that are one slip apart (a letter too many, too few, another, or two that changed places) share one.

    Examples
    --------
    >>> sorted(gaps("ida"))
    ['da', 'ia', 'id', 'ida']
    """
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
