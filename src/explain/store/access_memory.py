"""What opens doors, in memory, for tests and trials; see ``AccessStore`` for what the methods promise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import RLock

from explain.sessions.keys import Account, NameTaken, SignIn, Wait, left_of, name_key
from explain.sessions.ports import utc_now


@dataclass(frozen=True)
class _Link:
    person: str
    expires: datetime
    first: bool


class MemoryAccess:
    """Keeps what opens doors in dictionaries."""

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._alone = RLock()
        self._links: dict[str, _Link] = {}
        self._people: dict[str, Account] = {}
        self._sign_ins: dict[str, SignIn] = {}
        self._pins: dict[str, str] = {}
        self._attempts: dict[tuple[str, str], tuple[int, datetime]] = {}

    # Each method does what AccessStore says.

    def add_link(self, token_hash: str, person: str, expires: datetime, *, first: bool) -> None:
        with self._alone:
            kept = {
                name: link for name, link in self._links.items() if link.person != person and not (link.first and first)
            }
            self._links = {**kept, token_hash: _Link(person, expires, first)}

    def first_person(self) -> str | None:
        return next((link.person for link in self._links.values() if link.first), None)

    def link(self, token_hash: str, at: datetime) -> str | None:
        link = self._links.get(token_hash)
        return link.person if link and link.expires > at else None

    def redeem(self, token_hash: str, at: datetime, *, name: str, password_hash: str) -> str | None:
        with self._alone:
            if (person := self.link(token_hash, at)) is None:
                return None
            if (taken := self.account(name)) and taken.person != person:
                raise NameTaken
            self.remove(person)
            self._people[person] = Account(person, " ".join(name.split()), password_hash)
            return person

    def account(self, name: str) -> Account | None:
        key = name_key(name)
        return next((account for account in self._people.values() if name_key(account.name) == key), None)

    def names(self) -> Mapping[str, str]:
        by_name = sorted(self._people.values(), key=lambda account: name_key(account.name))
        return {account.person: account.name for account in by_name}

    def set_password(self, person: str, password_hash: str) -> None:
        with self._alone:
            self._people[person] = replace(self._people[person], password_hash=password_hash)

    def remove(self, person: str) -> None:
        with self._alone:
            self._people.pop(person, None)
            self._links = {name: link for name, link in self._links.items() if link.person != person}
            self.end_sign_ins(person)

    def add_sign_in(self, sign_in: str, person: str, expires: datetime) -> None:
        with self._alone:
            self._sign_ins[sign_in] = SignIn(person, expires)

    def sign_ins(self, names: Collection[str], at: datetime) -> Mapping[str, SignIn]:
        found = {name: self._sign_ins[name] for name in names if name in self._sign_ins}
        return {name: sign_in for name, sign_in in found.items() if sign_in.expires > at}

    def end_sign_in(self, sign_in: str) -> None:
        with self._alone:
            self._sign_ins.pop(sign_in, None)

    def end_sign_ins(self, person: str) -> None:
        with self._alone:
            self._sign_ins = {name: its for name, its in self._sign_ins.items() if its.person != person}

    def set_pin(self, participant: str, pin_hash: str) -> None:
        with self._alone:
            self._pins[participant] = pin_hash

    def pins(self, participants: Collection[str]) -> Mapping[str, str]:
        return {name: self._pins[name] for name in participants if name in self._pins}

    def drop_pins(self, session: str) -> None:
        begins = f"{session}-"
        with self._alone:
            self._pins = {name: pin for name, pin in self._pins.items() if not name.startswith(begins)}
            self._attempts = {key: its for key, its in self._attempts.items() if not key[1].startswith(begins)}

    def attempt(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        with self._alone:
            left = self.waiting(what, whom, at, wait)
            if not left:
                tries, _ = self._attempts.get((what, whom), (0, at))
                self._attempts[what, whom] = tries + 1, at
            return left

    def waiting(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        tries, last = self._attempts.get((what, whom), (0, at))
        return left_of(wait(tries), since=last, at=at) if tries else timedelta(0)

    def forget_attempts_before(self, what: str, moment: datetime) -> None:
        with self._alone:
            self._attempts = {key: its for key, its in self._attempts.items() if key[0] != what or its[1] >= moment}

    def forget_attempts(self, what: str, whom: str) -> None:
        with self._alone:
            self._attempts.pop((what, whom), None)

    def close(self) -> None:
        """Do nothing: what is in memory stays there while this is held."""
