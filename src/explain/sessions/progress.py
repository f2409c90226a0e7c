"""Where a participant is: in the introduction, at a case, waiting for the set to end, or at her own picture."""

from __future__ import annotations

from dataclasses import dataclass

from explain.domain.conditions import Feedback
from explain.domain.encounter import (
    AwaitingScore,
    Closed,
    Informed,
    Locked,
    Rated,
    Reflecting,
    Settled,
    Skipped,
    State,
    Uninformed,
    Unopened,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import PlannedEncounter
from explain.domain.participation import Participation
from explain.domain.session import Seat, Session
from explain.domain.session_plan import Step

DONE = (Rated, Settled, Reflecting, Closed, Skipped)
"""States in which nothing more is to be judged."""
OVER = (Rated, Closed, Skipped)
"""States that nothing follows."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One planned encounter: its number in the run, its stream of facts, and where it stands."""

    number: int
    planned: PlannedEncounter
    stream: str
    state: State

    @property
    def step(self) -> int:
        """The step of four: 1 first judgement, 2 score, 3 judgement again, 4 reflection.

        Examples
        --------
        >>> from explain.domain.conditions import TEACHING
        >>> from explain.domain.encounter import Unopened
        >>> Meeting(1, PlannedEncounter("set/case", TEACHING), "encounter/set/case/p1/1", Unopened()).step
        1
        """
        match self.state:
            case Informed(reconsidering=reconsidering) | Uninformed(reconsidering=reconsidering):
                return 3 if reconsidering else 2
            case Rated() | Settled() | Reflecting() | Closed() | Skipped():
                return 4
            case _:
                return 1


@dataclass(frozen=True, slots=True)
class Progress:
    """A participation with all its encounters.

    Attributes
    ----------
    participation
        What she joined, and her introduction.
    stream
        The participation's own stream of facts.
    run
        Which run it is, from 1; practice can be begun again.
    meetings
        Her encounters in order.
    session, seat
        The session she is in, and her seat there; None for somebody who practises alone.
    now
        The server's time when this was read, in milliseconds since 1970; 0 for somebody who practises alone.
    """

    participation: Participation
    stream: str
    run: int
    meetings: tuple[Meeting, ...]
    session: Session | None = None
    seat: Seat | None = None
    now: int = 0

    @property
    def current(self) -> Meeting | None:
        """The first encounter that waits for her, or None when the set is behind her."""
        for meeting in self.meetings:
            if not isinstance(meeting.state, OVER) and not self._waits(meeting):
                return meeting
        return None

    def meeting(self, case: str) -> Meeting:
        """Return the encounter with a case.

        Raises
        ------
        Refused
            If the case is not in this run: what a browser names is never taken on trust.
        """
        for meeting in self.meetings:
            if meeting.planned.case == case:
                return meeting
        raise Refused(Refusal.NOT_YOURS, case)

    @property
    def all_judged(self) -> bool:
        """Whether every case of the set is judged or skipped."""
        return all(isinstance(meeting.state, DONE) for meeting in self.meetings)

    def feedback_due(self, meeting: Meeting) -> bool:
        """Whether the reflection on a settled case may open: at once, or when the whole set is judged.

        A debrief belongs to a class, whose trainer opens it; in practice the end of the set stands in for it.
        """
        if self.held_in(meeting, Step.REFLECTION):
            return False
        match meeting.planned.condition.feedback:
            case Feedback.AFTER_CASE:
                return True
            case Feedback.AFTER_SET:
                return self.all_judged
            case Feedback.AT_DEBRIEF:
                return self.session.released if self.session else self.all_judged
            case Feedback.NEVER:
                return False

    @property
    def awaits_debrief(self) -> bool:
        """Whether all that is left are reflections which the trainer has not opened yet."""
        later = (Feedback.AFTER_CASE, Feedback.AFTER_SET, Feedback.AT_DEBRIEF)
        return self.current is None and any(
            isinstance(meeting.state, Settled) and meeting.planned.condition.feedback in later
            for meeting in self.meetings
        )

    @property
    def held(self) -> Refusal | None:
        """Why she can press nothing at all: paused, taken out, over; None where she can, and in practice."""
        return self.session.holds_back(self.seat) if self.session else None

    @property
    def waits(self) -> Refusal | None:
        """Why she cannot go on from where she is: all of ``held``, and what the pace or the clock holds back."""
        meeting = self.current
        if meeting is None:
            return self.held
        return self.held_in(meeting, next_step(meeting), new=isinstance(meeting.state, Unopened))

    def held_in(self, meeting: Meeting, step: Step, *, new: bool = False) -> Refusal | None:
        """Why she can do nothing in a step of a case; None where she can, and in practice."""
        if self.session is None:
            return None
        return self.session.holds_back_step(self.seat, meeting.planned.case, step, new=new, now=self.now)

    def _waits(self, meeting: Meeting) -> bool:
        return isinstance(meeting.state, Settled) and not self.feedback_due(meeting)


def next_step(meeting: Meeting) -> Step:
    """Return the step that a participant's next press, or the service's next delivery, belongs to."""
    match meeting.state:
        case Locked() | AwaitingScore():
            return Step.SCORE
        case Informed(condition, reconsidering=reconsidering) | Uninformed(condition, reconsidering=reconsidering):
            return Step.AGAIN if (condition.asks_rating and condition.rates_again) or reconsidering else Step.SCORE
        case Settled() | Reflecting():
            return Step.REFLECTION
        case _:
            return Step.CASE
