"""The ways in, over the wire: practising alone, joining, coming back, signing in, being somebody else."""

from __future__ import annotations

import asyncio

from explain.domain.conditions import PANEL
from explain.domain.people import Role
from explain.domain.session_plan import Kind
from explain.sessions.ports import Envelope
from tests.entrance.conftest import House
from tests.entrance.person import Person, ask, shown, text, ticket, until_ended


def test_practising_alone_needs_nothing(house: House) -> None:
    async def visit() -> None:
        anna = Person(house.url)
        async with await anna.open() as page:
            assert shown(page, "who=") == "None,None,None"
        assert [name.partition("-")[0] for name in anna.cookies] == ["visitor"]

    asyncio.run(visit())


def test_the_first_link_makes_a_trainer(house: House) -> None:
    async def visit() -> None:
        inger = Person(house.url)
        assert "Vælg det navn" in await inger.look("welcome")
        refused = await inger.form("welcome", token=house.token, name="Inger", password="for kort")
        assert "mindst 15 tegn" in text(refused)
        assert house.token in refused.body.decode(), "the form keeps the token"
        welcomed = await inger.redeem(house.token, "Inger")
        assert (welcomed.code, welcomed.headers["Location"]) == (303, "/trainer")
        async with await inger.open("trainer") as page:
            assert shown(page, "who=").endswith("signed in")
            assert await ask(page, "nowhere1") == "refused=not_yours"

    asyncio.run(visit())


def test_a_page_for_a_role_leads_to_sign_in_and_back(house: House) -> None:
    _, name = house.somebody()

    async def visit() -> None:
        inger = Person(house.url)
        assert await inger.elsewhere("trainer") == "/sign-in?next=trainer"
        assert "Log ind" in await inger.look("sign-in?next=trainer")
        wrong = await inger.form("sign-in", name=name, password="forkert, men langt nok", next="trainer")
        assert (wrong.code, "passer ikke sammen" in text(wrong)) == (403, True)
        signed = await inger.form("sign-in", name=name, password="fire ord i en sætning", next="trainer")
        assert (signed.code, signed.headers["Location"]) == (303, "/trainer")
        assert "Du er logget ind" in await inger.look("sign-in")
        async with await inger.open("trainer") as page:
            out = await inger.form("sign-out")
            assert out.headers["Location"] == "/sign-in"
            await until_ended(house.server, page)
        assert await inger.elsewhere("trainer") == "/sign-in?next=trainer"

    asyncio.run(visit())


def test_one_is_led_to_our_own_pages_alone(house: House) -> None:
    _, name = house.somebody()

    async def visit() -> None:
        for path in ("https://elsewhere.example/", "//elsewhere.example", "nowhere", ""):
            inger = Person(house.url)
            signed = await inger.form("sign-in", name=name, password="fire ord i en sætning", next=path)
            assert signed.headers["Location"] == "/trainer"

    asyncio.run(visit())


def test_another_role_is_told_so(house: House) -> None:
    _, name = house.somebody(Role.CURATOR)

    async def visit() -> None:
        carl = Person(house.url)
        signed = await carl.form("sign-in", name=name, password="fire ord i en sætning", next="trainer")
        assert signed.headers["Location"] == "/trainer"
        assert await carl.elsewhere("trainer") == "/sign-in?next=trainer&lacking=1"
        assert "kræver en anden rolle" in await carl.look("sign-in?next=trainer&lacking=1")

    asyncio.run(visit())


