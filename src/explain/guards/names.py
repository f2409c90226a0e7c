"""Names of people, as they are typed: in small letters, with a genitive, misspelt, and those that are words too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.spelling import gaps, sound
from explain.guards.words import Word, listed, talk

SHORTEST_SURE: Final = 3
"""Letters of a name that is asked about wherever it stands; shorter ones (*Bo*, *Li*) need a sign."""

SHORTEST_MISSPELT: Final = 5
"""Letters from which another spelling is taken for a slip: shorter names are a slip away from half the dictionary."""


_BESIDE: Final = re.compile(r" ['\"«“”»‘’]?|[:.] ['\"«“”»‘’]?")
"""What may stand between a word that announces a name and the name."""


def names(parts: Sequence[Word], text: str) -> Iterator[Finding]:
    """Find names of people.

    Examples
    --------
    >>> from explain.guards.words import words
    >>> text = "freja og kristofers mor Tanja Holm B. ses til sommer. Drengen Sommer sover."
    >>> [text[found.start : found.end] for found in names(words(text), text)]
    ['freja', 'kristofers', 'Tanja Holm B.', 'Sommer']
    """
    place = 0
    linked = -1
    while place < len(parts):
        if not (
            _is_name(parts, place, text)
            or (place == linked and parts[place].capital and parts[place].low not in talk("nobody"))
        ):
            place += 1
            continue
        first, last = place, place
        while first > 0 and _is_initial(parts[first - 1], parts[first], text):
            first -= 1
        while last + 1 < len(parts) and _goes_on(parts, last + 1, text):
            last += 1
        yield Finding(parts[first].start, _end(parts[last], text), Kind.NAME)
        place = last + 1
        linked = place + 1 if place < len(parts) and parts[place].low in {"og", "and"} else -1


def _is_name(parts: Sequence[Word], place: int, text: str) -> bool:
    word = parts[place]
    if talk("nobody") & {word.low}:
        return False
    beside = place > 0 and _BESIDE.fullmatch(text, parts[place - 1].end, word.start)
    before = parts[place - 1].low if beside else ""
    if is_sure(word.low):
        return before not in talk("articles") or not word.text.islower()
    called = before in talk("called") or _calls(before, parts[place - 2].low if place > 1 else "")
    listed_too = _is_listed(word.low)
    if word.text[0].isupper() and not word.shouted and (before in talk("people") or called) and word.capital:
        return word.low not in talk("particles")
    given = any(form in talk("given") for form in _forms(word.low))
    if given and (called or before in talk("people")):
        return True
    if listed_too and called and word.low not in talk("particles") | talk("never"):
        return True
    if word.capital:
        known = (listed_too and word.low not in talk("never")) or _is_slip(word.low) or _is_patronym(word.low)
        return known or _before_name(parts, place, text)
    if given and place + 1 < len(parts) and parts[place + 1].low in talk("does") - talk("weak"):
        return True
    return listed_too and _begins_name(parts, place, text)


def _is_initial(word: Word, after: Word, text: str) -> bool:
    return len(word.text) == 1 and word.text.isupper() and text[word.end : after.start] in {". ", "."}


def _end(last: Word, text: str) -> int:
    """Return where a name ends: an initial has its full stop, a genitive its apostrophe."""
    after = text[last.end : last.end + 1]
    return last.end + bool(
        after and ((len(last.text) == 1 and after == ".") or (last.low[-1] in "sxz" and after in "'’"))
    )


def _calls(before: str, earlier: str) -> bool:
    """Tell whether two words before a name announce one: *kalder ham*, *navnet er*, *ved navn*."""
    return (
        (before in {"ham", "hende", "sig", "him", "her"} and earlier.startswith(("kald", "call")))
        or (before in {"er", "is"} and earlier in {"navn", "navnet", "name"})
        or (before == "navn" and earlier == "ved")
    )


def _begins_name(parts: Sequence[Word], place: int, text: str) -> bool:
    """Tell whether a word that is a name too stands for one, without a capital that says so."""
    if _before_name(parts, place, text):
        return True
    word = parts[place]
    after = parts[place + 1].low if place + 1 < len(parts) else ""
    if after in {"og", "and"} and place + 2 < len(parts) and is_sure(parts[place + 2].low):
        return word.text[0].isupper()
    return word.begins and word.text[0].isupper() and word.low not in talk("never") - {"may"} and after in talk("does")


def _before_name(parts: Sequence[Word], place: int, text: str) -> bool:
    """Tell whether a family name follows directly, as in *hans jensen* or *Bo Krarup Nielsen*."""
    if place + 1 >= len(parts) or text[parts[place].end : parts[place + 1].start] != " ":
        return False
    after = parts[place + 1]
    return (_is_patronym(after.low) and is_sure(after.low)) or (parts[place].capital and is_sure(after.low))


def _goes_on(parts: Sequence[Word], place: int, text: str) -> bool:
    """Tell whether a word continues the name before it."""
    between = text[parts[place - 1].end : parts[place].start]
    word = parts[place]
    if between not in {" ", ". "} or (between == ". " and len(parts[place - 1].text) > 1):
        return False
    if len(word.text) == 1:
        return text[word.end : word.end + 1] == "." and word.low not in "iå"
    if word.capital and word.low not in talk("nobody") | talk("people"):
        return True
    if word.low in talk("particles") and place + 1 < len(parts):
        return _goes_on(parts, place + 1, text)
    return is_sure(word.low) or (_is_listed(word.low) and word.low not in talk("never") | talk("does"))


def is_listed(form: str) -> bool:
    """Tell whether a word stands in the lists of names.

    Examples
    --------
    >>> is_listed("mette"), is_listed("agnieszka"), is_listed("huset")
    (True, True, False)
    """
    return form in listed("names") or form in listed("names_elsewhere")


def _forms(low: str) -> Iterator[str]:
    """Yield a word, and what it is the genitive of."""
    yield low
    for ending in ("'s", "’s", "'", "’", "s"):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            yield low.removesuffix(ending)


@cache
def is_sure(low: str) -> bool:
    """Tell whether a word in small letters is a name and hardly anything else, spelt as it is or nearly so.

    Examples
    --------
    >>> [is_sure(word) for word in ("mette", "mettes", "muhammed", "kristofer", "anne-mette", "storm", "bekymret")]
    [True, True, True, True, True, False, False]
    """
    if "-" in low or "'" in low:
        return any(is_sure(part) for part in re.split(r"['’-]", low) if len(part) > SHORTEST_SURE)
    if low in listed("words"):
        return False
    for form in _forms(low):
        if form in listed("words"):
            continue
        if len(form) >= SHORTEST_SURE and is_listed(form):
            return True
        if len(form) >= SHORTEST_MISSPELT and sound(form) in _sounds():
            return True
    return False


def _is_listed(low: str) -> bool:
    return any(is_listed(form) for form in _forms(low))


def _is_patronym(low: str) -> bool:
    return len(low) > 5 and low.removesuffix("s").endswith("sen") and low not in talk("nobody")


def _is_slip(low: str) -> bool:
    """Tell whether a word is one slip away from a name."""
    return len(low) >= SHORTEST_MISSPELT and low not in listed("words") and any(gap in _slips() for gap in gaps(low))


@cache
def _sounds() -> frozenset[str]:
    return frozenset(sound(name) for name in listed("names") - listed("words") if len(name) >= SHORTEST_MISSPELT - 1)


@cache
def _slips() -> frozenset[str]:
    return frozenset(
        gap for name in listed("names") - listed("words") if len(name) > SHORTEST_MISSPELT for gap in gaps(name)
    )
