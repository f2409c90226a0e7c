"""The shipped cases, a service that forgets, and desks to sit at."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from explain.casebook.files import read_set
from explain.casebook.schema import Case, CaseSet
from explain.domain.encounter import LockFinal, LockInitial, Reconsider
from explain.domain.judgement import Judgement
from explain.models.scorer import Pilot1Scorer
from explain.sessions.training import Training
from explain.store import MemoryStore
from explain.texts import sayer
from explain.views.components.messages import Sent
from explain.views.desk import Desk

from ..practice import four_cases

NUMBERS = count()


@pytest.fixture(scope="session")
def cases() -> CaseSet:
    """The shipped set."""
    return read_set(four_cases() / "grundforloeb")


@pytest.fixture
def changed(cases: CaseSet) -> Callable[..., Case]:
    """Give the shipped case with the longest history, with some of its top-level fields replaced."""

    def change(**fields: Any) -> Case:
        return Case.model_validate({**cases.case("grundforloeb/ude-om-natten").model_dump(), **fields})

    return change


@pytest.fixture
def training(cases: CaseSet) -> Training:
    return Training(MemoryStore(), {cases.name: cases}, Pilot1Scorer())


@pytest.fixture
def press() -> Callable[..., Sent]:
    """A press of a button with these answers; its id is new unless given."""

    def make(command_id: str | None = None, **values: str) -> Sent:
        return Sent(command_id or f"press-{next(NUMBERS)}", 1, values)

    return make


@pytest.fixture
def sit(training: Training) -> Callable[..., Desk]:
    """Sit down at a desk; each call is another tab."""

    def at(participant: str = "p1", language: str = "da") -> Desk:
        desk = Desk()
        desk.sit(training, participant, sayer(language))
        return desk

    return at


@pytest.fixture
def judged(press: Callable[..., Sent]) -> Callable[..., None]:
    """Walk a desk through its present case, up to where everything is judged."""

    def walk(desk: Desk, first: Judgement, final: Judgement) -> None:
        assert desk.meeting is not None
        case = desk.meeting.planned.case
        assert desk.open(case, press()) == ""
        for command in (LockInitial(first), Reconsider(), LockFinal(final)):
            assert desk.take(case, command, press()) == ""

    return walk
