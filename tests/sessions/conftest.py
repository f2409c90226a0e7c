"""Three cases one can check in one's head, a real store of both kinds, and people who practise."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from explain.casebook.schema import Case, CaseSet, Duty
from explain.domain.conditions import PRESETS
from explain.domain.encounter import (
    CloseCase,
    Command,
    EndReading,
    LockFinal,
    LockInitial,
    Reconsider,
    SkipCase,
    State,
    replay,
)
from explain.domain.judgement import Judgement
from explain.models.scorer import Pilot1Scorer
from explain.sessions.ports import Envelope, FactStore
from explain.sessions.training import Training
from explain.store import open_store, prepare

BOTH = {"da": "Noget.", "en": "Something."}
AGES = {"young": 3, "middle": 10, "old": 17}
"""Scores by age alone: 1, 4 and 8 (facts of Pilot #1)."""


def case(name: str, number: int, case_set: str = "proeve") -> Case:
    return Case.model_validate(
        {
            "set": case_set,
            "folder": name,
            "version": "1",
            "number": number,
            "age": AGES[name],
            "referral": {"reasons": ("school",), "referrer": "school"},
            "household": "single_mother",
            "mother": {"age": 40, "age_at_birth": 40 - AGES[name], "civil_status": "unmarried", "children": 1}
            | {"partners": 1},
            "pedagogy": {
                "objective": BOTH,
                "trainees_note": BOTH,
                "trainers_note": BOTH,
                "roles": ("clear",),
                "duties": (Duty.SAFE_WITHIN_24_HOURS, Duty.CHILD_HEARD),
                "panel": ({"rating": 5, "reasons": BOTH},) * 5,
                "expected_score_pilot1": 4,
                "invented": True,
            },
            "texts": {language: {"title": "t", "body_markdown": "b"} for language in ("da", "en")},
        }
    )


def case_set(name: str, cases: tuple[str, ...]) -> CaseSet:
    made = tuple(case(folder, number, name) for number, folder in enumerate(cases, start=1))
    return CaseSet(name=name, title=BOTH, description=BOTH, version="7", cases=made)


@pytest.fixture(scope="session")
def sets() -> dict[str, CaseSet]:
    """The set "proeve" with three cases, and another one with one case."""
    return {"proeve": case_set("proeve", tuple(AGES)), "anden": case_set("anden", ("old",))}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a SQLite database that is ready and holds nothing."""
    folder = tmp_path_factory.mktemp("ready") / "data"
    prepare(f"sqlite:///{folder}/skoen.db")
    return folder


@pytest.fixture
def sqlite_url(empty_database: Path, tmp_path: Path) -> str:
    shutil.copytree(empty_database, tmp_path / "data")
    return f"sqlite:///{tmp_path}/data/skoen.db"


@pytest.fixture(params=["memory", "sqlite"])
def open_again(request: pytest.FixtureRequest) -> Iterator[Callable[[], FactStore]]:
    """Open the same store once more, as another process would; in memory there is but one."""
    opened: list[FactStore] = []

    def another() -> FactStore:
        if request.param == "memory" and opened:
            return opened[0]
        url = "memory:" if request.param == "memory" else request.getfixturevalue("sqlite_url")
        opened.append(open_store(url))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


@pytest.fixture
def store(open_again: Callable[[], FactStore]) -> FactStore:
    return open_again()


@pytest.fixture
def training(store: FactStore, sets: dict[str, CaseSet]) -> Training:
    return Training(store, sets, Pilot1Scorer())


@dataclass
class Person:
    """Somebody who practises; her commands have ids of their own unless told otherwise."""

    training: Training
    name: str
    bot: bool = False
    ids: Any = field(default_factory=count)

    def envelope(self, command_id: str | None = None) -> Envelope:
        return Envelope(command_id or f"{self.name}-{next(self.ids)}", self.name, 1, self.bot)

    def begin(self, preset: str = "teaching", command_id: str | None = None) -> Person:
        self.training.begin(self.name, "proeve", preset, self.envelope(command_id))
        return self

    def open(self, case: str, command_id: str | None = None) -> None:
        self.training.open(self.name, f"proeve/{case}", self.envelope(command_id))

    def take(self, case: str, command: Command, command_id: str | None = None) -> None:
        self.training.take(self.name, f"proeve/{case}", command, self.envelope(command_id))

    def lock(self, case: str, rating: int = 5) -> None:
        """Open a case and lock a first rating."""
        self.open(case)
        self.take(case, LockInitial(Judgement(rating, "fordi")))

    def settle(self, case: str, rating: int = 5) -> None:
        """Go through a case up to where everything is judged, under any preset."""
        self.open(case)
        condition = PRESETS[self.progress.participation.plan[0].condition.name]
        if condition.order.value == "own_first":
            self.take(case, LockInitial(Judgement(rating, "fordi")))
        if condition.asks_rating:
            self.take(case, Reconsider())
            self.take(case, LockFinal(Judgement(rating, "stadig")))
        else:
            self.take(case, EndReading())

    def finish(self, *, rating: int = 5) -> None:
        """Go through the whole set."""
        for name in AGES:
            self.settle(name, rating)
        for name in AGES:
            self.take(name, CloseCase("lært"))

    def skip_all(self) -> None:
        for name in AGES:
            self.take(name, SkipCase())

    @property
    def progress(self) -> Any:
        return self.training.progress(self.name)

    def stream(self, case: str, run: int = 1) -> str:
        return f"encounter/proeve/{case}/{self.name}/{run}"

    def kinds(self, case: str, run: int = 1) -> list[str]:
        """What happened in a case, by the names of the facts."""
        return [type(row.fact).__name__ for row in self.training.store.read(self.stream(case, run))]

    def state(self, case: str, run: int = 1) -> State:
        return replay(row.fact for row in self.training.store.read(self.stream(case, run)))


@pytest.fixture
def person(training: Training) -> Callable[..., Person]:
    """Somebody new; the set is begun unless ``preset`` is None."""

    def make(name: str = "p1", preset: str | None = "teaching", *, bot: bool = False) -> Person:
        one = Person(training, name, bot)
        return one.begin(preset) if preset else one

    return make
