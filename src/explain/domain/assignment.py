"""Who meets which case, when and under which condition: the case × condition × position square, in permuted blocks.

With n cases and k conditions, row (r, s) has at position p the case ``(p + r) mod n`` and the condition
``(p + s) mod k``. Over all n·k rows every case meets every condition at every position exactly once, so that none of
the three is confounded with another. The rows are given out in blocks that hold each of them once, shuffled by a seed:
after every full block the three are balanced exactly, and nobody who does not know the seed can tell the next. A row is
fixed when somebody joins; whoever leaves keeps hers, and nobody fills it again (design: the researcher's assignment).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from explain.domain.facts import PlannedEncounter
from explain.domain.session_plan import CaseOrder, SessionPlan


def rows(plan: SessionPlan) -> tuple[tuple[int, int], ...]:
    """Return the rows (r, s) of a plan's square; with fixed cases r is always 0.

    Examples
    --------
    >>> from explain.domain.conditions import CONTROL, TEACHING
    >>> plan = SessionPlan(title="t", conditions=(TEACHING, CONTROL), case_set="s", version="1", cases=("s/a", "s/b"),
    ...                    minutes=60, delete_on="2030-01-01", seed=7, order=CaseOrder.SQUARE)
    >>> rows(plan)
    ((0, 0), (0, 1), (1, 0), (1, 1))
    """
    turns = len(plan.cases) if plan.order is CaseOrder.SQUARE else 1
    return tuple((r, s) for r in range(turns) for s in range(len(plan.conditions)))


def row_of(plan: SessionPlan, number: int, *, bot: bool = False) -> int:
    """Return the row of the ``number``-th joiner (from 1), as an index into ``rows``; bots have blocks of their own.

    The shuffle sorts by SHA-256, so that it is the same with every Python for ever.
    """
    block, place = divmod(number - 1, len(rows(plan)))
    return shuffled(range(len(rows(plan))), f"{plan.seed}/{'bots' if bot else 'people'}/{block}")[place]


def shuffled(numbers: Iterable[int], seed: str) -> list[int]:
    """Return the numbers in an order that the seed alone decides."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}/{number}".encode()).digest())


def encounters(plan: SessionPlan, row: int) -> tuple[PlannedEncounter, ...]:
    """Return what the holder of a row meets, in order: the trial case first, then one position after another."""
    r, s = rows(plan)[row]
    n, k = len(plan.cases), len(plan.conditions)
    trial = (PlannedEncounter(plan.trial, plan.conditions[0], trial=True),) if plan.trial else ()
    positions = (PlannedEncounter(plan.cases[(p + r) % n], plan.conditions[(p + s) % k]) for p in range(n))
    return (*trial, *positions)
