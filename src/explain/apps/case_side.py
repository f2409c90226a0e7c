"""The case and the step beside it: of the step's panels one is shown, and the others hold nothing."""

from __future__ import annotations

from ipywidgets import Box, VBox

from explain.casebook.own import AnyCase
from explain.domain.encounter import Informed, Judging, Reflecting, Uninformed
from explain.domain.errors import Refusal
from explain.explanations.waterfall import waterfall
from explain.models.linear import pilot1
from explain.sessions.progress import Meeting, Progress
from explain.views.case.panel import CasePanel
from explain.views.desk import Desk
from explain.views.judgement.panel import JudgementPanel
from explain.views.judgement.presenter import JudgementPresenter
from explain.views.reflection.panel import ReflectionPanel
from explain.views.reflection.presenter import ReflectionPresenter
from explain.views.score.panel import ScorePanel
from explain.views.score.presenter import ScorePresenter


class CaseSide(Box):  # type: ignore[misc]  # ipywidgets carries no types
    """The room in which a case is worked through.

    Parameters
    ----------
    desk
        The participant's desk.
    *others
        Panels that can stand beside the case in a step's place.
    """

    def __init__(self, desk: Desk, *others: VBox) -> None:
        self._desk = desk
        self._judging, self._scoring = JudgementPresenter(desk), ScorePresenter(desk)
        self._reflecting = ReflectionPresenter(desk)
        self.case = CasePanel(desk)
        self.judgement = JudgementPanel(self._judging)
        self.score = ScorePanel(self._scoring)
        self.reflection = ReflectionPanel(self._reflecting)
        self.steps = (self.judgement, self.score, self.reflection, *others)
        for step in self.steps:
            step.layout.display = "none"
        self._step = VBox([*self.steps])
        super().__init__([self.case, self._step])
        self.add_class("skoen-side")
        self._step.add_class("skoen-side-step")
        self.case.add_class("skoen-side-case")

    def show(self, progress: Progress, meeting: Meeting) -> None:
        """Show the case and the step where she is."""
        case, step = self._desk.training.case(meeting.planned.case), meeting.step
        self.case.show(case, unfolded=step == 1 or isinstance(meeting.state, Uninformed))
        drafts = self._desk.drafts(meeting.stream, step)
        self._judging.case = self._scoring.case = self._reflecting.case = case.key
        self._judging.stream = self._reflecting.stream = meeting.stream
        self._judging.step = step
        condition = meeting.planned.condition
        self._scoring.rated = condition.asks_rating and condition.rates_again
        self._scoring.held = progress.waits is Refusal.NOT_OPENED
        onward = f"{meeting.stream}/2"
        match meeting.state:
            case Judging():
                self._reveal(self.judgement)
                self.judgement.show(condition, step, drafts, initial=None, score=None)
            case Informed(reconsidering=False, score=score, flagged=flagged):
                self._reveal(self.score)
                self.score.show(case, condition, score, flagged, waterfall(score, pilot1()), onward)
            case Uninformed(reconsidering=False):
                self._reveal(self.score)
                self.score.show_none(onward)
            case Informed(initial=initial, score=score, flagged=flagged):
                self._reveal(self.judgement)
                self.judgement.show(condition, step, drafts, initial=initial, score=score, flagged=flagged)
            case Uninformed(initial=initial):
                self._reveal(self.judgement)
                self.judgement.show(condition, step, drafts, initial=initial, score=None)
            case Reflecting() as state:
                self._reveal(self.reflection)
                self.reflection.show(case, state, drafts)

    def show_beside(self, case: AnyCase, panel: VBox, *, unfolded: bool) -> None:
        """Show a case with one of the other panels beside it."""
        self.case.show(case, unfolded=unfolded)
        self._reveal(panel)

    def clear(self) -> None:
        """Show nothing."""
        self.case.clear()
        self._reveal(None)

    def _reveal(self, step: VBox | None) -> None:
        """Show one step's panel; the others lose what was in them, a score above all."""
        for other in self.steps:
            other.layout.display = None if other is step else "none"
            if other is not step:
                other.clear()
