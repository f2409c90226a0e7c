"""The 126 variables of one child, from what is known of it on the day of the referral, without any register.

The counts of the histories come from the very function the registers are counted with (`history.count_history`). What
the registers have to derive (ages, numbers of children) a case simply holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from explain.register.build import REFERRERS
from explain.register.history import GRAVE_REASONS, OWN, RUNNING, count_history
from explain.register.variables import names

HOUSEHOLDS: Final = 6
STATUSES: Final = "UGFE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A person's history; every day is the number of days before the referral, so it counts backwards.

    Attributes
    ----------
    referrals
        Day and reasons (numbers 1 to 16) of each referral.
    measures
        First day, last day (None while it runs) and whether it is grave, of each preventive measure.
    placements
        First day, last day (None while it runs) and whether it was without consent.
    """

    referrals: Sequence[tuple[int, tuple[int, ...]]] = ()
    measures: Sequence[tuple[int, int | None, bool]] = ()
    placements: Sequence[tuple[int, int | None, bool]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParent:
    """A registered parent: completed years (at death for a dead one), civil status U, G, F or E, children, partners."""

    age: int
    age_at_birth: int
    status: str
    children: int
    partners: int
    dead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """What is known of one child on the day of the referral.

    Attributes
    ----------
    age
        Completed years.
    household
        FM_MARK, 1 to 6.
    reasons
        Numbers 1 to 16.
    referrer
        UNDRETTYPE, 1 to 19.
    moves
        Days before the referral, and whether to another municipality.
    """

    age: int
    household: int
    reasons: tuple[int, ...]
    referrer: int
    mother: KnownParent | None
    father: KnownParent | None
    own: Past
    siblings: Sequence[Past] = ()
    moves: Sequence[tuple[int, bool]] = field(default=())


def count(single: Single) -> dict[str, float]:
    """Return the 126 variables by name, in the order of ``variables.toml``.

    Examples
    --------
    >>> newborn = Single(age=0, household=1, reasons=(9,), referrer=3, mother=None, father=None, own=Past())
    >>> found = count(newborn)
    >>> len(found), found["grave"], found["no_mother"], found["referrer_health"]
    (126, 1.0, 1.0, 1.0)
    """
    bits = _bits(single.reasons)
    child = [
        single.age,
        *(sum(1 <= day <= window for day, _ in single.moves) for window in (365, 730)),
        *(any(1 <= day <= window and away for day, away in single.moves) for window in (365, 730)),
        *(single.household == k + 1 for k in range(HOUSEHOLDS)),
        single.mother is None,
        single.father is None,
    ]
    kind = REFERRERS[single.referrer - 1]
    referral = [*(bits >> k & 1 for k in range(16)), *(kind == k for k in range(8)), bool(bits & GRAVE_REASONS)]
    own, siblings = _history([single.own]), _history(single.siblings)
    values = [
        *child, *referral, len(single.reasons), *own, *siblings, len(single.siblings),
        *_parent(single.mother), *_parent(single.father),
    ]  # fmt: skip
    return dict(zip(names(), (float(value) for value in values), strict=True))


def _bits(reasons: Sequence[int]) -> int:
    return sum(1 << (reason - 1) for reason in reasons)


def _history(pasts: Sequence[Past]) -> np.ndarray:
    """Count histories; the referral is on day 0 and what was before it has negative days."""
    out = np.zeros(OWN)
    for past in pasts:
        count_history(
            0,
            np.array([-day for day, _ in past.referrals]),
            [_bits(reasons) for _, reasons in past.referrals],  # type: ignore[arg-type]
            *_spells(past.measures),
            *_spells(past.placements),
            out,
        )
    return out


def _spells(spells: Sequence[tuple[int, int | None, bool]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([-first for first, _, _ in spells], dtype=np.int64),
        np.array([RUNNING if last is None else -last for _, last, _ in spells], dtype=np.int64),
        np.array([int(marked) for _, _, marked in spells], dtype=np.int64),
    )


def _parent(parent: KnownParent | None) -> list[float]:
    if parent is None:
        return [0.0] * 9
    statuses = [float(parent.status == letter) for letter in STATUSES]
    return [parent.age, parent.age_at_birth, *statuses, parent.children, parent.partners, float(parent.dead)]
