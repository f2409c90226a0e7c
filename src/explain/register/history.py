"""What a child's history counts to: 34 numbers, one definition for the registers and for a case.

The same function is compiled for the registers and runs as it is for a single case.
"""

from __future__ import annotations

from typing import Any, Final

from numpy.typing import NDArray

from explain.register.compiled import either_way

OWN: Final = 34
"""How many numbers a history comes to."""

RUNNING: Final = 2**30
"""The end of what has not ended: a day that never comes."""

GRAVE_REASONS: Final = (1 << 6) | (1 << 8) | (1 << 9)
"""Reasons 7, 9 and 10 as bits: abuse of the child, the parents' substance misuse, the parents' crime.

Statistics Denmark's reading of a grave referral (impact assessment of 11 March 2021, annex, note 2).
"""
CONDUCT_REASONS: Final = 0b1111
NEGLECT_REASONS: Final = (1 << 6) | (1 << 7) | (1 << 13)
PARENTS_REASONS: Final = 0b1111 << 8
HOME_REASONS: Final = (1 << 12) | (1 << 14)

Days = NDArray[Any]


@either_way
def _count_begun(day: int, begun: Days, marked: Days, out: NDArray[Any], first: int) -> None:
    """Count what began within 180, 365 and 730 days, then the marked ones of it."""
    for k in range(len(begun)):
        ago = day - begun[k]
        for place, window in enumerate((180, 365, 730)):
            if 1 <= ago <= window:
                out[first + place] += 1
                if marked[k]:
                    out[first + place + 3] += 1


@either_way
def count_history(
    day: int,
    referral_day: Days,
    referral_reasons: Days,
    measure_from: Days,
    measure_to: Days,
    measure_grave: Days,
    placement_from: Days,
    placement_to: Days,
    placement_forced: Days,
    out: NDArray[Any],
) -> None:
    """Add a person's history before ``day`` to ``out``, whose 34 places are those of ``variables.toml``, in order.

    What happened 1 to w days before counts in a window of w days; the day itself does not. What has begun before the
    day and not ended before it, runs.

    Parameters
    ----------
    day
        The day of the referral; all days count from the same, arbitrary one.
    referral_reasons
        The reasons 1 to 16 as bits 0 to 15.
    measure_from, measure_to
        First and last day of the preventive measures; ``RUNNING`` if they have no last day.
    """
    for k in range(len(referral_day)):
        ago = day - referral_day[k]
        if 1 <= ago <= 730:
            reasons = referral_reasons[k]
            grave = (reasons & GRAVE_REASONS) != 0
            for place, window in enumerate((90, 180, 365, 730)):
                if ago <= window:
                    out[place] += 1
                    if grave:
                        out[place + 4] += 1
            place = 8
            for those in (CONDUCT_REASONS, NEGLECT_REASONS, PARENTS_REASONS, HOME_REASONS):
                if reasons & those:
                    out[place + 1] += 1
                    if ago <= 365:
                        out[place] += 1
                place += 2
    _count_begun(day, measure_from, measure_grave, out, 16)
    for k in range(len(measure_from)):
        if measure_from[k] < day <= measure_to[k]:
            out[22] += 1
            if measure_grave[k]:
                out[23] += 1
    _count_begun(day, placement_from, placement_forced, out, 24)
    for k in range(len(placement_from)):
        if placement_from[k] < day:
            if day <= placement_to[k]:
                out[30] += 1
                if placement_forced[k]:
                    out[31] += 1
            last = min(placement_to[k], day)
            out[32] += max(0, last - max(placement_from[k], day - 365))
            out[33] += max(0, last - max(placement_from[k], day - 730))
