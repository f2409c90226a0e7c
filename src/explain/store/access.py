"""What opens doors, in the database that holds the facts; see ``AccessStore`` for what the methods promise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from explain.sessions.keys import Account, NameTaken, SignIn, Wait, left_of, name_key
from explain.store.opened import Opened
from explain.store.rules import to_milliseconds, to_moment
from explain.store.schema import attempts, links, people, pins, sign_ins

NO_WAIT: Final = timedelta(0)
KEPT_AFTER_EXPIRY: Final = timedelta(days=1)
"""How long an expired sign-in stays in the table; nobody gets in by it."""


class SqlAccess(Opened):
    """Keeps what opens doors in an SQL database."""

    def add_link(self, token_hash: str, person: str, expires: datetime, *, first: bool) -> None:
        """Keep a one-time link for a person instead of her earlier ones."""
        with self._writing() as connection:
            others = or_(links.c.person == person, links.c.first) if first else links.c.person == person
            connection.execute(delete(links).where(others))
            values = {"token_hash": token_hash, "person": person, "expires": to_milliseconds(expires), "first": first}
            connection.execute(insert(links).values(values))

    def first_person(self) -> str | None:
        """Return whom the unused ``first`` link is for."""
        with self._reading() as connection:
            return connection.scalar(select(links.c.person).where(links.c.first))

    def link(self, token_hash: str, at: datetime) -> str | None:
        """Return whom a link is for, if it is good."""
        with self._reading() as connection:
            return _whose(connection, token_hash, at)

    def redeem(self, token_hash: str, at: datetime, *, name: str, password_hash: str) -> str | None:
        """Use a link; of two who use one at once, one is told None."""
        key = name_key(name)
        with self._writing() as connection:
            person = _whose(connection, token_hash, at)
            if person is None:
                return None
            if connection.scalar(select(people.c.person).where(people.c.name_key == key)) not in (None, person):
                raise NameTaken
            _forget(connection, person)
            values = {"person": person, "name": " ".join(name.split()), "name_key": key, "password_hash": password_hash}
            connection.execute(insert(people).values(values))
            return person

    def account(self, name: str) -> Account | None:
        """Return the account of a name."""
        with self._reading() as connection:
            found = connection.execute(select(people).where(people.c.name_key == name_key(name))).one_or_none()
            return Account(found.person, found.name, found.password_hash) if found else None

    def names(self) -> Mapping[str, str]:
        """Return every person's name."""
        with self._reading() as connection:
            return {row.person: row.name for row in connection.execute(select(people).order_by(people.c.name_key))}

    def set_password(self, person: str, password_hash: str) -> None:
        """Keep another hash of a person's password."""
        with self._writing() as connection:
            connection.execute(update(people).where(people.c.person == person).values(password_hash=password_hash))

    def remove(self, person: str) -> None:
        """Forget a person's name, password, links and sign-ins."""
        with self._writing() as connection:
            _forget(connection, person)

    def add_sign_in(self, sign_in: str, person: str, expires: datetime) -> None:
        """Keep a sign-in."""
        with self._writing() as connection:
            long_ago = to_milliseconds(self._now() - KEPT_AFTER_EXPIRY)
            connection.execute(delete(sign_ins).where(sign_ins.c.expires < long_ago))
            values = {"id_hash": sign_in, "person": person, "expires": to_milliseconds(expires)}
            connection.execute(insert(sign_ins).values(values))

    def sign_ins(self, names: Collection[str], at: datetime) -> Mapping[str, SignIn]:
        """Return those of the named sign-ins that hold."""
        holds = and_(sign_ins.c.id_hash.in_(names), sign_ins.c.expires > to_milliseconds(at))
        with self._reading() as connection:
            found = connection.execute(select(sign_ins).where(holds))
            return {row.id_hash: SignIn(row.person, to_moment(row.expires)) for row in found}

    def end_sign_in(self, sign_in: str) -> None:
        """End one sign-in."""
        with self._writing() as connection:
            connection.execute(delete(sign_ins).where(sign_ins.c.id_hash == sign_in))

    def end_sign_ins(self, person: str) -> None:
        """End every sign-in of a person."""
        with self._writing() as connection:
            connection.execute(delete(sign_ins).where(sign_ins.c.person == person))

    def set_pin(self, participant: str, pin_hash: str) -> None:
        """Keep the hash of a participant's PIN."""
        with self._writing() as connection:
            connection.execute(delete(pins).where(pins.c.participant == participant))
            connection.execute(insert(pins).values(participant=participant, pin_hash=pin_hash))

    def pins(self, participants: Collection[str]) -> Mapping[str, str]:
        """Return the hashes of these participants' PINs."""
        with self._reading() as connection:
            found = connection.execute(select(pins).where(pins.c.participant.in_(participants)))
            return {row.participant: row.pin_hash for row in found}

    def drop_pins(self, session: str) -> None:
        """Forget the PINs of a session's participants, and the tries at them."""
        with self._writing() as connection:
            for name in (pins.c.participant, attempts.c.whom):
                connection.execute(delete(name.table).where(name.startswith(f"{session}-", autoescape=True)))

    def attempt(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        """Count a try, or return how long to wait instead."""
        its = and_(attempts.c.what == what, attempts.c.whom == whom)
        with self._writing() as connection:
            tries, left = _tried(connection, its, at, wait)
            if left:
                return left
            connection.execute(delete(attempts).where(its))
            values = {"what": what, "whom": whom, "tries": tries + 1, "last": to_milliseconds(at)}
            connection.execute(insert(attempts).values(values))
            return NO_WAIT

    def waiting(self, what: str, whom: str, at: datetime, wait: Wait) -> timedelta:
        """Return how long to wait before the next try."""
        with self._reading() as connection:
            return _tried(connection, and_(attempts.c.what == what, attempts.c.whom == whom), at, wait)[1]

    def forget_attempts_before(self, what: str, moment: datetime) -> None:
        """Forget tries that lie long back."""
        with self._writing() as connection:
            old = and_(attempts.c.what == what, attempts.c.last < to_milliseconds(moment))
            connection.execute(delete(attempts).where(old))

    def forget_attempts(self, what: str, whom: str) -> None:
        """Forget the tries."""
        with self._writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.what == what, attempts.c.whom == whom))


def _whose(connection: Connection, token_hash: str, at: datetime) -> str | None:
    good = and_(links.c.token_hash == token_hash, links.c.expires > to_milliseconds(at))
    return connection.scalar(select(links.c.person).where(good))


def _tried(connection: Connection, its: ColumnElement[bool], at: datetime, wait: Wait) -> tuple[int, timedelta]:
    """Return how often something was tried, and how long to wait now."""
    found = connection.execute(select(attempts).where(its)).one_or_none()
    if found is None:
        return 0, NO_WAIT
    return found.tries, left_of(wait(found.tries), since=to_moment(found.last), at=at)


def _forget(connection: Connection, person: str) -> None:
    for table in (people, links, sign_ins):
        connection.execute(delete(table).where(table.c.person == person))
