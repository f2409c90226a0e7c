"""Why a participant of a class is not at her next step, in one word; None where she is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from explain.domain.conditions import Feedback
from explain.domain.encounter import AwaitingScore, Locked, Settled, Unopened
from explain.domain.errors import Refusal
from explain.domain.judgement import Judgement
from explain.domain.session_plan import Kind
from explain.sessions.progress import Meeting, Progress
from explain.sessions.watch import Watch

AT_THE_GATE: Final = {
    Refusal.NOT_STARTED: "not_started",
    Refusal.NOT_OPENED: "case",
    Refusal.TIME_OVER: "time_over",
}
"""What holds her back before a case, and how the catalogue calls it (``waiting.<word>``)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What she waits for, and the judgement of hers that stands meanwhile."""

    what: str
    judgement: Judgement | None = None

    @property
    def over(self) -> bool:
        """Whether nothing will come by itself any more."""
        return self.what in ("removed", "ended", "panel")


def waiting(progress: Progress | None, watch: Watch | None) -> Waiting | None:
    """Return what a participant waits for.

    In a pause she stays where she is, with what she is writing; the page says above that it is a pause.
    """
    if progress is None and watch is not None:
        return Waiting("ended")  # Her answers were erased.
    if progress is None or progress.session is None:
        return None
    if progress.held is Refusal.REMOVED:
        return Waiting("removed")
    if progress.session.ended:
        # Whoever has begun sees her picture; the others have nothing to see.
        return None if progress.participation.introduced else Waiting("ended")
    done = progress.participation.introduced and progress.current is None
    if done and progress.awaits_debrief:
        return Waiting("debrief")
    if done and progress.session.plan.kind is Kind.PANEL:
        return Waiting("panel")
    return _within(progress, progress.current) if progress.participation.introduced else None


def _within(progress: Progress, meeting: Meeting | None) -> Waiting | None:
    if settled := _reflection_to_come(progress):
        return Waiting("reflection", settled.final or settled.initial)
    match meeting and meeting.state:
        case Unopened() if progress.waits in AT_THE_GATE:
            return Waiting(AT_THE_GATE[progress.waits])
        case Locked(initial=initial):
            return Waiting("score", initial)
        case AwaitingScore():
            return Waiting("score")
        case _:
            return None


def _reflection_to_come(progress: Progress) -> Settled | None:
    """Return the case that is judged and whose reflection the trainer opens before the next case."""
    for meeting in progress.meetings:
        held = isinstance(meeting.state, Settled) and meeting.planned.condition.feedback is Feedback.AFTER_CASE
        if held and not progress.feedback_due(meeting):
            assert isinstance(meeting.state, Settled)
            return meeting.state
    return None