def test_joining_gives_number_and_pin_once_and_leads_to_the_session(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        async with await bo.open() as practice:
            said = await bo.look(f"join/{session.code.lower()}")
            assert session.plan.title in said
            assert "omkring 60 minutter" in said
            assert "ikke krypteret" not in said, "nobody is between a browser and its own machine"
            far = await bo.ask(f"join/{session.code}", headers={"Host": "klasse.test"})
            assert "ikke krypteret" in text(far)
            joined = await bo.form(f"join/{session.code}")
            number, pin = ticket(joined)
            await until_ended(house.server, practice)
        assert (number, len(pin)) == (1, 4)
        again = await bo.form(f"join/{session.code}")
        assert (again.code, again.headers["Location"]) == (303, "/")
        assert "Du er med som nummer 1" in await bo.look(f"join/{session.code}")
        async with await bo.open() as page:
            assert shown(page, "who=") == f"{session.id}-1,None,None"
            other = Person(house.url)
            back = await other.form(f"join/{session.code}/return", number="1", pin=pin)
            assert back.code == 303
            async with await other.open() as elsewhere:
                assert shown(elsewhere, "who=") == f"{session.id}-1,None,None"

    asyncio.run(visit())
    assert len(house.classes.session(session.id).people) == 1


def test_a_form_that_is_sent_twice_takes_one_seat_and_shows_the_pin_that_holds(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.look(f"join/{session.code}")
        same = [Person(house.url) for _ in range(3)]
        for browser in same:
            browser.cookies = dict(bo.cookies)
        tickets = [
            ticket(answer) for answer in await asyncio.gather(*(one.form(f"join/{session.code}") for one in same))
        ]
        assert len(set(tickets)) == 1
        number, pin = tickets[0]
        assert (await Person(house.url).form(f"join/{session.code}/return", number=str(number), pin=pin)).code == 303

    asyncio.run(visit())
    assert len(house.classes.session(session.id).people) == 1


def test_a_class_joins_at_once(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> list[tuple[int, str]]:
        return list(await asyncio.gather(*(Person(house.url).join(session.code) for _ in range(30))))

    tickets = asyncio.run(visit())
    assert sorted(number for number, _ in tickets) == list(range(1, 31))
    assert all(house.access.check_pin(f"{session.id}-{number}", pin) for number, pin in tickets)


def test_without_cookies_no_seat_is_taken(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        answer = await Person(house.url).form(f"join/{session.code}")
        assert (answer.code, "Tillad cookies" in text(answer)) == (400, True)

    asyncio.run(visit())
    assert house.classes.session(session.id).people == ()


def test_a_code_that_nobody_has_is_said(house: House) -> None:
    async def visit() -> None:
        bo = Person(house.url)
        for code in ("AAAAA", "x"):
            assert "ikke noget hold" in await bo.look(f"join/{code}")
            assert (await bo.form(f"join/{code}")).code == 404
        led = await bo.ask("join?code=ab-cd%20e")
        assert led.headers["Location"] == "/join/ABCDE"

    asyncio.run(visit())


def test_after_the_end_nobody_new_comes_in_and_whoever_was_in_comes_back(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)
    house.classes.start(trainer.actor, session.id, Envelope("start-it", "x"))
    house.classes.extend(trainer.actor, session.id, 10, Envelope("extend-it", "x"))

    async def visit() -> None:
        bo, other = Person(house.url), Person(house.url)
        assert "omkring 70 minutter tilbage" in await bo.look(f"join/{session.code}")
        _, pin = ticket(await bo.form(f"join/{session.code}"))
        house.classes.end(trainer.actor, session.id, Envelope("end-it", "x"))
        said = await other.look(f"join/{session.code}")
        assert ("Holdet er slut" in said, "Vær med" in said) == (True, False)
        assert (await other.form(f"join/{session.code}")).code == 403
        assert (await other.form(f"join/{session.code}/return", number="1", pin=pin)).code == 303
        async with await other.open() as page:
            assert shown(page, "who=") == f"{session.id}-1,None,None"

    asyncio.run(visit())
    assert len(house.classes.session(session.id).people) == 1


def test_a_session_speaks_its_language_unless_another_was_chosen(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor, language="en", kind=Kind.PANEL, conditions=(PANEL,))

    async def visit() -> None:
        assert "Who can read what" in await (bo := Person(house.url)).look(f"join/{session.code}")
        assert "Hvem kan læse hvad" in await bo.look(f"join/{session.code}?lang=da")
        assert "panelets svar" in await bo.look(f"join/{session.code}")

    asyncio.run(visit())


def test_a_new_pin_ends_the_device_that_came_by_the_old_one(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.join(session.code)
        async with await bo.open() as page:
            pin = house.classes.let_in(trainer.actor, session.id, 1, False, Envelope(f"let-{session.id}", "x"))
            await until_ended(house.server, page)
        assert await bo.elsewhere() == "/join?again=1"
        assert "PIN er blevet skiftet" in await bo.look("join?again=1")
        async with await bo.open() as alone:
            assert shown(alone, "who=") == "None,None,None"
        assert (await bo.form(f"join/{session.code}/return", number="1", pin=pin)).code == 303
        async with await bo.open() as page:
            assert shown(page, "who=") == f"{session.id}-1,None,None"

    asyncio.run(visit())


def test_on_a_shared_device_the_next_one_is_somebody_else(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        first = Person(house.url)
        await first.join(session.code)
        async with await first.open() as page:
            assert "Er du en anden?" in await first.look("somebody-else")
            left = await first.form("somebody-else")
            assert (left.code, left.headers["Location"]) == (303, "/join")
            await until_ended(house.server, page)
        assert first.cookies == {}
        async with await first.open() as page:
            assert shown(page, "who=") == "None,None,None"
        assert (await first.join(session.code))[0] == 2

    asyncio.run(visit())


def test_who_is_there_is_heard_of(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.join(session.code)
        async with await bo.open() as page:
            while f"{session.id}-1" not in house.store.presence():
                await bo.ask(f"api/alive/{page.kernel_id}")
                await asyncio.sleep(0.2)

    asyncio.run(asyncio.wait_for(visit(), 60))


def test_the_health_of_the_server_is_told_to_a_role(house: House) -> None:
    _, name = house.somebody(Role.CURATOR)

    async def visit() -> None:
        carl = Person(house.url)
        assert await carl.look("health") == "ok"
        await carl.form("sign-in", name=name, password="fire ord i en sætning")
        assert (await carl.look("health")).startswith("ok pages ")

    asyncio.run(visit())


def test_nothing_of_the_entrance_is_kept_by_a_browser(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        for path in ("join", f"join/{session.code}", "sign-in", "welcome", "somebody-else"):
            answer = await Person(house.url).ask(path)
            assert (answer.code, answer.headers["Cache-Control"]) == (200, "no-store"), path

    asyncio.run(visit())
    assert house.server.log.read_text() == ""
