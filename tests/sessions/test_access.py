"""Roles, invitations, links, passwords, PINs: what opens and what does not, by a clock that is set by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from explain.domain.errors import Refusal, Refused
from explain.domain.people import (
    Actor,
    LinkRenewed,
    PersonInvited,
    PersonJoined,
    PersonRemoved,
    Role,
    RoleGiven,
    RoleRevoked,
    SignedIn,
    SignedOut,
)
from explain.sessions.access import LINK_LASTS, Access, Known, hashed
from explain.sessions.signing import SIGN_IN_LASTS, Signed, SignIns
from explain.sessions.throttle import TooEarly
from explain.store import MemoryAccess, MemoryStore

PASSWORD = "fire ord i en sætning"
NOBODY = Actor("nobody", "nothing")


class Plain:
    """Hashes nothing, and counts: Argon2 has its own test."""

    hashed = 0

    def hash(self, password: str) -> str:
        self.hashed += 1
        return f"v2:{password}"

    def fits(self, kept: str, password: str) -> bool:
        return kept.partition(":")[2] == password

    def outdated(self, kept: str) -> bool:
        return not kept.startswith("v2:")


class House:
    """Everything around one memory store, with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)
        self.facts, self.keys, self.passwords = MemoryStore(now=self.clock), MemoryAccess(now=self.clock), Plain()
        self.access = Access(self.facts, self.keys, b"secret", now=self.clock)
        self.sign_ins = SignIns(self.facts, self.keys, self.passwords, b"other", now=self.clock)

    def clock(self) -> datetime:
        return self.now

    def first(self, name: str = "Inger") -> Signed:
        token = self.sign_ins.first_link()
        assert token is not None
        return self.sign_ins.redeem(token, name, PASSWORD)

    def invited(self, by: Actor, role: Role, name: str) -> Signed:
        return self.sign_ins.redeem(self.access.invite(by, role), name, PASSWORD)

    def recorded(self, person: str) -> list[tuple[object, str]]:
        return [(row.fact, row.actor) for row in self.facts.read(f"people/{person}")]


@pytest.fixture
def house() -> House:
    return House()


def refuses(code: Refusal, *call: object) -> None:
    deed, *given = call
    with pytest.raises(Refused) as refused:
        deed(*given)  # type: ignore[operator]
    assert refused.value.code is code


def test_the_first_trainer_comes_by_a_link_that_is_made_until_there_is_one(house: House) -> None:
    earlier, later = house.sign_ins.first_link(), house.sign_ins.first_link()
    assert earlier is not None
    assert later is not None
    refuses(Refusal.LINK_GONE, house.sign_ins.redeem, earlier, "Inger", PASSWORD)

    signed = house.sign_ins.redeem(later, "Inger", PASSWORD)

    person = signed.actor.person
    assert house.access.roles(signed.actor) == {Role.TRAINER}
    assert house.sign_ins.first_link() is None
    assert house.recorded(person) == [
        (PersonInvited(Role.TRAINER), "server"),
        (PersonJoined(), person),
        (SignedIn(), person),
    ]
    assert len(house.facts.after(0)) == 3, "a second first link made no second person"


def test_an_unused_first_link_ends_with_the_one_that_was_used(house: House) -> None:
    house.first()
    extra = house.sign_ins.first_link(anyway=True)
    assert extra is not None
    assert Role.TRAINER in house.access.roles(house.sign_ins.redeem(extra, "Bo", PASSWORD).actor)
    refuses(Refusal.LINK_GONE, house.sign_ins.redeem, extra, "Carl", PASSWORD)


def test_a_link_expires(house: House) -> None:
    trainer = house.first().actor
    token = house.access.invite(trainer, Role.CURATOR)
    house.now += LINK_LASTS
    refuses(Refusal.LINK_GONE, house.sign_ins.redeem, token, "Bo", PASSWORD)
    signed = house.sign_ins.sign_in("Inger", PASSWORD)
    assert signed is not None
    again = house.access.renew(signed.actor, house.access.people(signed.actor)[1].person)
    assert house.access.roles(house.sign_ins.redeem(again, "Bo", PASSWORD).actor) == {Role.CURATOR}


