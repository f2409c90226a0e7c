"""The adults of a family, month by month: partners, births, moves, deaths, and where each child lives."""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, flag, happens, normal, uniform, whole
from explain.register.compiled import compiled
from explain.register.state import Numbers


@compiled
def record(
    log: NDArray[Any], cursor: NDArray[Any], family: int, who: int, kind: int, day: int, what: int, more: int
) -> None:
    """Write a row to the log; a log without rows (in forward runs) takes none, a full one only counts."""
    place = cursor[0]
    if place < log.shape[0]:
        log[place, 0], log[place, 1], log[place, 2] = family, who, kind
        log[place, 3], log[place, 4], log[place, 5] = day, what, more
    if log.shape[0] > 0:
        cursor[0] += 1


@compiled
def household_of(family: Numbers, child: Numbers) -> int:
    """Return where a child lives, as FM_MARK has it, 1 both parents to 6 not with the parents."""
    father = int(child[s.FATHER])
    has_father = father > 0 and family[s.FATHER_STATE + father - 1] == 1.0
    has_mother = family[s.MOTHER] == 1.0
    if child[s.PLACED] == 1.0 or not (has_father or has_mother):
        return 6
    if has_mother and has_father and family[s.PARTNER] == father:
        return 1
    if has_mother and not (has_father and child[s.WITH_FATHER] == 1.0):
        return 3 if family[s.PARTNER] == 0.0 else 2
    return 4 + int(child[s.BORN]) % 2  # a father's new relationships have no state of their own: every other has one


@compiled
def settle(family: Numbers, children: Numbers, number: int, day: int, log: NDArray[Any], cursor: NDArray[Any]) -> None:
    """Bring each born child's household up to date and record what changed."""
    for i in range(int(family[s.CHILDREN])):
        if children[i, s.HOUSEHOLD] > 0.0:
            now = household_of(family, children[i])
            if now != children[i, s.HOUSEHOLD]:
                children[i, s.HOUSEHOLD] = now
                record(log, cursor, number, i, s.HOUSEHOLD_CHANGE, day, now, 0)


@compiled
def _set_status(
    family: Numbers, place: int, status: int, number: int, day: int, log: NDArray[Any], cursor: NDArray[Any]
) -> None:
    family[place] = status
    who = s.MOTHER_ROLE if place == s.MOTHER_STATUS else s.MOTHER_ROLE + 1 + place - s.FATHER_STATUS
    record(log, cursor, number, who, s.STATUS_CHANGE, day, status, 0)


@compiled
def _new_father(
    family: Numbers, month: int, number: int, day: int, stream: Stream, log: NDArray[Any], cursor: NDArray[Any]
) -> int:
    """Let the mother's partner become a father; return his number."""
    if family[s.FATHERS] >= s.MOST_FATHERS:
        return 0
    place = int(family[s.FATHERS])
    family[s.FATHERS] += 1.0
    family[s.FATHER_STATE + place] = 1.0
    older = math.floor(12.0 * (2.8 + 4.5 * normal(stream)))
    family[s.FATHER_BORN + place] = min(family[s.MOTHER_BORN] - older, month - 16 * 12)
    _set_status(family, s.FATHER_STATUS + place, 1, number, day, log, cursor)
    return place + 1


