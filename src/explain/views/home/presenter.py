"""What a trainer finds when she comes in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from explain.texts.numbers import day
from explain.views.components.messages import Action, Sent
from explain.views.office import Office, people_of, state_of


class HomePresenter:
    """Lists her classes and leads on.

    Parameters
    ----------
    office
        The trainer's office.
    """

    def __init__(self, office: Office) -> None:
        self.office = office

    def classes(self) -> Iterator[Action]:
        """Yield a button for each of her classes that was not erased, the newest first."""
        say, now = self.office.say, self.office.milliseconds()
        for its in self.office.mine():
            if not its.erased:
                words = [say(f"home.kind.{its.plan.kind.value}"), say("home.code", code=its.code)]
                if its.started_at is not None:
                    words.append(day(datetime.fromtimestamp(its.started_at / 1000).date().isoformat(), say))
                words += [state_of(its, now, say), people_of(its, say)]
                yield Action(its.id, "\n".join((its.plan.title, " · ".join(words))))

    def ways(self) -> tuple[Action, ...]:
        """Return the buttons that lead on."""
        say = self.office.say
        return Action("planning", say("home.new"), kind="main"), Action("staff", say("home.staff"))

    def open(self, name: str, _: str, __: Sent) -> str:
        """Open a class."""
        self.office.go("live", name)
        return ""

    def lead(self, name: str, _: str, __: Sent) -> str:
        """Go on to a place."""
        self.office.go(name)
        return ""
