"""``python -m bench.classroom``: a whole class at once, at a stock Voilà and at our server, in one run.

The same notebook is shown to the same client three ways, one after the other: by the command ``voila`` with its
defaults; by our server with an ordinary kernel for every page (``skoen serve --stock``); by our server with kernels
forked from a warm template.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.__main__ import machine
from bench.browsing import Visit, visits
from bench.client import Browser, OpenPage
from bench.report import page_of
from bench.server import Running, skoen
from bench.stock import StockBrowser, voila
from bench.trainees import Trainee
from explain.serving.kernels import READY_FOR_A_CLASS

PERFORMANCE = Path(__file__).parents[1] / "docs" / "performance.md"
FIGURES = Path(__file__).parent / "figures"
"""The newest figures of each size of class, from which the page is made."""
WAYS = ("voila", "ordinary", "forked")
SYNCS = 200
PATIENCE = 600.0
"""Seconds a client waits: a class of 100 at a stock Voilà takes minutes."""
FILES = 8192
"""A client of 100 pages and a server of 100 kernels have more files open than the usual 1024."""


@dataclass(frozen=True)
class Way:
    """What one way cost: seconds and bytes; lists hold one figure for each page, press or save.

    A save lasts from the press to its acknowledgement, sent after the commit; ``drawn`` is until the next step stands.
    """

    name: str
    pages: int
    interactive_pages: int
    interactive_s: list[float]
    cpu_s_per_page: float
    kernel_private_bytes: list[int]
    server_private_bytes: int
    template_private_bytes: int
    one_drawn_s: list[float]
    all_drawn_s: list[float]
    saves_s: list[float]
    drawn_s: list[float]
    saves_seconds: float
    instant_saves_s: list[float]
    instant_drawn_s: list[float]
    visits: tuple[Visit, Visit] | None


def main() -> None:
    """Measure every way, and write what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.classroom", description="What a class at once costs.")
    parser.add_argument("--pages", type=int, default=30, metavar="N", help="pages opened at once (default: 30)")
    parser.add_argument("--think", type=float, default=5.0, metavar="S", help="seconds to think (default: 5)")
    parser.add_argument("--cases", type=int, default=3, metavar="K", help="cases gone through (default: 3)")
    parser.add_argument("--only", choices=WAYS, action="append", help="measure this way alone; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    parser.add_argument("--no-page", action="store_true", help="leave docs/performance.md as it is")
    args = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    load = os.getloadavg()[0]
    ways = [measure(name, args.pages, args.think, args.cases) for name in args.only or WAYS]
    figures = {
        "machine": {**machine(), "load_before": round(load, 2), "load_after": round(os.getloadavg()[0], 2)},
        "pages": args.pages,
        "think_s": args.think,
        "cases": args.cases,
        "fdatasync_s": bare_syncs(),
        "ways": {way.name: asdict(way) for way in ways},
    }
    written = json.dumps(_rounded(figures)) + "\n"
    if args.json:
        args.json.write_text(written, encoding="utf-8")
    if not args.no_page:
        (FIGURES / f"class-{args.pages}.json").write_text(written, encoding="utf-8")
        classes = [json.loads(path.read_text(encoding="utf-8")) for path in FIGURES.glob("class-*.json")]
        PERFORMANCE.write_text(page_of(classes), encoding="utf-8")
    print(page_of([figures]))


def measure(name: str, pages: int, think: float, cases: int) -> Way:
    """Run a server, let the class come, and measure."""
    server_of: dict[str, Callable[[], AbstractContextManager[Running]]] = {
        "voila": voila,
        "ordinary": lambda: skoen("--stock", "--seats", str(pages + 10)),
        "forked": lambda: skoen("--seats", str(pages + READY_FOR_A_CLASS), "--ready", str(READY_FOR_A_CLASS)),
    }
    browser = StockBrowser if name == "voila" else Browser
    with server_of[name]() as server:

        def come() -> Browser:
            return browser(server.url, PATIENCE)

        asyncio.run(_look_in(come()))
        seen = visits(server.url)
        return asyncio.run(_class(name, server, come, pages, think, cases, seen))


async def _look_in(browser: Browser) -> None:
    """Open and close a page, so that the template is warm and the disk's cache is too."""
    async with await browser.open():
        pass


async def _class(
    name: str,
    server: Running,
    come: Callable[[], Browser],
    pages: int,
    think: float,
    cases: int,
    seen: tuple[Visit, Visit] | None,
) -> Way:
    process = psutil.Process(server.process.pid)
    while name != "voila" and server.kernels():  # the visitors before have left; stock Voilà keeps their kernels
        await asyncio.sleep(0.5)
    ready = READY_FOR_A_CLASS if name == "forked" else 0
    await _spares(server, ready)
    earlier = server.kernels_by_name()
    before = _cpu([process, *server.templates()])
    came = await asyncio.gather(*(_come(come()) for _ in range(pages)), return_exceptions=True)
    opened = [one for one in came if not isinstance(one, BaseException)]
    kernels = [kernel for known, kernel in server.kernels_by_name().items() if known not in earlier]
    cpu = _cpu(kernels)
    await _spares(server, ready)  # as many were forked before the class came, and are part of what its pages cost
    cpu += _cpu([process, *server.templates()]) - before
    class_of = [Trainee(page, think, random.Random(number)) for number, (page, _) in enumerate(opened)]
    first, others = class_of[0], class_of[1:]
    for _ in range(8):
        await first.press()
    await _together(others, Trainee.press)
    one, together = first.drawn, [other.drawn[-1] for other in others]
    forget(class_of)
    began = time.perf_counter()
    await _together(class_of, lambda trainee: trainee.walk(cases))
    walked = time.perf_counter() - began
    saves, drawn = told(class_of)
    forget(class_of)
    await _same_instant(class_of)
    instant_saves, instant_drawn = told(class_of)
    memory = [kernel.memory_full_info().uss for kernel in kernels]
    templates = [template.memory_full_info().uss for template in server.templates()]
    result = Way(
        name=name,
        pages=pages,
        interactive_pages=len(opened),
        interactive_s=[seconds for _, seconds in opened],
        cpu_s_per_page=cpu / max(1, len(opened)),
        kernel_private_bytes=memory,
        server_private_bytes=process.memory_full_info().uss,
        template_private_bytes=sum(templates),
        one_drawn_s=list(one),
        all_drawn_s=together,
        saves_s=saves,
        drawn_s=drawn,
        saves_seconds=walked,
        instant_saves_s=instant_saves,
        instant_drawn_s=instant_drawn,
        visits=seen,
    )
    await asyncio.gather(*(page.close() for page, _ in opened))
    return result


async def _spares(server: Running, number: int) -> None:
    while len(server.spares()) < number and server.templates():
        await asyncio.sleep(0.5)


async def _come(browser: Browser) -> tuple[OpenPage, float]:
    """Open a page and press once; return it with the seconds until the press was answered."""
    page = await browser.open()
    await Trainee(page, 0, random.Random(0)).press()
    return page, time.perf_counter() - page.began


async def _together(class_of: list[Trainee], do: Callable[[Trainee], Awaitable[Any]]) -> None:
    await asyncio.gather(*(do(trainee) for trainee in class_of))


async def _same_instant(class_of: list[Trainee]) -> None:
    """Bring everybody before the next lock of a first rating, and let all press in the same instant."""
    await _together(class_of, Trainee.press)
    forget(class_of)
    await _together(class_of, Trainee.press)


def told(class_of: list[Trainee]) -> tuple[list[float], list[float]]:
    """Return the seconds of everybody's saves, and those until the next step stood."""
    return [s for trainee in class_of for s in trainee.saves], [s for trainee in class_of for s in trainee.drawn]


def forget(class_of: list[Trainee]) -> None:
    """Forget what was measured so far."""
    for trainee in class_of:
        trainee.saves, trainee.drawn = [], []


def bare_syncs() -> list[float]:
    """Return the seconds of single writes of a database's page, each made durable, where the servers' data lay."""
    found = []
    with tempfile.TemporaryFile() as file:
        for _ in range(SYNCS):
            began = time.perf_counter()
            os.pwrite(file.fileno(), os.urandom(4096), 0)
            os.fdatasync(file.fileno())
            found.append(time.perf_counter() - began)
    return found


def _cpu(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(one.user + one.system + one.children_user + one.children_system for one in times))


def _rounded(value: Any) -> Any:
    """Keep five digits after the point, ten microseconds: more is noise in a file that is kept."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, (list, tuple)) else value


if __name__ == "__main__":
    main()
