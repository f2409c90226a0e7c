"""``skoen rehearse``: fill a session with bots, as a rehearsal of a class."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from platformdirs import user_data_path

from explain.apps.wiring import classes, kept_sets, training
from explain.casebook.kept import kept_set
from explain.domain.conditions import TEACHING
from explain.domain.encounter import Closed, Reflecting, Settled
from explain.domain.errors import Refused
from explain.domain.people import Actor, Role
from explain.domain.session_plan import SessionPlan
from explain.sessions.bots import Bot, Habit, play, seat
from explain.sessions.classes import Classes
from explain.sessions.ports import Envelope
from explain.sessions.seating import participation_stream
from explain.store import NotReady, prepare

SECONDS_TO_THINK: Final = (60, 240)
"""Between two presses in real time. Four presses a case make some ten minutes, which is what the programme gives (five
cases in 55 minutes)."""
BEAT: Final = 5.0
"""Seconds between two signs of life, as pages give them."""
POLL: Final = 0.5
"""Seconds until a bot that waits for the trainer looks again."""
NOBODY: Final = Actor("rehearsal", "command line")
"""Who holds a session that is made for a rehearsal alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--n", type=_number, default=30, metavar="N", help="how many bots (default: %(default)s)")
    parser.add_argument("--code", help="the open session they join (default: one of their own, erased tomorrow)")
    parser.add_argument(
        "--habits",
        type=_habits,
        default=tuple(Habit),
        metavar="NAMES",
        help=f"their habits, going round, with commas between: {', '.join(Habit)} (default: all)",
    )
    parser.add_argument("--real-time", action="store_true", help="think before each press, as people do")
    parser.add_argument("--seed", type=int, help="the same seed, the same ratings (default: another every time)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder, as of skoen serve (default: yours)")
    parser.add_argument("--database", metavar="URL", help="database, as of skoen serve")
    parser.add_argument("--cases", type=Path, metavar="DIR", help="case set, as of skoen serve")


def run(args: argparse.Namespace) -> int:
    """Let the bots play; return 2 if they cannot."""
    data = (args.data or user_data_path("skoen", appauthor=False)).expanduser().resolve()
    database = args.database or f"sqlite:///{data / 'skoen.sqlite'}"
    seed = secrets.token_hex(4) if args.seed is None else str(args.seed)
    try:
        if not args.code:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            prepare(database)
        service = training(database=database, cases=args.cases)
        rooms = classes(service.store, _roles, new_pin=lambda _: "", cases=args.cases, data=data)
        code = args.code or _own_session(rooms)
        bots = seat(rooms, service, code, args.n, args.habits, seed, kept=partial(kept_set, kept_sets(data)))
        print(f"{args.n} bots have joined the session {code}", flush=True)
        _play(bots, real_time=args.real_time, seed=seed)
    except (Refused, NotReady, LookupError) as refusal:
        print(f"skoen rehearse: {_why(refusal, args.code)}", file=sys.stderr)
        return 2
    print("\n".join(report(bots)))
    return 0


def report(bots: list[Bot]) -> Iterator[str]:
    """Say what came of it, by habit; figures of bots alone."""
    yield f"{'habit':<15}{'bots':>6}{'judged':>8}{'moved':>7}   (bots: teaching only, never mixed with people)"
    for habit in dict.fromkeys(bot.habit for bot in bots):
        judged, moved = Counter[str](), 0
        own = [bot for bot in bots if bot.habit is habit]
        for bot in own:
            progress = bot.training.progress(bot.participant)
            for meeting in progress.meetings if progress else ():
                state = meeting.state
                if isinstance(state, (Settled, Reflecting, Closed)) and not meeting.planned.trial:
                    judged[bot.participant] += 1
                    moved += bool(state.initial and state.final and state.initial.rating != state.final.rating)
        yield f"{habit.value:<15}{len(own):>6}{judged.total():>8}{moved:>7}"


def _roles(actor: Actor) -> frozenset[Role]:
    """Let the command line be the trainer of the session it makes, and of no other."""
    return frozenset({Role.TRAINER}) if actor == NOBODY else frozenset()


def _own_session(rooms: Classes) -> str:
    """Plan and start a session for the bots alone."""
    cases = next(iter(rooms.sets.values()))
    plan = SessionPlan(
        title="Rehearsal",
        conditions=(TEACHING,),
        case_set=cases.name,
        version=cases.version,
        cases=tuple(case.key for case in cases.cases),
        minutes=180,
        delete_on=(date.today() + timedelta(days=1)).isoformat(),
        seed=secrets.randbits(32),
    )
    own = Envelope(secrets.token_hex(16), NOBODY.person)
    session = rooms.plan(NOBODY, plan, own)
    rooms.start(NOBODY, session, Envelope(f"{own.command_id}/start", NOBODY.person))
    return rooms.session(session).code


def _play(bots: list[Bot], *, real_time: bool, seed: str) -> None:
    """Let them go on by turns, giving signs of life; what is left over waits for the trainer."""
    beat = _beats(bots)
    if not real_time:
        play(bots, rest=lambda: _rest(beat))
        return
    think = Random(f"{seed}/think")
    due = {bot.participant: time.monotonic() + think.uniform(0, SECONDS_TO_THINK[1]) for bot in bots}
    there = list(bots)
    while there:
        for bot in there:
            if due[bot.participant] <= time.monotonic() and bot.step():
                due[bot.participant] = time.monotonic() + think.uniform(*SECONDS_TO_THINK)
        there = [bot for bot in there if not bot.done]
        _rest(beat)


def _rest(beat: Callable[[], None]) -> bool:
    beat()
    time.sleep(POLL)
    return True


def _beats(bots: list[Bot]) -> Callable[[], None]:
    last = 0.0

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last < BEAT:
            return
        last = time.monotonic()
        for bot in bots:
            if not bot.left:
                bot.training.store.beat(bot.participant, participation_stream(bot.participant))

    return beat


def _why(refusal: Exception, code: str | None) -> str:
    if isinstance(refusal, Refused) and code:
        return f"--code must be the code of an open session in this database, and {code} is none ({refusal})"
    return str(refusal)


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 500:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to 500, not {text!r}")
    return int(text)


def _habits(text: str) -> tuple[Habit, ...]:
    try:
        return tuple(Habit(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"habits must be of {', '.join(Habit)}, not {text!r}") from error
