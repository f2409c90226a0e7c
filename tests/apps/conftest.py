"""Somebody at the trainee's page, who does everything through its widgets, as her browser would."""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from explain.apps.rehearsal_trainer import nobody
from explain.apps.trainee import TraineePage
from explain.apps.trainer import TrainerPage
from explain.serving.visitor import Visitor
from explain.store import prepare
from explain.views.components.actions import Actions
from tests.practice import four_cases

RIGHT = {"meaning": "rank", "unseen": "text", "difference": "look"}
FILES = ("_esm", "_css")
"""Traits that hold a script or a style sheet, the same for everybody."""
PLANTED = """
[pedagogy.planted_error]
input = "referrals_90d"
registered_value = 2
true_value = 1

[pedagogy.planted_error.explanation]
da = "Underretningen fra skolen er registreret to gange ved en fejl i overførslen."
en = "The referral from the school was registered twice by a fault in the transfer."
"""
IDS = count()
ADDRESSES = "http://192.0.2.17:8866/ https://skoen.example/"
"""Under which the server says it is found: one that the network can read, and one it cannot."""


def widgets_of(root: Any) -> list[Any]:
    """Return a widget and all beneath it."""
    return [root, *(one for child in getattr(root, "children", ()) for one in widgets_of(child))]


def leaves(data: Any) -> Iterator[str]:
    """Yield every text and number in what goes over the wire, but the scripts and style sheets."""
    match data:
        case dict():
            for key, value in data.items():
                if key not in FILES:
                    yield from leaves(value)
        case list() | tuple():
            for value in data:
                yield from leaves(value)
        case str():
            yield html.unescape(data)
        case _:
            yield repr(data)


class AtPage:
    """A trainee at her page; ``settings`` are the server's, ``participant`` who she is in a class."""

    def __init__(
        self,
        wire: Any,
        *,
        name: str = "5f" * 16,
        language: str = "da",
        participant: str | None = None,
        query: dict[str, str] | None = None,
        **settings: str,
    ) -> None:
        self.wire, self.page = wire, TraineePage()
        self.preset = settings.get("preset", "teaching")
        told = {"database": "memory:", "cases": str(four_cases())} | settings
        self.page.welcome(Visitor(name, language, query or {}, told, participant=participant))
        self.desk = self.page.desk
        self.widgets = widgets_of(self.page.root)

    @property
    def place(self) -> str:
        """The kind of page she is at: welcome, reading, answered, gate, 1, 2, 3, 4, picture; in a class, what she waits
        for as well, and consent."""
        return str(self.page.stage.place).rpartition("/")[2]

    @property
    def form(self) -> Any:
        """The form that takes her on."""
        page = self.page
        rooms = {
            "gate": page.gate.opening,
            "1": page.side.judgement.form,
            "2": page.side.score.form,
            "3": page.side.judgement.form,
        }
        rooms |= {"4": page.side.reflection.form, "picture": page.picture.again}
        return rooms.get(self.place, page.consent.form if self.place == "consent" else page.introduction.form)

    @property
    def answers(self) -> dict[str, str]:
        """What she answers at this place."""
        here: dict[str, dict[str, str]] = {
            "welcome": {"preset": self.preset},
            "reading": RIGHT,
            "1": {"rating": "4", "reasons": "Jeg ser <b>det</b> & mere", "missing": "Faderen"},
            "3": {"rating": "6", "reasons": "Jeg flytter mig"},
            "4": {"reflection": "Jeg lærte noget"},
            "consent": {"consent": ""},
        }
        return here.get(self.place, {})

    def press(self, form: Any = None, command_id: str | None = None, **changed: str) -> str:
        """Press the button of a form; return what was wrong, nothing where it was done."""
        form = form or self.form
        before = len(self.wire.answers(form))
        sent = {"key": form.key, "command_id": command_id or f"press-{next(IDS)}", "browser_time": 1}
        self.wire.send(form, {"type": "send", **sent, "values": self.answers | changed})
        (answer,) = self.wire.answers(form)[before:]
        return str(answer["problem"])

    def go_to(self, place: str) -> AtPage:
        """Go on until she is at a kind of page."""
        while self.place != place:
            assert self.press() == ""
        return self

    def walk(self) -> Iterator[str]:
        """Go through everything, and stop at each page on the way."""
        while self.place != "picture":
            yield self.place
            assert self.press() == ""
        yield self.place

    @property
    def state(self) -> str:
        """Everything that stands in any widget of the page."""
        return "\n".join(leaf for widget in self.widgets for leaf in leaves(widget.get_state()))

    def received(self, since: int = 0) -> str:
        """Everything her browser was sent, from the ``since``-th message on."""
        return "\n".join(leaf for _, data in self.wire.sent[since:] for leaf in leaves(data))

    def facts(self) -> list[str]:
        """What the store holds of everybody, by the names of the facts."""
        return [type(row.fact).__name__ for row in self.desk.training.store.after(0)]


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped cases, with a planted error in the one that has most to plant it in."""
    folder = tmp_path_factory.mktemp("cases") / "grundforloeb"
    shutil.copytree(four_cases() / "grundforloeb", folder)
    file = folder / "ude-om-natten" / "case.toml"
    text = file.read_text(encoding="utf-8").replace('roles = ["clear"]', 'roles = ["error_in_data"]')
    file.write_text(text + PLANTED, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a SQLite database that is ready and holds nothing."""
    folder = tmp_path_factory.mktemp("ready") / "data"
    prepare(f"sqlite:///{folder}/skoen.db")
    return folder


