"""The trainee's dashboard: from the introduction through the cases to one's own picture; alone, or in a class."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML, Box, VBox

from explain.apps.anew import send_anew
from explain.apps.case_side import CaseSide
from explain.apps.rehearsal import rehearse
from explain.apps.wiring import own_cases, training
from explain.domain.encounter import Closed, Unopened
from explain.domain.errors import Refusal
from explain.domain.own_case import AwaitingRelease, NotSubmitted, Ready, SentBack
from explain.domain.session import Session
from explain.domain.session_plan import Kind, Pace
from explain.serving.hooks import on_visitor, warming
from explain.serving.visitor import Visitor, shared_settings
from explain.sessions.own_cases import OwnCases
from explain.sessions.ports import milliseconds, utc_now
from explain.sessions.progress import Meeting, Progress
from explain.texts import sayer
from explain.texts.numbers import day, minutes_of
from explain.views.case.panel import GatePanel
from explain.views.components.form import Form
from explain.views.components.pulse import Pulse
from explain.views.components.rescue import Rescue
from explain.views.components.shared import below, share_plain
from explain.views.components.stage import Stage
from explain.views.components.template import render
from explain.views.consent.panel import ConsentPanel
from explain.views.consent.presenter import ConsentPresenter
from explain.views.desk import Desk
from explain.views.header import Door, Header
from explain.views.introduction.panel import IntroductionPanel
from explain.views.introduction.presenter import IntroductionPresenter
from explain.views.own_case.panel import OwnCarePanel, OwnDeletePanel, OwnFormPanel
from explain.views.own_case.presenter import OwnCasePresenter
from explain.views.picture.panel import PicturePanel
from explain.views.picture.presenter import PicturePresenter
from explain.views.waiting.panel import WaitingPanel
from explain.views.waiting.presenter import Waiting, waiting

MINUTES_A_CASE = 11
"""The three-hour programme gives five cases 55 minutes (design: the trainer's programme)."""
PACED_SECONDS, FREE_SECONDS = 1.0, 5.0
"""How often a page in a class looks for what the trainer has done (the house: 1 s, and only in paced sessions)."""


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
    """All rooms of the trainee's page: the one where she is is shown, the others are emptied."""

    def __init__(self) -> None:
        self.desk = Desk()
        self._introducing, self._picturing = IntroductionPresenter(self.desk), PicturePresenter(self.desk)
        self._consenting = ConsentPresenter(self.desk)
        self.stage = Stage(self.desk.late)
        self.pulse = Pulse(self.look)
        self.header, self.notice, self.bar = Header(), HTML(), HTML()
        self.introduction = IntroductionPanel(self._introducing)
        self.consent = ConsentPanel(self._consenting)
        self.waiting = WaitingPanel(self.desk)
        self.gate = GatePanel(self.desk)
        self._owning = OwnCasePresenter(self.desk, self.show)
        self.own, self.care = OwnFormPanel(self._owning), OwnCarePanel(self._owning)
        self.removal = OwnDeletePanel(self._owning)
        self._own_asked, self._alone = False, True
        self.side = CaseSide(self.desk, self.care)
        self.picture = PicturePanel(self._picturing)
        self.rooms = (self.consent, self.introduction, self.waiting, self.gate, self.side, self.picture, self.own)
        self.rescue = Rescue()
        above = (self.stage, self.pulse, self.header, self.notice)
        self.ways = HTML()
        below = (self.removal, self.consent.change, self.bar, self.rescue, self.ways)
        self.root = VBox([*above, *self.rooms, *below])
        self.root.add_class("skoen")
        self.rescue.add_class("skoen-rescue")
        self.bar.add_class("skoen-bar")
        self.removal.add_class("skoen-removal")
        for room in (*self.rooms, self.removal):
            room.layout.display = "none"
        share_plain(self.root)
        self._seen = (0, 0, "")

    def welcome(self, visitor: Visitor) -> None:
        """Fill the page for whoever opened it."""
        settings = visitor.settings
        say = sayer(visitor.language)
        cases = settings.get("cases")
        service = training(
            database=settings["database"],
            cases=Path(cases) if cases else None,
            data=Path(data) if (data := settings.get("data")) else None,
            participant=visitor.participant,
        )
        self._introducing.case_set = next(iter(service.sets))
        if preset := settings.get("preset"):
            self._introducing.offered = (preset,)
        # In a class the seat says what is met, and there is nothing to begin again.
        self._picturing.offered = () if visitor.participant else self._introducing.offered
        self._own_asked = visitor.query.get("case") == "own"
        self._practice = service
        self.rescue.show(say.under("rescue"))
        self._alone = not visitor.participant
        self.desk.sit(service, visitor.participant or visitor.id, say)
        self.desk.observe(lambda _: self.show(), ["progress", "looking_back"])
        self.desk.observe(lambda _: self._tell(), ["notice", "unsent"])
        self.desk.observe(lambda _: send_anew(self.root), "out_of_step")
        self.show()

    @property
    def at_end(self) -> bool:
        """Whether every case is done."""
        progress = self.desk.progress
        return progress is not None and progress.participation.introduced and self.desk.meeting is None

    def look(self) -> None:
        """Take in what the trainer has done, and that a minute has passed."""
        before, now = self._seen, self._of_class()
        if now == before:
            return
        self.desk.look()
        if isinstance(self.desk.training, OwnCases):
            if now[2] != before[2]:
                self.show()
            self._seen = now
            # The form she may be writing in is left alone.
            self._show_class(self._practice.progress(self.desk.participant))

    def show(self) -> None:
        """Show the place where the participant is."""
        progress, meeting = self.desk.progress, self.desk.meeting
        if self._own_asked and _takes_own(progress):
            # What the tool is comes first; then the same desk, for her own case.
            self._own_asked = False
            self.desk.sit(own_cases(self.desk.training, self.desk.participant), self.desk.participant, self.desk.say)
            progress, meeting = self.desk.progress, self.desk.meeting
        if isinstance(self.desk.training, OwnCases):
            self._show_own(self.desk.training, progress, meeting)
            return
        self._seen = self._of_class()
        if self._consenting.asks and progress is not None:
            self._show_consent(progress)
        elif waits := waiting(progress, self.desk.training.watch):
            self._show_waiting(waits)
        elif progress is None or not progress.participation.introduced:
            self._show_introduction(progress)
        elif progress.session and progress.session.ended:
            self._show_ended(progress, progress.session)
        elif meeting is None or self.desk.looking_back:
            self._show_picture(progress, meeting)
        elif isinstance(meeting.state, Unopened):
            self._show_gate(progress, meeting)
        else:
            self._enter(self.side)
            self.side.show(progress, meeting)
            self._arrive(f"{meeting.stream}/{meeting.step}", meeting, meeting.step)
        self._show_class(progress)

    def _show_consent(self, progress: Progress) -> None:
        self._enter(self.consent)
        watch = self.desk.training.watch
        assert watch is not None, "only a class asks for consent"
        self.consent.show(progress.stream, watch.now().plan.delete_on)
        self._arrive(f"{progress.stream}/consent", None, None)

    def _show_waiting(self, waits: Waiting) -> None:
        watch = self.desk.training.watch
        assert watch is not None, "only a class waits"
        self._enter(self.waiting)
        self.waiting.show(waits, watch.now().plan.delete_on)
        self._arrive(f"{watch.id}/{waits.what}", None, None)

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
            session = progress.session
            panel = session is not None and session.plan.kind is Kind.PANEL
            words = "class.welcome_panel" if panel else "class.welcome_class"
            lead = self.desk.say(words, title=session.plan.title) if session else ""
            if session and session.plan.own_cases and session.plan.own_cases.recorded:
                lead += f" {self.desk.say('class.own_cases_read')}"
            self.introduction.reading(progress.stream, lead, checks=not panel)
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

    def _show_ended(self, progress: Progress, session: Session) -> None:
        """Show what she has locked, and what she had not, when her class is over."""
        self._enter(self.picture)
        said = self.desk.say("waiting.ended", date=day(session.plan.delete_on, self.desk.say))
        if session.plan.kind is Kind.PANEL:
            said = f"{said} {self.desk.say('waiting.panel_ended')}"
        self.picture.show(progress.stream, ended=said)
        self._arrive(f"{progress.stream}/ended", None, None)

    def _show_own(self, own: OwnCases, progress: Progress | None, meeting: Meeting | None) -> None:
        self._seen = self._of_class()
        practice = self._practice.progress(own.owner)
        over = progress is not None and meeting is None
        stream = self._owning.stream = own.stream
        if self._stops(practice, over=over):
            return
        self._show_class(practice)
        self.removal.layout.display = None
        self.removal.show()
        state = own.state
        if isinstance(state, NotSubmitted):
            self._enter(self.own)
            self.own.show()
            self._arrive(f"{stream}/form", None, None)
            return
        self._enter(self.side)
        if progress is not None and meeting is not None and not isinstance(meeting.state, Unopened):
            self.side.show(progress, meeting)
            self._arrive(f"{meeting.stream}/{meeting.step}", meeting, meeting.step)
            return
        self.side.show_beside(own.case(stream), self.care, unfolded=not over)
        match state:
            case AwaitingRelease():
                place = "awaiting"
                self.care.waiting()
            case SentBack(why=why):
                place = "back"
                self.care.sent_back(why)
            case Ready(kind=kind) if not over:
                place = "ready"
                self.care.ready(kind)
            case _:
                place = "over"
                if progress and isinstance(ended := progress.meetings[0].state, Closed):
                    self.care.over(ended)
        self._arrive(f"{stream}/{place}", None, None)

    def _stops(self, practice: Progress | None, *, over: bool) -> bool:
        """Show that the class goes on without her, or not at all, where it is so; she can still delete her case."""
        if self._practice.watch is None:
            return False
        held = practice.held if practice else Refusal.ENDED
        if held is not Refusal.REMOVED and (held is not Refusal.ENDED or (practice and over)):
            return False
        self._show_waiting(Waiting("removed" if held is Refusal.REMOVED else "ended"))
        self.removal.layout.display = None if practice else "none"
        if practice:
            self.removal.show()
        self._show_class(practice)
        return True

    def _enter(self, room: Box) -> None:
        """Show one room; the others lose what was in them."""
        for other in self.rooms:
            other.layout.display = None if other is room else "none"
            if other is not room:
                other.clear()

    def _arrive(self, place: str, meeting: Meeting | None, step: int | None) -> None:
        say = self.desk.say
        progress, own = self.desk.progress, isinstance(self.desk.training, OwnCases)
        door: Door = "back" if own else "own" if _takes_own(progress) else ""
        if own and progress is None:
            # Before it can be opened her own case has no head of its own; the class has.
            progress = self._practice.progress(self.desk.participant)
        where = self.header.show(say, progress, meeting, step, door=door)
        # In a class the way out stands beside her number, where that is still known.
        seated = progress is not None and progress.seat is not None
        self.ways.value = "" if seated else render("ways.html", say, alone=self._alone)
        title = say("pages.trainee")
        self.stage.title = f"{where} – {title}" if where else title
        self.stage.place = place

    def _show_class(self, progress: Progress | None) -> None:
        """Say that there is a pause, offer to change the consent, and look at the class as often as it needs."""
        session = progress.session if progress else None
        if progress is None or session is None:
            return
        paused = progress.held is Refusal.PAUSED
        if self.bar.value and not paused:
            for widget in below(self.root):
                if isinstance(widget, Form):
                    widget.unsay()
        self.bar.value = render("paused.html", self.desk.say) if paused else ""
        if self._consenting.asks:
            self.consent.change.clear()
        else:
            self.consent.offer(progress.stream)
        paced = FREE_SECONDS if session.plan.pace is Pace.FREE else PACED_SECONDS
        self.pulse.beat(0.0 if session.ended else paced)

    def _of_class(self) -> tuple[int, int, str]:
        """Return what tells whether the class has changed: its version, the minutes that are left, and her own case."""
        service, watch = self.desk.training, self.desk.training.watch
        if watch is None:
            return 0, 0, ""
        left = watch.now().milliseconds_left(milliseconds(utc_now))
        own = ""
        if isinstance(service, OwnCases):
            held = service.held
            own = f"{type(service.state).__name__} {'' if held is Refusal.PAUSED else held}"
        return watch.version, -1 if left is None else minutes_of(left), own

    def _tell(self) -> None:
        desk = self.desk
        self.notice.value = render("notice.html", desk.say, notice=desk.notice, unsent=desk.unsent)


def _takes_own(progress: Progress | None) -> bool:
    """Tell whether she can have a case of her own: introduced, in practice or in a class that allows it."""
    if progress is None or not progress.participation.introduced:
        return False
    return progress.session is None or progress.session.plan.own_cases is not None
