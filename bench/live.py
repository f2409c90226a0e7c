"""What the trainer's live view costs: ``python -m bench.live`` writes docs/live.md."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

from explain.apps.wiring import case_sets
from explain.domain.conditions import TEACHING
from explain.domain.people import Actor, Role
from explain.domain.session_plan import SessionPlan
from explain.models.scorer import Pilot1Scorer
from explain.sessions.bots import Bot, Habit, seat
from explain.sessions.classes import Classes
from explain.sessions.live import Live
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.training import Training
from explain.sessions.watch import Watch
from explain.store import open_store, prepare

PAGE = Path(__file__).parents[1] / "docs" / "live.md"
TRAINER = Actor("bench", "bench")
POLL = 0.5
"""Seconds between two looks of the trainer's page."""
PRESSES = 5
"""In each of these half seconds: everybody of a hundred presses every ten seconds, several times what a class does."""
BEAT = 10
"""Looks between two heartbeats of the class (five seconds)."""
TEXT = """# What the live view costs

Written by `python -m bench.live --participants {participants}`; do not edit.

A session with {participants} participants (bots, in the seats of bots) in one SQLite file. The trainer's page looks
every {poll:g} s. In each of these half seconds there come {presses} presses, which is several times what a class does;
every five seconds the server notes that all are there. Counted is the processor time of the looks alone
(`Live.refresh`), as a share of one core; the page's widgets come on top. {looks} looks, {facts} facts.

The machine: {cores} cores, {system}, Python {python}; load before the run {load:.1f}.

| | processor time of a look | share of a core |
|---|---|---|
| while the class works | {busy:.2f} ms | {busy_share:.2f} % |
| nothing is new | {idle:.2f} ms | {idle_share:.2f} % |
| {participants} pages ask once a second what is open | {asked:.2f} ms each | {asked_share:.2f} % together |

Opened anew in the middle, the page first folds all {facts} facts: {fold:.0f} ms, once.
"""


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description="What the live view costs.")
    parser.add_argument("--participants", type=int, default=100, metavar="N", help="how many (default: 100)")
    parser.add_argument(
        "--looks", type=int, default=120, metavar="N", help="looks of the page (default: 120, a minute)"
    )
    args = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="skoen-bench-") as folder:
        url = f"sqlite:///{folder}/skoen.sqlite"
        prepare(url)
        store = open_store(url)
        session, bots = class_of(store, args.participants)
        live = Live(store, session)
        live.refresh()
        busy = [look_after_presses(live, store, bots, look) for look in range(args.looks)]
        idle = [look(live) for _ in range(args.looks)]
        anew = Live(store, session)
        fold = look(anew)
        watch = Watch(store, session)
        watch.now()
        asked = [spent(watch.now) for _ in range(args.looks)]
        facts = len(store.after(0, limit=10**6))
        store.close()
    PAGE.write_text(
        TEXT.format(
            participants=args.participants,
            poll=POLL,
            presses=PRESSES,
            looks=args.looks,
            facts=facts,
            cores=os.cpu_count(),
            system=platform.system(),
            python=platform.python_version(),
            load=load,
            busy=1000 * mean(busy),
            busy_share=100 * mean(busy) / POLL,
            idle=1000 * mean(idle),
            idle_share=100 * mean(idle) / POLL,
            fold=1000 * fold,
            asked=1000 * mean(asked),
            asked_share=100 * mean(asked) * args.participants,
        ),
        encoding="utf-8",
    )
    print(PAGE.read_text(encoding="utf-8"))


def class_of(store: FactStore, participants: int) -> tuple[str, list[Bot]]:
    """Plan and start a session with the shipped cases, and let so many bots join."""
    sets = case_sets()
    classes = Classes(store, lambda _: frozenset({Role.TRAINER}), sets)
    chosen = next(iter(sets.values()))
    plan = SessionPlan(
        title="Bench",
        conditions=(TEACHING,),
        case_set=chosen.name,
        version=chosen.version,
        cases=tuple(case.key for case in chosen.cases),
        minutes=180,
        delete_on=(date.today() + timedelta(days=1)).isoformat(),
        seed=7,
    )
    session = classes.plan(TRAINER, plan, Envelope("plan", TRAINER.person))
    classes.start(TRAINER, session, Envelope("start", TRAINER.person))
    code = classes.session(session).code
    bots = seat(classes, Training(store, sets, Pilot1Scorer()), code, participants, (Habit.AVERAGES,), "7")
    return session, bots


def look_after_presses(live: Live, store: FactStore, bots: list[Bot], number: int) -> float:
    """Let the next bots press, and the server note who is there; return the seconds of processor a look then takes."""
    for press in range(PRESSES):
        bots[(number * PRESSES + press) % len(bots)].step()
    if number % BEAT == 0:
        store.beat_all([bot.participant for bot in bots])
    return look(live)


def look(live: Live) -> float:
    """Return the seconds of processor that one look takes."""
    return spent(live.refresh)


def spent(what: Callable[[], object]) -> float:
    """Return the seconds of processor that something takes."""
    before = time.process_time()
    what()
    return time.process_time() - before


if __name__ == "__main__":
    main()
