"""The real own cases that wait for release, on the trainer's page."""

from __future__ import annotations

from ipywidgets import HTML, VBox

from explain.views.components.form import Form
from explain.views.components.messages import Answer, Sent
from explain.views.components.template import render
from explain.views.live.release import ReleasePresenter


class ReleasePanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """One case at a time: its title and text, what the check finds, and the trainer's answer."""

    def __init__(self, presenter: ReleasePresenter) -> None:
        self._presenter = presenter
        self._stream = ""
        self.page = HTML()
        self.releasing = Form(self._release, on_stale=lambda _: None)
        self.returning = Form(self._send_back, on_stale=lambda _: None, quiet=True)
        super().__init__([self.page, self.releasing, self.returning])

    def show(self) -> None:
        """Show the case that has waited longest; what is being answered is left alone while it waits."""
        presenter, say = self._presenter, self._presenter.office.say
        case = presenter.case
        if case is None:
            return self.clear()
        count = len(presenter.waiting)
        found = presenter.found(case)
        waits = say("release.one") if count == 1 else say("release.many", count=count)
        text = case.text(say.language)
        self.page.value = render("live/release.html", say, waits=waits, text=text, found=found)
        if case.key != self._stream:
            self._stream = case.key
            self.releasing.ask(
                f"{case.key}/release", presenter.to_release(found), button=say("release.release"), say=say
            )
            self.returning.ask(f"{case.key}/back", presenter.to_send_back(), button=say("release.back"), say=say)
        return None

    def clear(self) -> None:
        """Show nothing."""
        self._stream = ""
        self.page.value = ""
        self.releasing.clear()
        self.returning.clear()

    def _release(self, sent: Sent) -> str | Answer:
        return self._presenter.release(self._stream, sent)

    def _send_back(self, sent: Sent) -> str:
        return self._presenter.send_back(self._stream, sent)
