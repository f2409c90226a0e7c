"""What belongs to a participant: the names of her streams, and what her seat in a session gives her to meet."""

from __future__ import annotations

from collections.abc import Iterable

from explain.domain.assignment import encounters
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Joined
from explain.domain.session import Seat, Session, path_of
from explain.sessions.ports import Envelope, FactStore, Recorded


def encounter_stream(case: str, participant: str, run: int) -> str:
    """Name the stream of one encounter.

    Examples
    --------
    >>> encounter_stream("grundforloeb/sag-01", "p1", 1)
    'encounter/grundforloeb/sag-01/p1/1'
    """
    return f"encounter/{case}/{path_of(participant)}/{run}"


def participation_stream(participant: str, run: int | None = None) -> str:
    """Name the stream of one run of a participant's, or what all her runs stand beneath.

    Examples
    --------
    >>> participation_stream("k3m9x2ab-7", 1), participation_stream("p1")
    ('participation/k3m9x2ab/7/1', 'participation/p1')
    """
    return f"participation/{path_of(participant)}" + (f"/{run}" if run else "")


OWN = "own"
"""Where the cases lie that participants enter themselves (``explain.sessions.own_cases``)."""


def own_case_stream(participant: str) -> str:
    """Name what all of a participant's own cases stand beneath.

    Examples
    --------
    >>> own_case_stream("k3m9x2ab-r7"), own_case_stream("p1")
    ('own/k3m9x2ab/r7', 'own/p1')
    """
    return f"{OWN}/{path_of(participant)}"


def streams_of(whose: str, cases: Iterable[str]) -> tuple[str, ...]:
    """Name all beneath which the answers of a participant, or of a whole session, stand.

    Examples
    --------
    >>> streams_of("k3m9x2ab", ["grundforloeb/sag-01"])
    ('participation/k3m9x2ab', 'own/k3m9x2ab', 'encounter/grundforloeb/sag-01/k3m9x2ab')
    """
    return (
        participation_stream(whose),
        own_case_stream(whose),
        *(f"encounter/{case}/{path_of(whose)}" for case in cases),
    )


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
    stream = participation_stream(seat.participant, 1)
    envelope = Envelope(f"{stream}/Joined", seat.participant, bot=seat.bot)
    try:
        store.write(stream, lambda past: () if past else (joined,), envelope, content="Joined")
        return store.read(stream)
    except Refused as refused:
        if refused.code is not Refusal.ERASED:
            raise
        return ()
