"""Sessions as a trainer holds them: planned, joined by a code, opened step by step, ended.

What is done under a role takes the actor, whose role is asked of the store again each time, and is refused to every
trainer but the session's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import count
from typing import Final

from explain.casebook.schema import CaseSet
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact
from explain.domain.people import Actor, Role
from explain.domain.session import (
    Command,
    End,
    Extend,
    Join,
    LetIn,
    OpenStep,
    Pause,
    ReleaseFeedback,
    Remove,
    Resume,
    Seat,
    Session,
    Start,
    decide,
    replay,
)
from explain.domain.session_facts import CodeTaken, NoteWritten, ParticipantJoined, SessionPlanned
from explain.domain.session_plan import Opening, SessionPlan
from explain.guards import refused
from explain.sessions.ports import Clock, Envelope, FactStore, Written, milliseconds, utc_now
from explain.sessions.seating import begin_seated, notes_stream
from explain.sessions.watch import Watch, session_stream

LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY34679"
"""What a code is made of: nobody takes one of these for another on a projector (no B or 8, I, 1 or L, O or 0, S or 5,
Z or 2; our own choice)."""
CODE_LENGTH: Final = 5
"""25 letters to the power of five are ten million codes: nobody finds an open one by trying (our own choice)."""
ID_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
"""What a session's id is made of (RFC 4648, base 32)."""

Roles = Callable[[Actor], frozenset[Role]]
"""Tells which roles an actor has now; none where her sign-in is over or was taken back."""
Keep = Callable[[CaseSet], None]
"""Keeps a case set for ever under its version."""
NewPin = Callable[[str], str]
"""Gives a participant a new PIN."""


