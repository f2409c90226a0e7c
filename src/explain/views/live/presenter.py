"""What can be done in a class now, and the sentences that sum it up."""

from __future__ import annotations

from collections.abc import Iterator

from explain.domain.conditions import Feedback, Order
from explain.domain.session import Session
from explain.domain.session_plan import Opening, Step
from explain.sessions.live import Live
from explain.texts import Sayer
from explain.views.components.messages import Action, BoardRow, Sent
from explain.views.live.release import ReleasePresenter
from explain.views.live.rows import name_of, row_of, step_name
from explain.views.office import Office

MORE_MINUTES = 10
"""What one press gives: a case takes eleven minutes (design: the programme)."""


class LivePresenter:
    """Follows one class and acts in it.

    Parameters
    ----------
    office
        The trainer's office.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.live: Live | None = None
        """The class that is shown, as of the last look; None where it is not hers or her role was taken back."""
        self.releasing = ReleasePresenter(office)
        self._minute = 0

    def look(self) -> bool:
        """Take in what has happened since; tell whether there was anything, or a minute has passed."""
        if not self.office.is_trainer:
            self.live = None
            return True
        if self.live is None or self.live.session.id != self.office.session:
            its = self.office.shown
            self.live = Live(self.office.classes.store, its.id) if its else None
        minute = self.office.milliseconds() // 60_000
        passed, self._minute = minute != self._minute, minute
        if self.live is None:
            return True
        news = self.live.refresh()
        # No row speaks of own cases; they are asked for where the class takes real ones.
        own = self.live.session.plan.own_cases
        waits = own is not None and own.recorded and self.releasing.look()
        return news or waits or passed

    def actions(self, live: Live) -> Iterator[Action]:
        """Yield what the trainer can do in the class, what comes next first."""
        say, session = self.office.say, live.session
        if session.ended:
            return
        if not session.started:
            yield Action("start", say("live.start"), kind="main")
        elif session.paused:
            yield Action("resume", say("live.resume"), kind="main")
        else:
            if following := session.next_opening:
                what = say("live.open", what=words_of(session, following, say))
                yield Action("open", what, value=f"{following.case}|{following.step.value}", kind="main")
            yield Action("pause", say("live.pause"))
        if session.started:
            yield Action("extend", say("live.extend"), value=str(session.ends_at))
            if not session.released and any(c.feedback is Feedback.AT_DEBRIEF for c in session.plan.conditions):
                yield Action("release", say("live.release"), asks=say("live.release_asks"))
        people = [row for row in live.rows if not row.bot and not row.removed]
        within = sum(row.within for row in people)
        amid = f"{say('live.end_amid', within=within, people=len(people))} " if within else ""
        yield Action("end", say("live.end"), asks=amid + say("live.end_asks"))

    def act(self, name: str, value: str, sent: Sent) -> str:
        """Do one of them."""
        classes, actor, session = self.office.classes, self.office.actor, self.office.session
        match name:
            case "start":
                return self.office.do(lambda envelope: classes.start(actor, session, envelope), sent)
            case "pause":
                return self.office.do(lambda envelope: classes.pause(actor, session, envelope), sent)
            case "resume":
                return self.office.do(lambda envelope: classes.resume(actor, session, envelope), sent)
            case "extend":
                return self.office.do(lambda envelope: classes.extend(actor, session, MORE_MINUTES, envelope), sent)
            case "release":
                return self.office.do(lambda envelope: classes.release_feedback(actor, session, envelope), sent)
            case "end":
                return self.office.do(lambda envelope: classes.end(actor, session, envelope), sent)
            case "open" if opening := _opening(value):
                return self.office.do(lambda envelope: classes.open_next(actor, session, opening, envelope), sent)
            case _:
                return self.office.say("live.problem")

    def lead(self, name: str, _: str, __: Sent) -> str:
        """Go to the code, or back to the classes."""
        self.office.go(name, self.office.session if name == "projector" else "")
        return ""

    def remove(self, number: int, bot: bool, sent: Sent) -> str:
        """Take a participant out."""
        classes, actor, session = self.office.classes, self.office.actor, self.office.session
        return self.office.do(lambda envelope: classes.remove(actor, session, number, bot, envelope), sent)

    def let_in(self, number: int, bot: bool, sent: Sent) -> tuple[str, str]:
        """Let a participant in with a new PIN; return what is wrong, and the sentence that shows the PIN."""
        classes, actor, session, say = self.office.classes, self.office.actor, self.office.session, self.office.say
        pins: list[str] = []
        problem = self.office.do(
            lambda envelope: pins.append(classes.let_in(actor, session, number, bot, envelope)), sent
        )
        if not pins:
            return problem, ""
        name = name_of(number, bot, say)
        return problem, say("board.pin", name=name, pin=pins[0]) if pins[0] else say("board.in_again", name=name)

    def note(self, number: int, bot: bool, text: str, sent: Sent) -> str:
        """Write a note beside a participant."""
        classes, actor, session = self.office.classes, self.office.actor, self.office.session
        return self.office.do(lambda envelope: classes.note(actor, session, number, bot, text, envelope), sent)

    def rows(self, live: Live) -> list[BoardRow]:
        """Return the table in words."""
        now, say = self.office.now(), self.office.say
        return [row_of(one, live.session, now, say) for one in live.rows]

    def totals(self, live: Live) -> Iterator[str]:
        """Yield what the class has come to, of those who are there: who left holds up nobody."""
        say, session = self.office.say, live.session
        people = [row for row in live.rows if not row.bot and not row.removed]
        here = [row for row in people if row.online]
        yield say("live.total_people", people=len(people), here=len(here))
        if bots := sum(row.bot for row in live.rows):
            yield say("live.total_bots", bots=bots)
        if waiting := len(self.releasing.waiting):
            yield say("release.total", count=waiting)
        if not people:
            return
        following = session.next_opening
        if not session.started:
            yield say("live.total_introduced", done=sum(row.introduced for row in here), people=len(here))
        elif following and not session.ended:
            concerned = [row.ready for row in here if row.ready is not None]
            yield _ready(session, following, sum(concerned), len(concerned), say)
        else:
            yield say("live.total_done", done=sum(row.done for row in here), people=len(here))
        if session.released:
            yield say("live.released")


def words_of(session: Session, opening: Opening, say: Sayer) -> str:
    """Say what an opening opens: the case, and the step by its number and name."""
    met = session.plan.met
    place = met.index(opening.case) + (0 if session.plan.trial else 1)
    case = say("live.opening_trial") if place == 0 else say("live.opening_case", number=place)
    step = opening.step.value
    return say("live.opening", case=case, step=step, name=step_name(step, session, say))


def _ready(session: Session, opening: Opening, done: int, people: int, say: Sayer) -> str:
    """Say how many of those who are there the next press takes on."""
    what = words_of(session, opening, say)
    condition = session.plan.conditions[0]
    if opening.step is Step.SCORE and condition.order is Order.OWN_FIRST and condition.shows_score:
        return say("live.ready_score", done=done, people=people, what=what)
    return say("live.ready", done=done, people=people, what=what)


def _opening(value: str) -> Opening | None:
    """Read which step a button opens; None for what no button says."""
    case, _, step = value.rpartition("|")
    return Opening(case, Step(int(step))) if case and step in {str(one.value) for one in Step} else None
