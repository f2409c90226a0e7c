"""The session: who is in it, and what is open to them.

As in the encounter, ``decide`` answers a command with facts or refuses it, and ``evolve`` takes a state to the next.
A press that asks for what is so already makes no fact, so that two tabs cannot open two steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from explain.domain.assignment import row_of
from explain.domain.errors import Refusal, Refused
from explain.domain.session_facts import (
    FeedbackReleased,
    ParticipantJoined,
    ParticipantLetIn,
    ParticipantRemoved,
    SessionEnded,
    SessionErased,
    SessionExtended,
    SessionFact,
    SessionPaused,
    SessionPlanned,
    SessionResumed,
    SessionStarted,
    StepOpened,
)
from explain.domain.session_plan import LONGEST_SESSION, Opening, SessionPlan, Step

MINUTE: Final = 60_000
"""Milliseconds."""
MOST_PEOPLE: Final = 300
"""Seats of one session, three times the class we build for: whoever has a code could take one after another, and every
join reads all before it (our own limit)."""

# --- commands ---


@dataclass(frozen=True, slots=True)
class Start:
    at: int


@dataclass(frozen=True, slots=True)
class Pause:
    at: int


@dataclass(frozen=True, slots=True)
class Resume:
    at: int


@dataclass(frozen=True, slots=True)
class Extend:
    minutes: int
    at: int


@dataclass(frozen=True, slots=True)
class OpenStep:
    opening: Opening


@dataclass(frozen=True, slots=True)
class ReleaseFeedback:
    pass


@dataclass(frozen=True, slots=True)
class Join:
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    number: int
    bot: bool = False


@dataclass(frozen=True, slots=True)
class LetIn:
    number: int
    bot: bool = False


@dataclass(frozen=True, slots=True)
class End:
    pass


@dataclass(frozen=True, slots=True)
class Erase:
    pass


Command = Start | Pause | Resume | Extend | OpenStep | ReleaseFeedback | Join | Remove | LetIn | End | Erase

# --- state ---


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant's place: her running number, her row of the square, and whether she was taken out."""

    session: str
    number: int
    bot: bool
    row: int
    removed: bool = False

    @property
    def participant(self) -> str:
        """The participant's id.

        Examples
        --------
        >>> Seat("k3m9x2ab", 7, False, 0).participant, Seat("k3m9x2ab", 7, True, 0).participant
        ('k3m9x2ab-7', 'k3m9x2ab-r7')
        """
        return f"{self.session}-{'r' if self.bot else ''}{self.number}"


PARTICIPANT: Final = re.compile(r"([a-z0-9]{8})-(r?)([1-9][0-9]{0,4})")
"""A participant's id: session, a mark for bots, running number. Visitors' ids have another form."""


def session_of(participant: str) -> str | None:
    """Return the session a participant's id belongs to, or None for somebody who practises alone.

    Examples
    --------
    >>> session_of("k3m9x2ab-r7"), session_of("p1")
    ('k3m9x2ab', None)
    """
    found = PARTICIPANT.fullmatch(participant)
    return found[1] if found else None


def path_of(participant: str) -> str:
    """Return a participant's part of the names of her streams; a session's stand beneath it, to be erased as one.

    Examples
    --------
    >>> path_of("k3m9x2ab-r7"), path_of("p1")
    ('k3m9x2ab/r7', 'p1')
    """
    return participant.replace("-", "/") if session_of(participant) else participant


@dataclass(frozen=True, slots=True)
class Session:
    """Where a session stands.

    Attributes
    ----------
    id, code, trainer, plan
        As planned.
    started_at, paused_at, ends_at
        Milliseconds since 1970; None where it has not come to that. ``ends_at`` moves with pauses and extensions.
    opened
        How many of ``plan.openings`` have been opened.
    released, ended, erased
        Whether the reflections kept for the debrief are open; whether the session is over; whether it was erased.
    people, bots
        The seats in order of joining.
    """

    id: str
    code: str
    trainer: str
    plan: SessionPlan
    started_at: int | None = None
    paused_at: int | None = None
    ends_at: int | None = None
    opened: int = 0
    released: bool = False
    ended: bool = False
    erased: bool = False
    people: tuple[Seat, ...] = ()
    bots: tuple[Seat, ...] = ()

    @property
    def started(self) -> bool:
        """Whether the cases were opened."""
        return self.started_at is not None

    @property
    def paused(self) -> bool:
        """Whether everything stands still."""
        return self.paused_at is not None

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Everybody who joined, people first."""
        return self.people + self.bots

    @property
    def next_opening(self) -> Opening | None:
        """What the trainer's next press opens, or None where nothing is left to open."""
        openings = self.plan.openings
        return openings[self.opened] if self.opened < len(openings) else None

    def among(self, bot: bool) -> tuple[Seat, ...]:
        """Return the seats of the bots, or of the people."""
        return self.bots if bot else self.people

    def seat(self, participant: str) -> Seat | None:
        """Return the seat with this participant's id."""
        found = PARTICIPANT.fullmatch(participant)
        if found is None or found[1] != self.id:
            return None
        its, number = self.among(bool(found[2])), int(found[3])
        return its[number - 1] if number <= len(its) else None

    def is_open(self, case: str, step: Step) -> bool:
        """Tell whether a step of a case is open to the class; what the pace leaves free is open from the start."""
        asked = Opening(case, step)
        openings = self.plan.openings
        return self.started and (asked not in openings or asked in openings[: self.opened])

    def milliseconds_left(self, now: int) -> int | None:
        """Return how much time is left, 0 when it is over, or None before the start."""
        if self.ends_at is None:
            return None
        return max(0, self.ends_at - (self.paused_at if self.paused_at is not None else now))

    def holds_back(self, seat: Seat | None) -> Refusal | None:
        """Tell why a participant can press nothing at all, or None."""
        if seat is None:
            return Refusal.NOT_YOURS
        if self.ended:
            return Refusal.ENDED
        if seat.removed:
            return Refusal.REMOVED
        return Refusal.PAUSED if self.paused else None

    def holds_back_step(
        self, seat: Seat | None, case: str, step: Step, *, new: bool = False, now: int
    ) -> Refusal | None:
        """Tell why a participant can do nothing in a step of a case, or None.

        Parameters
        ----------
        new
            Whether this would open the case: when the time is over, a case that is open may still be finished.
        """
        if held := self.holds_back(seat):
            return held
        if not self.started:
            return Refusal.NOT_STARTED
        if not self.is_open(case, step):
            return Refusal.NOT_OPENED
        return Refusal.TIME_OVER if new and self.milliseconds_left(now) == 0 else None


