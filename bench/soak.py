"""``python -m bench.soak``: a class that goes on for half an hour, and what that does to memory, kernels and facts.

Nothing is measured in seconds here. What is looked for is what grows, goes missing or happens twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from bench.__main__ import machine
from bench.account import Account, account
from bench.client import Browser
from bench.outbox import Press, Steady
from bench.server import Running, skoen
from explain.store import open_store

PAGE: Final = Path(__file__).parents[1] / "docs" / "soak.md"
SAMPLE_SECONDS: Final = 15.0
WARM_MINUTES: Final = 5.0
"""The first minutes, in which a kernel still fills: each step of a case is then seen for the first time."""
FLAT: Final = 0.10
"""How much memory may have grown after that: a tenth."""
MIB: Final = 2**20


@dataclass
class Soak:
    """What came of it. ``memory`` has a row for each sample: minutes, and MiB by kernel."""

    trainees: int
    minutes: float
    think_s: float
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    server_mib: list[float] = field(default_factory=list)
    visitors: int = 0
    runs: int = 0
    kernels: int = 0
    lost_kernels: int = 0
    drafts: int = 0
    log: list[str] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    def growths(self) -> list[float]:
        """Return for each kernel that lived on after its first minutes by how much it grew since, as a share."""
        lives: dict[str, list[tuple[float, float]]] = {}
        for minute, kernels in self.memory:
            for name, mib in kernels.items():
                lives.setdefault(name, []).append((minute, mib))
        settled = {
            name: [mib for minute, mib in life if minute - life[0][0] >= WARM_MINUTES] for name, life in lives.items()
        }
        return [last[-1] / last[0] - 1 for last in settled.values() if len(last) > 1]

    def kept_promises(self) -> dict[str, bool]:
        """Return what was promised, and whether it was kept."""
        growths = self.growths()
        return {
            f"memory per kernel is flat within {FLAT:.0%} after {WARM_MINUTES:g} minutes": bool(growths)
            and max(growths) <= FLAT,
            "no kernel was lost": self.lost_kernels == 0,
            "no fact was lost, doubled, changed or out of order": self.account.clean,
            "the server told of no error": not any("rror" in line or "Traceback" in line for line in self.log),
        }


def main() -> None:
    """Let the class come, go on and go, and write what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description="What half an hour of a class leaves.")
    parser.add_argument("--trainees", type=int, default=60, metavar="N", help="trainees (default: 60)")
    parser.add_argument("--minutes", type=float, default=30.0, metavar="M", help="how long (default: 30)")
    parser.add_argument("--think", type=float, default=8.0, metavar="S", help="seconds to think (default: 8)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="the page that is written")
    args = parser.parse_args()
    with skoen("--seats", str(args.trainees + 20)) as server:
        found = asyncio.run(soak(server, Soak(args.trainees, args.minutes, args.think)))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), **asdict(found)}) + "\n", encoding="utf-8")
    page = page_of(found)
    args.page.write_text(page, encoding="utf-8")
    print(page)
    sys.exit(0 if all(found.kept_promises().values()) else 1)


async def soak(server: Running, found: Soak) -> Soak:
    """Keep the class at it until the time is over; then compare what was sent with what is held."""
    people: list[list[Press]] = []
    end = time.monotonic() + 60 * found.minutes
    watching = asyncio.create_task(_watch(server, found))
    async with asyncio.TaskGroup() as group:
        for number in range(found.trainees):
            group.create_task(_sit(server.url, random.Random(number), end, found, people))
    watching.cancel()
    found.log = server.log.read_text(encoding="utf-8").splitlines()
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as store:
        found.account = account(people, store)
    return found


async def _watch(server: Running, found: Soak) -> None:
    process, began = psutil.Process(server.process.pid), time.monotonic()
    while True:
        kernels = {}
        for name, kernel in server.kernels_by_name().items():
            try:
                mib = round(kernel.memory_full_info().uss / MIB, 2)
            except psutil.Error:
                continue  # its page was closed meanwhile
            if mib:  # one that is just ending has none left
                kernels[name] = mib
        found.memory.append((round((time.monotonic() - began) / 60, 2), kernels))
        found.server_mib.append(round(process.memory_full_info().uss / MIB, 2))
        await asyncio.sleep(SAMPLE_SECONDS)


async def _sit(url: str, chance: random.Random, end: float, found: Soak, people: list[list[Press]]) -> None:
    """Be one seat of the class: after each run through the set its trainee goes on, loads the page anew, or goes."""
    someone = await _newcomer(url, chance, found, people)
    await asyncio.sleep(chance.uniform(0, 2 * found.think_s))  # a class does not press in step
    while time.monotonic() < end:
        await _act(someone, found)
        if not _at_end(someone):
            continue
        found.runs += 1
        what = chance.random()
        if what < 0.25:
            await someone.page.close()
            found.lost_kernels += someone.reopened
            someone = await _newcomer(url, chance, found, people)
        elif what < 0.5:
            await someone.page.close()
            someone.page = await someone.page.browser.open()
            found.kernels += 1
    found.lost_kernels += someone.reopened
    await someone.page.close()


