"""A trainer, her class, and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from explain.casebook.schema import CaseSet
from explain.domain.encounter import (
    CloseCase,
    Command,
    EndReading,
    Judging,
    LockFinal,
    LockInitial,
    Reconsider,
    Reflecting,
    Unopened,
)
from explain.domain.judgement import Judgement
from explain.domain.people import Actor, Role
from explain.domain.session import Seat, Session
from explain.domain.session_plan import SessionPlan
from explain.models.scorer import Pilot1Scorer
from explain.sessions.classes import Classes
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.training import Training

BERIT, CARL = Actor("berit", "s1"), Actor("carl", "s2")


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = datetime(2030, 5, 17, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Classroom:
    """Two trainers and whoever joins; every command has an id of its own unless told otherwise."""

    store: FactStore
    sets: Mapping[str, CaseSet]
    clock: Clock = field(default_factory=Clock)
    roles: dict[Actor, frozenset[Role]] = field(
        default_factory=lambda: {BERIT: frozenset({Role.TRAINER}), CARL: frozenset({Role.TRAINER})}
    )
    ids: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        self.classes = Classes(
            self.store,
            lambda actor: self.roles.get(actor, frozenset()),
            self.sets,
            new_pin=lambda participant: f"pin of {participant}",
            now=self.clock,
        )
        self.practice = Training(self.store, self.sets, Pilot1Scorer(), now=self.clock)

    def envelope(self, command_id: str | None = None, actor: str = "anybody", *, bot: bool = False) -> Envelope:
        return Envelope(command_id or f"command-{next(self.ids)}", actor, bot=bot)

    def plan(self, plan: SessionPlan, actor: Actor = BERIT, command_id: str | None = None) -> str:
        return self.classes.plan(actor, plan, self.envelope(command_id))

    def started(self, plan: SessionPlan, actor: Actor = BERIT) -> str:
        session = self.plan(plan, actor)
        self.classes.start(actor, session, self.envelope())
        return session

    def session(self, session: str) -> Session:
        return self.classes.session(session)

    def open_next(self, session: str, actor: Actor = BERIT) -> None:
        opening = self.session(session).next_opening
        assert opening is not None
        self.classes.open_next(actor, session, opening, self.envelope())

    def join(self, session: str, *, bot: bool = False) -> Guest:
        seat = self.classes.join(self.session(session).code, f"join-{next(self.ids)}", bot=bot)
        return Guest(self, seat, self.practice.within(session))


@dataclass
class Guest:
    """Somebody who joined a session."""

    room: Classroom
    seat: Seat
    training: Training

    @property
    def id(self) -> str:
        return self.seat.participant

    @property
    def progress(self) -> Any:
        return self.training.progress(self.id)

    def envelope(self, command_id: str | None = None) -> Envelope:
        return self.room.envelope(command_id, self.id, bot=self.seat.bot)

    def open(self, case: str, command_id: str | None = None) -> None:
        self.training.open(self.id, f"proeve/{case}", self.envelope(command_id))

    def take(self, case: str, command: Command, command_id: str | None = None) -> None:
        self.training.take(self.id, f"proeve/{case}", command, self.envelope(command_id))

    def look(self) -> None:
        """Let the page ask for what was opened."""
        self.training.resume(self.id, self.envelope())

    def lock(self, case: str, rating: int = 5) -> None:
        self.open(case)
        self.take(case, LockInitial(Judgement(rating, "fordi")))

    def go(self, rating: int = 5) -> bool:
        """Do the next thing there is; False where nothing can be done."""
        self.look()
        progress = self.progress
        if progress.current is None or progress.waits:
            return False
        case, state = progress.current.planned.case, progress.current.state
        if isinstance(state, Unopened):
            self.training.open(self.id, case, self.envelope())
            return True
        condition = state.condition
        if isinstance(state, Judging):
            command: Command = LockInitial(Judgement(rating, "fordi"))
        elif isinstance(state, Reflecting):
            command = CloseCase()
        elif state.reconsidering:
            command = LockFinal(Judgement(rating, "stadig"))
        else:
            command = Reconsider() if condition.rates_again and condition.asks_rating else EndReading()
        self.training.take(self.id, case, command, self.envelope())
        return True

    def finish(self, rating: int = 5) -> None:
        while self.go(rating):
            pass

    def kinds(self, case: str) -> list[str]:
        rows = self.training.store.read(f"encounter/proeve/{case}/{self.id.replace('-', '/')}/1")
        return [type(row.fact).__name__ for row in rows]
