"""A class in a process of its own, ``class_in_process.py URL SESSION NAME TRAINER``: goes on from wherever it stood.

The trainer opens a step when nobody can go on; both participants do what they can. Says every press before it is
made, and "over" at the end; whoever started it may kill it at any word.
"""

from __future__ import annotations

import sys
from itertools import count

from explain.store import open_store
from tests.sessions.classroom import BERIT, CARL, Classroom, Guest
from tests.sessions.conftest import AGES, case_set

if __name__ == "__main__":
    url, session, name, trainer = sys.argv[1:]
    ids = (f"{name}-{number}" for number in count())
    room = Classroom(open_store(url), {"proeve": case_set("proeve", tuple(AGES))}, ids=ids)
    within = room.practice.within(session)
    guests = [Guest(room, seat, within) for seat in room.session(session).people]
    while True:
        moved = False
        for guest in guests:
            print(guest.id, flush=True)
            moved = guest.go() or moved
        if moved:
            continue
        if room.session(session).next_opening is None:
            break
        print("next", flush=True)
        room.open_next(session, BERIT if trainer == BERIT.person else CARL)
    print("over", flush=True)
