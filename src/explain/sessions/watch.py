"""Where a session stands, kept up to date by the facts that have come since: nothing is read twice."""

from __future__ import annotations

from explain.domain.errors import Refusal, Refused
from explain.domain.session import Session, replay
from explain.sessions.ports import FactStore


def session_stream(session: str) -> str:
    """Name the stream of one session.

    Examples
    --------
    >>> session_stream("k3m9x2ab")
    'session/k3m9x2ab'
    """
    return f"session/{session}"


class Watch:
    """Follows one session.

    Parameters
    ----------
    store
        Where facts are kept.
    session
        The session's id.
    """

    def __init__(self, store: FactStore, session: str) -> None:
        self.id = session
        self.version = 0
        self._store = store
        self._state: Session | None = None

    def now(self) -> Session:
        """Return where the session stands; ``version`` has risen if anything is new.

        Raises
        ------
        Refused
            With ``NOT_YOURS`` where there is no such session.
        """
        news = self._store.read(session_stream(self.id), after=self.version)
        self._state = replay((row.fact for row in news), self._state)
        if news:
            self.version = news[-1].version
        if self._state is None:
            raise Refused(Refusal.NOT_YOURS, f"no session {self.id}")
        return self._state
