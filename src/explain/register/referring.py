"""Referrals: how often a child is referred, for what, by whom, and what a referral leaves behind."""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, happens, normal, pick, whole
from explain.register.compiled import compiled
from explain.register.household import record
from explain.register.months import ADULT
from explain.register.state import Numbers

HOME = 0b0111_1111_1000_0000
"""The reasons that lie with the home (8 to 15), as bits: a sibling who is referred too is referred for them."""
CONDUCT_REASONS = 0b1111
"""Reasons 1 to 4."""
CARE_REASONS = (1 << 7) | (1 << 8) | (1 << 13)
"""Reasons 8, 9 and 14: neglect, the parents' misuse, insufficient care."""


@compiled
def band(age: int) -> int:
    """Return the age band, 0 to 4, of an age in months: under 4, 9, 12, 15, 18 years."""
    years = age // 12
    return 0 if years < 4 else 1 if years < 9 else 2 if years < 12 else 3 if years < 15 else 4


@compiled
def referral_rate(family: Numbers, child: Numbers, age: int, p: Any) -> float:
    """Return the rate of referrals of a child per half month."""
    burden = 1.0 + p.referral_crisis * family[s.CRISIS] + p.referral_addiction * family[s.ADDICTION]
    burden += p.referral_violence * family[s.VIOLENCE] + p.referral_illness * family[s.ILLNESS]
    burden += p.referral_conduct * child[s.CONDUCT] + p.referral_ill_child * child[s.ILL]
    burden += p.referral_split if family[s.SPLIT] < 6.0 else 0.0
    rate = child[s.OWN_RATE] * p.age_referral[age // 12] * burden + child[s.EXCITED]
    return float(rate * p.referral_placed if child[s.PLACED] == 1.0 else rate)


@compiled
def draw_reasons(family: Numbers, child: Numbers, age: int, stream: Stream, p: Any) -> int:
    """Draw the one to three reasons of a referral, as bits."""
    weights = p.reasons_weights[band(age)].copy()
    conduct = child[s.CONDUCT]
    weights[0] *= 0.3 + 6.0 * conduct
    weights[1] *= (0.1 + 4.0 * conduct) * (1.6 if child[s.BOY] == 1.0 else 0.4)
    weights[2] *= 0.7 + 1.5 * conduct
    weights[3] *= (0.7 + 1.5 * conduct) * math.exp(0.3 * child[s.EXTERNALISING])
    weights[4] *= 0.6 + 5.0 * child[s.ILL]
    weights[5] *= 0.8 + 2.0 * child[s.ILL]
    weights[6] *= 0.6 + 2.2 * family[s.VIOLENCE]
    weights[7] *= 0.6 + 0.9 * family[s.ADDICTION] + 0.8 * family[s.ILLNESS] + 0.5 * family[s.VIOLENCE]
    weights[8] *= 0.12 + 5.5 * family[s.ADDICTION]
    weights[9] *= 0.4 + 1.2 * family[s.ADDICTION] + 1.2 * family[s.VIOLENCE]
    weights[10] *= 0.8 + 0.8 * family[s.ILLNESS] + 0.5 * family[s.CRISIS]
    weights[11] *= 0.4 + 3.0 * family[s.ILLNESS]
    weights[12] *= 0.4 + 2.8 * family[s.VIOLENCE] + 0.6 * family[s.CRISIS]
    weights[13] *= 0.7 + 0.7 * family[s.ADDICTION] + 0.6 * family[s.ILLNESS]
    weights[14] *= 0.5 + 1.5 * family[s.CRISIS]
    reasons = 0
    for chance in (1.0, p.referral_second_reason, p.referral_third_reason):
        if chance == 1.0 or happens(stream, chance):
            reason = pick(stream, weights)
            weights[reason] = 0.0
            reasons |= 1 << reason
    return reasons


@compiled
def refer(
    family: Numbers,
    child: Numbers,
    who: int,
    reasons: int,
    number: int,
    month: int,
    day: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let the authorities receive a referral of the child; how severe it is stands in no register."""
    age = month - int(child[s.BORN])
    weight = 0.0
    for reason in range(16):
        if reasons >> reason & 1:
            weight = max(weight, p.reasons_severity[reason])
    weight *= math.exp(p.referral_severity * normal(stream))
    referrer = 1 + pick(stream, p.referrers_weights[band(age)])
    child[s.EXCITED] += p.referral_excited
    child[s.GRAVENESS] += weight
    child[s.LATEST] += weight
    if reasons & CONDUCT_REASONS:
        child[s.CONDUCT_REFERRED] += weight
    if reasons & CARE_REASONS:
        child[s.CARE_REFERRED] += weight
    child[s.REFERRED] = 1.0
    record(log, cursor, number, who, s.REFERRAL, day, reasons, referrer + 100 * int(family[s.MUNICIPALITY]))


@compiled
def referrals(
    family: Numbers,
    children: Numbers,
    number: int,
    month: int,
    start: int,
    half: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> int:
    """Draw the referrals of one half of the month, all on one day; return ``day << 8 | children as bits``."""
    day = start + (whole(stream, 1, 9) if half == 0 else whole(stream, 10, 19))
    referred, home = 0, 0
    for i in range(int(family[s.CHILDREN])):
        age = month - int(children[i, s.BORN])
        if age < 1 or age >= ADULT:
            continue
        rate = referral_rate(family, children[i], age, p)
        if happens(stream, rate / (1.0 + rate)):
            reasons = draw_reasons(family, children[i], age, stream, p)
            refer(family, children[i], i, reasons, number, month, day, stream, p, log, cursor)
            referred |= 1 << i
            home |= reasons & HOME
    if home:
        for i in range(int(family[s.CHILDREN])):
            age = month - int(children[i, s.BORN])
            apart = age < 1 or age >= ADULT or referred >> i & 1 or children[i, s.PLACED] == 1.0
            if not apart and happens(stream, p.referral_shared):
                refer(family, children[i], i, home, number, month, day, stream, p, log, cursor)
                referred |= 1 << i
    return day << 8 | referred