async def _newcomer(url: str, chance: random.Random, found: Soak, people: list[list[Press]]) -> Steady:
    someone = Steady(await Browser(url).open(), found.think_s, chance)
    people.append(someone.sent)
    found.visitors += 1
    found.kernels += 1
    return someone


async def _act(someone: Steady, found: Soak) -> None:
    """Think, type what there is to type, flag an input or two where the score is shown, and press."""
    await asyncio.sleep(someone.chance.expovariate(1 / someone.think))
    if any(state.get("rows") and "outbox" in state for state in someone.page.states.values()):
        for _ in range(someone.chance.randrange(3)):
            await someone.deliver(someone.flag(someone.chance.randrange(100)))
    press = someone.fill()
    await someone.type(press)
    found.drafts += 2 * len(press.answers)
    await someone.deliver(press)
    # What came is not looked at again; a page in a browser forgets it too.
    someone.page.messages.clear()
    someone.page.received.clear()
    someone.page.answers.clear()
    someone.saves.clear()


def _at_end(someone: Steady) -> bool:
    return any(str(state.get("key", "")).endswith("/again") for state in someone.page.states.values())


HEAD = """# What half an hour of a class leaves

Written by `make bench-soak` (`python -m bench.soak --trainees {trainees} --minutes {minutes:g}`); do not edit.
{trainees} scripted trainees sit at the trainee's page for {minutes:g} minutes. They think {think:g} s before each press
on average, write, flag inputs, lock, reflect. Whoever is through the set begins it anew on the same page (every second
one), or loads the page anew first, or leaves, and somebody new takes the seat. Each sends drafts as a page does while
one types.

The machine: {machine}.

| promised | kept |
|---|---|
"""


def page_of(found: Soak) -> str:
    """Return the page docs/soak.md."""
    told = machine()
    described = f"{told['cores']} cores, {told['memory_gib']} GiB, {told['system']}, Python {told['python']}"
    head = HEAD.format(
        trainees=found.trainees,
        minutes=found.minutes,
        think=found.think_s,
        machine=f"{described}; load at the end {os.getloadavg()[0]:.1f}",
    )
    promises = "".join(f"| {name} | {'yes' if kept else '**no**'} |\n" for name, kept in found.kept_promises().items())
    return head + promises + _counts(found) + _course(found)


def _counts(found: Soak) -> str:
    its, growths = found.account, sorted(found.growths()) or [float("nan")]
    rows: list[tuple[str, Any]] = [
        ("visitors, and kernels they had", f"{found.visitors}, {found.kernels}"),
        ("runs through the set", found.runs),
        ("kernels lost under a page", found.lost_kernels),
        ("presses sent, each with an id", its.sent),
        ("drafts sent beside them", found.drafts),
        ("facts held", its.facts),
        ("presses lost, doubled, changed", f"{len(its.lost)}, {len(its.doubled)}, {len(its.changed)}"),
        ("presses out of order, facts nobody sent", f"{len(its.out_of_order)}, {len(its.unknown)}"),
        (f"kernels older than {WARM_MINUTES:g} minutes", len(found.growths())),
        ("their growth since, median", f"{100 * statistics.median(growths):+.1f} %"),
        ("least, most", f"{100 * growths[0]:+.1f} %, {100 * growths[-1]:+.1f} %"),
        ("lines in the server's log", len(found.log)),
    ]
    return "\n| found | |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in rows)


def _course(found: Soak) -> str:
    """Return the table of memory over time: of the kernels that were there for longest, and of all."""
    born: dict[str, float] = {}
    for minute, kernels in found.memory:
        for name in kernels:
            born.setdefault(name, minute)
    lines = [
        "\nPrivate memory in MiB. *Oldest* are the ten kernels that had been there for longest at that minute.\n",
        "| minute | kernels | oldest, median | all, median | all, most | server |",
        "|---|---|---|---|---|---|",
    ]
    step = max(1, len(found.memory) // 12)
    for (minute, kernels), server in list(zip(found.memory, found.server_mib, strict=True))[step - 1 :: step]:
        if kernels:
            oldest = [kernels[name] for name in sorted(kernels, key=born.__getitem__)[:10]]
            own = list(kernels.values())
            lines.append(
                f"| {minute:.0f} | {len(kernels)} | {statistics.median(oldest):.1f} | {statistics.median(own):.1f} "
                f"| {max(own):.1f} | {server:.1f} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
