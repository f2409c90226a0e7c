"""The trainer's dashboard: her classes, a new one, one as it happens, the projector's page, and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from ipywidgets import HTML, VBox

from explain.apps.paper import PILES, criteria, pile, programme
from explain.apps.rehearsal_trainer import rehearse_trainer
from explain.apps.wiring import access, classes
from explain.casebook.schema import CaseSet
from explain.domain.people import Actor
from explain.serving.hooks import on_visitor, warming
from explain.serving.visitor import Visitor, shared_settings
from explain.store import open_store
from explain.texts import Sayer, sayer
from explain.views.components.pulse import Pulse
from explain.views.components.stage import Stage
from explain.views.components.template import render
from explain.views.home.panel import HomePanel, Paper
from explain.views.home.presenter import HomePresenter
from explain.views.live.panel import LivePanel
from explain.views.live.presenter import LivePresenter
from explain.views.office import Office
from explain.views.planning.panel import PlanningPanel
from explain.views.planning.presenter import PlanningPresenter
from explain.views.projector.panel import ProjectorPanel
from explain.views.projector.presenter import ProjectorPresenter
from explain.views.staff.panel import StaffPanel
from explain.views.staff.presenter import StaffPresenter

LIVE_SECONDS = 0.5
"""How often the live view looks for what has happened (the house: the trainer's page 0.5 s, while it is connected)."""


def trainer() -> VBox:
    """Return the trainer's dashboard, built empty and filled when the visitor is known."""
    if warming():
        rehearse_trainer(TrainerPage, shared_settings())
    page = TrainerPage()
    on_visitor(page.welcome)
    return page.root


class Room(Protocol):
    """What the trainer's rooms have in common."""

    layout: Any

    def show(self) -> None:
        """Show what is there now."""
        ...

    def clear(self) -> None:
        """Show nothing."""
        ...


class TrainerPage:
    """All rooms of the trainer's page; one is shown."""

    def __init__(self) -> None:
        self.office = Office()
        self.stage = Stage(lambda _: True)
        self.pulse = Pulse(self.look)
        self.header, self.notice = HTML(), HTML()
        self.home = HomePanel(HomePresenter(self.office))
        self.planning = PlanningPanel(PlanningPresenter(self.office))
        self.following = LivePresenter(self.office)
        self.live = LivePanel(self.following)
        self.projector = ProjectorPanel(ProjectorPresenter(self.office))
        self.staff = StaffPanel(StaffPresenter(self.office))
        self.rooms: dict[str, Room] = {
            "home": self.home,
            "planning": self.planning,
            "live": self.live,
            "projector": self.projector,
            "staff": self.staff,
        }
        self.root = VBox([self.stage, self.pulse, self.header, self.notice, *self.rooms.values()])
        self.root.add_class("skoen")
        for room in self.rooms.values():
            room.layout.display = "none"

    def welcome(self, visitor: Visitor) -> None:
        """Fill the page for the trainer who opened it."""
        say, settings = sayer(visitor.language), visitor.settings
        data, cases = Path(settings["data"]), settings.get("cases")
        may = access(database=settings["database"], data=data)
        store = open_store(settings["database"])
        its = classes(store, may.roles, new_pin=may.new_pin, cases=Path(cases) if cases else None, data=data)
        self.home.offer(_papers(say, its.sets))
        self.office.enter(
            its,
            may,
            Actor(visitor.person or "", visitor.sign_in or ""),
            say,
            settings.get("addresses", "").split(),
            asked=visitor.query.get("session", ""),
            at=visitor.query.get("show", ""),
        )
        self.office.observe(lambda _: self.show(), "turns")
        self.show()

    def look(self) -> None:
        """Take in what has happened in the class that is shown."""
        if self.office.place == "live" and self.following.look():
            self.live.show()

    def show(self) -> None:
        """Show the place where the trainer is; without a role there is none."""
        office = self.office
        place = office.place if office.may_be_here else ""
        for name, room in self.rooms.items():
            room.layout.display = None if name == place else "none"
            if name != place:
                room.clear()
        query = office.query
        self.header.value = render("header.html", office.say, **_nowhere(), query=f"{query[1:]}&" if query else "")
        self.notice.value = "" if place else render("notice.html", office.say, notice=office.no_entry, unsent="")
        if place == "live":
            self.following.look()
        if place:
            self.rooms[place].show()
        self.pulse.beat(LIVE_SECONDS if place == "live" else 0.0)
        self.stage.title = office.say("pages.trainer")
        self.stage.query = query or "?"
        self.stage.place = f"{place}/{office.session}"


def _papers(say: Sayer, sets: Mapping[str, CaseSet]) -> Paper:
    """Return what can be printed, made only when it is asked for."""
    papers: dict[str, tuple[str, Callable[[], str]]] = {
        "programme.html": (say("home.programme"), lambda: programme(say)),
        "criteria.html": (say("home.criteria"), lambda: criteria(say)),
    }
    for name, one in sets.items():
        title = one.title.say(say.language)
        for which, kind in enumerate(PILES):
            label = say(f"home.pile.{kind}", title=title)
            papers[f"{name}-{which + 1}-{kind}.html"] = label, partial(pile, which, label, one.cases, say)
    return papers


def _nowhere() -> dict[str, object]:
    """Return the head of a page that is at no step of any case."""
    return {"where": "", "step": None, "dots": None, "unseen": False, "class_of": "", "door": "", "leave": True}
