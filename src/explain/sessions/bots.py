"""Bots of named habits, who play through the same service as people: to rehearse a class, and to try out figures.

Everything they do is marked; no figure counts them together with people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from random import Random
from typing import Final

from explain.casebook.schema import Case
from explain.domain.conditions import Condition
from explain.domain.encounter import (
    CloseCase,
    Command,
    EndReading,
    FlagInput,
    Informed,
    Judging,
    LockFinal,
    LockInitial,
    Reconsider,
    Reflecting,
    Uninformed,
    Unopened,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.judgement import HIGHEST, LOWEST, Judgement, NextStep
from explain.domain.score import Score
from explain.sessions.classes import Classes
from explain.sessions.ports import Envelope
from explain.sessions.progress import Meeting
from explain.sessions.training import Kept, Training


class Habit(StrEnum):
    """What a bot makes of a score that differs from its own first rating."""

    KEEPS = "keeps"
    """Its own rating stands."""
    TAKES = "takes"
    """The score becomes its rating."""
    AVERAGES = "averages"
    """It goes half-way to the score."""
    DISCRIMINATES = "discriminates"
    """It takes the score where it rests on more than age and no input is wrong; it flags a wrong input."""
    RANDOM = "random"
    """Any rating, before and after."""
    LEAVES = "leaves"
    """Its own rating stands; it is gone when half of its cases are behind it."""


HELD: Final = (Refusal.PAUSED, Refusal.REMOVED, Refusal.TIME_OVER, Refusal.ENDED)
"""What a bot meets when the trainer is faster by a moment."""
REASONS: Final = "…"
"""What a bot writes where reasons are asked: nothing that could be taken for somebody's words."""


@dataclass
class Bot:
    """One bot at its seat.

    Parameters
    ----------
    training
        The service of its session.
    participant
        Its id.
    habit
        What it makes of scores.
    seed
        Where its ratings come from: the same seed, the same ratings.
    """

    training: Training
    participant: str
    habit: Habit
    seed: str
    left: bool = False
    done: bool = False
    """Whether nothing more is to come for it: it has left, everything is behind it, or the session is over."""
    _numbers: Iterator[int] = field(default_factory=count, repr=False)

    def step(self) -> bool:
        """Do the next thing, as a page would: take what was opened, then press; False where nothing can be done now."""
        try:
            return not self.done and self._step()
        except Refused as refused:
            if refused.code in HELD:
                return False
            raise

    def _step(self) -> bool:
        progress = self.training.resume(self.participant, self._envelope())
        ended = progress.session is not None and progress.session.ended
        self.done = ended or (progress.current is None and not progress.awaits_debrief)
        if progress.held:
            return False
        if not progress.participation.introduced:
            self.training.end_introduction(self.participant, self._envelope())
            return True
        meeting = progress.current
        if meeting is None or progress.waits:
            return False
        if self.habit is Habit.LEAVES and 2 * (meeting.number - 1) >= len(progress.meetings):
            self.left = self.done = True
            return False
        case = self.training.case(meeting.planned.case)
        assert isinstance(case, Case)  # a bot is given a set's cases, and has none of its own
        if isinstance(meeting.state, Unopened):
            self.training.open(self.participant, case.key, self._envelope())
        else:
            for command in self._commands(meeting, case):
                self.training.take(self.participant, case.key, command, self._envelope())
        return True

    def _commands(self, meeting: Meeting, case: Case) -> list[Command]:
        """Return what it does in a step."""
        own = self._own(case)
        match meeting.state:
            case Judging(condition):
                return [LockInitial(_judgement(own, condition))]
            case Informed(condition, initial, score, flagged, reconsidering=False):
                error = case.pedagogy.planted_error
                doubts = self.habit is Habit.DISCRIMINATES and error and error.input not in flagged
                return [*([FlagInput(error.input, fits=False)] if error and doubts else []), _onward(condition)]
            case Uninformed(condition, reconsidering=False):
                return [_onward(condition)]
            case Informed(condition, initial, score):
                first = initial.rating if initial else own
                return [LockFinal(_judgement(self._final(first, score, case), condition))]
            case Uninformed(condition, initial):
                again = self._any(f"{case.key}/again") if self.habit is Habit.RANDOM else initial.rating
                return [LockFinal(_judgement(again, condition))]
            case Reflecting():
                return [CloseCase()]
            case _:
                return []

    def _own(self, case: Case) -> int:
        """Return its own view of a case: one of the example panel's, invented as they are."""
        if self.habit is Habit.RANDOM:
            return self._any(case.key)
        return Random(f"{self.seed}/{case.key}").choice(case.pedagogy.panel).rating

    def _final(self, first: int, score: Score, case: Case) -> int:
        match self.habit:
            case Habit.TAKES:
                return score.value
            case Habit.AVERAGES:
                return (first + score.value) // 2
            case Habit.DISCRIMINATES:
                beyond_age = any(value for name, value in score.inputs if name != "age")
                return score.value if beyond_age and case.pedagogy.planted_error is None else first
            case Habit.RANDOM:
                return self._any(f"{case.key}/again")
            case Habit.KEEPS | Habit.LEAVES:
                return first

    def _any(self, what: str) -> int:
        return Random(f"{self.seed}/{what}").randint(LOWEST, HIGHEST)

    def _envelope(self) -> Envelope:
        return Envelope(f"{self.participant}/{self.seed}/{next(self._numbers)}", self.participant, bot=True)


def seat(
    classes: Classes,
    training: Training,
    code: str,
    number: int,
    habits: Sequence[Habit],
    seed: str,
    kept: Kept = lambda *_: None,
) -> list[Bot]:
    """Let so many bots join the session with a code; habits go round.

    Parameters
    ----------
    training
        Practice alone, over the same store; the bots get the service of their session.
    kept
        Finds the session's case set where it is not on offer any more.
    seed
        Another one for every rehearsal of the same session: it is part of what commands are known by.
    """
    seats = [classes.join(code, f"bots/{code}/{seed}/{place}", bot=True) for place in range(number)]
    within = training.within(seats[0].session, kept) if seats else training
    return [
        Bot(within, its.participant, habits[place % len(habits)], f"{seed}/{place}") for place, its in enumerate(seats)
    ]


def play(bots: Sequence[Bot], *, rest: Callable[[], bool]) -> None:
    """Let the bots go on by turns until all are done.

    Parameters
    ----------
    rest
        Called when none could go on, since the trainer has to open something; it waits a little, and returns whether
        to try again.
    """
    there = list(bots)
    while there:
        moved = [bot for bot in there if bot.step()]
        there = [bot for bot in there if not bot.done]
        if there and not moved and not rest():
            return


def _onward(condition: Condition) -> Command:
    return Reconsider() if condition.asks_rating and condition.rates_again else EndReading()


def _judgement(rating: int, condition: Condition) -> Judgement:
    """Answer everything that a condition could ask."""
    reasons = REASONS if condition.asks_reasons else ""
    return Judgement(rating, reasons, confidence=3, urgent=False, next_step=NextStep.MAPPING)
