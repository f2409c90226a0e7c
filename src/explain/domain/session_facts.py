"""Facts of a session: what was planned, who joined, what was opened. Moments are milliseconds since 1970, UTC."""

from __future__ import annotations

from dataclasses import dataclass, field

from explain.domain.judgement import WRITTEN
from explain.domain.session_plan import SessionPlan, Step


@dataclass(frozen=True, slots=True)
class CodeTaken:
    """A short code was given to a session, for ever; on the code's own stream."""

    session: str
    trainer: str


@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """A trainer planned a session; from here people can join."""

    session: str
    code: str
    trainer: str
    plan: SessionPlan


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The cases may be opened."""

    at: int


@dataclass(frozen=True, slots=True)
class SessionPaused:
    """Nothing can be pressed; what is being typed is kept."""

    at: int


@dataclass(frozen=True, slots=True)
class SessionResumed:
    """The session goes on; the pause is not counted."""

    at: int


@dataclass(frozen=True, slots=True)
class SessionExtended:
    """The session lasts longer by so many minutes, from its end or, where that is past, from then on."""

    minutes: int
    at: int


@dataclass(frozen=True, slots=True)
class StepOpened:
    """The trainer opened a step of a case for the whole class."""

    case: str
    step: Step


@dataclass(frozen=True, slots=True)
class FeedbackReleased:
    """The trainer opened the reflections that were kept for the debrief."""


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    """Somebody joined and was assigned a row of the square; people and bots are counted apart, each from 1."""

    number: int
    bot: bool
    row: int


@dataclass(frozen=True, slots=True)
class ParticipantRemoved:
    """The trainer took somebody out of the session."""

    number: int
    bot: bool


@dataclass(frozen=True, slots=True)
class ParticipantLetIn:
    """The trainer let somebody back in."""

    number: int
    bot: bool


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """The trainer wrote a note beside a participant, in place of the last; on the session's stream of notes."""

    number: int
    bot: bool
    text: str = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over; nobody joins or presses any more."""


@dataclass(frozen=True, slots=True)
class SessionErased:
    """What participants wrote in the session was erased, at the day that was set or before."""


SessionFact = (
    SessionPlanned
    | SessionStarted
    | SessionPaused
    | SessionResumed
    | SessionExtended
    | StepOpened
    | FeedbackReleased
    | ParticipantJoined
    | ParticipantRemoved
    | ParticipantLetIn
    | SessionEnded
    | SessionErased
)
"""What stands on a session's own stream."""
