"""Who may do what: roles, invitations, and the PINs of participants.

Roles are facts of the stream ``people/<person>``; a sign-in is a row that expires and can be ended. Both are read anew
with every command, so that a role that was revoked is gone at once, whatever page is open.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact
from explain.domain.people import (
    Actor,
    LinkRenewed,
    PersonFact,
    PersonInvited,
    PersonRemoved,
    Role,
    RoleGiven,
    RoleRevoked,
)
from explain.sessions.keys import AccessStore
from explain.sessions.ports import Envelope, FactStore, utc_now
from explain.sessions.throttle import AT_PINS, TooEarly

LINK_LASTS: Final = timedelta(hours=24)
"""A one-time link is used on the day it is made ("soon expires", KL's system: impact assessment, 5.2.7.2)."""
MARK_LENGTH: Final = 16
"""Characters of a PIN's keyed hash that stand in a cookie, so that a new PIN ends it: 64 bits."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the trainer's page shows her; without a name as long as she has not used her link."""

    person: str
    name: str | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is signed in, and the roles she has now."""

    actor: Actor
    roles: frozenset[Role]


class Access:
    """Answers who may do what, and changes it for those who may.

    Parameters
    ----------
    facts, keys
        Where facts are, and what opens doors.
    secret
        The key of the PINs' hashes; it lies outside the database, so that the database alone gives no PIN away.
    now
        The server's clock.
    """

    def __init__(
        self,
        facts: FactStore,
        keys: AccessStore,
        secret: bytes,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._facts = facts
        self._keys = keys
        self._secret = secret
        self._now = now

    # --- roles ---

    def roles(self, actor: Actor) -> frozenset[Role]:
        """Return the roles an actor has now; none if her sign-in has expired or was ended."""
        sign_in = self._keys.sign_ins([actor.sign_in], self._now()).get(actor.sign_in)
        return self._roles_of(actor.person) if sign_in and sign_in.person == actor.person else frozenset()

    def require(self, actor: Actor, *roles: Role) -> None:
        """Refuse with ``NOT_ALLOWED`` unless the actor has one of the roles now."""
        if self.roles(actor).isdisjoint(roles):
            raise Refused(Refusal.NOT_ALLOWED, f"this needs one of the roles {', '.join(roles)}")

    def standing(self, sign_ins: Collection[str]) -> Mapping[str, Standing]:
        """Return who stands behind these sign-ins, where they hold and their person has any role."""
        found = self._keys.sign_ins(sign_ins, self._now())
        known = {name: Standing(Actor(its.person, name), self._roles_of(its.person)) for name, its in found.items()}
        return {name: its for name, its in known.items() if its.roles}

    def people(self, actor: Actor) -> tuple[Known, ...]:
        """Return everybody who has a role, those who have joined first."""
        self.require(actor, Role.TRAINER)
        names = self._keys.names()
        known: dict[str, frozenset[Role]] = {}
        for recorded in self._facts.read_prefix("people"):
            person = recorded.stream.removeprefix("people/")
            known[person] = changed(known.get(person, frozenset()), recorded.fact)
        having = [Known(person, names.get(person), roles) for person, roles in known.items() if roles]
        return tuple(sorted(having, key=lambda one: (one.name is None, one.name or "")))

    # --- invitations ---

    def invite(self, actor: Actor, role: Role) -> str:
        """Make a place for a person with one role, and return the token of her one-time link; it is kept nowhere."""
        self.require(actor, Role.TRAINER)
        person = new_person()
        self._record(actor, person, PersonInvited(role))
        return self._link(person)

    def renew(self, actor: Actor, person: str) -> str:
        """Return the token of a new one-time link for somebody who lost hers, or forgot her password."""
        self.require(actor, Role.TRAINER)
        if not self._roles_of(person):
            raise Refused(Refusal.NOT_ALLOWED, "a link is renewed for somebody who has a role")
        self._record(actor, person, LinkRenewed())
        return self._link(person)

    def give(self, actor: Actor, person: str, role: Role) -> None:
        """Give a person one more role."""
        self.require(actor, Role.TRAINER)
        self._record(actor, person, RoleGiven(role))

    def revoke(self, actor: Actor, person: str, role: Role) -> None:
        """Take a role from a person; with the last one her sign-ins end."""
        self.require(actor, Role.TRAINER)
        self._record(actor, person, RoleRevoked(role))
        if not self._roles_of(person):
            self._keys.end_sign_ins(person)

    def remove(self, actor: Actor, person: str) -> None:
        """Take every role, the name, the password, links and sign-ins from a person."""
        self.require(actor, Role.TRAINER)
        self._record(actor, person, PersonRemoved())
        self._keys.remove(person)

    # --- PINs ---

    def new_pin(self, participant: str, seed: str = "") -> str:
        """Return a new PIN of four digits for a participant; her old one, and devices that came by it, are out.

        The same ``seed``, a secret of 128 bits, gives the same PIN: of a form that was sent twice both answers show the
        one that holds.
        """
        chance = self._keyed("pin", participant, seed or secrets.token_hex(16))
        pin = f"{int(chance, 16) % 10_000:04d}"
        self._keys.set_pin(participant, self._keyed("hash", participant, pin))
        self._keys.forget_attempts("pin", participant)
        return pin

    def check_pin(self, participant: str, pin: str) -> bool:
        """Tell whether this is the participant's PIN.

        Raises
        ------
        TooEarly
            After tries in vain, until the wait is over.
        """
        kept = self._keys.pins([participant]).get(participant)
        if kept is None:
            return False
        if wait := self._keys.attempt("pin", participant, self._now(), AT_PINS):
            raise TooEarly(wait)
        if not hmac.compare_digest(kept, self._keyed("hash", participant, pin)):
            return False
        self._keys.forget_attempts("pin", participant)
        return True

    def marks(self, participants: Collection[str]) -> Mapping[str, str]:
        """Return what tells each participant's present PIN from every other, and gives nothing away of it."""
        return {name: kept[:MARK_LENGTH] for name, kept in self._keys.pins(participants).items()}

    def forget(self, session: str) -> None:
        """Forget the PINs of a session's participants."""
        self._keys.drop_pins(session)

    # ---

    def _roles_of(self, person: str) -> frozenset[Role]:
        return roles_after([recorded.fact for recorded in self._facts.read(f"people/{person}")])

    def _record(self, actor: Actor, person: str, fact: PersonFact) -> None:
        record(self._facts, person, fact, actor.person)

    def _link(self, person: str) -> str:
        token = secrets.token_urlsafe(32)
        self._keys.add_link(hashed(token), person, self._now() + LINK_LASTS, first=False)
        return token

    def _keyed(self, *parts: str) -> str:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def new_person() -> str:
    """Return an id for a person that says nothing about her."""
    return secrets.token_hex(8)


def hashed(token: str) -> str:
    """Return under which name a random token is kept. It has 256 bits, so that no salt and no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def record(facts: FactStore, person: str, fact: PersonFact, actor: str) -> None:
    """Record what happened with a person, and who did it."""
    facts.write(f"people/{person}", lambda _: [fact], Envelope(secrets.token_hex(16), actor), content=fact)


def roles_after(facts: Sequence[Fact]) -> frozenset[Role]:
    """Return the roles a person has after what happened.

    Examples
    --------
    >>> sorted(roles_after([PersonInvited(Role.TRAINER), RoleGiven(Role.CURATOR), RoleRevoked(Role.TRAINER)]))
    [<Role.CURATOR: 'curator'>]
    """
    roles: frozenset[Role] = frozenset()
    for fact in facts:
        roles = changed(roles, fact)
    return roles


def changed(roles: frozenset[Role], fact: Fact) -> frozenset[Role]:
    """Return the roles somebody has after one more fact."""
    match fact:
        case PersonInvited(role) | RoleGiven(role):
            return roles | {role}
        case RoleRevoked(role):
            return roles - {role}
        case PersonRemoved():
            return frozenset()
    return roles
