"""A family's life, month by month: what changes of itself, referrals, and what the authorities decide."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, exponential, flag, happens, normal, pick, uniform, whole
from explain.register.compiled import compiled
from explain.register.household import couple, deaths, give_birth, moves, record, settle
from explain.register.months import ADULT, LIVES_FROM
from explain.register.state import Numbers

HOME = 0b0111_1111_0000_0000 >> 1
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


@compiled
def hazard(family: Numbers, children: Numbers, i: int, month: int, p: Any) -> float:
    """Return the probability that a child is placed this month: a sum of pathways, times the latents."""
    child = children[i]
    age = month - int(child[s.BORN])
    if age < 1 or age >= ADULT or child[s.PLACED] == 1.0:
        return 0.0
    years = age // 12
    curve = p.age_placement[years]
    total = p.placement_core * curve
    if child[s.GRAVENESS] > 0.01:
        trouble = min(family[s.ADDICTION] + family[s.VIOLENCE] + family[s.ILLNESS], 2.0)
        burden = p.placement_graveness * child[s.GRAVENESS] ** p.placement_power
        burden += p.placement_latest * child[s.LATEST] ** p.placement_power
        burden *= 1.0 + p.placement_crisis * family[s.CRISIS] + p.placement_together * trouble
        total += burden * (p.placement_even + (1.0 - p.placement_even) * curve)
    if years >= 11:
        heat = child[s.CONDUCT_REFERRED] * min((years - 10) / 4.0, 1.0)
        total += p.placement_teen * heat * (0.3 + p.placement_teen_conduct * child[s.CONDUCT])
    if years < 4:
        care = child[s.CARE_REFERRED] * (4.0 - years) / 4.0
        total += p.placement_infant * care * (0.3 + family[s.ADDICTION] + 0.5 * family[s.ILLNESS])
    if child[s.SINCE] < 60.0:
        total += (
            p.placement_again
            * math.exp(-child[s.SINCE] / p.placement_again_fades)
            * (1.5 if child[s.FORCED] == 1.0 else 1.0)
        )
    total += (
        p.placement_sibling * _siblings_placed(family, children, i) * (p.placement_sibling_small if years < 4 else 1.0)
    )
    if child[s.MEASURE_TO] > month:
        total += p.placement_measure * curve
    if child[s.GRAVE_TO] > month:
        total += p.placement_measure_grave * curve
    total *= child[s.OWN_HAZARD] * (p.placement_decided if child[s.REFERRED] == 1.0 else 1.0)
    return float(min(total, 0.6))


@compiled
def _siblings_placed(family: Numbers, children: Numbers, i: int) -> float:
    """Return how much siblings' placements weigh: one that runs counts 1, one that ended fades over 18 months."""
    weight = 0.0
    for j in range(int(family[s.CHILDREN])):
        if j != i and children[j, s.PLACED] == 1.0:
            weight += 1.0
        elif j != i and children[j, s.SINCE] < 90.0:
            weight += math.exp(-children[j, s.SINCE] / 18.0)
    return min(weight, 4.0)


@compiled
def measures(
    child: Numbers,
    who: int,
    number: int,
    month: int,
    start: int,
    month_starts: NDArray[Any],
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> None:
    """Let the authorities grant a support measure, or not."""
    age = month - int(child[s.BORN])
    chance = 0.3 * p.measure_start
    if child[s.GRAVENESS] > 0.05:
        chance = p.measure_start + p.measure_graveness * math.log1p(child[s.GRAVENESS])
        chance += p.measure_conduct * child[s.CONDUCT] * math.log1p(child[s.CONDUCT_REFERRED])
    if child[s.MEASURE_TO] > month:
        chance *= 0.35
    if not happens(stream, min(chance, 0.4)):
        return
    day = start + whole(stream, 20, 27)
    lasts = 1 + int(exponential(stream) * p.measure_duration)
    until = min(month + lasts, month_starts.size - 1)
    end = month_starts[until] + whole(stream, 0, 27)
    early = happens(stream, p.measure_early_help)
    paragraph = 0 if early else 1 + pick(stream, p.paragraphs_weights[band(age)])
    record(log, cursor, number, who, s.MEASURE, day, paragraph, end if month + lasts < month_starts.size - 1 else 0)
    if not early:
        child[s.MEASURE_TO] = max(child[s.MEASURE_TO], until)
        if paragraph == 5 or paragraph == 6 or paragraph == 7 or paragraph == 9:
            child[s.GRAVE_TO] = max(child[s.GRAVE_TO], until)


@compiled
def decide(
    family: Numbers,
    children: Numbers,
    number: int,
    month: int,
    month_starts: NDArray[Any],
    spared: int,
    stream: Stream,
    p: Any,
    log: NDArray[Any],
    cursor: NDArray[Any],
) -> float:
    """Let the authorities decide on measures and placements.

    Returns the hazard of the ``spared`` child, who is not placed whatever it is; without one (-1) it is 0.
    """
    start = month_starts[month]
    kept = 0.0
    hazards = np.zeros(s.MOST_CHILDREN)
    for i in range(int(family[s.CHILDREN])):
        if children[i, s.HOUSEHOLD] > 0.0:
            hazards[i] = hazard(family, children, i, month, p)
    for i in range(int(family[s.CHILDREN])):
        child = children[i]
        age = month - int(child[s.BORN])
        if age < 1 or age >= ADULT:
            continue
        if i == spared:
            kept = hazards[i]
        elif hazards[i] > 0.0 and uniform(stream) < hazards[i]:
            forced = flag(stream, p.placement_forced_small if age < 48 else p.placement_forced)
            day = start + whole(stream, 20, 27)
            child[s.PLACED], child[s.FORCED] = 1.0, forced
            record(log, cursor, number, i, s.PLACEMENT, day, int(forced), int(family[s.MUNICIPALITY]))
            child[s.HOUSEHOLD] = 6.0
            record(log, cursor, number, i, s.HOUSEHOLD_CHANGE, day, 6, 0)
        elif child[s.PLACED] == 1.0 and happens(stream, p.placement_shifts):
            record(log, cursor, number, i, s.SHIFT, start + whole(stream, 20, 27), 0, int(family[s.MUNICIPALITY]))
        if child[s.PLACED] == 0.0:
            measures(child, i, number, month, start, month_starts, stream, p, log, cursor)
    return kept


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
