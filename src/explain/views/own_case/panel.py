"""An own case on the page: its form, what stands beside it until it is opened and when it is over, and its deletion."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.charts.wording import marked_words
from explain.domain.encounter import Closed
from explain.domain.facts import OwnKind, WhyBack
from explain.texts.numbers import day
from explain.views.components.form import Form
from explain.views.components.messages import Field, Sent
from explain.views.components.template import render
from explain.views.own_case.presenter import OwnCasePresenter
from explain.views.own_case.questions import CONFIRMED, questions


class OwnFormPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """The form."""

    def __init__(self, presenter: OwnCasePresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.form = Form(presenter.submit, presenter.keep, on_stale=presenter.stale)
        super().__init__([self.page, self.form])

    def show(self) -> None:
        """Show the form with what is in it already."""
        presenter, say = self._presenter, self._presenter.desk.say
        plan = presenter.plan
        real = OwnKind.PSEUDONYMISED in presenter.cases.kinds
        deleted = day(plan.delete_on, say) if plan else ""
        self.page.value = render("own_case/form.html", say, real=real, deleted=deleted)
        self.form.ask(
            f"{presenter.stream}/form",
            questions(say, presenter.cases.kinds),
            button=say("own.submit"),
            note=say("own.submit_note"),
            say=say,
            drafts=presenter.drafts(),
        )

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        self.form.clear()


class OwnCarePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """What stands beside the case before its first step, and after its last."""

    def __init__(self, presenter: OwnCasePresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.opening = Form(presenter.open, on_stale=presenter.stale)
        self.changing = Form(presenter.take_back, on_stale=presenter.stale, quiet=True)
        super().__init__([self.page, self.opening, self.changing])

    def ready(self, kind: OwnKind) -> None:
        """Show that the case can be opened, or changed once more."""
        say = self._presenter.desk.say
        released = kind is OwnKind.PSEUDONYMISED
        self.page.value = render("own_case/ready.html", say, released=released)
        self.opening.ask(f"{self._presenter.stream}/open", [], button=say("gate.open"), say=say)
        self._offer_change()

    def waiting(self) -> None:
        """Show that a second person has to release it first."""
        presenter = self._presenter
        in_class = presenter.plan is not None
        self.page.value = render("own_case/waiting.html", presenter.desk.say, in_class=in_class)
        self.opening.clear()
        self._offer_change()

    def sent_back(self, why: WhyBack) -> None:
        """Show that a second person has sent it back, and why."""
        say = self._presenter.desk.say
        self.page.value = render("own_case/back.html", say, why=say(f"own.back_why.{why}"))
        self.opening.clear()
        self._offer_change()

    def over(self, state: Closed) -> None:
        """Show her answers once more."""
        say = self._presenter.desk.say
        marked = marked_words(state.score, state.flagged, say)
        self.page.value = render("own_case/over.html", say, state=state, marked=marked)
        self.opening.clear()
        self.changing.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        self.opening.clear()
        self.changing.clear()

    def _offer_change(self) -> None:
        say = self._presenter.desk.say
        self.changing.ask(f"{self._presenter.stream}/change", [], button=say("own.change"), say=say)


class OwnDeletePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """The way to delete the case, at any time."""

    def __init__(self, presenter: OwnCasePresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.form = Form(self._delete, on_stale=presenter.stale, quiet=True)
        super().__init__([self.page, self.form])

    def show(self) -> None:
        """Offer to delete it."""
        say = self._presenter.desk.say
        self.page.value = render("own_case/delete.html", say)
        self.form.ask(
            f"{self._presenter.stream}/delete",
            [Field(CONFIRMED, "tick", say("own.delete_confirm"))],
            button=say("own.delete"),
            say=say,
        )

    def clear(self) -> None:
        """Offer nothing."""
        self.page.value = ""
        self.form.clear()

    def _delete(self, sent: Sent) -> str:
        gone = self._presenter.stream
        problem = self._presenter.delete(sent)
        if not problem:
            # What the browser remembers of it goes as well: a draft in this tab is a copy.
            self.form.forget(f"{gone}/")
        return problem
