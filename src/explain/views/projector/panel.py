"""The projector's page."""

from __future__ import annotations

import segno
from ipywidgets import HTML, VBox

from explain.views.components.actions import Actions
from explain.views.components.messages import Action
from explain.views.components.template import render
from explain.views.projector.presenter import ProjectorPresenter


class ProjectorPanel(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """Code, pattern and address, readable from the last row."""

    def __init__(self, presenter: ProjectorPresenter) -> None:
        self._presenter = presenter
        self.page, self.other = HTML(), HTML()
        self.addresses, self.ways = Actions(presenter.choose), Actions(presenter.back)
        self.ways.add_class("skoen-small")
        super().__init__([self.page, self.other, self.addresses, self.ways])

    def show(self) -> None:
        """Show how to join the present class."""
        shown, say = self._presenter.invitation(), self._presenter.office.say
        if shown is None:
            return self.clear()
        self.page.value = render("projector/projector.html", say, shown=shown, qr=pattern(shown.scanned))
        others = [] if shown.over else self._presenter.others()
        self.other.value = render("projector/other.html", say) if others else ""
        self.addresses.show(f"{shown.code}/addresses", others, say.under("press"))
        self.ways.show(f"{shown.code}/back", [Action("back", say("projector.back"))], say.under("press"))
        return None

    def clear(self) -> None:
        """Show nothing."""
        self.page.value = self.other.value = ""
        self.addresses.clear()
        self.ways.clear()


def pattern(address: str) -> str:
    """Return the QR code of an address as inline SVG, which needs no file and asks nobody."""
    return str(segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2))
