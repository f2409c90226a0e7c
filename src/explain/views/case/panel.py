"""The case on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.casebook.own import AnyCase
from explain.domain.conditions import Order
from explain.domain.encounter import Closed, Settled
from explain.sessions.progress import Meeting, Progress
from explain.views.case.presenter import words_of
from explain.views.components.form import Form
from explain.views.components.template import render
from explain.views.desk import Desk, counted


class CasePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """The case's text and history; folded once it has been read, never gone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.page = HTML()
        super().__init__([self.page])

    def show(self, case: AnyCase, *, unfolded: bool) -> None:
        """Show a case; ``unfolded`` while it is read for the first time."""
        say = self._desk.say
        self.page.value = render("case/case.html", say, case=words_of(case, say), unfolded=unfolded)

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""


class GatePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Before a case: its number, a note on what it is about where there is one, and the choice to skip it then.

    Whoever has cases behind her can look at her picture of them first, and stop there.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._case = ""
        self.page = HTML()
        self.opening = Form(lambda sent: desk.open(self._case, sent), on_stale=desk.stale)
        self.skipping = Form(lambda sent: desk.skip(self._case, sent), on_stale=desk.stale, quiet=True)
        self.looking_back = Form(lambda _: desk.look_back(), on_stale=desk.stale, quiet=True)
        super().__init__([self.page, self.opening, self.skipping, self.looking_back])

    def show(self, case: AnyCase, progress: Progress, meeting: Meeting) -> None:
        """Show what comes."""
        say, key = self._desk.say, meeting.stream
        self._case = case.key
        notes = case.pedagogy.content_notes if case.pedagogy else ()
        number, total = counted(progress, meeting)
        # In a class nobody stops here, or comes back some other day.
        behind = 0 if progress.session else sum(isinstance(one.state, Closed) for one in progress.meetings)
        self.page.value = render(
            "case/gate.html",
            say,
            title=case.text(say.language).title,
            number=number,
            total=total,
            notes=notes,
            own_first=meeting.planned.condition.order is Order.OWN_FIRST,
            scored=not meeting.planned.condition.never_scored,
            behind=behind,
            settled=any(isinstance(one.state, Settled) for one in progress.meetings),
        )
        self.opening.ask(f"{key}/open", [], button=say("gate.open"), say=say)
        if notes:
            self.skipping.ask(f"{key}/skip", [], button=say("gate.skip"), say=say)
        else:
            self.skipping.clear()
        if behind:
            self.looking_back.ask(f"{key}/back", [], button=say("gate.look_back"), say=say)
        else:
            self.looking_back.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        for form in (self.opening, self.skipping, self.looking_back):
            form.clear()
