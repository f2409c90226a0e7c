"""The trainer's first page on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ipywidgets import HTML, Box, VBox

from explain.views.components.actions import Actions
from explain.views.components.download import Download
from explain.views.components.template import render
from explain.views.home.presenter import HomePresenter

Paper = Mapping[str, tuple[str, Callable[[], str]]]
"""What can be printed, by the name of its file: the button's words, and what makes the page."""


class HomePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Her classes, a new one, and the papers."""

    def __init__(self, presenter: HomePresenter) -> None:
        self._presenter = presenter
        self.head, self.prepare = HTML(), HTML()
        self.classes, self.ways = Actions(presenter.open), Actions(presenter.lead)
        self.classes.add_class("skoen-list")
        self.papers = Box([])
        self.papers.add_class("skoen-buttons")
        super().__init__([self.head, self.ways, self.classes, self.prepare, self.papers])

    def offer(self, papers: Paper) -> None:
        """Set what can be printed; made only when it is asked for."""
        buttons = []
        for filename, (label, make) in papers.items():
            button = Download(make, kind="text/html;charset=utf-8", opens=True)
            button.show(label, filename)
            buttons.append(button)
        self.papers.children = buttons

    def show(self) -> None:
        """Show her classes as they stand."""
        say = self._presenter.office.say
        classes = list(self._presenter.classes())
        self.head.value = render("home/home.html", say, any=bool(classes))
        self.prepare.value = render("home/prepare.html", say)
        self.ways.show("home/ways", self._presenter.ways(), say.under("press"))
        self.classes.show("home/classes", classes, say.under("press"))

    def clear(self) -> None:
        """Show nothing."""
        self.head.value = self.prepare.value = ""
        self.ways.clear()
        self.classes.clear()