@compiled
def give_birth(
    family: Numbers,
    child: Numbers,
    i: int,
    month: int,
    number: int,
    day: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let the child be born, on any of the month's first 28 days, and say who the father is.

    A child whose mother has died is not born.
    """
    if family[s.MOTHER] == 2.0:
        child[s.BORN] = 9999.0
        return
    partner = 1 if family[s.MOTHER] == 0.0 and family[s.FATHERS] > 0.0 else int(family[s.PARTNER])
    if family[s.MOTHER] == 0.0 or not happens(stream, p.family_no_father):
        if 1 <= partner <= s.MOST_FATHERS:
            child[s.FATHER] = partner
        else:
            child[s.FATHER] = _new_father(family, month, number, day, stream, log, cursor)
            together = partner == 9 or happens(stream, 0.85 if i == 0 else 0.7)
            if child[s.FATHER] > 0.0 and together and family[s.MOTHER] == 1.0:
                family[s.PARTNER] = child[s.FATHER]
    child[s.HOUSEHOLD] = household_of(family, child)
    record(log, cursor, number, i, s.HOUSEHOLD_CHANGE, day + whole(stream, 0, 27), int(child[s.HOUSEHOLD]), 1)


@compiled
def couple(
    family: Numbers,
    children: Numbers,
    number: int,
    day: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let the mother and her partner marry or part, or a single mother find somebody."""
    partner = int(family[s.PARTNER])
    if family[s.SPLIT] < s.NEVER:
        family[s.SPLIT] += 1.0
    if family[s.MOTHER] != 1.0:
        return
    place = s.FATHER_STATUS + partner - 1
    if partner == 0:
        if happens(stream, p.state_partner):
            family[s.PARTNER] = 9.0
    elif happens(stream, family[s.PARTING] * (1.0 + family[s.CRISIS] + family[s.VIOLENCE])):
        family[s.PARTNER] = 0.0
        family[s.SPLIT] = 0.0
        if family[s.MARRIED] == 1.0:
            family[s.MARRIED] = 0.0
            _set_status(family, s.MOTHER_STATUS, 3, number, day, log, cursor)
            if partner <= s.MOST_FATHERS:
                _set_status(family, place, 3, number, day, log, cursor)
        for i in range(int(family[s.CHILDREN])):
            if children[i, s.HOUSEHOLD] > 0.0 and children[i, s.FATHER] == partner:
                children[i, s.WITH_FATHER] = flag(stream, p.state_with_father)
    elif family[s.MARRIED] == 0.0 and happens(stream, family[s.MARRYING]):
        family[s.MARRIED] = 1.0
        _set_status(family, s.MOTHER_STATUS, 2, number, day, log, cursor)
        if partner <= s.MOST_FATHERS:
            _set_status(family, place, 2, number, day, log, cursor)


@compiled
def deaths(family: Numbers, number: int, day: int, stream: Stream, log: NDArray[Any], cursor: NDArray[Any]) -> None:
    """Let parents die, rarely; a spouse is widowed."""
    rate = family[s.DYING]
    partner = int(family[s.PARTNER])
    if family[s.MOTHER] == 1.0 and happens(stream, rate):
        family[s.MOTHER] = 2.0
        record(log, cursor, number, s.MOTHER_ROLE, s.DEATH, day, 0, 0)
        if family[s.MARRIED] == 1.0 and 1 <= partner <= s.MOST_FATHERS:
            _set_status(family, s.FATHER_STATUS + partner - 1, 4, number, day, log, cursor)
        family[s.PARTNER], family[s.MARRIED] = 0.0, 0.0
    for k in range(int(family[s.FATHERS])):
        if family[s.FATHER_STATE + k] == 1.0 and happens(stream, 1.8 * rate):
            family[s.FATHER_STATE + k] = 2.0
            record(log, cursor, number, s.MOTHER_ROLE + 1 + k, s.DEATH, day, 0, 0)
            if partner == k + 1:
                if family[s.MARRIED] == 1.0:
                    _set_status(family, s.MOTHER_STATUS, 4, number, day, log, cursor)
                family[s.PARTNER], family[s.MARRIED] = 0.0, 0.0


@compiled
def moves(
    family: Numbers,
    children: Numbers,
    number: int,
    day: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let the family move; the children who live with a parent come along."""
    rate = family[s.MOVING] * (1.0 + family[s.CRISIS] + (6.0 if family[s.SPLIT] < 3.0 else 0.0))
    if uniform(stream) >= rate:
        return
    away = happens(stream, p.state_move_away)
    before = int(family[s.MUNICIPALITY])
    if away:
        family[s.MUNICIPALITY] = 1 + (before - 1 + whole(stream, 1, 97)) % 98
    when = day + whole(stream, 0, 27)
    for i in range(int(family[s.CHILDREN])):
        if children[i, s.HOUSEHOLD] > 0.0 and children[i, s.PLACED] == 0.0 and children[i, s.WITH_FATHER] == 0.0:
            record(log, cursor, number, i, s.MOVE, when, int(family[s.MUNICIPALITY]), before)
