"""Another process at the store, ``hand.py DEED URL ...``: says "ready", waits for a line, says what came of it."""

from __future__ import annotations

import os
import sys
from itertools import count

from explain.domain.conditions import PILOT1
from explain.domain.encounter import LockInitial, decide, replay
from explain.domain.errors import Refused
from explain.domain.facts import CaseOpened, InputFlagged
from explain.domain.judgement import Judgement
from explain.sessions.ports import Envelope, FactStore
from explain.store import open_store


def append(store: FactStore, name: str, number: str) -> None:
    """Append so many facts to a stream that others append to as well, and say each when it is durable."""
    for fact in map(str, range(int(number)) if number != "endless" else count()):
        flagged = InputFlagged(f"{name}-{fact}", fits=True)
        written = store.write(
            "shared/stream", lambda _, flagged=flagged: [flagged], Envelope(flagged.name, name), content=flagged
        )
        print(flagged.name, written.recorded[0].position, flush=True)


def lock(store: FactStore, name: str) -> None:
    """Lock a first judgement, if nobody else has."""
    command = LockInitial(Judgement(rating=7, reasons=f"as {name} sees it"))
    try:
        store.write("shared/case", lambda past: [decide(replay(past), command)], Envelope(name, name), content=command)
    except Refused as refused:
        print(refused.code.value, flush=True)
    else:
        print("locked", flush=True)


def fork(store: FactStore) -> None:
    """Take a used store through a fork, and say what the child hears."""
    opened = CaseOpened("set/case", "1", PILOT1)
    store.write("shared/case", lambda _: [opened], Envelope("c1", "p"), content=opened)
    if os.fork() == 0:
        try:
            store.read("shared/case")
        except RuntimeError as error:
            print(error, flush=True)
        os._exit(0)
    os.wait()
    print(len(store.read("shared/case")), flush=True)


if __name__ == "__main__":
    deed, url, *rest = sys.argv[1:]
    store = open_store(url)
    if deed != "fork":
        store.read("shared/stream")
    print("ready", flush=True)
    sys.stdin.readline()
    {"append": append, "lock": lock, "fork": fork}[deed](store, *rest)
    store.close()