def decide(session: Session, command: Command) -> tuple[SessionFact, ...]:
    """Answer a command with the facts it makes: none where things are so already.

    Raises
    ------
    Refused
        If the command does not belong to where the session stands.
    """
    if session.ended and not isinstance(command, (End, Erase)):
        raise Refused(Refusal.ENDED, type(command).__name__)
    match command:
        case Start(at):
            return () if session.started else (SessionStarted(at),)
        case Pause(at) if session.started:
            return () if session.paused else (SessionPaused(at),)
        case Resume(at) if session.started:
            return (SessionResumed(at),) if session.paused else ()
        case Extend(minutes, at) if session.started and 1 <= minutes <= LONGEST_SESSION:
            return (SessionExtended(minutes, at),)
        case OpenStep(opening) if session.started:
            return _open(session, opening)
        case ReleaseFeedback() if session.started:
            return () if session.released else (FeedbackReleased(),)
        case Join(bot):
            number = len(session.among(bot)) + 1
            if number > MOST_PEOPLE and not bot:
                raise Refused(Refusal.FULL, f"at most {MOST_PEOPLE} people")
            return (ParticipantJoined(number, bot, row_of(session.plan, number, bot=bot)),)
        case Remove(number, bot) if 1 <= number <= len(session.among(bot)):
            return () if session.among(bot)[number - 1].removed else (ParticipantRemoved(number, bot),)
        case LetIn(number, bot) if 1 <= number <= len(session.among(bot)):
            return (ParticipantLetIn(number, bot),) if session.among(bot)[number - 1].removed else ()
        case End():
            return () if session.ended else (SessionEnded(),)
        case Erase():
            return () if session.erased else (*decide(session, End()), SessionErased())
        case _:
            raise Refused(Refusal.NOT_NOW, type(command).__name__)


def evolve(session: Session | None, fact: object) -> Session:
    """Take a session to its next state by a recorded fact.

    Raises
    ------
    ValueError
        If the fact cannot stand here: the record is damaged.
    """
    match session, fact:
        case None, SessionPlanned(name, code, trainer, plan):
            return Session(name, code, trainer, plan)
        case Session(), SessionStarted(at):
            return replace(session, started_at=at, ends_at=at + session.plan.minutes * MINUTE)
        case Session(), SessionPaused(at):
            return replace(session, paused_at=at)
        case Session(paused_at=int(since), ends_at=int(ends)), SessionResumed(at):
            return replace(session, paused_at=None, ends_at=ends + max(0, at - since))
        case Session(ends_at=int(ends)), SessionExtended(minutes, at):
            # Where the time is over already, the new minutes begin now.
            began = max(ends, at if session.paused_at is None else session.paused_at)
            return replace(session, ends_at=began + minutes * MINUTE)
        case Session(), StepOpened():
            return replace(session, opened=session.opened + 1)
        case Session(), FeedbackReleased():
            return replace(session, released=True)
        case Session(), ParticipantJoined(number, bot, row):
            seat = Seat(session.id, number, bot, row)
            joined = (*session.among(bot), seat)
            return replace(session, bots=joined) if bot else replace(session, people=joined)
        case Session(), (ParticipantRemoved(number, bot) | ParticipantLetIn(number, bot)):
            return _reseated(session, number, bot, removed=isinstance(fact, ParticipantRemoved))
        case Session(), SessionEnded():
            return replace(session, ended=True)
        case Session(), SessionErased():
            return replace(session, erased=True)
        case _:
            raise ValueError(f"a session's record holds {type(fact).__name__} where it cannot be: it is damaged")


def replay(facts: Iterable[object], session: Session | None = None) -> Session | None:
    """Return where the facts of a session lead, from its beginning or from where it stood."""
    for fact in facts:
        session = evolve(session, fact)
    return session


def _open(session: Session, opening: Opening) -> tuple[SessionFact, ...]:
    """Open the step that comes next; one that is open already makes no fact."""
    if opening in session.plan.openings[: session.opened]:
        return ()
    if opening != session.next_opening:
        raise Refused(Refusal.NOT_NOW, f"the next to open is {session.next_opening}, not {opening}")
    return (StepOpened(opening.case, opening.step),)


def _reseated(session: Session, number: int, bot: bool, *, removed: bool) -> Session:
    seats = tuple(replace(seat, removed=removed) if seat.number == number else seat for seat in session.among(bot))
    return replace(session, bots=seats) if bot else replace(session, people=seats)
