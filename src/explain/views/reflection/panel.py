"""The reflection on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.casebook.own import AnyCase
from explain.charts.rows import two_rows_figure
from explain.charts.wording import marked_words
from explain.domain.conditions import Feedback
from explain.domain.encounter import Closed, Reflecting
from explain.views.components.figure import Figure
from explain.views.components.form import Form
from explain.views.components.messages import Field
from explain.views.components.template import render
from explain.views.reflection.presenter import ReflectionPresenter, direction, ratings_of


class ReflectionPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Two rows, questions by the direction of the difference, duties, panel, the trainer's words, a last field."""

    def __init__(self, presenter: ReflectionPresenter) -> None:
        self._presenter = presenter
        self.head = HTML()
        self.figure = Figure()
        self.page = HTML()
        self.form = Form(presenter.close, presenter.keep, on_stale=presenter.desk.stale)
        super().__init__([self.head, self.figure, self.page, self.form])

    def show(self, case: AnyCase, state: Reflecting | Closed, drafts: dict[str, tuple[str, int]]) -> None:
        """Show the reflection on a case."""
        say = self._presenter.desk.say
        desk = self._presenter.desk
        panel = desk.training.panel(case.key)
        ratings = ratings_of(state, case, panel)
        after_set = state.condition.feedback is not Feedback.AFTER_CASE
        marked = marked_words(state.score, state.flagged, say)
        self.head.value = render("reflection/rows.html", say, ratings=ratings, after_set=after_set, marked=marked)
        self.figure.show(two_rows_figure(ratings, say), say("rows.label"))
        self.page.value = render(
            "reflection/reflection.html",
            say,
            pedagogy=case.pedagogy,
            panel=panel,
            in_class=desk.training.watch is not None,
            duties=case.duties,
            ratings=ratings,
            direction=direction(ratings),
            questions=list(say.under(f"reflection.{direction(ratings)}").values()),
        )
        field = Field("reflection", "text", say("reflection.field"), say("reflection.hint"), required=False)
        self.form.ask(
            f"{self._presenter.stream}/4",
            [field],
            button=say("reflection.close"),
            label=say("step.4.title"),
            say=say,
            drafts=drafts,
        )

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widgets' state."""
        self.head.value = self.page.value = ""
        self.figure.clear()
        self.form.clear()
