"""The page docs/performance.md, made from the figures of a class of each size."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any, Final

HEAD: Final = """# What a class costs

Written by `make bench-class N=30` (and 60, 100), one section for each size; do not edit.

One run measures every column, one after the other, with the same notebook (`dashboards/trainee.ipynb`) and the same
client. Seconds hold for this machine as busy as it was; compare the columns.

- **stock Voilà**: the command `voila trainee.ipynb` with its defaults, without our server. The notebook has one cell
  more, which says who the visitor is, since no server of ours does.
- **ours, ordinary kernels**: `skoen serve --stock`: our server, its lean page and its compressed files, but an
  ordinary kernel for every page, which is also what it does where fork is not to be had.
- **ours, forked**: `skoen serve --ready 30`: kernels forked from a warm template, thirty of them before the class
  comes, as with `--class`. What it costs to fork thirty is in the CPU per page, since as many take their places.
- **ratio**: stock Voilà to ours, forked. **to reach**: what was asked of it before it was built.

The client is a browser without a screen: "interactive" means page, kernel, websocket, the state of every widget,
and one press stored and answered with the next step drawn. The template is warm and the files are in the
disk's cache before the class comes; then all open their pages in the same instant. Then one trainee presses eight times
alone, the others press once in the same instant, and all go through some cases with time to think before
each press (exponentially distributed: some press at once; a real case takes some eleven minutes with six presses, so
this is a far denser class than a real one). At last all lock in the same instant.

A *save* lasts from the press to its acknowledgement on the websocket, which is sent after the commit;
*drawn* is until the kernel has drawn the next step too. Memory is private memory (USS), a kernel's after its cases.
CPU is that of all processes but the client: server, template, kernels. Client and servers share the cores.
In Chromium, a press comes in the frame in which its button does; bytes are all that the server sent over the line,
headers and websocket too, compressed as it was. Three visits of each kind, the median in seconds.
"""
NAMES: Final = {"voila": "stock Voilà", "ordinary": "ours, ordinary kernels", "forked": "ours, forked"}

Of = Callable[[dict[str, Any]], float | None]
"""Takes a figure from what was measured of one way; none where it was not measured."""


def page_of(classes: list[dict[str, Any]]) -> str:
    """Return the page: one section for each size of class, the smallest first."""
    return HEAD + "".join(_section(figures) for figures in sorted(classes, key=lambda figures: figures["pages"]))


def _section(figures: dict[str, Any]) -> str:
    machine, syncs = figures["machine"], figures["fdatasync_s"]
    ways = [figures["ways"][name] for name in NAMES if name in figures["ways"]]
    heads = [NAMES[way["name"]] for way in ways]
    table = [["", *heads, "ratio", "to reach"], ["---"] * (len(ways) + 3), *_rows(ways)]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in table)
    return f"""
## {figures["pages"]} at once

{machine["cores"]} cores, {machine["memory_gib"]} GiB, {machine["system"]}, Python {machine["python"]}; load before \
the run {machine["load_before"]}, at its end {machine.get("load_after", "not noted")}.
{figures["cases"]} cases, {figures["think_s"]:g} s to think on average.
A bare write of 4096 bytes with fdatasync on the same disk: {1000 * statistics.median(syncs):.2f} ms (median), \
{1000 * p99(syncs):.2f} ms (p99).

{lines}"""


def _rows(ways: list[dict[str, Any]]) -> list[list[str]]:
    rows = [
        ["pages that became interactive", *(f"{way['interactive_pages']} of {way['pages']}" for way in ways), "", "all"]
    ]
    for name, unit, of, goal in FIGURES:
        found = [of(way) for way in ways]
        if any(found):
            ratio = f"{found[0] / found[-1]:.1f}" if len(found) > 1 and found[0] and found[-1] else ""
            rows.append([name, *(_figure(value, unit) for value in found), ratio, goal])
    return rows


def p99(values: list[float]) -> float:
    """Return the value that 99 of 100 do not exceed, by nearest rank.

    >>> p99(list(range(1, 101)))
    99
    """
    ranked = sorted(values)
    return ranked[max(0, -(-99 * len(ranked) // 100) - 1)]


def _of(key: str, what: Callable[[list[float]], float]) -> Of:
    return lambda way: what(way[key]) if way[key] else None


def _one(key: str) -> Of:
    return lambda way: float(way[key])


def _visit(number: int, key: str) -> Of:
    return lambda way: way["visits"][number][key] if way["visits"] else None


FIGURES: Final[list[tuple[str, str, Of, str]]] = [
    ("last page interactive", "s", _of("interactive_s", max), "ratio 25"),
    ("median page interactive", "s", _of("interactive_s", statistics.median), ""),
    ("CPU per page", "s", _one("cpu_s_per_page"), "ratio 20"),
    ("private memory per kernel", "MiB", _of("kernel_private_bytes", statistics.mean), "ratio 6"),
    ("private memory of the server", "MiB", _one("server_private_bytes"), ""),
    ("private memory of the template", "MiB", _one("template_private_bytes"), ""),
    ("one presses: drawn, median", "ms", _of("one_drawn_s", statistics.median), ""),
    ("all press in the same instant: last one drawn", "ms", _of("all_drawn_s", max), ""),
    ("saves a second while going through the cases", "", lambda way: len(way["saves_s"]) / way["saves_seconds"], ""),
    ("a save with time to think, median", "ms", _of("saves_s", statistics.median), ""),
    ("a save with time to think, p99", "ms", _of("saves_s", p99), "20 ms"),
    ("the same, drawn, median", "ms", _of("drawn_s", statistics.median), ""),
    ("the same, drawn, p99", "ms", _of("drawn_s", p99), ""),
    ("all save in the same instant, p99", "ms", _of("instant_saves_s", p99), "250 ms by 100"),
    ("the same, drawn, p99", "ms", _of("instant_drawn_s", p99), ""),
    ("Chromium, first visit: first press answered", "s", _visit(0, "answered_s"), "ratio 3"),
    ("Chromium, first visit: bytes on the wire", "kB", _visit(0, "wire_bytes"), "2000 kB"),
    ("Chromium, next visit: first press answered", "s", _visit(1, "answered_s"), "ratio 3"),
    ("Chromium, next visit: bytes on the wire", "kB", _visit(1, "wire_bytes"), "200 kB"),
]
"""Every row: what it is called, its unit, where it comes from, and what was to be reached."""

_UNITS: Final = {"s": (1.0, 2), "ms": (1e3, 1), "MiB": (2**-20, 1), "kB": (1e-3, 0), "": (1.0, 1)}


def _figure(value: float | None, unit: str) -> str:
    scale, digits = _UNITS[unit]
    return "" if not value else f"{value * scale:.{digits}f} {unit}".rstrip()
