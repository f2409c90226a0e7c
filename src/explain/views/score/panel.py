"""The score on the page: number and meaning, data overview, waterfall."""

from __future__ import annotations

from functools import lru_cache

from ipywidgets import HTML, VBox

from explain.casebook.situation import Situation
from explain.charts.waterfall import waterfall_figure
from explain.charts.wording import worded
from explain.domain.conditions import Condition, Explanation
from explain.domain.score import Score
from explain.explanations.waterfall import Waterfall
from explain.texts import Sayer, sayer
from explain.views.components.figure import Drawn, Figure
from explain.views.components.flags import Flags
from explain.views.components.form import Form
from explain.views.components.template import render
from explain.views.score.presenter import ScorePresenter, overview


@lru_cache(maxsize=64)
def _drawn(picture: Waterfall, language: str) -> Drawn:
    """Draw a case's waterfall, which is the same for everybody; the plotly figure takes longer than all else here."""
    figure: Drawn = waterfall_figure(picture, sayer(language))
    return figure


class ScorePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Empty until a score is shown; for the twin control, the invitation to read the case again."""

    def __init__(self, presenter: ScorePresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.overview_head = HTML()
        self.flags = Flags(presenter.flag, presenter.desk.late)
        self.figure_head = HTML()
        self.figure = Figure()
        self.twin = HTML()
        self.held = HTML()
        self.form = Form(presenter.onward, on_stale=presenter.desk.stale)
        super().__init__(
            [self.page, self.overview_head, self.flags, self.figure_head, self.figure, self.twin, self.held, self.form]
        )

    def show(
        self, case: Situation, condition: Condition, score: Score, flagged: frozenset[str], picture: Waterfall, key: str
    ) -> None:
        """Show a score with what the condition puts beside it."""
        say = self._presenter.desk.say
        self.page.value = render(
            "score/score.html", say, score=score, picture=picture, explained=bool(condition.explanations)
        )
        if Explanation.OVERVIEW in condition.explanations:
            self.overview_head.value = render("score/overview.html", say)
            self.flags.show(f"{key}/flags", overview(case, score, flagged, say), say.under("flags"))
        if Explanation.WATERFALL in condition.explanations:
            self.figure_head.value = render("score/waterfall.html", say)
            self.figure.show(_drawn(picture, say.language), say("waterfall.label", score=score.value))
            self.twin.value = render("score/twin.html", say, rows=_twin(picture, say), picture=picture)
        self._ask(key)

    def show_none(self, key: str) -> None:
        """Show the twin control's page: the case is read again, and no score is shown."""
        self._hide_score()
        self.page.value = render("score/none.html", self._presenter.desk.say)
        self._ask(key)

    def clear(self) -> None:
        """Show nothing, and leave nothing of a score in the widgets' state."""
        self._hide_score()
        self.page.value = self.held.value = ""
        self.form.clear()

    def _hide_score(self) -> None:
        for part in (self.overview_head, self.figure_head, self.twin):
            part.value = ""
        self.flags.clear()
        self.figure.clear()

    def _ask(self, key: str) -> None:
        presenter, say = self._presenter, self._presenter.desk.say
        self.held.value = render("score/held.html", say) if presenter.held else ""
        if presenter.held:
            return self.form.clear()
        label = say("score.onward" if presenter.rated else "score.end_reading")
        return self.form.ask(key, [], button=label, say=say)


def _twin(picture: Waterfall, say: Sayer) -> list[tuple[str, float, float]]:
    """Return the waterfall as rows: what, what it adds, and where that leads, in percentage points."""
    return [(worded(say, step.name, step.value), 100 * step.contribution, 100 * step.end) for step in picture.steps]
