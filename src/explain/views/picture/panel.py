"""One's own picture on the page."""

from __future__ import annotations

from ipywidgets import HTML, Box, VBox

from explain.charts.rows import movement_figure
from explain.views.components.download import Download
from explain.views.components.figure import Figure
from explain.views.components.form import Form
from explain.views.components.messages import Field
from explain.views.components.template import render
from explain.views.picture.presenter import PicturePresenter, asked_words, moves_of


class PicturePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Words first, then the figure and its table, the downloads, and the way to begin again."""

    def __init__(self, presenter: PicturePresenter) -> None:
        self._presenter = presenter
        self.head = HTML()
        self.figure = Figure()
        self.table = HTML()
        self.csv = Download(presenter.as_csv, kind="text/csv;charset=utf-8")
        self.paper = Download(presenter.as_page, kind="text/html;charset=utf-8", opens=True)
        self.again = Form(presenter.again, on_stale=presenter.desk.stale, quiet=True)
        self.onward = Form(lambda _: presenter.desk.go_on(), on_stale=presenter.desk.stale)
        buttons = Box([self.csv, self.paper])
        buttons.add_class("skoen-buttons")
        super().__init__([self.head, self.figure, self.table, buttons, self.onward, self.again])

    def show(self, key: str, *, so_far: bool = False, ended: str = "") -> None:
        """Show the picture of the newest run; ``so_far`` while cases still wait, ``ended`` what is said of a class that
        is over, where what she had written and not locked is shown as well.
        """
        say = self._presenter.desk.say
        rows = self._presenter.rows()
        ratings = [row.ratings for row in rows]
        scored = any(row.score for row in rows)
        self.head.value = render(
            "picture/picture.html",
            say,
            moves=moves_of(ratings),
            rows=rows,
            scored=scored,
            so_far=so_far,
            ended=ended,
            unlocked=self._presenter.desk.unlocked() if ended else (),
        )
        if scored:
            titled = [(say("picture.case", number=row.number, title=row.title), row.ratings) for row in rows]
            self.figure.show(movement_figure(titled, say), say("picture.label"))
        self.table.value = render("picture/table.html", say, rows=rows, asked_words=asked_words)
        self.csv.show(say("download.csv"), say("download.csv_name"))
        self.paper.show(say("download.page"), say("download.page_name"))
        if so_far:
            self.again.clear()
            self.onward.ask(f"{key}/onward", [], button=say("picture.onward"), say=say)
        else:
            self.onward.clear()
            self._offer_again(key)

    def _offer_again(self, key: str) -> None:
        say, offered = self._presenter.desk.say, self._presenter.offered
        if not offered:
            self.again.clear()
            return
        options = tuple((name, say(f"preset.{name}")) for name in offered)
        ask = [Field("preset", "choice", say("welcome.choose"), options=options)] if len(options) > 1 else []
        before = {"preset": (self._presenter.preset, 0)}
        words = say("picture.again")
        self.again.ask(f"{key}/again", ask, button=words, label=words, say=say, drafts=before)

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widgets' state."""
        self.head.value = self.table.value = ""
        self.figure.clear()
        self.csv.clear()
        self.paper.clear()
        self.onward.clear()
        self.again.clear()
