"""A class on the page, as it happens."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.texts.numbers import day
from explain.views.components.actions import Actions
from explain.views.components.addresses import readable
from explain.views.components.board import Board
from explain.views.components.messages import Action, Sent
from explain.views.components.template import render
from explain.views.live.presenter import LivePresenter
from explain.views.live.release_panel import ReleasePanel
from explain.views.live.results import results_of
from explain.views.live.rows import number_of
from explain.views.office import people_of, state_of

COLUMNS = ("name", "case", "step", "seen", "note", "does", "hide")
"""What the table says itself: its columns, and the button that hides a PIN."""


class LivePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Head, buttons, sums and the table, from above: nothing above the table moves while people work."""

    def __init__(self, presenter: LivePresenter) -> None:
        self._presenter = presenter
        self.head, self.window, self.totals, self.results = HTML(), HTML(), HTML(), HTML()
        self.doing, self.ways = Actions(presenter.act), Actions(presenter.lead)
        self.board = Board(self._press, self._note)
        self.release = ReleasePanel(presenter.releasing)
        above = [self.head, self.doing, self.ways, self.window, self.totals]
        super().__init__([*above, self.board, self.release, self.results])

    def show(self) -> None:
        """Show the class as it stands; what has not changed is not sent."""
        presenter, say = self._presenter, self._presenter.office.say
        live = presenter.live
        if live is None:
            return self.clear()
        session = live.session
        stands = f"{state_of(session, presenter.office.milliseconds(), say)} · {people_of(session, say)}"
        self.head.value = render(
            "live/live.html",
            say,
            session=session,
            stands=stands,
            deleted=day(session.plan.delete_on, say),
            readable=readable(presenter.office.addresses[0]),
        )
        self.doing.show(f"live/{session.id}", list(presenter.actions(live)), say.under("press"))
        self.totals.value = render("live/totals.html", say, totals=list(presenter.totals(live)), any=bool(live.rows))
        texts = say.under("press") | {name: say(f"board.{name}") for name in COLUMNS} | {"table": say("live.board")}
        self.board.show(f"board/{session.id}", presenter.rows(live), texts)
        self.release.show()
        rows, few = results_of(presenter.office, session)
        self.results.value = render("live/results.html", say, rows=rows, few=few)
        ways = [Action("projector", say("live.show_code")), Action("home", say("live.home"))]
        self.ways.show(f"live/{session.id}/ways", ways[session.ended :], say.under("press"))
        query = f"?show=projector&session={session.id}"
        self.window.value = "" if session.ended else render("live/window.html", say, query=query)
        return None

    def clear(self) -> None:
        """Show nothing."""
        for part in (self.head, self.window, self.totals, self.results):
            part.value = ""
        self.doing.clear()
        self.ways.clear()
        self.board.clear()
        self.release.clear()

    def _press(self, name: str, number: int, sent: Sent) -> str:
        its, bot = number_of(number)
        if name == "remove":
            return self._presenter.remove(its, bot, sent)
        problem, told = self._presenter.let_in(its, bot, sent)
        if told:
            self.board.tell(number, told)
        return problem

    def _note(self, number: int, text: str, sent: Sent) -> str:
        its, bot = number_of(number)
        return self._presenter.note(its, bot, text, sent)
