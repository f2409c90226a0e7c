"""The trainer's office: who acts, where she is, and the one way in which panels act for her."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from traitlets import HasTraits, Int, Unicode

from explain.domain.errors import Refusal, Refused
from explain.domain.people import Actor, Role
from explain.domain.session import Session
from explain.sessions.access import Access
from explain.sessions.classes import Classes
from explain.sessions.ports import Envelope, utc_now
from explain.texts import Sayer
from explain.texts.numbers import minutes_of
from explain.views.components.messages import Sent

PLACES: Final = ("home", "planning", "staff", "live", "projector")
"""Where a trainer can be; the last two belong to a class."""
HERE: Final = "http://localhost/"
"""What is said where the server told no address; the page warns that it leads no further than this machine."""
OF_A_CLASS: Final = PLACES[3:]


class Office(HasTraits):
    """One trainer's place.

    Attributes
    ----------
    place
        Where she is.
    session
        The class that is shown, by its id; empty where none is.
    turns
        Counts how often something was done here, so that panels look again.
    """

    place = Unicode("home")
    session = Unicode()
    turns = Int()

    classes: Classes
    access: Access
    actor: Actor
    say: Sayer
    addresses: tuple[str, ...]

    def enter(
        self, classes: Classes, access: Access, actor: Actor, say: Sayer, addresses: Sequence[str], asked: str, at: str
    ) -> None:
        """Let the trainer in, at the class and the place that her address names where both are hers."""
        self.classes, self.access, self.actor, self.say = classes, access, actor, say
        self.addresses = tuple(addresses) or (HERE,)
        if at in OF_A_CLASS and any(its.id == asked for its in self.mine()):
            self.go(at, asked)
        else:
            self.go(at if at in PLACES and at not in OF_A_CLASS else "home")

    def go(self, place: str, session: str = "") -> None:
        """Go to a place, with a class or without."""
        with self.hold_trait_notifications():
            self.place, self.session = place, session
            self.turns += 1

    def mine(self) -> tuple[Session, ...]:
        """Return her classes, the newest first; none where her role was taken back."""
        try:
            return tuple(reversed(self.classes.mine(self.actor)))
        except Refused:
            return ()

    @property
    def shown(self) -> Session | None:
        """The class that is shown, where it is hers."""
        if not self.session:
            return None
        try:
            return self.classes.roster(self.actor, self.session)
        except Refused:
            return None

    @property
    def may_be_here(self) -> bool:
        """Whether the role is there, and the class that is shown is hers."""
        return self.is_trainer and (self.place not in OF_A_CLASS or self.shown is not None)

    @property
    def is_trainer(self) -> bool:
        """Whether she has the role now."""
        return Role.TRAINER in self.access.roles(self.actor)

    @property
    def no_entry(self) -> str:
        """Why nothing is shown."""
        return self.say(f"refused.{Refusal.NOT_ALLOWED.value}")

    @property
    def query(self) -> str:
        """What brings her back to this place; empty for the first one."""
        if self.place in OF_A_CLASS:
            return f"?show={self.place}&session={self.session}"
        return "" if self.place == "home" else f"?show={self.place}"

    def do(self, what: Callable[[Envelope], object], sent: Sent) -> str:
        """Do something under her role; return an empty sentence, or why not."""
        try:
            what(Envelope(sent.command_id, self.actor.person, sent.browser_time))
        except Refused as refused:
            instead = [self.say(f"guard.instead.{kind}") for kind in refused.about]
            return " ".join([self.say(f"refused.{refused.code.value}"), *instead])
        self.turns += 1
        return ""

    def now(self) -> datetime:
        """Return the server's time."""
        return utc_now()

    def milliseconds(self) -> int:
        """Return the server's time as sessions count it."""
        return int(self.now().timestamp() * 1000)


def state_of(session: Session, now: int, say: Sayer) -> str:
    """Say in words where a class stands, and how much time it has left."""
    if session.ended:
        return say("state.ended")
    left = session.milliseconds_left(now)
    if left is None:
        return say("state.planned")
    if left == 0:
        return say("state.time_over")
    stands = say("state.paused" if session.paused else "state.running")
    return f"{stands}, {say('state.left', minutes=minutes_of(left))}"


def people_of(session: Session, say: Sayer) -> str:
    """Say how many people are in a class."""
    count = sum(not seat.removed for seat in session.people)
    return say(f"state.people_{ {0: 'none', 1: 'one'}.get(count, 'many') }", count=count)
