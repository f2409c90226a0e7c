"""``python -m bench.classroom``: a whole class at once, on ordinary kernels and on forked ones, in one run.

Both ways are served by the same server with the same dashboard to the same client; the only difference is how a kernel
is started (``skoen serve --stock``) and, with that, that the page is rendered anew each time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from bench.__main__ import machine
from bench.browsing import Visit, visits
from bench.client import Browser, OpenPage
from bench.report import page_of
from bench.server import Running, kernels_of, skoen
from bench.trainees import Trainee

PERFORMANCE = Path(__file__).parents[1] / "docs" / "performance.md"
SYNCS = 200


@dataclass(frozen=True)
class Way:
    """What one way of starting kernels cost: seconds and bytes; lists hold one figure for each page, press or save."""

    name: str
    pages: int
    interactive_pages: int
    interactive_s: list[float]
    cpu_s_per_page: float
    kernel_private_bytes: list[int]
    server_private_bytes: int
    template_private_bytes: int
    one_click_s: list[float]
    all_click_s: list[float]
    saves_s: list[float]
    saves_seconds: float
    instant_saves_s: list[float]
    visits: tuple[Visit, Visit] | None


def main() -> None:
    """Measure both ways, and write what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.classroom", description="What a class at once costs.")
    parser.add_argument("--pages", type=int, default=30, metavar="N", help="pages opened at once (default: 30)")
    parser.add_argument("--think", type=float, default=2.0, metavar="S", help="seconds to think (default: 2)")
    parser.add_argument("--cases", type=int, default=3, metavar="K", help="cases gone through (default: 3)")
    parser.add_argument("--only", choices=["stock", "forked"], help="measure one way alone; then no page is written")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    parser.add_argument("--page", type=Path, default=PERFORMANCE, metavar="FILE", help="the page that is written")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    names = [args.only] if args.only else ["stock", "forked"]
    ways = [measure(name, args.pages, args.think, args.cases) for name in names]
    figures = {
        "machine": {**machine(), "load_before": round(load, 2)},
        "think_s": args.think,
        "cases": args.cases,
        "fdatasync_s": bare_syncs(),
        "ways": {way.name: asdict(way) for way in ways},
    }
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if len(ways) == 2:
        page = page_of(figures)
        args.page.write_text(page, encoding="utf-8")
        print(page)
    else:
        print(json.dumps({name: value for name, value in asdict(ways[0]).items() if not isinstance(value, list)}))


def measure(name: str, pages: int, think: float, cases: int) -> Way:
    """Run a server, let the class come, and measure."""
    options = ["--seats", str(pages + 10), *(["--stock"] if name == "stock" else [])]
    with skoen(*options) as server:
        asyncio.run(_look_in(server))
        seen = visits(server.url)
        return asyncio.run(_class(name, server, pages, think, cases, seen))


async def _look_in(server: Running) -> None:
    """Open and close a page, so that the template is warm and the disk's cache is too."""
    async with await Browser(server.url).open():
        pass


async def _class(
    name: str, server: Running, pages: int, think: float, cases: int, seen: tuple[Visit, Visit] | None
) -> Way:
    process = psutil.Process(server.process.pid)
    while server.kernels():  # the visitor before has left
        await asyncio.sleep(0.5)
    before = _cpu([process, *server.templates()])
    came = await asyncio.gather(*(_come(server.url) for _ in range(pages)), return_exceptions=True)
    opened = [one for one in came if not isinstance(one, BaseException)]
    kernels = list(kernels_of(process).values())
    cpu = _cpu([process, *server.templates()]) - before + _cpu(kernels)
    class_of = [Trainee(page, think, random.Random(number)) for number, (page, _) in enumerate(opened)]
    first, others = class_of[0], class_of[1:]
    one = [await _timed(first) for _ in range(8)]
    together = await asyncio.gather(*(_timed(other) for other in others))
    for trainee in class_of:
        trainee.saves.clear()
    began = time.perf_counter()
    await asyncio.gather(*(trainee.walk(cases) for trainee in class_of))
    walked = time.perf_counter() - began
    saves = [seconds for trainee in class_of for seconds in trainee.saves]
    instant = await _same_instant(class_of)
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
        one_click_s=one,
        all_click_s=list(together),
        saves_s=saves,
        saves_seconds=walked,
        instant_saves_s=instant,
        visits=seen,
    )
    await asyncio.gather(*(page.close() for page, _ in opened))
    return result


async def _come(address: str) -> tuple[OpenPage, float]:
    """Open a page and press once; return it with the seconds until the press was answered."""
    page = await Browser(address).open()
    await Trainee(page, 0, random.Random(0)).press()
    return page, time.perf_counter() - page.began


async def _timed(trainee: Trainee) -> float:
    await trainee.press()
    return trainee.saves[-1]


async def _same_instant(class_of: list[Trainee]) -> list[float]:
    """Bring everybody before the next lock of a first rating, and let all press in the same instant."""
    await asyncio.gather(*(trainee.press() for trainee in class_of))
    return list(await asyncio.gather(*(_timed(trainee) for trainee in class_of)))


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


if __name__ == "__main__":
    main()
