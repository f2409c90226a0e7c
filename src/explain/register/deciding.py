"""What the authorities decide, month by month: measures and placements."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, exponential, flag, happens, pick, uniform, whole
from explain.register.compiled import compiled
from explain.register.household import record
from explain.register.months import ADULT
from explain.register.referring import band
from explain.register.state import Numbers


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
