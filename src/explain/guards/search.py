"""Everything that may point to a real person in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from explain.guards.addresses import addresses
from explain.guards.dates import dates
from explain.guards.finding import Finding
from explain.guards.institutions import institutions
from explain.guards.links import emails, webs
from explain.guards.names import names
from explain.guards.numbers import cpr, phones
from explain.guards.plain import Plain, plain
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
        In the order of the text; no two overlap. Of two kinds that fit a stretch, the one with the surer form is told.

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
    asked = (found for found in _called(read.text) if not _is_kept(read.text[found.start : found.end], ordinary))
    return _apart(read, chain(_forms(read.text), asked))


def refused(text: str) -> list[Finding]:
    """Find what no text may hold, whatever the person says; it needs no lists of names, and is the quicker for it.

    Examples
    --------
    >>> [found.kind.value for found in refused("Freja, birkevej 12")]
    ['address']
    """
    read = plain(text)
    return _apart(read, _forms(read.text))


def _apart(read: Plain, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of the text, each without those before it in its way, in the text's own places."""
    free = bytearray(b"1") * len(read.text)
    taken: list[Finding] = []
    for found in findings:
        if b"0" not in free[found.start : found.end]:
            free[found.start : found.end] = b"0" * (found.end - found.start)
            taken.append(Finding(*read.span(found.start, found.end), found.kind))
    return sorted(taken)


def _forms(text: str) -> Iterator[Finding]:
    """Yield what has a form of its own, the surest first."""
    yield from emails(text)
    yield from webs(text)
    yield from cpr(text)
    yield from dates(text)
    yield from phones(text)
    yield from addresses(text)


def _called(text: str) -> Iterator[Finding]:
    """Yield what is called by a name."""
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
