"""The question of consent on the page, and the button that brings it back."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.texts.numbers import day
from explain.views.components.actions import Actions
from explain.views.components.form import Form
from explain.views.components.messages import Action, Field
from explain.views.components.template import render
from explain.views.consent.presenter import ConsentPresenter


class ConsentPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """One box, empty unless she has ticked it before."""

    def __init__(self, presenter: ConsentPresenter) -> None:
        self._presenter = presenter
        self.page = HTML()
        self.form = Form(presenter.answer, on_stale=presenter.desk.stale)
        self.change = Actions(presenter.reopen)
        """Stands at the foot of every other page of a trial."""
        super().__init__([self.page, self.form])

    def show(self, key: str, delete_on: str) -> None:
        """Ask."""
        presenter, say = self._presenter, self._presenter.desk.say
        self.page.value = render("consent/consent.html", say, research=presenter.research, deleted=day(delete_on, say))
        ask = [Field("consent", "tick", say("consent.tick"), say("consent.hint"), required=False)]
        before = {"consent": ("yes", 0)} if presenter.given else {}
        # A key for each time she is asked: what this tab remembers of the last time is not what she answers now.
        name = f"{key}/consent/{'again' if presenter.reopened else 'first'}"
        self.form.ask(name, ask, button=say("consent.onward"), say=say, drafts=before)

    def offer(self, key: str) -> None:
        """Offer to change the answer, where one was given."""
        say = self._presenter.desk.say
        if self._presenter.research and self._presenter.given is not None:
            self.change.show(f"{key}/consent/change", [Action("change", say("consent.change"))], say.under("press"))
        else:
            self.change.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = ""
        self.form.clear()
