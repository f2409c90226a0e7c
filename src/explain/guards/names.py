"""Names of people, as they are typed: in small letters, with a genitive, misspelt, and those that are words too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from explain.guards.finding import Finding, Kind
from explain.guards.spelling import gaps, sound
from explain.guards.words import Word, listed

SHORTEST_SURE: Final = 3
"""Letters of a name that is asked about wherever it stands; shorter ones (*Bo*, *Li*) need a sign that a name is meant."""

SHORTEST_MISSPELT: Final = 5
"""Letters from which another spelling is taken for a slip: shorter names are a slip away from half the dictionary."""

_PEOPLE: Final = frozenset(
    """
    drengen pigen barnet babyen eleven sønnen datteren søn datter mor moren moderen far faren faderen mors fars bror broren
    broderen lillebror storebror søster søsteren lillesøster storesøster halvbror halvsøster tvillingebror tvillingesøster
    veninde veninden ven vennen kammerat kammeraten kæreste kæresten ekskæreste stedfar stedfaren stedmor stedmoren papfar papmor
    plejemor plejefar onkel tante moster faster farbror morbror mormor farmor morfar farfar oldemor kusine fætter niece nevø
    lærer læreren klasselærer klasselæreren pædagog pædagogen sagsbehandler sagsbehandleren rådgiver rådgiveren nabo naboen
    læge lægen psykolog psykologen skoleleder skolelederen leder lederen sundhedsplejerske sundhedsplejersken kontaktperson
    kontaktpersonen mand manden kone konen hr hr. fru frk frøken familien plejefamilien
    boy girl mother father brother sister son daughter teacher stepfather stepmother uncle aunt mr mrs ms miss dr
    """.split()
)
"""After one of these a word with a capital is a name, on a list or not."""

_CALLED: Final = frozenset("hedder hed hedde kaldes kaldet kaldt navnet navn named called".split())
"""After one of these a name is meant, in small letters too (*kalder ham Bo* as well)."""

_DOES: Final = frozenset(
    """
    er har siger vil kan skal må bor går får gør slår ser tager kommer virker fortæller drikker ryger sover spiser græder ringer
    ringede sagde var blev fik kom gik boede havde fortalte skriver skrev mødte møder leger stikker passer hedder trives savner
    elsker hader frygter løj løb lyver is was has says said told lives drinks came went wants
    """.split()
)
"""What a person does: after it a name at the beginning of a sentence is taken for one though it is a word too."""

_NEVER: Final = frozenset(
    """
    i de den det din des an en le vi pa for from other else can will said have made same true city strange hope butt bin
    hen vil mine sine andre hele hans otte fin made danske dreng broder moder alle store lave samme rene lange sidde love
    this that them they med men min sin sommer vinter may maj august kan
    """.split()
)
"""Names that are so common as words that only a neighbour or *hedder* makes names of them at a sentence's beginning."""

_NOBODY: Final = frozenset(
    """
    danmark dansk norge sverige tyskland polen syrien irak iran tyrkiet somalia pakistan bosnien kroatien rumænien ukraine libanon
    afghanistan vietnam indien grønland færøerne eritrea kosovo serbien litauen marokko ankestyrelsen facebook instagram snapchat
    mandag tirsdag onsdag torsdag fredag lørdag søndag tiktok messenger youtube google skype teams netflix fortnite minecraft roblox discord aula monday tuesday wednesday thursday
    friday saturday sunday danish english arabic turkish polish skole kommune kommunen falck matas kommunens hilsen venlig kors røde
    """.split()
)
"""Capitals that are nobody's name, and a slip away from one."""

_ARTICLES: Final = frozenset("en et den det de a an the one each every any no this these those".split())
"""After one of these a small letter says that no name is meant: *a line*."""

_SMALL: Final = frozenset("al el von van de der ben bin abu da dos ibn ul ur".split())
"""Small words inside a name."""


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
        if not (_is_name(parts, place, text) or (place == linked and parts[place].capital and parts[place].low not in _NOBODY)):
            place += 1
            continue
        first, last = place, place
        while last + 1 < len(parts) and _goes_on(parts, last + 1, text):
            last += 1
        yield Finding(parts[first].start, _end(parts[last], text), Kind.NAME)
        place = last + 1
        linked = place + 1 if place < len(parts) and parts[place].low in {"og", "and"} else -1


def _is_name(parts: Sequence[Word], place: int, text: str) -> bool:
    word = parts[place]
    if _NOBODY & {word.low}:
        return False
    before = parts[place - 1].low if place and parts[place].start - parts[place - 1].end <= 2 else ""
    if is_sure(word.low):
        return before not in _ARTICLES or not word.text.islower()
    called = before in _CALLED or (before in {"ham", "hende", "sig"} and _calls(parts, place))
    listed_too = _is_listed(word.low)
    if word.text[0].isupper() and not word.shouted and (before in _PEOPLE or called) and word.capital:
        return word.low not in _SMALL
    if listed_too and called and word.low not in _SMALL:
        return True
    if word.capital:
        return (listed_too and word.low not in _NEVER) or _is_slip(word.low) or _is_patronym(word.low) or _before_name(parts, place, text)
    return listed_too and _begins_name(parts, place, text)


def _end(last: Word, text: str) -> int:
    """Return where a name ends: an initial has its full stop, a genitive its apostrophe."""
    after = text[last.end : last.end + 1]
    return last.end + bool(after and ((len(last.text) == 1 and after == ".") or (last.low[-1] in "sxz" and after in "'’")))


def _calls(parts: Sequence[Word], place: int) -> bool:
    return place > 1 and parts[place - 2].low.startswith("kald")


def _begins_name(parts: Sequence[Word], place: int, text: str) -> bool:
    """Tell whether a word that is a name too stands for one, without a capital that says so."""
    if _before_name(parts, place, text):
        return True
    word = parts[place]
    after = parts[place + 1].low if place + 1 < len(parts) else ""
    return word.begins and word.text[0].isupper() and word.low not in _NEVER - {"may"} and after in _DOES


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
    if word.capital and word.low not in _NOBODY | _PEOPLE:
        return True
    if word.low in _SMALL and place + 1 < len(parts):
        return _goes_on(parts, place + 1, text)
    return is_sure(word.low) or (_is_listed(word.low) and word.low not in _NEVER | _DOES)


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
        if len(form) >= SHORTEST_SURE and form in listed("names"):
            return True
        if len(form) >= SHORTEST_MISSPELT and sound(form) in _sounds():
            return True
    return False


def _is_listed(low: str) -> bool:
    return any(form in listed("names") for form in _forms(low))


def _is_patronym(low: str) -> bool:
    return len(low) > 5 and low.removesuffix("s").endswith("sen") and low not in _NOBODY


def _is_slip(low: str) -> bool:
    """Tell whether a word is one slip away from a name."""
    return len(low) >= SHORTEST_MISSPELT and low not in listed("words") and any(gap in _slips() for gap in gaps(low))


@cache
def _sounds() -> frozenset[str]:
    return frozenset(sound(name) for name in listed("names") - listed("words") if len(name) >= SHORTEST_MISSPELT - 1)


@cache
def _slips() -> frozenset[str]:
    return frozenset(gap for name in listed("names") - listed("words") if len(name) > SHORTEST_MISSPELT for gap in gaps(name))
