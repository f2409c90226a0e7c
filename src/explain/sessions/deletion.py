"""Erasing a session: on the day that was set when it was planned, everything that anybody wrote in it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from explain.domain.facts import Fact
from explain.domain.session import Command, End, Erase, Session, decide, replay
from explain.domain.session_facts import CodeTaken
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.seating import notes_stream, streams_of
from explain.sessions.watch import session_stream

BY_DATE: Final = "server"
"""Who erases when the day has come."""


def erase_due(store: FactStore, today: date, forget: Callable[[str], None] = lambda _: None) -> tuple[str, ...]:
    """Erase every session whose day has come, and return their ids; called when the server starts, and hourly.

    Parameters
    ----------
    today
        The day it is where the server stands.
    forget
        Drops the PINs of a session.

    Raises
    ------
    ExceptionGroup
        Of what stopped single erasures; all other sessions whose day has come are erased first.

    Notes
    -----
    What was begun and interrupted is done again the next time. What stays is the skeleton: that so many had joined, and
    when, under running numbers; and what was planned.
    """
    due, failures = [], []
    for row in store.read_prefix("code"):
        if not isinstance(row.fact, CodeTaken):
            continue
        try:
            session = replay(one.fact for one in store.read(session_stream(row.fact.session)))
            if session and not session.erased and date.fromisoformat(session.plan.delete_on) <= today:
                erase_session(store, session, forget, actor=BY_DATE)
                due.append(session.id)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup("sessions whose day has come could not be erased", failures)
    return tuple(due)


def erase_session(store: FactStore, session: Session, forget: Callable[[str], None], *, actor: str) -> None:
    """End a session, and erase what was written in it, its participants' traces and its trainer's notes."""
    _write(store, session, End(), actor)
    forget(session.id)
    reason = f"session {session.id}, to be deleted on {session.plan.delete_on}"
    store.erase(notes_stream(session.id), *streams_of(session.id, session.plan.met), actor=actor, reason=reason)
    _write(store, session, Erase(), actor)


def _write(store: FactStore, session: Session, command: Command, actor: str) -> None:
    def decision(past: Sequence[Fact]) -> Sequence[Fact]:
        state = replay(past)
        return decide(state, command) if state else ()

    stream, name = session_stream(session.id), type(command).__name__
    store.write(stream, decision, Envelope(f"{stream}/{name}", actor), content=name)
