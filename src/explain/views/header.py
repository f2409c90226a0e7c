"""The page's head: where she is, in which class and with which number, and how much time is left."""

from __future__ import annotations

from typing import Literal

from ipywidgets import HTML

from explain.domain.session import Seat, Session
from explain.sessions.progress import Meeting, Progress
from explain.texts import Sayer
from explain.texts.numbers import minutes_of
from explain.views.components.template import render
from explain.views.desk import counted

Door = Literal["", "own", "back"]


class Header(HTML):  # type: ignore[misc]  # ipywidgets carries no types
    """The head of the trainee's page."""

    def show(
        self, say: Sayer, progress: Progress | None, meeting: Meeting | None, step: int | None, *, door: Door = ""
    ) -> str:
        """Show where she is; return it in words for the title of the browser's tab, empty outside the cases.

        ``door`` leads to her own case, or back from it.
        """
        own = door == "back"
        where = (say("own.where", step=step) if step else "") if own else where_of(say, progress, meeting, step)
        condition = meeting.planned.condition if meeting else None
        # The twin control walks the same steps; only the second has another name there.
        unseen = condition is not None and not condition.shows_score
        # A panel has one step, which is no first of four.
        dots = step if condition and not condition.never_scored else None
        class_of = class_words(say, progress)
        heading = say("step.2.none" if unseen and step == 2 else f"step.{step}.title") if step else ""
        self.value = render(
            "header.html",
            say,
            where=where,
            step=step,
            heading=heading,
            dots=dots,
            unseen=unseen,
            class_of=class_of,
            query="case=own&" if own else "",
            door=door,
            leave=False,
        )
        return where


def where_of(say: Sayer, progress: Progress | None, meeting: Meeting | None, step: int | None) -> str:
    """Say at which step of which case she is."""
    if progress is None or meeting is None:
        return ""
    number, total = counted(progress, meeting)
    if step is None or meeting.planned.condition.never_scored:
        words = say("case.progress", number=number, total=total) if number else say("case.trial")
        return words[:1].upper() + words[1:]
    return say("header.where", number=number, total=total, step=step) if number else say("header.trial", step=step)


def class_words(say: Sayer, progress: Progress | None) -> str:
    """Say in which class she is, her number, and the time that is left; nothing in practice alone."""
    if progress is None or progress.session is None or progress.seat is None:
        return ""
    words = _who(say, progress.session, progress.seat)
    left = progress.session.milliseconds_left(progress.now)
    if left and not progress.session.ended:
        words += f" · {say('class.left', minutes=minutes_of(left))}"
    return words


def _who(say: Sayer, session: Session, seat: Seat) -> str:
    return say("class.where_bot" if seat.bot else "class.where", code=session.code, number=seat.number)
