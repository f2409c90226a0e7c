"""The trainee's dashboard: from the introduction through the cases to one's own picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipywidgets import HTML, Box, DOMWidget, VBox, Widget

from explain.apps.rehearsal import rehearse
from explain.apps.wiring import training
from explain.domain.encounter import Informed, Judging, Reflecting, Uninformed, Unopened
from explain.explanations.waterfall import waterfall
from explain.models.linear import pilot1
from explain.serving.hooks import on_visitor, warming
from explain.serving.visitor import Visitor, shared_settings
from explain.sessions.progress import Meeting, Progress
from explain.texts import sayer
from explain.views.case.panel import CasePanel, GatePanel
from explain.views.components.rescue import Rescue
from explain.views.components.stage import Stage
from explain.views.components.template import render
from explain.views.desk import Desk
from explain.views.introduction.panel import IntroductionPanel
from explain.views.introduction.presenter import IntroductionPresenter
from explain.views.judgement.panel import JudgementPanel
from explain.views.judgement.presenter import JudgementPresenter
from explain.views.picture.panel import PicturePanel
from explain.views.picture.presenter import PicturePresenter
from explain.views.reflection.panel import ReflectionPanel
from explain.views.reflection.presenter import ReflectionPresenter
from explain.views.score.panel import ScorePanel
from explain.views.score.presenter import ScorePresenter

MINUTES_A_CASE = 11
"""The three-hour programme gives five cases 55 minutes (design: the trainer's programme)."""


def trainee() -> VBox:
    """Return the trainee's dashboard.

    It is built empty, since it may be built before anybody is there, and filled when the visitor is known.
    """
    if warming():
        rehearse(TraineePage, shared_settings())
    page = TraineePage()
    on_visitor(page.welcome)
    return page.root


class TraineePage:
    """All panels of the trainee's page: those of the place where she is are shown, the others emptied."""

    def __init__(self) -> None:
        self.desk = Desk()
        self._judging = JudgementPresenter(self.desk)
        self._scoring = ScorePresenter(self.desk)
        self._reflecting = ReflectionPresenter(self.desk)
        self._introducing = IntroductionPresenter(self.desk)
        self.stage = Stage(self.desk.late)
        self.header, self.notice = HTML(), HTML()
        self.introduction = IntroductionPanel(self._introducing)
        self.gate = GatePanel(self.desk)
        self.case = CasePanel(self.desk)
        self.judgement = JudgementPanel(self._judging)
        self.score = ScorePanel(self._scoring)
        self.reflection = ReflectionPanel(self._reflecting)
        self._picturing = PicturePresenter(self.desk)
        self.picture = PicturePanel(self._picturing)
        self._steps = (self.judgement, self.score, self.reflection)
        self._step = VBox([*self._steps])
        self._side = Box([self.case, self._step])
        self._rooms = (self.introduction, self.gate, self._side, self.picture)
        self.rescue = Rescue()
        self.root = VBox([self.stage, self.header, self.notice, *self._rooms, self.rescue])
        self._dress()

    def _dress(self) -> None:
        """Name the boxes for the style sheet; what is not shown is not there."""
        for box, name in (
            (self.root, "skoen"),
            (self.rescue, "skoen-rescue"),
            (self._side, "skoen-side"),
            (self._step, "skoen-side-step"),
        ):
            box.add_class(name)
        self.case.add_class("skoen-side-case")
        for room in self._rooms:
            room.layout.display = "none"

    def welcome(self, visitor: Visitor) -> None:
        """Fill the page for whoever opened it."""
        settings = visitor.settings
        say = sayer(visitor.language)
        cases = settings.get("cases")
        service = training(database=settings["database"], cases=Path(cases) if cases else None)
        self._introducing.case_set = next(iter(service.sets))
        if preset := settings.get("preset"):
            self._introducing.offered = (preset,)
        self._picturing.offered = self._introducing.offered
        self.rescue.show(say.under("rescue"))
        self.desk.sit(service, visitor.id, say)
        self.desk.observe(lambda _: self.show(), ["progress", "looking_back"])
        self.desk.observe(lambda _: self._tell(), ["notice", "unsent"])
        self.desk.observe(lambda _: self._show_anew(), "out_of_step")
        self.show()

    @property
    def at_end(self) -> bool:
        """Whether every case is done."""
        progress = self.desk.progress
        return progress is not None and progress.participation.introduced and self.desk.meeting is None

    def show(self) -> None:
        """Show the place where the participant is."""
        progress, meeting = self.desk.progress, self.desk.meeting
        if progress is None or not progress.participation.introduced:
            self._show_introduction(progress)
        elif meeting is None or self.desk.looking_back:
            self._show_picture(progress, meeting)
        elif isinstance(meeting.state, Unopened):
            self._show_gate(progress, meeting)
        else:
            self._show_step(meeting)

    def _show_introduction(self, progress: Progress | None) -> None:
        self._enter(self.introduction)
        cases = len(self.desk.training.sets[self._introducing.case_set].cases)
        if progress is None:
            self.introduction.welcome(minutes=MINUTES_A_CASE, cases=cases)
            place = "welcome"
        elif progress.participation.answers:
            self.introduction.answered(progress.stream)
            place = "answered"
        else:
            self.introduction.reading(progress.stream)
            place = "reading"
        self._arrive(place, None, None)

    def _show_gate(self, progress: Progress, meeting: Meeting) -> None:
        self._enter(self.gate)
        case = self.desk.training.case(meeting.planned.case)
        self.gate.show(case, progress, meeting)
        self._arrive(f"{meeting.stream}/gate", meeting, None)

    def _show_picture(self, progress: Progress, waiting: Meeting | None) -> None:
        self._enter(self.picture)
        key = f"{progress.stream}/picture/{waiting.number}" if waiting else progress.stream
        self.picture.show(key, so_far=waiting is not None)
        self._arrive(f"{key}/picture", None, None)

    def _show_step(self, meeting: Meeting) -> None:
        case, step = self.desk.training.case(meeting.planned.case), meeting.step
        self._enter(self._side)
        self.case.show(case, unfolded=step == 1 or isinstance(meeting.state, Uninformed))
        drafts = self.desk.drafts(meeting.stream, step)
        self._judging.case = self._scoring.case = self._reflecting.case = case.key
        self._judging.stream = self._reflecting.stream = meeting.stream
        self._judging.step = step
        condition = meeting.planned.condition
        self._scoring.rated = condition.asks_rating
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
        self._arrive(f"{meeting.stream}/{step}", meeting, step)

    def _enter(self, room: VBox) -> None:
        """Show one room; the others lose what was in them."""
        for other in self._rooms:
            other.layout.display = None if other is room else "none"
        if room is not self._side:
            self.case.clear()
            self._reveal(None)
        if room is not self.picture:
            self.picture.clear()
        if room is not self.introduction:
            self.introduction.clear()
        if room is not self.gate:
            self.gate.clear()

    def _reveal(self, step: VBox | None) -> None:
        """Show one step's panel; the others lose what was in them, a score above all."""
        for other in self._steps:
            other.layout.display = None if other is step else "none"
            if other is not step:
                other.clear()

    def _arrive(self, place: str, meeting: Meeting | None, step: int | None) -> None:
        progress, say = self.desk.progress, self.desk.say
        total = len(progress.meetings) if progress else 0
        number = meeting.number if meeting else None
        # The twin control walks the same steps; only the second has another name there.
        unseen = meeting is not None and not meeting.planned.condition.shows_score
        heading = say("step.2.none" if unseen and step == 2 else f"step.{step}.title") if step else ""
        self.header.value = render(
            "header.html", say, number=number, total=total, step=step, unseen=unseen, heading=heading
        )
        title = say("pages.trainee")
        where = ""
        if step:
            where = say("header.where", number=number, total=total, step=step)
        elif meeting:
            where = say("case.progress", number=number, total=total).capitalize()
        self.stage.title = f"{where} – {title}" if where else title
        self.stage.place = place

    def _tell(self) -> None:
        desk = self.desk
        self.notice.value = render("notice.html", desk.say, notice=desk.notice, unsent=desk.unsent)

    def _show_anew(self) -> None:
        """Send the browser everything: what changed while the line was gone never reached it."""
        for widget in _below(self.root):
            widget.send_state()


def _below(widget: Widget) -> Iterator[Widget]:
    """Return a widget and all that is in it, with their layouts."""
    yield widget
    if isinstance(widget, DOMWidget) and widget.layout is not None:
        yield widget.layout
    for child in widget.children if isinstance(widget, Box) else ():
        yield from _below(child)
