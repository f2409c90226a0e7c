"""What changes of itself in a family, month by month."""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, flag, happens
from explain.register.compiled import compiled
from explain.register.household import couple, deaths, give_birth, moves, record, settle
from explain.register.months import ADULT, LIVES_FROM
from explain.register.state import Numbers


@compiled
def drift(family: Numbers, children: Numbers, month: int, stream: Stream, p: Any) -> None:
    """Let the latent states come and go, and what earlier referrals left behind fade."""
    slope = family[s.SLOPE]
    for place, on, off in (
        (s.ADDICTION, p.state_addiction_on, p.state_addiction_off),
        (s.VIOLENCE, p.state_violence_on, p.state_violence_off),
        (s.ILLNESS, p.state_illness_on, p.state_illness_off),
        (s.CRISIS, p.state_crisis_on, p.state_crisis_off),
    ):
        if family[place] == 1.0:
            family[place] = 1.0 - flag(stream, off)
        else:
            family[place] = flag(stream, on * slope)
    for i in range(int(family[s.CHILDREN])):
        child = children[i]
        age = month - int(child[s.BORN])
        if age < 0 or age >= ADULT:
            continue
        if child[s.CONDUCT] == 1.0:
            child[s.CONDUCT] = 1.0 - flag(stream, p.state_conduct_off)
        elif p.age_conduct[age // 12] > 0.0:
            rate = p.state_conduct_on * p.age_conduct[age // 12]
            child[s.CONDUCT] = flag(stream, rate * math.exp(p.state_conduct_ext * child[s.EXTERNALISING]))
        child[s.EXCITED] *= p.referral_excited_keeps
        child[s.GRAVENESS] *= p.referral_graveness_keeps
        child[s.LATEST] *= p.referral_latest_keeps
        child[s.CONDUCT_REFERRED] *= p.referral_graveness_keeps
        child[s.CARE_REFERRED] *= p.referral_graveness_keeps
        child[s.REFERRED] = 0.0
        child[s.SINCE] = min(child[s.SINCE] + 1.0, s.NEVER)


@compiled
def begin_month(
    family: Numbers,
    children: Numbers,
    number: int,
    month: int,
    month_starts: NDArray[Any],
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let everything change that changes of itself, on the first of the month."""
    day = month_starts[month]
    if month >= LIVES_FROM - 24:  # latent states matter from two years before anybody can be referred
        drift(family, children, month, stream, p)
    for i in range(int(family[s.CHILDREN])):
        child = children[i]
        age = month - int(child[s.BORN])
        if child[s.PLACED] == 1.0:
            ends = p.placement_ends_forced if child[s.FORCED] == 1.0 else p.placement_ends
            if age >= ADULT or happens(stream, ends):
                child[s.PLACED], child[s.SINCE] = 0.0, 0.0
                record(log, cursor, number, i, s.PLACEMENT_END, day, 0, int(family[s.MUNICIPALITY]))
    couple(family, children, number, day, stream, p, log, cursor)
    deaths(family, number, day, stream, log, cursor)
    settle(family, children, number, day, log, cursor)
    for i in range(int(family[s.CHILDREN])):
        if month == int(children[i, s.BORN]):
            give_birth(family, children[i], i, month, number, day, stream, p, log, cursor)
    if month >= LIVES_FROM:
        moves(family, children, number, day, stream, p, log, cursor)
