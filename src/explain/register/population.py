"""Simulate until there are children enough, and choose those the development data are about."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explain.register import state as s
from explain.register.months import DEVELOPED_FROM, DEVELOPED_TO, month_starts
from explain.register.parameters import parameters
from explain.register.sample import SPARE, Size, choose, size_of
from explain.register.simulate import CHILD_FACTS, futures, live
from explain.register.state import Numbers

BATCH = 4000
"""Families that are simulated at once."""
AHEAD: Final = 8
"""Batches that may be under way or waiting to be put in order."""

Progress = Callable[[str, float], None]
"""Is told what is being done, and which share of it is done."""


def silent(what: str, share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Population:
    """Simulated families of whom at least one child was referred in the development time.

    Attributes
    ----------
    log
        What happened, a row each: the columns of ``state.COLUMNS``.
    families
        By their number: the state at the end, whose latents never change.
    children
        A row per child: the columns that ``simulate.CHILD_FACTS`` names.
    chosen, training
        Whether each child is in the development data, and in their training part.
    truth
        Family, child, day and probability of each referral in the development data.
    """

    seed: int
    size: Size
    log: NDArray[np.int32]
    families: Numbers
    children: Numbers
    chosen: NDArray[np.bool_]
    training: NDArray[np.bool_]
    truth: Numbers


def populate(seed: int, referrals: int, *, runs: int = 16, tell: Progress = silent, **changes: float) -> Population:
    """Simulate families from a seed until ``referrals`` referrals can be chosen, and choose them.

    Parameters
    ----------
    seed
        Any whole number from 0.
    referrals
        How many referrals the development data have.
    runs
        How many futures are run from each referral for its true probability; with 0 there is no truth.
    tell
        Is told how far it has come.
    **changes
        Other values for some parameters (see ``parameters``).
    """
    p, size, starts = parameters(**changes), size_of(referrals), month_starts()
    logs, families, children = _lives(seed, size, p, starts, tell)
    log, people = np.concatenate(logs), np.concatenate(children)
    counts = _referrals_per_child(log, people, starts)
    rng = np.random.default_rng([seed, 1])
    pool = np.flatnonzero(counts)
    chosen = np.zeros(len(people), dtype=np.bool_)
    chosen[pool[choose(counts[pool], size.children, size.referrals, rng)]] = True
    training = np.zeros(len(people), dtype=np.bool_)
    those = np.flatnonzero(chosen)
    training[those[choose(counts[those], size.training_children, size.training_referrals, rng)]] = True
    truth = _truths(seed, people, counts, chosen, runs, p, starts, tell)
    kept = np.zeros(int(people[:, 0].max()) + 1, dtype=np.bool_)
    kept[people[chosen, 0].astype(np.int64)] = True
    stays = kept[people[:, 0].astype(np.int64)]
    return Population(
        seed, size, log[kept[log[:, 0]]], np.concatenate(families), people[stays], chosen[stays], training[stays], truth
    )


Lives = tuple[NDArray[np.int32], Numbers, Numbers]
"""Log, families and children of a batch."""


def _threads() -> ThreadPoolExecutor:
    """Return threads, one a core: the compiled code runs beside itself, and batches are put together in order."""
    return ThreadPoolExecutor(os.cpu_count())


def _lives(
    seed: int, size: Size, p: Any, starts: NDArray[np.int32], tell: Progress
) -> tuple[list[Any], list[Any], list[Any]]:
    """Let batch after batch live until enough children were referred; a few that run ahead are left out."""
    logs, families, children = [], [], []
    found, needed = 0, size.children * SPARE + 20
    with _threads() as pool:
        waiting = deque(pool.submit(_batch, seed, k * BATCH, p, starts) for k in range(AHEAD))
        while found < needed:
            log, family, kids = waiting.popleft().result()
            logs.append(log)
            families.append(family)
            children.append(kids)
            found += int(kids[:, 10].sum())
            waiting.append(pool.submit(_batch, seed, (len(logs) + AHEAD - 1) * BATCH, p, starts))
            tell("families", min(found / needed, 1.0))
        pool.shutdown(cancel_futures=True)
    return logs, families, children


def _batch(seed: int, first: int, p: Any, starts: NDArray[np.int32]) -> Lives:
    family = np.zeros((BATCH, s.FAMILY_WIDTH))
    kids = np.zeros((BATCH * s.MOST_CHILDREN, CHILD_FACTS))
    log, cursor = np.zeros((BATCH * 80, len(s.COLUMNS)), dtype=np.int32), np.zeros(1, dtype=np.int64)
    rows = live(seed, first, BATCH, p, starts, log, cursor, family, kids)
    if cursor[0] > len(log):
        raise RuntimeError(f"the log of a batch must hold {cursor[0]} rows, but has {len(log)}: make batches smaller")
    return log[: cursor[0]].copy(), family, kids[:rows].copy()


def _referrals_per_child(log: NDArray[np.int32], people: Numbers, starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count each child's referrals in the development time."""
    within = (log[:, 2] == s.REFERRAL) & (log[:, 3] >= starts[DEVELOPED_FROM]) & (log[:, 3] < starts[DEVELOPED_TO + 1])
    keys = people[:, 0].astype(np.int64) * 8 + people[:, 1].astype(np.int64)
    places = np.searchsorted(keys, log[within, 0].astype(np.int64) * 8 + log[within, 1])
    return np.bincount(places, minlength=len(people))


def _truths(
    seed: int,
    people: Numbers,
    counts: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    runs: int,
    p: Any,
    starts: NDArray[np.int32],
    tell: Progress,
) -> Numbers:
    """Run the futures of every chosen child's referrals."""
    if runs == 0:
        return np.zeros((0, 4))
    numbers, where = np.unique(people[chosen, 0].astype(np.int64), return_inverse=True)
    bits = np.bincount(where, weights=2.0 ** people[chosen, 1]).astype(np.int64)
    until = np.r_[0, np.cumsum(np.bincount(where, weights=counts[chosen]).astype(np.int64))]
    truth = np.zeros((until[-1], 4))

    def batch(k: int) -> int:
        last = min(k + BATCH, len(numbers))
        return futures(seed, numbers[k:last], bits[k:last], runs, p, starts, truth[until[k] : until[last]])

    with _threads() as pool:
        done = 0
        for rows in pool.map(batch, range(0, len(numbers), BATCH)):
            done += rows
            tell("futures", done / len(truth))
    return truth
