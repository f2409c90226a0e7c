"""Moves, and the histories of a child and its siblings, counted by compiled code, child by child."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explain.register.compiled import compiled
from explain.register.history import count_history
from explain.register.rows import Days

Table = tuple[Days, ...]
"""Where each person's rows begin, and their columns."""


@compiled
def fill(
    out: NDArray[np.float32],
    child: Days,
    day: Days,
    born: Days,
    parents: tuple[Days, Days],
    kids: tuple[Table, Table],
    moved: Table,
    referred: Table,
    measured: Table,
    placed: Table,
) -> None:
    """Fill moves, the child's own and the siblings' history, and the parents' children and partners."""
    for row in range(child.size):
        i, now = child[row], day[row]
        _moves(out[row], i, now, moved)
        _person(out[row, 39:73], i, now, referred, measured, placed)
        for both in range(2):
            mine = parents[both][i]
            if mine < 0:
                continue
            start, those = kids[both]
            for k in range(start[mine], start[mine + 1]):
                j = those[k]
                if born[j] > now:
                    continue
                out[row, 114 + 9 * both] += 1
                if _new_partner(those[start[mine] : k], parents[1 - both], born, now, j):
                    out[row, 115 + 9 * both] += 1
                full = both == 1 and parents[0][i] >= 0 and parents[0][j] == parents[0][i]
                if j != i and not full:  # a full sibling has been met among the mother's
                    out[row, 107] += 1
                    _person(out[row, 73:107], j, now, referred, measured, placed)


@compiled
def _moves(out: NDArray[np.float32], i: int, now: int, moved: Table) -> None:
    start, day, away = moved
    for k in range(start[i], start[i + 1]):
        ago = now - day[k]
        if 1 <= ago <= 730:
            out[2] += 1
            if away[k]:
                out[4] = 1
            if ago <= 365:
                out[1] += 1
                if away[k]:
                    out[3] = 1


@compiled
def _new_partner(elder: Days, other: Days, born: Days, now: int, j: int) -> bool:
    """Return whether no child before this one has the same other parent."""
    for e in elder:  # noqa: SIM110 - the compiler knows no all() of a generator
        if born[e] <= now and other[e] == other[j]:
            return False
    return True


@compiled
def _person(out: NDArray[np.float32], i: int, now: int, referred: Table, measured: Table, placed: Table) -> None:
    """Add a person's history."""
    r_start, r_day, r_bits = referred
    m_start, m_from, m_to, m_grave = measured
    p_start, p_from, p_to, p_forced = placed
    a, b, c, d, e, f = r_start[i], r_start[i + 1], m_start[i], m_start[i + 1], p_start[i], p_start[i + 1]
    count_history(
        now,
        r_day[a:b],
        r_bits[a:b],
        m_from[c:d],
        m_to[c:d],
        m_grave[c:d],
        p_from[e:f],
        p_to[e:f],
        p_forced[e:f],
        out,
    )
