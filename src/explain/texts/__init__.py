"""Everything a person reads, in Danish and English.

The sentences stand in ``da.toml`` and ``en.toml``, with equal keys and equal placeholders (a contract test
compares them).
There is no global language: whoever speaks is handed a sayer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("da", "en")
"""The languages of the pages; the first is what a page speaks unless asked."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Read one language as a flat mapping from dotted key to sentence.

    Parameters
    ----------
    language
        ``"da"`` or ``"en"``.

    Raises
    ------
    ValueError
        For a language there is no catalogue of.

    Examples
    --------
    >>> catalogue("da")["language.other"]
    'English'
    """
    if language not in LANGUAGES:
        raise ValueError(f"a language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    text = resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(text)))


class Sayer:
    """Says a sentence of the catalogue in one language.

    Examples
    --------
    >>> say = Sayer("en")
    >>> say("case.progress", number=3, total=8)
    'case 3 of 8'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._sentences = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """Say ``key``, with its placeholders filled.

        Raises
        ------
        KeyError
            If the catalogue has no such key, or a placeholder is not given.
        """
        return self._sentences[key].format(**values)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has ``key``."""
        return key in self._sentences

    def under(self, prefix: str) -> dict[str, str]:
        """Return every sentence below ``prefix``, by the rest of its key, in the order of the file.

        Examples
        --------
        >>> list(Sayer("da").under("language"))
        ['other', 'other_code']
        """
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self._sentences.items() if key.startswith(start)}


def sayer(language: str) -> Sayer:
    """Return who says sentences in ``language``."""
    return Sayer(language)


def _flat(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        rows.extend(_flat(name, value) if isinstance(value, dict) else [(name, str(value))])
    return rows
