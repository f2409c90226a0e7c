"""The page docs/performance.md, made from a run's figures."""

from __future__ import annotations

import statistics
from typing import Any

HEAD = """# What a class costs

Written by `make bench-class N={pages}` (`python -m bench.classroom --pages {pages}`); do not edit.
One run, both ways one after the other: the same server, dashboard and client, once with an ordinary kernel for every
page (`skoen serve --stock`, Voilà's way), once with kernels forked from a warm template. Seconds hold for this machine
as busy as it was; compare the columns.

{machine}

"Interactive" means: waiting page, kernel, page, websocket, the state of every widget, and one press answered after it
was stored. The template is warm and the pages' files are in the disk's cache before the class comes; then all open
their pages in the same instant. Then one trainee presses eight times alone, the others press once in the same instant,
and all {pages} go through {cases} cases, thinking {think:g} s before each press on average. A save is timed from the
press to its acknowledgement after the commit, with the next step drawn. At last all lock in the same instant.

| | stock | forked | ratio |
|---|---|---|---|
"""
FOOT = """
On the same disk a bare write of 4096 bytes with fdatasync takes {p50:.2f} ms (median), {p99:.2f} ms (p99).
"""


def page_of(figures: dict[str, Any]) -> str:
    """Return the page."""
    stock, forked = figures["ways"]["stock"], figures["ways"]["forked"]
    rows = [
        ("pages that became interactive", _count(stock), _count(forked), ""),
        *_rows("last page interactive", "s", max, "interactive_s", stock, forked),
        *_rows("median page interactive", "s", statistics.median, "interactive_s", stock, forked),
        _row("CPU per page, all processes", stock["cpu_s_per_page"], forked["cpu_s_per_page"], "s"),
        *_rows("private memory per kernel", "MiB", statistics.mean, "kernel_private_bytes", stock, forked),
        _row("memory of the server", stock["server_private_bytes"], forked["server_private_bytes"], "MiB"),
        _row("memory of the template", stock["template_private_bytes"], forked["template_private_bytes"], "MiB"),
        *_rows("one user's press answered, median", "ms", statistics.median, "one_click_s", stock, forked),
        *_rows("all press in the same instant, last answered", "ms", max, "all_click_s", stock, forked),
        ("saves while going through the cases", _saves(stock), _saves(forked), ""),
        *_rows("a save with time to think, median", "ms", statistics.median, "saves_s", stock, forked),
        *_rows("a save with time to think, p99", "ms", p99, "saves_s", stock, forked),
        *_rows("all save in the same instant, p99", "ms", p99, "instant_saves_s", stock, forked),
        *_chromium(stock["visits"], forked["visits"]),
    ]
    machine = figures["machine"]
    head = HEAD.format(
        pages=stock["pages"],
        cases=figures["cases"],
        think=figures["think_s"],
        machine=f"The machine: {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, "
        f"Python {machine['python']}; load before the run {machine['load_before']}.",
    )
    syncs = figures["fdatasync_s"]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return head + table + FOOT.format(p50=1000 * statistics.median(syncs), p99=1000 * p99(syncs))


def p99(values: list[float]) -> float:
    """Return the value that 99 of 100 do not exceed, by nearest rank.

    >>> p99(list(range(1, 101)))
    99
    """
    ranked = sorted(values)
    return ranked[max(0, -(-99 * len(ranked) // 100) - 1)]


def _rows(
    name: str, unit: str, of: Any, key: str, stock: dict[str, Any], forked: dict[str, Any]
) -> list[tuple[str, str, str, str]]:
    if not stock[key] or not forked[key]:
        return []
    return [_row(name, of(stock[key]), of(forked[key]), unit)]


def _row(name: str, stock: float, forked: float, unit: str) -> tuple[str, str, str, str]:
    ratio = f"{stock / forked:.1f}" if forked and stock else ""
    return name, _figure(stock, unit), _figure(forked, unit), ratio


def _figure(value: float, unit: str) -> str:
    scale = {"s": 1, "ms": 1000, "MiB": 2**-20, "kB": 1e-3}[unit]
    digits = {"s": 2, "ms": 1, "MiB": 1, "kB": 0}[unit]
    return f"{value * scale:.{digits}f} {unit}"


def _count(way: dict[str, Any]) -> str:
    return f"{way['interactive_pages']} of {way['pages']}"


def _saves(way: dict[str, Any]) -> str:
    return f"{len(way['saves_s'])}, {len(way['saves_s']) / way['saves_seconds']:.1f} a second"


def _chromium(stock: Any, forked: Any) -> list[tuple[str, str, str, str]]:
    if not stock or not forked:
        return []
    rows = []
    for which, ours, theirs in zip(("first", "next"), forked, stock, strict=True):
        name = f"Chromium, {which} visit"
        rows.append(_row(f"{name}: first press answered", theirs["answered_s"], ours["answered_s"], "s"))
        rows.append(_row(f"{name}: files on the wire", theirs["wire_bytes"], ours["wire_bytes"], "kB"))
        rows.append(_row(f"{name}: websocket, before compression", theirs["socket_bytes"], ours["socket_bytes"], "kB"))
    return rows
