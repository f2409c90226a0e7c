"""Becoming somebody with an account: the first link, using a link, signing in and out.

A link's token and a sign-in's token are random and are known to the browser alone; the store has their hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from explain.domain.errors import Refusal, Refused
from explain.domain.people import Actor, PersonInvited, PersonJoined, Role, SignedIn, SignedOut
from explain.sessions.access import LINK_LASTS, hashed, new_person, record, roles_after
from explain.sessions.keys import AccessStore, NameTaken, name_key
from explain.sessions.ports import FactStore, utc_now
from explain.sessions.throttle import AT_PASSWORDS, TooEarly

SIGN_IN_LASTS: Final = timedelta(hours=16)
"""From before the first class of a day until after the last; nobody stays signed in overnight."""
SHORTEST_PASSWORD: Final = 15
"""Characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2)."""
LONGEST_PASSWORD: Final = 200
LONGEST_NAME: Final = 60
SERVER: Final = "server"
"""Who invites the first trainer."""


class Passwords(Protocol):
    """Hashes passwords, slowly: call it where nothing else waits."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        ...

    def fits(self, kept: str, password: str) -> bool:
        """Tell whether a password is the one that was hashed."""
        ...

    def outdated(self, kept: str) -> bool:
        """Tell whether today's hashes are made otherwise."""
        ...


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who has just signed in, and the token her browser is to keep."""

    actor: Actor
    token: str


class SignIns:
    """Lets people in by links and passwords.

    Parameters
    ----------
    facts, keys
        Where facts are, and what opens doors.
    passwords
        Hashes passwords.
    secret
        The key under which tries at names are counted: people type passwords into the wrong field.
    now
        The server's clock.
    """

    def __init__(
        self,
        facts: FactStore,
        keys: AccessStore,
        passwords: Passwords,
        secret: bytes,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._facts = facts
        self._keys = keys
        self._passwords = passwords
        self._secret = secret
        self._now = now

    def first_link(self, *, anyway: bool = False) -> str | None:
        """Return the token of a one-time link for a first trainer; None once there is one, unless asked ``anyway``.

        Earlier first links end, and so does this one when another is used.
        """
        if not anyway and any(Role.TRAINER in self._roles_of(person) for person in self._keys.names()):
            return None
        person = self._keys.first_person()
        if person is None or Role.TRAINER not in self._roles_of(person):
            person = new_person()
            record(self._facts, person, PersonInvited(Role.TRAINER), SERVER)
        token = secrets.token_urlsafe(32)
        self._keys.add_link(hashed(token), person, self._now() + LINK_LASTS, first=True)
        return token

    def redeem(self, token: str, name: str, password: str) -> Signed:
        """Use a link: its person gets this name and this password, and is signed in.

        Raises
        ------
        Refused
            ``LINK_GONE`` if it was used or has expired; ``NAME_UNFIT``, ``NAME_TAKEN`` or ``PASSWORD_UNFIT`` if another
            must be chosen, and then the link stays good.
        """
        # Before the password is hashed, so that nobody without a link makes the server work.
        invited = self._keys.link(hashed(token), self._now())
        if invited is None or not self._roles_of(invited):
            raise Refused(Refusal.LINK_GONE)
        _check_name(name)
        _check_password(password, name)
        try:
            hash_ = self._passwords.hash(password)
            person = self._keys.redeem(hashed(token), self._now(), name=name, password_hash=hash_)
        except NameTaken as taken:
            raise Refused(Refusal.NAME_TAKEN) from taken
        if person is None:
            raise Refused(Refusal.LINK_GONE)
        record(self._facts, person, PersonJoined(), person)
        self._keys.forget_attempts("password", self._counted(name))
        return self._signed(person)

    def sign_in(self, name: str, password: str) -> Signed | None:
        """Sign somebody in; None for a wrong name or password, or somebody whose roles were all taken away.

        Raises
        ------
        TooEarly
            After tries in vain at this name, until the wait is over.
        """
        counted = self._counted(name)
        if wait := self._keys.attempt("password", counted, self._now(), AT_PASSWORDS):
            raise TooEarly(wait)
        account = self._keys.account(name)
        if account is None or len(password) > LONGEST_PASSWORD:
            self._passwords.hash(password[:LONGEST_PASSWORD])  # so that a name nobody has takes as long as any other
            return None
        if not self._passwords.fits(account.password_hash, password) or not self._roles_of(account.person):
            return None
        self._keys.forget_attempts("password", counted)
        if self._passwords.outdated(account.password_hash):
            self._keys.set_password(account.person, self._passwords.hash(password))
        return self._signed(account.person)

    def sign_out(self, token: str) -> None:
        """End the sign-in of a token; one that has ended already stays so."""
        name = hashed(token)
        if found := self._keys.sign_ins([name], self._now()).get(name):
            self._keys.end_sign_in(name)
            record(self._facts, found.person, SignedOut(), found.person)

    def _signed(self, person: str) -> Signed:
        token = secrets.token_urlsafe(32)
        self._keys.add_sign_in(hashed(token), person, self._now() + SIGN_IN_LASTS)
        record(self._facts, person, SignedIn(), person)
        return Signed(Actor(person, hashed(token)), token)

    def _roles_of(self, person: str) -> frozenset[Role]:
        return roles_after([recorded.fact for recorded in self._facts.read(f"people/{person}")])

    def _counted(self, name: str) -> str:
        return hmac.new(self._secret, b"name\0" + name_key(name).encode(), hashlib.sha256).hexdigest()


def _check_name(name: str) -> None:
    if not (0 < len(name.strip()) <= LONGEST_NAME and name.strip().isprintable()):
        raise Refused(Refusal.NAME_UNFIT)


def _check_password(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, or one character or the name over and over."""
    rest = password.casefold().replace(name_key(name), "")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or len(set(rest)) < 4:
        raise Refused(Refusal.PASSWORD_UNFIT)
