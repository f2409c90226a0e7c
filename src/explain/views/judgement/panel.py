"""A judgement's questions on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.charts.wording import marked_words
from explain.domain.conditions import Condition, Question
from explain.domain.judgement import Judgement, NextStep
from explain.domain.score import Score
from explain.views.components.form import Form
from explain.views.components.messages import Field
from explain.views.components.template import render
from explain.views.judgement.presenter import JudgementPresenter, questions


class JudgementPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Rating without a default, reasons, what else the condition asks, and the lock."""

    def __init__(self, presenter: JudgementPresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.form = Form(presenter.lock, presenter.keep, on_stale=presenter.desk.stale)
        super().__init__([self.page, self.form])

    def show(
        self,
        condition: Condition,
        step: int,
        drafts: dict[str, tuple[str, int]],
        *,
        initial: Judgement | None,
        score: Score | None,
        flagged: frozenset[str] = frozenset(),
    ) -> None:
        """Show step 1, or step 3 with the first judgement beside it, read-only, and the score where it was shown."""
        say = self._presenter.desk.say
        marked = marked_words(score, flagged, say) if score else ""
        value = score.value if score else None
        alone = condition.never_scored
        self.page.value = render(
            "judgement/judgement.html", say, step=step, alone=alone, initial=initial, score=value, marked=marked
        )
        self.form.ask(
            f"{self._presenter.stream}/{step}",
            self._fields(condition, step),
            button=say(f"judgement.lock{step}"),
            note=say("judgement.lock_panel_note" if alone else f"judgement.lock{step}_note"),
            label=say(f"step.{step}.title"),
            say=say,
            drafts=drafts,
        )

    def clear(self) -> None:
        """Show nothing, and leave nothing in the widgets' state."""
        self.page.value = ""
        self.form.clear()

    def _fields(self, condition: Condition, step: int) -> list[Field]:
        say = self._presenter.desk.say
        ends = (("1", say("rating.low")), ("10", say("rating.high")))
        rating = Field("rating", "rating", say("rating.question"), say("rating.hint"), options=ends)
        reasons = Field(
            "reasons", "text", say(f"judgement.reasons{step}"), say("judgement.reasons_hint"), condition.asks_reasons
        )
        return [rating, reasons, *(self._question(question) for question in questions(condition, step))]

    def _question(self, question: Question) -> Field:
        say = self._presenter.desk.say
        label = say(f"question.{question}")
        match question:
            case Question.CONFIDENCE:
                options = tuple((str(sure), say(f"confidence.{sure}")) for sure in range(1, 6))
            case Question.URGENT:
                options = (("yes", say("yes")), ("no", say("no")))
            case Question.NEXT_STEP:
                options = tuple((step.value, say(f"next_step.{step}")) for step in NextStep)
            case Question.MISSING:
                return Field(question.value, "text", label, say("question.missing_hint"), required=False)
        return Field(question.value, "choice", label, options=options)
