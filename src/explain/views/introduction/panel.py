"""The introduction on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.domain.conditions import PRESETS, Feedback, Order
from explain.views.components.form import Form
from explain.views.components.messages import Field
from explain.views.components.template import render
from explain.views.introduction.presenter import CHECKS, IntroductionPresenter

CRITERIA = ("input", "text", "age", "population", "danger", "new")
"""When to disregard a score: the criteria of the training plan, in its order (design: the page on what the tool is)."""


class IntroductionPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Welcome, then reading and check questions, then their answers."""

    def __init__(self, presenter: IntroductionPresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self._on_send = presenter.begin
        self.form = Form(lambda sent: self._on_send(sent), on_stale=presenter.desk.stale)
        super().__init__([self.page, self.form])

    def welcome(self, minutes: int, cases: int) -> None:
        """Show the first page: what this is, how long ``cases`` of ``minutes`` each take, and the way to begin."""
        say = self._presenter.desk.say
        presets = [PRESETS[name] for name in self._presenter.offered]
        may_stop = [preset.feedback is Feedback.AFTER_CASE for preset in presets]
        self.page.value = render(
            "introduction/welcome.html",
            say,
            cases=cases,
            each=minutes,
            minutes=5 * round(minutes * cases / 5),
            own_first=all(preset.order is Order.OWN_FIRST for preset in presets),
            may_stop=any(may_stop),
            all_may_stop=all(may_stop),
        )
        self._on_send = self._presenter.begin
        offered = self._presenter.offered
        options = tuple((name, say(f"preset.{name}")) for name in offered)
        ask = [Field("preset", "choice", say("welcome.choose"), options=options)] if len(options) > 1 else []
        self.form.ask("welcome", ask, button=say("welcome.begin"), say=say, drafts={"preset": ("teaching", 0)})

    def reading(self, key: str, lead: str = "", *, checks: bool = True) -> None:
        """Show what the tool is and is not and the criteria, after ``lead``, and the check questions on the score; not
        to whoever never gets one.
        """
        say = self._presenter.desk.say
        self.page.value = render("introduction/reading.html", say, criteria=CRITERIA, lead=lead, checks=checks)
        if not checks:
            self._on_send = self._presenter.finish
            self.form.ask(f"{key}/introduced", [], button=say("check.onward"), say=say)
            return
        self._on_send = self._presenter.answer
        fields = [
            Field(question, "choice", say(f"check.{question}.question"), options=self._choices(question))
            for question in CHECKS
        ]
        self.form.ask(f"{key}/checks", fields, button=say("check.send"), label=say("check.title"), say=say)

    def answered(self, key: str) -> None:
        """Show how the check questions were answered, and the way to the first case."""
        say = self._presenter.desk.say
        rows = [
            (
                say(f"check.{answer.question}.question"),
                dict(self._choices(answer.question)).get(answer.choice, ""),
                answer.right,
                say(f"check.{answer.question}.because"),
            )
            for answer in self._presenter.answers
        ]
        self.page.value = render("introduction/answered.html", say, rows=rows)
        self._on_send = self._presenter.finish
        self.form.ask(f"{key}/introduced", [], button=say("check.onward"), say=say)

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        self.form.clear()

    def _choices(self, question: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._presenter.desk.say.under(f"check.{question}.choice").items())
