"""A real server with the real entrance before two small pages, and a trainer with a session."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # bench/ holds the one client and the one way to run a server

from bench.server import Running, running  # noqa: E402
from explain.apps.wiring import case_sets, classes, pin_secret  # noqa: E402
from explain.domain.conditions import TEACHING  # noqa: E402
from explain.domain.people import Actor, Role  # noqa: E402
from explain.domain.session import Session  # noqa: E402
from explain.domain.session_plan import SessionPlan  # noqa: E402
from explain.entrance.passwords import Argon2  # noqa: E402
from explain.serving.cookies import cookie_secret  # noqa: E402
from explain.sessions.access import Access  # noqa: E402
from explain.sessions.classes import Classes  # noqa: E402
from explain.sessions.ports import Envelope, FactStore  # noqa: E402
from explain.sessions.signing import Signed, SignIns  # noqa: E402
from explain.store import open_access, open_store  # noqa: E402

PASSWORD = "fire ord i en sætning"


@dataclass
class House:
    """A running server, and the services over the same database, as its trainer's kernel has them."""

    server: Running
    token: str
    store: FactStore
    access: Access
    sign_ins: SignIns
    classes: Classes
    made: int = 0

    @property
    def url(self) -> str:
        """The server's address."""
        return self.server.url

    def somebody(self, role: Role = Role.TRAINER) -> tuple[Signed, str]:
        """Return somebody new with a role, signed in, and her name."""
        self.made += 1
        name = f"Person {self.made}"
        if (token := self.sign_ins.first_link(anyway=True)) is None:
            raise AssertionError("a link must be had anyway")
        first = self.sign_ins.redeem(token, name, PASSWORD)
        if role is not Role.TRAINER:
            self.access.give(first.actor, first.actor.person, role)
            self.access.revoke(first.actor, first.actor.person, Role.TRAINER)
        return first, name

    def session(self, trainer: Actor, **planned: object) -> Session:
        """Return a new open session of a trainer's."""
        self.made += 1
        chosen = case_sets()["grundforloeb"]
        plan = SessionPlan(
            **{
                "title": f"Hold {self.made}",
                "conditions": (TEACHING,),
                "case_set": chosen.name,
                "version": chosen.version,
                "cases": tuple(case.key for case in chosen.cases),
                "minutes": 60,
                "delete_on": (date.today() + timedelta(days=30)).isoformat(),
                "seed": 7,
                **planned,
            }  # type: ignore[arg-type]
        )
        return self.classes.session(self.classes.plan(trainer, plan, Envelope(f"plan-{self.made}", trainer.person)))


@contextmanager
def housed(data: Path) -> Iterator[House]:
    """Run a server with the entrance over a data folder."""
    data.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-W", "error", str(HERE / "serve_entrance.py"), str(data)]
    with running(command, data) as server:
        assert server.process.stdout is not None
        token = server.process.stdout.readline().strip()
        database = f"sqlite:///{data / 'skoen.sqlite'}"
        store, keys = open_store(database), open_access(database)
        access = Access(store, keys, pin_secret(data))
        sign_ins = SignIns(store, keys, Argon2(), cookie_secret(data))
        yield House(
            server, token, store, access, sign_ins, classes(store, access.roles, new_pin=access.new_pin, data=data)
        )
        store.close()
        keys.close()


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], AbstractContextManager[House]]:
    """Return what runs a server with an empty data folder."""
    return lambda: housed(tmp_path_factory.mktemp("house") / "data")


@pytest.fixture(scope="module")
def house(new_house: Callable[[], AbstractContextManager[House]]) -> Iterator[House]:
    """A server for the tests of one file."""
    with new_house() as running_house:
        yield running_house
