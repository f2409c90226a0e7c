"""A session as its trainer sees it while it runs: who is where, and who is there. No ratings, no reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from explain.domain.assignment import encounters
from explain.domain.conditions import Condition, Feedback, Order
from explain.domain.facts import (
    CaseClosed,
    CaseOpened,
    CaseSkipped,
    Fact,
    FeedbackOpened,
    FinalLocked,
    InitialLocked,
    IntroductionRead,
    ReadingEnded,
    Reconsidered,
    ScoreRevealed,
    ScoreWithheld,
)
from explain.domain.session import Seat, Session, evolve
from explain.domain.session_facts import NoteWritten
from explain.domain.session_plan import Step
from explain.sessions.ports import Clock, FactStore, Recorded, utc_now
from explain.sessions.seating import notes_stream
from explain.sessions.watch import session_stream

AWAY_AFTER: Final = timedelta(seconds=15)
"""Whoever has not been heard of for so long is away: three of the server's heartbeats (our own choice)."""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One participant as the trainer sees her.

    Attributes
    ----------
    number, bot, removed
        As in her seat.
    introduced
        Whether the introduction is behind her.
    case, cases
        Which of her cases she is at, from 1, and how many there are; 0 in the introduction.
    step
        The step of that case, 1 to 4; 0 before she has opened it.
    locked
        Whether what the step asks is locked, and the next step not yet on her page.
    waiting
        Whether she cannot go on before the trainer opens something.
    ready
        Whether she is there where the trainer's next press takes her on; None where it does not concern her: she has
        left that case out, or nothing is left to open.
    done
        Whether everything is behind her.
    seen, online
        When she was last heard of, if ever; whether that was within 15 seconds.
    note
        What the trainer wrote beside her.
    """

    number: int
    bot: bool
    removed: bool
    introduced: bool
    case: int
    cases: int
    step: int
    locked: bool
    waiting: bool
    ready: bool | None
    done: bool
    seen: datetime | None
    online: bool
    note: str

    @property
    def within(self) -> bool:
        """Whether she is in the middle of a case."""
        return self.step > 0 and not self.done


class Live:
    """Folds a session's facts as they come: nothing is read twice.

    Parameters
    ----------
    store
        Where facts are kept.
    session
        The session's id.
    now
        The server's clock.
    """

    def __init__(self, store: FactStore, session: str, *, now: Clock = utc_now) -> None:
        self.rows: tuple[LiveRow, ...] = ()
        self._store = store
        self._now = now
        # Nothing of a session is older than its plan, from which the fold begins.
        first = store.read(session_stream(session))[0]
        self.session: Session = evolve(None, first.fact)
        self._position = first.position
        self._ways: dict[str, _Way] = {}
        self._notes: dict[tuple[int, bool], str] = {}

    def refresh(self) -> bool:
        """Take in what has come since; tell whether a row, or the session, is another now."""
        before = self.rows, self.session
        while news := self._store.after(self._position):
            for row in news:
                self._take(row)
            self._position = news[-1].position
        heard = {participant: presence.at for participant, presence in self._store.presence().items()}
        oldest = self._now() - AWAY_AFTER
        self.rows = tuple(self._row(seat, heard, oldest) for seat in self.session.seats)
        return (self.rows, self.session) != before

    def _take(self, row: Recorded) -> None:
        if row.stream == session_stream(self.session.id):
            self.session = evolve(self.session, row.fact)
        elif row.stream == notes_stream(self.session.id) and isinstance(row.fact, NoteWritten):
            self._notes[row.fact.number, row.fact.bot] = row.fact.text
        elif (seat := self.session.seat(row.actor)) and row.stream.startswith(("participation/", "encounter/")):
            way = self._ways.get(row.actor) or self._ways.setdefault(row.actor, _Way.of(self.session, seat))
            way.take(row.stream, row.fact)

    def _row(self, seat: Seat, heard: Mapping[str, datetime], oldest: datetime) -> LiveRow:
        way = self._ways.get(seat.participant) or _Way.of(self.session, seat)
        seen = heard.get(seat.participant)
        place, step = way.where
        return LiveRow(
            number=seat.number,
            bot=seat.bot,
            removed=seat.removed,
            introduced=way.introduced,
            case=place,
            cases=len(way.plan),
            step=step,
            locked=way.locked,
            waiting=way.waits(self.session),
            ready=way.ready(self.session),
            done=way.done,
            seen=seen,
            online=seen is not None and seen >= oldest,
            note=self._notes.get((seat.number, seat.bot), ""),
        )


@dataclass(slots=True)
class _Way:
    """How far one participant has come, from the names of what happened alone."""

    plan: Mapping[str, Condition]
    introduced: bool = False
    at: str = ""
    step: int = 0
    next: Step = Step.CASE
    rated: set[str] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)
    reflecting: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, session: Session, seat: Seat) -> _Way:
        return cls({one.case: one.condition for one in encounters(session.plan, seat.row)})

    def take(self, stream: str, fact: Fact) -> None:
        case = "/".join(stream.split("/")[1:3])
        match fact:
            case IntroductionRead():
                self.introduced = True
            case CaseOpened():
                self.at, self.step = case, 1
                self.next = Step.CASE if self.plan[case].order is Order.OWN_FIRST else Step.SCORE
            case InitialLocked() if self.plan[case].never_scored:
                self._end(case)
            case InitialLocked():
                self.rated.add(case)
                self.next = Step.SCORE
            case ScoreRevealed() | ScoreWithheld():
                again = self.plan[case].asks_rating and self.plan[case].rates_again
                self.step, self.next = 2, Step.AGAIN if again else Step.SCORE
            case Reconsidered():
                self.step = 3
            case FinalLocked() | ReadingEnded():
                self._settle(case)
            case FeedbackOpened():
                self.judged.discard(case)
                self.reflecting.add(case)
                self.at, self.step = next(key for key in self.plan if key in self.reflecting), 4
            case CaseClosed() | CaseSkipped():
                self._end(case)

    @property
    def done(self) -> bool:
        return len(self.over) == len(self.plan)

    @property
    def where(self) -> tuple[int, int]:
        """Which of her cases she is at, from 1, and at which of its steps; 0 before it is opened."""
        case, step = self._here
        return (list(self.plan).index(case) + 1 if case else 0), step

    @property
    def locked(self) -> bool:
        """Whether what the step asks is locked, and the next step not yet on her page."""
        case, step = self._here
        return case in self.judged or (step == 1 and case in self.rated)

    def waits(self, session: Session) -> bool:
        """Tell whether the next thing she could do is not open."""
        if self.done or self.at in self.reflecting:
            return False
        if self._at_it:
            return not session.is_open(self.at, self.next)
        return not session.is_open(self._to_come[0], Step.CASE) if self._to_come else True

    def ready(self, session: Session) -> bool | None:
        """Tell whether the trainer's next press takes her on; None where it does not concern her."""
        opening = session.next_opening
        if opening is None or opening.case in self.over:
            return None
        case, step = self._here
        if opening.step is Step.CASE:
            return self.introduced and (case, step) == (opening.case, 0)
        if opening.step is Step.REFLECTION:
            at_once = self.plan[opening.case].feedback is Feedback.AFTER_CASE
            return opening.case in self.judged and not self.reflecting and (at_once or not self._to_come)
        return self._at_it and (case, self.next) == (opening.case, opening.step)

    @property
    def _at_it(self) -> bool:
        """Whether she is at a case that is open and not judged."""
        return bool(self.at) and self.at not in self.judged | self.over | self.reflecting

    @property
    def _to_come(self) -> list[str]:
        """The cases that are neither judged nor left out."""
        return [key for key in self.plan if key not in self.judged | self.over | self.reflecting]

    @property
    def _here(self) -> tuple[str, int]:
        """The case and the step on her page; where that is the way into a case, the step is 0."""
        if self.done or self._at_it or self.at in self.reflecting:
            return self.at, self.step
        if self.at in self.judged and self.plan[self.at].feedback is Feedback.AFTER_CASE:
            return self.at, 4
        if self._to_come:
            return (self._to_come[0], 0) if self.introduced or self.at else ("", 0)
        return (self.at if self.at in self.judged else next(key for key in self.plan if key in self.judged)), 4

    def _settle(self, case: str) -> None:
        self.step = 4
        if self.plan[case].feedback is Feedback.NEVER:
            self.over.add(case)
        else:
            self.judged.add(case)

    def _end(self, case: str) -> None:
        self.at, self.step = case, 4
        self.judged.discard(case)
        self.reflecting.discard(case)
        self.over.add(case)
        if rest := [key for key in self.plan if key in self.reflecting]:
            self.at = rest[0]
