"""Somebody at the trainee's page, who does everything through its widgets, as her browser would."""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from explain.apps.trainee import TraineePage
from explain.serving.visitor import Visitor
from explain.store import prepare
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
    """A trainee at her page; ``settings`` are the server's."""

    def __init__(self, wire: Any, *, name: str = "5f" * 16, language: str = "da", **settings: str) -> None:
        self.wire, self.page = wire, TraineePage()
        self.preset = settings.get("preset", "teaching")
        self.page.welcome(Visitor(name, language, {}, {"database": "memory:", "cases": str(four_cases())} | settings))
        self.desk = self.page.desk
        self.widgets = widgets_of(self.page.root)

    @property
    def place(self) -> str:
        """The kind of page she is at: welcome, reading, answered, gate, 1, 2, 3, 4, picture."""
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
        return rooms.get(self.place, page.introduction.form)

    @property
    def answers(self) -> dict[str, str]:
        """What she answers at this place."""
        here: dict[str, dict[str, str]] = {
            "welcome": {"preset": self.preset},
            "reading": RIGHT,
            "1": {"rating": "4", "reasons": "Jeg ser <b>det</b> & mere", "missing": "Faderen"},
            "3": {"rating": "6", "reasons": "Jeg flytter mig"},
            "4": {"reflection": "Jeg lærte noget"},
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

    def open_page(**settings: str) -> AtPage:
        opened.append(AtPage(wire, **settings))
        return opened[-1]

    yield open_page
    for one in opened:
        one.desk.training.store.close()
