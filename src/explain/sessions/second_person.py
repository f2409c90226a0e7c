"""A session's trainer as the second person: she reads the pseudonymised cases of her participants, and releases them.

She sees a case from its submission to her answer, and nothing of what its writer makes of it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from explain.casebook.own import OwnCase
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact, WhyBack
from explain.domain.own_case import AwaitingRelease, replay_own
from explain.domain.people import Actor
from explain.domain.session import Session
from explain.sessions.classes import Classes
from explain.sessions.own_cases import ENCOUNTER
from explain.sessions.ports import Envelope
from explain.sessions.release import awaiting_release, release, send_back
from explain.sessions.seating import own_case_stream


class SecondPerson:
    """Whoever holds a session, before the cases that wait in it.

    Parameters
    ----------
    classes
        The service of sessions, which is asked for role and session each time.
    actor
        The trainer.
    session
        The session's id.
    """

    def __init__(self, classes: Classes, actor: Actor, session: str) -> None:
        self._classes = classes
        self._actor = actor
        self._session = session

    def waiting(self) -> tuple[str, ...]:
        """Return the streams of the cases that wait for release, the oldest submission first.

        Raises
        ------
        Refused
            With ``NOT_ALLOWED`` where the session is another's, or the role is gone.
        """
        session = self._classes.roster(self._actor, self._session)
        if session.ended or not _takes_real_cases(session):
            return ()
        cases: dict[str, list[Fact]] = {}
        for row in self._classes.store.read_prefix(own_case_stream(session.id)):
            if not row.stream.endswith(f"/{ENCOUNTER}"):
                cases.setdefault(row.stream, []).append(row.fact)
        return tuple(stream for stream, facts in cases.items() if _waits(session, facts))

    def case(self, stream: str) -> OwnCase:
        """Return a case that waits, to be read.

        Raises
        ------
        Refused
            As in ``waiting``; with ``NOT_YOURS`` where it waits no more, or in another session.
        """
        self._require_waiting(stream)
        return awaiting_release(self._classes.store, stream, self._actor.person)

    def release(self, stream: str, envelope: Envelope, *, kept: Iterable[str] = ()) -> None:
        """Release a case; ``kept`` are the words that she, too, takes for ordinary ones. Refused as in ``case``."""
        self._require_waiting(stream)
        release(self._classes.store, stream, self._own(envelope), kept=kept)

    def send_back(self, stream: str, why: WhyBack, envelope: Envelope) -> None:
        """Send a case back to its writer. Refused as in ``case``."""
        self._require_waiting(stream)
        send_back(self._classes.store, stream, why, self._own(envelope))

    def _require_waiting(self, stream: str) -> None:
        if stream not in self.waiting():
            raise Refused(Refusal.NOT_YOURS, stream)

    def _own(self, envelope: Envelope) -> Envelope:
        return replace(envelope, actor=self._actor.person)


def _takes_real_cases(session: Session) -> bool:
    return session.plan.own_cases is not None and session.plan.own_cases.recorded


def _waits(session: Session, facts: Iterable[Fact]) -> bool:
    """Tell whether a case waits; not that of somebody who was taken out."""
    state = replay_own(facts)
    if not isinstance(state, AwaitingRelease):
        return False
    seat = session.seat(state.by)
    return seat is not None and not seat.removed