class Classes:
    """Every session of this installation.

    Parameters
    ----------
    store
        Where facts are kept.
    roles
        Tells which roles an actor has now.
    sets
        The case sets on offer, by name.
    keep
        Keeps a set as it is now; called before a session is planned.
    new_pin
        Gives a participant a new PIN in place of the last.
    now
        The server's clock.
    """

    def __init__(
        self,
        store: FactStore,
        roles: Roles,
        sets: Mapping[str, CaseSet],
        *,
        keep: Keep = lambda _: None,
        new_pin: NewPin = lambda _: "",
        now: Clock = utc_now,
    ) -> None:
        self.store = store
        self.sets = sets
        self._roles = roles
        self._keep = keep
        self._new_pin = new_pin
        self._now = now

    # --- the trainer's ---

    def plan(self, actor: Actor, plan: SessionPlan, envelope: Envelope) -> str:
        """Plan a session: freeze its case set, take a code, return the session's id. A repeated command gives the same.

        Raises
        ------
        Refused
            With ``NOT_ALLOWED`` without the trainer's role; with ``IDENTIFYING`` for a title, or words on a study or on
            own cases, that may point to a real person; with ``SET_CHANGED`` where the case set is not on offer in this
            version.
        """
        self._require_trainer(actor)
        _refuse_identifying(plan)
        chosen = self.sets.get(plan.case_set)
        if chosen is None or chosen.version != plan.version or not {c.key for c in chosen.cases}.issuperset(plan.met):
            raise Refused(
                Refusal.SET_CHANGED, f"the case set {plan.case_set} is not on offer in version {plan.version}"
            )
        self._keep(chosen)
        session = _letters(f"{actor.person}/{envelope.command_id}", ID_LETTERS, 8)
        code = self._take_code(session, actor, envelope)
        planned = SessionPlanned(session, code, actor.person, plan)

        def first(past: Sequence[Fact]) -> Sequence[Fact]:
            if past and past[0] != planned:
                raise Refused(Refusal.NOT_NOW, f"the session {session} is planned already")
            return () if past else (planned,)

        self.store.write(session_stream(session), first, replace(envelope, actor=actor.person), content=planned)
        return session

    def start(self, actor: Actor, session: str, envelope: Envelope) -> None:
        """Open the cases; people can join before and after."""
        self._take(actor, session, Start(self._milliseconds()), envelope)

    def pause(self, actor: Actor, session: str, envelope: Envelope) -> None:
        """Let everything stand still, the clock too."""
        self._take(actor, session, Pause(self._milliseconds()), envelope)

    def resume(self, actor: Actor, session: str, envelope: Envelope) -> None:
        """Go on after a pause."""
        self._take(actor, session, Resume(self._milliseconds()), envelope)

    def extend(self, actor: Actor, session: str, minutes: int, envelope: Envelope) -> None:
        """Give the session more time, 1 to 600 minutes, from its end or, where that is past, from now."""
        self._take(actor, session, Extend(minutes, self._milliseconds()), envelope)

    def open_next(self, actor: Actor, session: str, opening: Opening, envelope: Envelope) -> None:
        """Open the next step to the whole class.

        The trainer says which (``Session.next_opening`` as she saw it), so that two presses never open two.
        """
        self._take(actor, session, OpenStep(opening), envelope)

    def release_feedback(self, actor: Actor, session: str, envelope: Envelope) -> None:
        """Open the reflections that were kept for the debrief."""
        self._take(actor, session, ReleaseFeedback(), envelope)

    def remove(self, actor: Actor, session: str, number: int, bot: bool, envelope: Envelope) -> None:
        """Take a participant out: she can press nothing any more; what she wrote is there until the deletion date."""
        self._take(actor, session, Remove(number, bot), envelope)

    def let_in(self, actor: Actor, session: str, number: int, bot: bool, envelope: Envelope) -> str:
        """Let a participant in: back where she was taken out, with the PIN she has; otherwise with a new one.

        Returns
        -------
        str
            Her new PIN; empty where she was taken out, so that a page of hers that is still open goes on.
        """
        written = self._take(actor, session, LetIn(number, bot), envelope)
        if written.recorded:
            return ""
        return self._new_pin(self.session(session).among(bot)[number - 1].participant)

    def end(self, actor: Actor, session: str, envelope: Envelope) -> None:
        """End the session."""
        self._take(actor, session, End(), envelope)

    def note(self, actor: Actor, session: str, number: int, bot: bool, text: str, envelope: Envelope) -> None:
        """Write a note beside a participant, in place of the last; the trainer alone reads it."""
        its = self.roster(actor, session)
        if not 1 <= number <= len(its.among(bot)):
            raise Refused(Refusal.NOT_NOW, f"nobody has number {number}")
        note = NoteWritten(number, bot, text)
        own = replace(envelope, actor=actor.person)
        self.store.write(notes_stream(session), lambda _: (note,), own, content=note)

    def roster(self, actor: Actor, session: str) -> Session:
        """Return a session of the actor's own, with everybody in it.

        Raises
        ------
        Refused
            With ``NOT_ALLOWED`` where it is another's, or the role is gone.
        """
        self._require_trainer(actor)
        its = self.session(session)
        if its.trainer != actor.person:
            raise Refused(Refusal.NOT_ALLOWED, f"the session {session} is another trainer's")
        return its

    def mine(self, actor: Actor) -> tuple[Session, ...]:
        """Return the actor's sessions, the newest last."""
        self._require_trainer(actor)
        return tuple(
            its
            for row in self.store.read_prefix("code")
            if isinstance(row.fact, CodeTaken) and row.fact.trainer == actor.person
            # A machine that stopped between taking the code and planning left a code of nothing.
            if (its := self._state(row.fact.session)) is not None
        )

    # --- everybody's ---

    def session(self, session: str) -> Session:
        """Return where a session stands.

        Raises
        ------
        Refused
            With ``NOT_YOURS`` where there is none.
        """
        return Watch(self.store, session).now()

    def find(self, code: str) -> Session | None:
        """Return the open session with a code, however it is typed, or None."""
        its = self.known(code)
        return its if its is not None and not its.ended else None

    def known(self, code: str) -> Session | None:
        """Return the session with a code until it is erased: whoever was in it can come back after the end."""
        typed = "".join(letter for letter in code.upper() if letter.isalnum())
        if len(typed) != CODE_LENGTH or not set(typed) <= set(LETTERS):
            return None
        taken = [row.fact for row in self.store.read(f"code/{typed}") if isinstance(row.fact, CodeTaken)]
        its = self._state(taken[0].session) if taken else None
        return its if its is not None and not its.erased else None

    def join(self, code: str, command_id: str, *, bot: bool = False) -> Seat:
        """Take a seat in the session with a code; a repeated command gets the same seat.

        Number and row of the square are fixed in one transaction on the session's stream.

        Raises
        ------
        Refused
            With ``ENDED`` where no open session has this code, with ``FULL`` where every seat is taken.
        """
        its = self.find(code)
        if its is None:
            raise Refused(Refusal.ENDED, "no open session has this code")
        # Under a name of its own, since whoever joins is nobody yet and may send any id.
        envelope = Envelope(f"join/{its.id}/{command_id}", its.id, bot=bot)
        written = self._write(its.id, Join(bot), envelope)
        joined = written.recorded[0].fact
        assert isinstance(joined, ParticipantJoined)
        seat = Seat(its.id, joined.number, joined.bot, joined.row)
        begin_seated(self.store, its, seat)
        return seat

    # --- inside ---

    def _require_trainer(self, actor: Actor) -> None:
        if Role.TRAINER not in self._roles(actor):
            raise Refused(Refusal.NOT_ALLOWED, "the trainer's role is missing")

    def _take(self, actor: Actor, session: str, command: Command, envelope: Envelope) -> Written:
        self.roster(actor, session)
        return self._write(session, command, replace(envelope, actor=actor.person))

    def _write(self, session: str, command: Command, envelope: Envelope) -> Written:
        def decision(past: Sequence[Fact]) -> Sequence[Fact]:
            state = replay(past)
            if state is None:
                raise Refused(Refusal.NOT_YOURS, f"no session {session}")
            return decide(state, command)

        # The moment is the server's: what comes twice is the same command all the same.
        said = {field.name: getattr(command, field.name) for field in fields(command) if field.name != "at"}
        content = {"command": type(command).__name__, **said}
        return self.store.write(session_stream(session), decision, envelope, content=content)

    def _take_code(self, session: str, actor: Actor, envelope: Envelope) -> str:
        taken = CodeTaken(session, actor.person)

        def first(past: Sequence[Fact]) -> Sequence[Fact]:
            if past and past[0] != taken:
                raise Refused(Refusal.NOT_NOW, "the code is taken")
            return () if past else (taken,)

        for attempt in count():
            code = _letters(f"{session}/{attempt}", LETTERS, CODE_LENGTH)
            own = replace(envelope, actor=actor.person, command_id=f"{envelope.command_id}/code/{attempt}")
            try:
                self.store.write(f"code/{code}", first, own, content=taken)
            except Refused as refusal:
                if refusal.code is not Refusal.NOT_NOW:
                    raise
            else:
                return code
        raise AssertionError("unreachable")

    def _state(self, session: str) -> Session | None:
        return replay(row.fact for row in self.store.read(session_stream(session)))

    def _milliseconds(self) -> int:
        return milliseconds(self._now)


def _letters(seed: str, alphabet: str, length: int) -> str:
    """Return letters that a seed decides; so a command that comes twice finds what it made."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest())
    return "".join(alphabet[number // len(alphabet) ** place % len(alphabet)] for place in range(length))


def _refuse_identifying(plan: SessionPlan) -> None:
    study, own = plan.research, plan.own_cases
    texts = [plan.title]
    texts += [study.controller, study.legal_basis, study.approval, study.purpose] if study else []
    texts += [own.controller, own.legal_basis] if own else []
    if kinds := tuple(dict.fromkeys(found.kind.value for text in texts for found in refused(text))):
        raise Refused(Refusal.IDENTIFYING, ", ".join(kinds), about=kinds)
