"""People and invitations on the page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.domain.people import Role
from explain.views.components.actions import Actions
from explain.views.components.form import Form
from explain.views.components.messages import Action, Field
from explain.views.components.template import render
from explain.views.staff.presenter import StaffPresenter


class StaffPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Who there is, and one form that makes a link."""

    def __init__(self, presenter: StaffPresenter) -> None:
        self._presenter = presenter
        self.page, self.inviting, self.link = HTML(), HTML(), HTML()
        self.people = Actions(presenter.act)
        self.form = Form(presenter.invite, on_stale=lambda _: None)
        self.ways = Actions(presenter.leave)
        super().__init__([self.page, self.people, self.inviting, self.link, self.form, self.ways])

    def show(self) -> None:
        """Show everybody, the form, and the link that was just made."""
        presenter, say = self._presenter, self._presenter.office.say
        people = list(presenter.people())
        self.page.value = render("staff/staff.html", say, any=bool(people))
        self.people.show("staff/people", people, say.under("press"))
        self.inviting.value = render("staff/invite.html", say)
        self.link.value = render("staff/link.html", say, link=presenter.link)
        options = tuple((role.value, say(f"staff.may.{role.value}")) for role in Role)
        ask = [Field("role", "choice", say("staff.invite_role"), options=options)]
        drafts = {"role": (Role.TRAINER.value, 0)}
        self.form.ask(f"staff/invite/{len(people)}", ask, button=say("staff.make"), say=say, drafts=drafts)
        self.ways.show("staff/home", [Action("home", say("planning.home"))], say.under("press"))

    def clear(self) -> None:
        """Show nothing, and leave no link in the widgets' state."""
        self.page.value = self.inviting.value = self.link.value = ""
        self.people.clear()
        self.form.clear()
        self.ways.clear()
