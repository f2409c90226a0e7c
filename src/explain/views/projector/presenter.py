"""Where participants go to join, and whether anybody can come."""

from __future__ import annotations

from typing import NamedTuple

from traitlets import HasTraits, Int

from explain.views.components.addresses import local
from explain.views.components.messages import Action, Sent
from explain.views.office import Office


class Invitation(NamedTuple):
    """What stands on the projector: title, code, the address to type and the one in the QR code; whether it leads no
    further than this machine, and whether the class is over.
    """

    title: str
    code: str
    typed: str
    scanned: str
    local: bool
    over: bool


class ProjectorPresenter(HasTraits):
    """Holds which of the server's addresses is shown.

    Attributes
    ----------
    chosen
        The place of the address among all.
    """

    chosen = Int()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    @property
    def address(self) -> str:
        """The server's address that participants are told."""
        return self.office.addresses[self.chosen]

    def invitation(self) -> Invitation | None:
        """Return what is shown of the present class; None where there is none."""
        its = self.office.shown
        if its is None:
            return None
        return Invitation(
            title=its.plan.title,
            code=its.code,
            typed=f"{self.address}join".split("://")[-1],
            scanned=f"{self.address}join/{its.code}",
            local=local(self.address),
            over=its.ended,
        )

    def others(self) -> list[Action]:
        """Return a button for every other address of this server."""
        return [
            Action(str(place), address.split("://")[-1].rstrip("/"))
            for place, address in enumerate(self.office.addresses)
            if place != self.chosen
        ]

    def choose(self, name: str, _: str, __: Sent) -> str:
        """Show another address."""
        self.chosen = int(name)
        self.office.turns += 1
        return ""

    def back(self, _: str, __: str, ___: Sent) -> str:
        """Go back to the class."""
        self.office.go("live", self.office.session)
        return ""
