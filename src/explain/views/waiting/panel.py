"""The waiting room on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.texts.numbers import day
from explain.views.components.template import render
from explain.views.desk import Desk
from explain.views.waiting.presenter import Waiting


class WaitingPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """One sentence on what she waits for, and her locked judgement, which stays."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.page = HTML()
        super().__init__([self.page])

    def show(self, waiting: Waiting, delete_on: str) -> None:
        """Show what she waits for."""
        say, what = self._desk.say, waiting.what
        titled = f"waiting.{what}_title" if waiting.over else "waiting.title"
        sentence = say("waiting.ended", date=day(delete_on, say)) if what == "ended" else say(f"waiting.{what}")
        self.page.value = render(
            "waiting/waiting.html",
            say,
            title=say(titled),
            sentence=sentence,
            judgement=waiting.judgement,
            first=what == "score",
            over=waiting.over,
            unlocked=self._desk.unlocked() if what == "removed" else (),
        )

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