@pytest.fixture
def database(ready: Path, tmp_path: Path) -> str:
    """The URL of a SQLite database with nothing in it."""
    shutil.copytree(ready, tmp_path / "data")
    return f"sqlite:///{tmp_path}/data/skoen.db"


@pytest.fixture
def at_page(wire: Any) -> Iterator[Callable[..., AtPage]]:
    """Open the page; each call is another tab."""
    opened: list[AtPage] = []

    def open_page(**settings: Any) -> AtPage:
        opened.append(AtPage(wire, **settings))
        return opened[-1]

    yield open_page
    for one in opened:
        one.desk.training.store.close()


class AtDesk:
    """A trainer at her page, who does everything through its widgets, as her browser would."""

    def __init__(self, wire: Any, database: str, *, name: str = "anna", language: str = "da", **query: str) -> None:
        self.wire, self.page = wire, TrainerPage()
        self.actor = nobody(database, name)
        self.database, self.data = database, str(Path(database.removeprefix("sqlite:///")).parent)
        told = {"database": database, "data": self.data, "cases": str(four_cases()), "addresses": ADDRESSES}
        self.page.welcome(
            Visitor("ab" * 16, language, query, told, person=self.actor.person, sign_in=self.actor.sign_in)
        )
        self.office = self.page.office
        self.say = self.office.say

    @property
    def place(self) -> str:
        """Where she is; empty where nothing is shown."""
        return str(self.page.stage.place).partition("/")[0]

    @property
    def widgets(self) -> list[Any]:
        """Every widget of the page."""
        return widgets_of(self.page.root)

    @property
    def state(self) -> str:
        """Everything that stands in any widget of the page."""
        return "\n".join(leaf for widget in self.widgets for leaf in leaves(widget.get_state()))

    def press(self, name: str, *, value: str | None = None, command_id: str | None = None) -> str:
        """Press a button by its name; return what was wrong, nothing where it was done."""
        for widget in self.widgets:
            if isinstance(widget, Actions):
                for action in widget.actions:
                    if action["name"] == name:
                        return self.send(widget, "press", name, value or action["value"], command_id)
        raise AssertionError(f"no button {name} at {self.place}")

    def send(self, widget: Any, kind: str, name: str, value: str, command_id: str | None = None) -> str:
        """Send what a browser could; return the problem of the answer."""
        before = len(self.wire.answers(widget))
        own = {"key": widget.key, "command_id": command_id or f"press-{next(IDS)}", "browser_time": 1}
        self.wire.send(widget, own | {"type": kind, "name": name, "value": value})
        return str(self.wire.answers(widget)[before:][-1]["problem"])

    def fill(self, form: Any, **values: str) -> str:
        """Send a form with what stands in it, changed."""
        before = len(self.wire.answers(form))
        answers = {name: draft["value"] for name, draft in form.drafts.items()} | values
        own = {"key": form.key, "command_id": f"press-{next(IDS)}", "browser_time": 1}
        self.wire.send(form, own | {"type": "send", "values": answers})
        return str(self.wire.answers(form)[before:][-1]["problem"])

    def make(self, **values: str) -> AtDesk:
        """Make a class from what is chosen beforehand, but for these answers."""
        if self.place != "planning":
            self.press("planning")
        assert self.fill(self.page.planning.form, **values) == ""
        assert self.press("make") == ""
        return self

    @property
    def session(self) -> Any:
        """The class that is shown, as the store has it."""
        return self.office.shown

    def in_row(self, number: int, kind: str, **content: str) -> dict[str, Any]:
        """Press a button or write a note in a row; return the last answer."""
        board = self.page.live.board
        own = {"type": kind, "key": board.key, "number": number, "command_id": f"press-{next(IDS)}"}
        self.wire.send(board, own | content)
        return dict(self.wire.answers(board)[-1])

    def row(self, number: int) -> dict[str, Any]:
        """Return a row of the table, after a look."""
        self.page.look()
        return next(dict(row) for row in self.page.live.board.rows if row["number"] == number)

    def join(self) -> str:
        """Let somebody join the class that is shown; return the participant."""
        return str(self.office.classes.join(self.session.code, f"join-{next(IDS)}").participant)


@pytest.fixture
def at_desk(wire: Any, database: str) -> Iterator[Callable[..., AtDesk]]:
    """Open the trainer's page; each call is another tab, or another trainer by ``name``."""
    opened: list[AtDesk] = []

    def open_page(**more: str) -> AtDesk:
        opened.append(AtDesk(wire, database, **more))
        return opened[-1]

    yield open_page
    for one in opened:
        one.office.classes.store.close()


@pytest.fixture
def in_class(at_page: Callable[..., AtPage]) -> Callable[..., AtPage]:
    """Open the page of somebody who joins a trainer's class, or comes back to it."""

    def open_page(trainer: AtDesk, participant: str | None = None, **more: Any) -> AtPage:
        its = participant or trainer.join()
        return at_page(participant=its, database=trainer.database, data=trainer.data, **more)

    return open_page
