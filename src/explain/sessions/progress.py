"""Where a participant is: in the introduction, at a case, waiting for the set to end, or at her own picture."""

from __future__ import annotations

from dataclasses import dataclass

from explain.domain.conditions import Feedback
from explain.domain.encounter import Closed, Informed, Reflecting, Settled, Skipped, State, Uninformed
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import PlannedEncounter
from explain.domain.participation import Participation

DONE = (Settled, Reflecting, Closed, Skipped)
"""States in which nothing more is to be judged."""


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
            case Settled() | Reflecting() | Closed() | Skipped():
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
    """

    participation: Participation
    stream: str
    run: int
    meetings: tuple[Meeting, ...]

    @property
    def current(self) -> Meeting | None:
        """The first encounter that waits for her, or None when the set is behind her."""
        for meeting in self.meetings:
            if not isinstance(meeting.state, (Closed, Skipped)) and not self._waits(meeting):
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

        A debrief belongs to a class; in practice the end of the set stands in for it.
        """
        return meeting.planned.condition.feedback is Feedback.AFTER_CASE or self.all_judged

    def _waits(self, meeting: Meeting) -> bool:
        return isinstance(meeting.state, Settled) and not self.feedback_due(meeting)
