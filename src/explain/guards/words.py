"""Words of a text with what stands around them, and the lists they are looked up in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS: Final = re.compile(r"[.!?:;•*\n\"“”»«…(-]\s*[\"“”»«'(]*\s*$|^\W*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place.

    Attributes
    ----------
    text, start, end
        As it is written, and where.
    begins
        Whether a sentence or something quoted begins with it, so that its capital says nothing.
    shouted
        Whether it, or what is before its hyphen, is written in capitals alone.
    """

    text: str
    start: int
    end: int
    begins: bool

    @property
    def low(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def shouted(self) -> bool:
        """Whether the word is all capitals, and longer than an initial."""
        return len(first := self.text.partition("-")[0]) > 1 and first.isupper()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital that says something."""
        return self.text[0].isupper() and not self.begins and not self.shouted


def words(text: str) -> list[Word]:
    """Part a text into its words.

    Examples
    --------
    >>> [(word.text, word.capital) for word in words("Her er Bo. Far gik.")]
    [('Her', False), ('er', False), ('Bo', True), ('Far', False), ('gik', False)]
    """
    found = []
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        begins = match.start() == 0 or (bool(_ENDS.search(before)) and not _abbreviated(text, match.start()))
        found.append(Word(match[0], match.start(), match.end(), begins))
    return found


_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:hr|fr|frk|dr|sct|skt|st|vedr|ang|iflg|evt|mht|bl\.a|kl|ca|tlf|nr|gl|ndr|sdr|mr|mrs|ms)|\b[^\W\d_])\.\s*$",
    re.IGNORECASE,
)


def _abbreviated(text: str, place: int) -> bool:
    return bool(_ABBREVIATION.search(text, max(0, place - 10), place))


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the lists in ``data``: ``names``, ``names_elsewhere``, ``words`` (names that
    are words too) or ``towns``.

    They are made by ``tools/names.py``, which names their sources; ``data/README.md`` has their licences.

    Examples
    --------
    >>> "freja" in listed("names"), "storm" in listed("words"), "odense" in listed("towns")
    (True, True, True)
    """
    path = resources.files("explain.guards").joinpath("data", f"{name}.txt")
    return frozenset(path.read_text(encoding="utf-8").split("\n")) - {""}


def talk(name: str) -> frozenset[str]:
    """Return one of the lists of ordinary words in ``data/talk.toml``, which says what each is for.

    Examples
    --------
    >>> "drengen" in talk("people"), "hedder" in talk("called")
    (True, True)
    """
    return _talk()[name]


@cache
def _talk() -> dict[str, frozenset[str]]:
    text = resources.files("explain.guards").joinpath("data", "talk.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}
