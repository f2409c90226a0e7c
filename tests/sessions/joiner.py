"""Another process whose threads join one session at the same instant, ``joiner.py URL CODE NAME NUMBER``.

Says "ready", waits for a line, and prints the participant that every thread became.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from explain.sessions.classes import Classes
from explain.store import open_store

if __name__ == "__main__":
    url, code, name, number = sys.argv[1:]
    together = Barrier(int(number))

    def join(place: int) -> str:
        store = open_store(url)
        classes = Classes(store, lambda _: frozenset(), {})
        assert classes.find(code) is not None
        together.wait()
        seats = {classes.join(code, f"{name}-{place}") for _ in range(2)}
        store.close()
        (seat,) = seats
        return f"{seat.participant} {seat.row}"

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(int(number)) as pool:
        for seated in pool.map(join, range(int(number))):
            print(seated, flush=True)
