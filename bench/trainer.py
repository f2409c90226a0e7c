"""What a look of the trainer's page costs, widgets and all: ``python -m bench.trainer``."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from explain.apps.rehearsal_trainer import nobody, press
from explain.apps.trainer import LIVE_SECONDS, TrainerPage
from explain.domain.people import Actor
from explain.serving.visitor import Visitor
from explain.sessions.ports import Envelope
from explain.store import prepare

LOOKS = 100


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.trainer", description="What the trainer's page costs.")
    parser.add_argument("--participants", type=int, default=100, metavar="N", help="how many (default: 100)")
    count = parser.parse_args().participants
    with tempfile.TemporaryDirectory() as folder:
        actor, page = opened(folder)
        office = page.office
        seats = (
            [office.classes.join(office.shown.code, f"seat-{seat}") for seat in range(count)] if office.shown else []
        )
        office.classes.store.beat_all(frozenset(seat.participant for seat in seats))
        for name, changes in (("something is new at every look", True), ("nothing is new", False)):
            spent = 0.0
            for look in range(LOOKS):
                if changes:
                    own = Envelope(f"note-{look}", actor.person)
                    office.classes.note(actor, office.session, look % count + 1, False, f"note {look}", own)
                began = time.process_time()
                page.look()
                spent += time.process_time() - began
            milliseconds = 1000 * spent / LOOKS
            share = milliseconds / (10 * LIVE_SECONDS)
            print(f"{name}: {milliseconds:.2f} ms a look, {share:.2f} % of a core with {count} participants")


def opened(folder: str) -> tuple[Actor, TrainerPage]:
    """Return a trainer at her page, with a class that has begun."""
    database = f"sqlite:///{Path(folder) / 'skoen.sqlite'}"
    prepare(database)
    actor, page = nobody(database), TrainerPage()
    told = {"database": database, "data": folder, "addresses": "http://127.0.0.1/"}
    page.welcome(Visitor("bench", "da", settings=told, person=actor.person, sign_in=actor.sign_in))
    for button in ("planning", "send", "make", "start"):
        press(page.root, button)
    return actor, page


if __name__ == "__main__":
    main()
