"""A new class on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.views.components.actions import Actions
from explain.views.components.form import Form
from explain.views.components.messages import Action
from explain.views.components.template import render
from explain.views.planning.presenter import PlanningPresenter


class PlanningPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """The form, then the class in plain words; one of them at a time."""

    def __init__(self, presenter: PlanningPresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.form = Form(presenter.look, on_stale=lambda _: None)
        self.making = Actions(self._press)
        super().__init__([self.page, self.form, self.making])

    def show(self) -> None:
        """Show where the planning stands."""
        presenter, say = self._presenter, self._presenter.office.say
        # One form for each class she makes: what was typed for the last is not offered for the next.
        key = f"planning/{len(presenter.office.mine())}"
        home = Action("leave", say("planning.home"))
        if presenter.plan is None:
            self.page.value = render("planning/planning.html", say)
            drafts = {name: (value, 0) for name, value in presenter.answers().items()}
            more = say("planning.more")
            self.form.ask(key, presenter.fields(), button=say("planning.onward"), say=say, more=more, drafts=drafts)
            self.making.show(f"{key}/leave", [home], say.under("press"))
        else:
            lead, titles, noted = presenter.cases()
            stated = list(presenter.stated())
            self.page.value = render("planning/review.html", say, stated=stated, lead=lead, titles=titles, noted=noted)
            self.form.clear()
            actions = [Action("make", say("review.make"), kind="main"), Action("change", say("review.change")), home]
            self.making.show(f"{key}/make", actions, say.under("press"))

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        self.form.clear()
        self.making.clear()

    def _press(self, name: str, value: str, sent: object) -> str:
        ways = {
            "make": self._presenter.make,
            "change": self._presenter.change,
            "leave": self._presenter.leave,
        }
        return ways[name](name, value, sent)  # type: ignore[arg-type]
