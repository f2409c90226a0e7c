"""Everything that may point to a real person in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explain.guards.addresses import addresses
from explain.guards.dates import dates
from explain.guards.finding import Action, Finding, Kind
from explain.guards.institutions import institutions
from explain.guards.links import emails, webs
from explain.guards.names import names
from explain.guards.numbers import cpr, phones
from explain.guards.plain import plain
from explain.guards.towns import towns
from explain.guards.words import words


def find(text: str, *, kept: Iterable[str] = ()) -> list[Finding]:
    """Find what may point to a real person.

    Parameters
    ----------
    text
        What somebody wrote; any length, any characters.
    kept
        Words that the person has said are ordinary ones (*Sommer*, *Bo*): not asked about again, in any case and with a
        genitive too. They keep nothing that is refused.

    Returns
    -------
    list of Finding
        In the order of the text; no two overlap. Of two kinds that fit a stretch, the first in `Kind` is told.

    Examples
    --------
    >>> [found.as_json() for found in find("Freja, tlf. 00 00 00 00")]  # doctest: +NORMALIZE_WHITESPACE
    [{'kind': 'name', 'start': 0, 'end': 5, 'action': 'ask'},
     {'kind': 'phone', 'start': 12, 'end': 23, 'action': 'refuse'}]
    >>> find("Freja ses til sommer", kept={"freja"})
    []
    """
    read = plain(text)
    ordinary = {word.lower() for word in kept}
    taken: list[Finding] = []
    free = bytearray(b"1") * len(read.text)
    for found in _all(read.text):
        if b"0" in free[found.start : found.end]:
            continue
        if found.action is Action.ASK and _is_kept(read.text[found.start : found.end], ordinary):
            continue
        free[found.start : found.end] = b"0" * (found.end - found.start)
        taken.append(found)
    return sorted(Finding(*read.span(found.start, found.end), found.kind) for found in taken)


def refused(text: str) -> list[Finding]:
    """Find what no text may hold, whatever the person says.

    Examples
    --------
    >>> [found.kind.value for found in refused("Freja, birkevej 12")]
    ['address']
    """
    return [found for found in find(text) if found.action is Action.REFUSE]


def _all(text: str) -> Iterator[Finding]:
    """Yield the findings of every kind, the surest first."""
    yield from emails(text)
    yield from webs(text)
    yield from cpr(text)
    yield from dates(text)
    yield from phones(text)
    yield from addresses(text)
    parts = words(text)
    yield from institutions(parts, text)
    yield from towns(parts, text)
    yield from names(parts, text)


def _is_kept(written: str, ordinary: set[str]) -> bool:
    """Tell whether the person has kept these words, together or each of them."""
    if not ordinary:
        return False
    low = written.lower()
    return _kept(low, ordinary) or all(_kept(word, ordinary) for word in low.split())


def _kept(low: str, ordinary: set[str]) -> bool:
    return low in ordinary or low.removesuffix("s") in ordinary or low.rstrip("'’") in ordinary