def test_without_a_good_link_no_password_is_hashed(house: House) -> None:
    refuses(Refusal.LINK_GONE, house.sign_ins.redeem, "guess", "Bo", PASSWORD)
    assert house.passwords.hashed == 0


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("", PASSWORD, Refusal.NAME_UNFIT),
        ("  ", PASSWORD, Refusal.NAME_UNFIT),
        ("x" * 61, PASSWORD, Refusal.NAME_UNFIT),
        ("Bo\n", PASSWORD + "\0", None),
        ("B\no", PASSWORD, Refusal.NAME_UNFIT),
        ("Bo", "fjorten tegn..", Refusal.PASSWORD_UNFIT),
        ("Bo", "a" * 40, Refusal.PASSWORD_UNFIT),
        ("Bo", "bobobobobobobobobo", Refusal.PASSWORD_UNFIT),
        ("Bo", "x" * 201, Refusal.PASSWORD_UNFIT),
        ("INGER", PASSWORD, Refusal.NAME_TAKEN),
    ],
)
def test_what_does_not_do_leaves_the_link_good(house: House, name: str, password: str, code: Refusal | None) -> None:
    token = house.access.invite(house.first().actor, Role.CURATOR)
    if code is not None:
        refuses(code, house.sign_ins.redeem, token, name, password)
        name, password = "Bo", PASSWORD
    assert house.sign_ins.redeem(token, name, password)


def test_an_invitation_that_was_taken_back_lets_nobody_in(house: House) -> None:
    trainer = house.first().actor
    token = house.access.invite(trainer, Role.CURATOR)
    invited = house.access.people(trainer)[-1]
    assert invited == Known(invited.person, None, frozenset({Role.CURATOR}))

    house.access.revoke(trainer, invited.person, Role.CURATOR)

    refuses(Refusal.LINK_GONE, house.sign_ins.redeem, token, "Bo", PASSWORD)
    assert [known.name for known in house.access.people(trainer)] == ["Inger"]


def test_what_is_done_under_a_role_needs_it_now_and_is_a_fact(house: House) -> None:
    trainer = house.first().actor
    bo = house.invited(trainer, Role.RESEARCHER, "Bo").actor
    person = bo.person
    for actor in (bo, NOBODY, Actor(trainer.person, bo.sign_in), Actor(trainer.person, "made up")):
        refuses(Refusal.NOT_ALLOWED, house.access.invite, actor, Role.TRAINER)
        refuses(Refusal.NOT_ALLOWED, house.access.people, actor)
        refuses(Refusal.NOT_ALLOWED, house.access.renew, actor, person)
        refuses(Refusal.NOT_ALLOWED, house.access.give, actor, person, Role.TRAINER)
        refuses(Refusal.NOT_ALLOWED, house.access.revoke, actor, trainer.person, Role.TRAINER)
        refuses(Refusal.NOT_ALLOWED, house.access.remove, actor, trainer.person)

    house.access.give(trainer, person, Role.TEAMLEDER)
    assert house.access.roles(bo) == {Role.RESEARCHER, Role.TEAMLEDER}
    house.access.revoke(trainer, person, Role.RESEARCHER)
    assert house.access.roles(bo) == {Role.TEAMLEDER}
    house.access.renew(trainer, person)
    house.access.remove(trainer, person)

    assert house.access.roles(bo) == frozenset()
    assert house.sign_ins.sign_in("Bo", PASSWORD) is None
    assert house.recorded(person)[3:] == [
        (RoleGiven(Role.TEAMLEDER), trainer.person),
        (RoleRevoked(Role.RESEARCHER), trainer.person),
        (LinkRenewed(), trainer.person),
        (PersonRemoved(), trainer.person),
    ]
    refuses(Refusal.NOT_ALLOWED, house.access.renew, trainer, person)


def test_a_role_that_is_revoked_is_gone_from_every_sign_in(house: House) -> None:
    trainer = house.first().actor
    bo = house.invited(trainer, Role.TRAINER, "Bo").actor
    assert set(house.access.standing([trainer.sign_in, bo.sign_in, "x"])) == {trainer.sign_in, bo.sign_in}

    house.access.revoke(trainer, bo.person, Role.TRAINER)

    assert house.access.roles(bo) == frozenset()
    assert set(house.access.standing([trainer.sign_in, bo.sign_in])) == {trainer.sign_in}
    assert house.sign_ins.sign_in("Bo", PASSWORD) is None


def test_a_sign_in_expires_and_ends(house: House) -> None:
    actor = house.first().actor
    second = house.sign_ins.sign_in(" inger ", PASSWORD)
    assert second is not None
    assert second.actor.sign_in == hashed(second.token) != actor.sign_in

    house.sign_ins.sign_out(second.token)
    house.sign_ins.sign_out(second.token)
    house.sign_ins.sign_out("made up")
    assert house.access.roles(second.actor) == frozenset()
    assert [fact for fact, _ in house.recorded(actor.person)].count(SignedOut()) == 1
    house.now += SIGN_IN_LASTS - timedelta(seconds=1)
    assert house.access.roles(actor) == {Role.TRAINER}
    house.now += timedelta(seconds=1)
    assert house.access.roles(actor) == frozenset()


