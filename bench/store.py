"""What a durable write costs on this disk: ``python -m bench.store``. Figures only; nothing here passes or fails."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import quantiles

from explain.domain.facts import InitialLocked
from explain.domain.judgement import Judgement
from explain.sessions.ports import Envelope, FactStore
from explain.store import open_store, prepare

WORDS = "Skolen har set ham trist i to måneder, og moderen siger, at de ikke sover om natten. " * 5
"""About as much as somebody writes for one case."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description="What a durable write costs here.")
    parser.add_argument(
        "--writes", type=int, default=500, metavar="N", help="writes one after the other (default: 500)"
    )
    parser.add_argument(
        "--processes", type=int, default=20, metavar="N", help="processes writing at once (default: 20)"
    )
    parser.add_argument("--database", help="a PostgreSQL to measure instead of SQLite; it must be empty")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure (default: the temporary one)")
    # what the processes are started with
    parser.add_argument("--hand", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.hand:
        hand(args.hand)
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        url = args.database or f"sqlite:///{folder}/skoen.db"
        prepare(url)
        print(f"{url.partition(':')[0]}, {args.writes} writes of {len(WORDS)} characters; milliseconds")
        print(row("a bare fdatasync of 4 KiB", bare(Path(folder) / "bare", args.writes)))
        print(row("a write", alone(url, args.writes)))
        crowd = Crowd(url, args.processes)
        instants = [took for _ in range(10) for took in crowd.write(1)]
        print(row(f"a write, {args.processes} processes in one instant", instants))
        print(row(f"a write, {args.processes} processes without a pause", crowd.write(20)))
        crowd.leave()
        print(row("reading one stream of four facts", reads(url, args.writes)))


def bare(path: Path, times: int) -> list[float]:
    """Append a page and wait for the disk: nothing durable can be faster."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        return [timed(lambda: append(handle)) for _ in range(times)]
    finally:
        os.close(handle)


def append(handle: int) -> None:
    """Write a page and wait for the disk."""
    os.write(handle, bytes(4096))
    os.fdatasync(handle)


def alone(url: str, times: int) -> list[float]:
    """One process locks judgements, one after the other."""
    store = open_store(url)
    store.after(0, limit=1)
    numbers = count()
    took = [timed(lambda: lock(store, "alone", next(numbers))) for _ in range(times)]
    store.close()
    return took


class Crowd:
    """Many processes that each write as often as they are told, beginning at one moment."""

    def __init__(self, url: str, processes: int) -> None:
        command = [sys.executable, "-m", "bench.store", "--hand"]
        self._hands = [
            subprocess.Popen(
                [*command, f"{url} {n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
            )
            for n in range(processes)
        ]
        self.write(1)  # so that all are there, and have done it once

    def write(self, times: int) -> list[float]:
        """Let everybody write so often without a pause; return how long each write took."""
        for process in self._hands:
            assert process.stdin is not None
            process.stdin.write(f"{times}\n")
        return [float(took) for process in self._hands if process.stdout for took in process.stdout.readline().split()]

    def leave(self) -> None:
        """End them, one after the other."""
        for process in self._hands:
            process.communicate()


def hand(what: str) -> None:
    """One of the crowd: writes as often as each line says, and says how long it took."""
    url, name = what.split(" ")
    store = open_store(url)
    written = count()
    for line in sys.stdin:
        print(*(timed(lambda: lock(store, name, next(written))) for _ in range(int(line))), flush=True)
    store.close()


def reads(url: str, times: int) -> list[float]:
    """One process reads one encounter again and again."""
    store = open_store(url)
    store.read("alone/0")
    took = [timed(lambda: store.read("alone/0")) for _ in range(times)]
    store.close()
    return took


def lock(store: FactStore, name: str, number: int) -> None:
    """Lock a judgement; every fourth begins a new stream."""
    locked = InitialLocked(Judgement(number % 10 + 1, WORDS))
    store.write(f"{name}/{number // 4}", lambda _: [locked], Envelope(f"{name}-{number}", name), content=locked)


def timed(deed: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def row(what: str, took: list[float]) -> str:
    """Return a line of the table."""
    percentiles = quantiles(took, n=100)
    return f"{what:45} p50 {percentiles[49]:8.2f}   p99 {percentiles[98]:8.2f}   most {max(took):8.2f}"


if __name__ == "__main__":
    main()
