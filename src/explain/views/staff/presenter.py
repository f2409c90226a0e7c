"""Who can sign in, and the links that let others in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from explain.domain.errors import Refused
from explain.domain.people import Role
from explain.sessions.access import Known
from explain.views.components.messages import Action, Sent
from explain.views.office import Office


class StaffPresenter:
    """Invites people and takes roles back.

    Parameters
    ----------
    office
        The trainer's office.

    Attributes
    ----------
    link
        The one-time link that was made last, until something else is done; it is kept nowhere.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.link = ""
        self._done: set[str] = set()

    def people(self) -> Iterator[Action]:
        """Yield the buttons of everybody else who can sign in or was invited: a link anew, and roles to take back."""
        say = self.office.say
        others = [known for known in self._known() if known.person != self.office.actor.person]
        for number, known in enumerate(others, start=1):
            name = known.name or say("staff.invited", number=number)
            roles = sorted(known.roles)
            row = say("staff.row", name=name, roles=", ".join(say(f"role.{role.value}") for role in roles))
            yield from self._about(known.person, name, roles, row[:1].upper() + row[1:])

    def act(self, name: str, _: str, sent: Sent) -> str:
        """Renew a person's link, or take a role from her."""
        what, person, *role = name.split("/")
        self.link = ""
        if what == "renew":
            return self._make(lambda: self.office.access.renew(self.office.actor, person), sent)
        return self.office.do(lambda _: self.office.access.revoke(self.office.actor, person, Role(role[0])), sent)

    def invite(self, sent: Sent) -> str:
        """Make a place for a person, and a link to it."""
        chosen = sent.values.get("role", "")
        role = Role(chosen) if chosen in tuple(Role) else Role.TRAINER
        return self._make(lambda: self.office.access.invite(self.office.actor, role), sent)

    def leave(self, _: str, __: str, ___: Sent) -> str:
        """Go back to the classes; the link is forgotten."""
        self.link = ""
        self.office.go("home")
        return ""

    # --- inside ---

    def _known(self) -> tuple[Known, ...]:
        try:
            return self.office.access.people(self.office.actor)
        except Refused:
            return ()

    def _about(self, person: str, name: str, roles: list[Role], row: str) -> Iterator[Action]:
        say = self.office.say
        yield Action(f"renew/{person}", say("staff.renew"), asks=say("staff.renew_asks"), lead=row, about=name)
        for role in roles:
            words = say(f"role.{role.value}")
            asks = say("staff.revoke_asks", role=words, name=name)
            yield Action(f"revoke/{person}/{role.value}", say("staff.revoke", role=words), asks=asks, about=name)

    def _make(self, token: Callable[[], str], sent: Sent) -> str:
        """Make a link once for a press, however often it is delivered."""
        if sent.command_id in self._done:
            return ""

        def make(_: object) -> None:
            self.link = f"{self.office.addresses[0]}welcome#{token()}"

        problem = self.office.do(make, sent)
        if not problem:
            self._done.add(sent.command_id)
        return problem
