"""Many families: their lives, and the futures each referral could have had."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explain.register import state as s
from explain.register.chance import Stream, seed_stream
from explain.register.compiled import compiled
from explain.register.deciding import decide
from explain.register.founding import found
from explain.register.life import begin_month
from explain.register.months import ADULT, DEVELOPED_FROM, DEVELOPED_TO, END, LIVES_FROM
from explain.register.referring import referrals
from explain.register.state import Numbers

CHILD_FACTS = 11
"""Columns of the table of children: family, child, FATHER, BOY, ILL; in the time from April 2016: months of conduct, of
a burdened home and in all; EXTERNALISING, and the child's first and last month in the registers."""


@compiled
def live(
    seed: int,
    first: int,
    count: int,
    p: Any,
    month_starts: NDArray[np.int32],
    log: NDArray[np.int32],
    cursor: NDArray[np.int64],
    families: Numbers,
    kids: Numbers,
) -> int:
    """Let families live from the first birth to the end of the registers.

    Those of whom no child is referred in the development time leave nothing behind: no register of it speaks of them.

    Returns
    -------
    int
        How many rows of ``kids`` were written; ``families`` has one row each for the families first to first + count.
    """
    stream = np.zeros(1, dtype=np.uint64)
    children = np.zeros((s.MOST_CHILDREN, s.CHILD_WIDTH))
    rows = 0
    for k in range(count):
        number = first + k
        family = families[k]
        began, had = cursor[0], rows
        seed_stream(stream, seed, number, 0)
        many = found(family, children, stream, p)
        for i in range(many):
            kids[rows + i, :] = 0.0
        any_referred = 0
        for month in range(int(children[0, s.BORN]), END + 1):
            begin_month(family, children, number, month, month_starts, stream, p, log, cursor)
            if month < LIVES_FROM:
                continue
            for half in range(2):
                day = referrals(family, children, number, month, month_starts[month], half, stream, p, log, cursor)
                if DEVELOPED_FROM <= month <= DEVELOPED_TO:
                    any_referred |= day & 255
            decide(family, children, number, month, month_starts, -1, stream, p, log, cursor)
            if month >= DEVELOPED_FROM:
                _watch(family, children, kids[rows : rows + many], month)
        if any_referred == 0:
            cursor[0] = began
            continue
        for i in range(many):
            if children[i, s.HOUSEHOLD] > 0.0:
                row = kids[had + i].copy()
                row[0], row[1], row[2] = number, i, children[i, s.FATHER]
                row[3], row[4], row[8] = children[i, s.BOY], children[i, s.ILL], children[i, s.EXTERNALISING]
                row[9], row[10] = children[i, s.BORN], any_referred >> i & 1
                kids[rows] = row
                rows += 1
    return rows


@compiled
def _watch(family: Numbers, children: Numbers, kids: Numbers, month: int) -> None:
    """Count the months in which a child's conduct or home was burdened; the validation registers are made of them."""
    for i in range(kids.shape[0]):
        if children[i, s.HOUSEHOLD] > 0.0 and month - children[i, s.BORN] < ADULT:
            kids[i, 5] += children[i, s.CONDUCT]
            kids[i, 6] += min(family[s.ADDICTION] + family[s.VIOLENCE] + family[s.ILLNESS] + family[s.CRISIS], 2.0)
            kids[i, 7] += 1.0


@compiled
def futures(
    seed: int,
    numbers: NDArray[np.int64],
    chosen: NDArray[np.int64],
    runs: int,
    p: Any,
    month_starts: NDArray[np.int32],
    out: Numbers,
) -> int:
    """Compute the probability of placement within twelve months of each referral in the development time.

    Every family lives again, the same life. At each referral of a chosen child its state is copied, and ``runs``
    futures of twelve months are run in which everything happens as it does in a life, except that this child is not
    placed anew; its hazard of it, month by month, is kept. The probability of a placement is one minus the mean
    product of the complements: exactly the simulator's own, with far less noise than counting placements would have.

    Parameters
    ----------
    numbers
        The families.
    chosen
        The chosen children of each, as bits.
    out
        Filled with family, child, day, probability.

    Returns
    -------
    int
        How many rows were filled.
    """
    stream, other = np.zeros(1, dtype=np.uint64), np.zeros(1, dtype=np.uint64)
    family, children = np.zeros(s.FAMILY_WIDTH), np.zeros((s.MOST_CHILDREN, s.CHILD_WIDTH))
    family2, children2 = family.copy(), children.copy()
    log, cursor = np.zeros((0, 6), dtype=np.int32), np.zeros(1, dtype=np.int64)
    rows = 0
    for k in range(numbers.size):
        number = numbers[k]
        seed_stream(stream, seed, number, 0)
        found(family, children, stream, p)
        for month in range(int(children[0, s.BORN]), DEVELOPED_TO + 1):
            begin_month(family, children, number, month, month_starts, stream, p, log, cursor)
            if month < LIVES_FROM:
                continue
            for half in range(2):
                day = referrals(family, children, number, month, month_starts[month], half, stream, p, log, cursor)
                asked = day & 255 & chosen[k]
                if month < DEVELOPED_FROM or asked == 0:
                    continue
                seed_stream(other, seed, number, 1 + 2 * month + half)
                for i in range(s.MOST_CHILDREN):
                    if asked >> i & 1:
                        spared = 0.0
                        for _ in range(runs):
                            family2[:] = family
                            children2[:, :] = children
                            spared += _unplaced(
                                family2, children2, i, number, month, half, month_starts, other, p, log, cursor
                            )
                        out[rows, 0], out[rows, 1], out[rows, 2] = number, i, day >> 8
                        out[rows, 3] = 1.0 - spared / runs
                        rows += 1
            decide(family, children, number, month, month_starts, -1, stream, p, log, cursor)
    return rows


@compiled
def _unplaced(
    family: Numbers,
    children: Numbers,
    i: int,
    number: int,
    month: int,
    half: int,
    month_starts: NDArray[np.int32],
    stream: Stream,
    p: Any,
    log: NDArray[np.int32],
    cursor: NDArray[np.int64],
) -> float:
    """Run one future of twelve decisions; return the probability that the child is not placed anew in it."""
    product = 1.0
    for step in range(12):
        now = month + step
        if step > 0:
            begin_month(family, children, number, now, month_starts, stream, p, log, cursor)
        for again in range(2):
            if step > 0 or again > half:
                referrals(family, children, number, now, month_starts[now], again, stream, p, log, cursor)
        product *= 1.0 - decide(family, children, number, now, month_starts, i, stream, p, log, cursor)
    return product