def test_a_password_that_was_forgotten_is_set_anew(house: House) -> None:
    trainer = house.first().actor
    bo = house.invited(trainer, Role.CURATOR, "Bo").actor

    again = house.sign_ins.redeem(house.access.renew(trainer, bo.person), "Bo B.", PASSWORD + "!")

    assert again.actor.person == bo.person
    assert house.access.roles(bo) == frozenset(), "earlier sign-ins have ended"
    assert house.sign_ins.sign_in("Bo", PASSWORD) is None
    assert house.sign_ins.sign_in("Bo B.", PASSWORD + "!") is not None


def test_tries_at_a_password_wait_longer_and_longer(house: House) -> None:
    house.first()
    for _ in range(5):
        assert house.sign_ins.sign_in("Inger", "wrong") is None
    waits = []
    for _ in range(9):
        with pytest.raises(TooEarly) as early:
            house.sign_ins.sign_in("INGER", PASSWORD)
        waits.append(early.value.wait.total_seconds())
        house.now += early.value.wait
        assert house.sign_ins.sign_in("Inger", "wrong") is None

    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    house.now += timedelta(hours=1)
    assert house.sign_ins.sign_in("Inger", PASSWORD) is not None
    assert house.sign_ins.sign_in("Inger", "wrong") is None, "it begins anew after one that was right"


def test_a_name_that_nobody_has_costs_as_much_and_waits_as_long(house: House) -> None:
    for _ in range(5):
        assert house.sign_ins.sign_in("Ukendt", PASSWORD) is None
    with pytest.raises(TooEarly):
        house.sign_ins.sign_in("ukendt", PASSWORD)
    assert house.passwords.hashed == 5


def test_an_old_hash_is_made_anew_at_the_next_sign_in(house: House) -> None:
    person = house.first().actor.person
    house.keys.set_password(person, f"v1:{PASSWORD}")
    assert house.sign_ins.sign_in("Inger", PASSWORD) is not None
    account = house.keys.account("Inger")
    assert account is not None
    assert account.password_hash == f"v2:{PASSWORD}"


# --- PINs ---


def test_a_pin_is_four_digits_and_the_last_one_holds(house: House) -> None:
    first = house.access.new_pin("a-1")
    assert (len(first), first.isdecimal()) == (4, True)
    assert house.access.check_pin("a-1", first)
    mark = house.access.marks(["a-1", "a-2"])
    second = next(pin for _ in range(50) if (pin := house.access.new_pin("a-1")) != first)

    assert not house.access.check_pin("a-1", first)
    assert house.access.check_pin("a-1", second)
    assert not house.access.check_pin("a-2", second), "who has no PIN comes back by none"
    assert set(mark) == {"a-1"}
    assert mark != house.access.marks(["a-1"])


def test_one_seed_gives_one_pin(house: House) -> None:
    pins = {house.access.new_pin("a-1", "seed") for _ in range(3)}
    others = {house.access.new_pin(f"a-{number}", "seed") for number in range(30)}
    assert (len(pins), len(others) > 20) == (1, True)


def test_guessing_a_pin_waits_longer_than_anybody_has(house: House) -> None:
    pin = house.access.new_pin("a-1")
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    began, guesses = house.now, 0
    while house.now - began < timedelta(days=90):
        try:
            assert not house.access.check_pin("a-1", wrong)
            guesses += 1
        except TooEarly as early:
            house.now += early.wait

    assert guesses == 22
    assert not house.access.check_pin("a-1", wrong)
    with pytest.raises(TooEarly):
        house.access.check_pin("a-1", pin)
    new = house.access.new_pin("a-1")
    assert house.access.check_pin("a-1", new), "a new PIN from the trainer lets her in at once"


def test_a_deleted_session_has_no_pins(house: House) -> None:
    pin = house.access.new_pin("a-1")
    house.access.forget("a")
    assert not house.access.check_pin("a-1", pin)
    assert house.access.marks(["a-1"]) == {}


def test_the_database_alone_gives_no_pin_away(house: House) -> None:
    pin = house.access.new_pin("a-1")
    stolen = Access(house.facts, house.keys, b"another secret", now=house.clock)
    kept = house.keys.pins(["a-1"])["a-1"]
    assert kept not in {stolen._keyed("hash", "a-1", f"{guess:04d}") for guess in range(10_000)}
    assert house.access.check_pin("a-1", pin)
