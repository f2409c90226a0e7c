"""What belongs to a participant: the names of her streams, and what her seat in a session gives her to meet."""

from __future__ import annotations

from collections.abc import Iterable

from explain.domain.assignment import encounters
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Joined
from explain.domain.session import Seat, Session
from explain.sessions.ports import Envelope, FactStore, Recorded


def encounter_stream(case: str, participant: str, run: int) -> str:
    """Name the stream of one encounter.

    Examples
    --------
    >>> encounter_stream("grundforloeb/sag-01", "p1", 1)
    'encounter/grundforloeb/sag-01/p1/1'
    """
    return f"encounter/{case}/{participant}/{run}"


def streams_of(participant: str, cases: Iterable[str]) -> tuple[str, ...]:
    """Name all beneath which a participant's answers stand: her participations, and her encounters with these cases."""
    return f"participation/{participant}", *(f"encounter/{case}/{participant}" for case in cases)


def notes_stream(session: str) -> str:
    """Name the stream of a trainer's notes, apart from the session's own so that they can be erased."""
    return f"notes/{session}"


def begin_seated(store: FactStore, session: Session, seat: Seat) -> tuple[Recorded, ...]:
    """Write what a seat's holder is to meet into her participation, unless it stands there; return what stands there.

    It follows from the session alone, so that a machine that stops in between leaves nobody without. Of somebody
    whose answers were erased nothing is begun.
    """
    plan = session.plan
    joined = Joined(plan.case_set, plan.version, encounters(plan, seat.row))
    stream = f"participation/{seat.participant}/1"
    envelope = Envelope(f"{stream}/Joined", seat.participant, bot=seat.bot)
    try:
        store.write(stream, lambda past: () if past else (joined,), envelope, content="Joined")
        return store.read(stream)
    except Refused as refused:
        if refused.code is not Refusal.ERASED:
            raise
        return ()
