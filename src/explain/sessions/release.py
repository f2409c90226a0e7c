"""Releasing a pseudonymised case, or sending it back: a second person reads it with the check its writer had.

Who that person may be is the session's to say; here it is only made sure that it is not the writer.
"""

from __future__ import annotations

from collections.abc import Iterable

from explain.casebook.own import OwnCase, own_case
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import WhyBack
from explain.domain.own_case import AwaitingRelease, Command, ReleaseOwnCase, SendBackOwnCase, decide_own, replay_own
from explain.guards import find
from explain.sessions.own_cases import VERSION
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.seating import OWN


def awaiting_release(store: FactStore, stream: str, reader: str) -> OwnCase:
    """Return a case that awaits its release, for a second person to read.

    Raises
    ------
    Refused
        With ``NOT_YOURS`` for every other case: once released, or taken back, it is its writer's alone.
    """
    state = replay_own(row.fact for row in store.read(stream)) if stream.startswith(f"{OWN}/") else None
    if not isinstance(state, AwaitingRelease) or state.by == reader:
        raise Refused(Refusal.NOT_YOURS, OWN)
    return own_case(dict(state.answers), key=stream, version=VERSION)


def release(store: FactStore, stream: str, envelope: Envelope, *, kept: Iterable[str] = ()) -> None:
    """Release a case.

    Parameters
    ----------
    store
        Where facts are kept.
    stream
        The case's stream.
    envelope
        The second person's.
    kept
        Words that this person, too, takes for ordinary ones.

    Raises
    ------
    Refused
        With ``IDENTIFYING`` and the kinds of what was found, where the check still finds something; with
        ``NOT_YOURS`` where the case awaits no release of this person's.
    """
    case = awaiting_release(store, stream, envelope.actor)
    ordinary = tuple(kept)
    found = [finding.kind.value for text in (case.title, case.body) for finding in find(text, kept=ordinary)]
    if found:
        kinds = tuple(dict.fromkeys(found))
        raise Refused(Refusal.IDENTIFYING, ", ".join(kinds), about=kinds)
    _write(store, stream, ReleaseOwnCase(envelope.actor), envelope)


def send_back(store: FactStore, stream: str, why: WhyBack, envelope: Envelope) -> None:
    """Send a case back to its writer, with what is still to be done; refused as in ``awaiting_release``."""
    awaiting_release(store, stream, envelope.actor)
    _write(store, stream, SendBackOwnCase(envelope.actor, why), envelope)


def _write(store: FactStore, stream: str, command: Command, envelope: Envelope) -> None:
    store.write(stream, lambda past: (decide_own(replay_own(past), command),), envelope, content=command)
