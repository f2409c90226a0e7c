"""People with an account: which roles they may have, who acts, and what is recorded of them.

A name and a password are no facts: they change and they go. What is recorded is that somebody, known by an id that says
nothing, was invited, joined, was given a role or lost it, signed in and out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody with an account may do; one person may have several."""

    TRAINER = "trainer"
    """Runs sessions of her own, and invites people."""
    CURATOR = "curator"
    """Looks after the cases."""
    RESEARCHER = "researcher"
    """Plans trials."""
    TEAMLEDER = "teamleder"
    """Leads a team of practitioners."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts under a role: a person, and the sign-in she acts by.

    It proves nothing by itself: whoever takes one asks the store, each time, which roles it has now.

    Attributes
    ----------
    person
        The person's id.
    sign_in
        The sign-in's name in the store, which is no secret: a hash of what the browser's cookie holds.
    """

    person: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """A place was made for a person, with one role; a one-time link was made for it.

    The fact's actor is who invited her; the server itself invites the first trainer.
    """

    role: Role


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """The link was used: the person has a name and a password."""


@dataclass(frozen=True, slots=True)
class LinkRenewed:
    """A new one-time link was made for the person, who lost hers or forgot her password."""


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """The person was given a role."""

    role: Role


@dataclass(frozen=True, slots=True)
class RoleRevoked:
    """The person lost a role."""

    role: Role


@dataclass(frozen=True, slots=True)
class PersonRemoved:
    """The person's name, password and roles were taken away; her id stays in what was recorded."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person signed in."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The person signed out."""


PersonFact = PersonInvited | PersonJoined | LinkRenewed | RoleGiven | RoleRevoked | PersonRemoved | SignedIn | SignedOut
"""What is recorded in the stream ``people/<person>``."""
