"""What opens doors: links, names and passwords, sign-ins, PINs; and how often somebody tried.

They change and go, unlike facts, and are kept apart from them. Everything secret comes here as a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

Wait = Callable[[int], timedelta]
"""Takes the number of tries in vain so far, from 1, to how long after the last of them nobody may try again."""


class NameTaken(Exception):
    """Somebody else has that name already."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person's name as she writes it, and the hash of her password."""

    person: str
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whose a sign-in is, and until when."""

    person: str
    expires: datetime


class AccessStore(Protocol):
    """Keeps what opens doors. Every method is one transaction."""

    def add_link(self, token_hash: str, person: str, expires: datetime, *, first: bool) -> None:
        """Keep a one-time link for a person; her earlier ones are gone, and every other ``first`` one with a first."""
        ...

    def first_person(self) -> str | None:
        """Return whom the unused ``first`` link is for, expired or not."""
        ...

    def link(self, token_hash: str, at: datetime) -> str | None:
        """Return whom a link is for, if it has neither been used nor expired."""
        ...

    def redeem(self, token_hash: str, at: datetime, *, name: str, password_hash: str) -> str | None:
        """Use a link: give its person a name and a password, end her sign-ins, and return who she is.

        None is returned for a link that was used or has expired; of two who use one at once, one is told so.

        Raises
        ------
        NameTaken
            If another person has the name, whatever its case and spaces; the link stays good.
        """
        ...

    def account(self, name: str) -> Account | None:
        """Return the account of a name, whatever its case and spaces."""
        ...

    def names(self) -> Mapping[str, str]:
        """Return every person's name."""
        ...

    def set_password(self, person: str, password_hash: str) -> None:
        """Keep another hash of a person's password."""
        ...

    def remove(self, person: str) -> None:
        """Forget a person's name, password, links and sign-ins."""
        ...

    def add_sign_in(self, sign_in: str, person: str, expires: datetime) -> None:
        """Keep a sign-in; those that have expired by now are forgotten a day later."""
        ...

    def sign_ins(self, names: Collection[str], at: datetime) -> Mapping[str, SignIn]:
        """Return those of the named sign-ins that are neither ended nor expired."""
        ...

    def end_sign_in(self, sign_in: str) -> None:
        """End one sign-in."""
        ...

    def end_sign_ins(self, person: str) -> None:
        """End every sign-in of a person."""
        ...

    def set_pin(self, participant: str, pin_hash: str) -> None:
        """Keep the hash of a participant's PIN, instead of an earlier one."""
        ...

    def pins(self, participants: Collection[str]) -> Mapping[str, str]:
        """Return the hashes of these participants' PINs."""
        ...

    def drop_pins(self, session: str) -> None:
        """Forget the PINs, and the tries at them, of the participants whose ids begin with ``<session>-``."""
        ...

    def attempt(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        """Count a try, before it is known how it ends; return how long to wait instead if it comes too early.

        Nothing is counted then.
        """
        ...

    def waiting(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        """Return how long to wait before the next try, without counting one."""
        ...

    def forget_attempts_before(self, what: str, moment: datetime) -> None:
        """Forget all tries of a kind whose last one lies before a moment."""
        ...

    def forget_attempts(self, what: str, whom: str) -> None:
        """Forget the tries, after one that succeeded."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def left_of(wait: timedelta, *, since: datetime, at: datetime) -> timedelta:
    """Return what is left of a wait that began at ``since``; never more than all of it, though the clock was set back.

    Examples
    --------
    >>> noon, minute = datetime(2030, 5, 17, 12), timedelta(minutes=1)
    >>> [str(left_of(2 * minute, since=noon, at=noon + minutes * minute)) for minutes in (1, 5, -600)]
    ['0:01:00', '0:00:00', '0:02:00']
    """
    return max(wait - max(at - since, timedelta(0)), timedelta(0))


def name_key(name: str) -> str:
    """Return what two writings of one name have in common.

    Examples
    --------
    >>> name_key("  Inger  SØRENSEN ") == name_key("Inger Sørensen")
    True
    """
    return " ".join(name.split()).casefold()
