"""What a browser may try that it should not, on the wire: a real server, real kernels, real websockets."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import websocket_connect

from bench.client import OpenPage
from explain.domain.people import Role
from tests.entrance.conftest import PASSWORD, House
from tests.entrance.person import Person, ask, shown, text, until_ended


async def opens(page: OpenPage, browser: Person) -> int:
    """Return the status of trying to open a page's websocket from a browser."""
    request = page._socket_request()
    request.headers = {**request.headers, "Cookie": browser.cookie_header()}
    try:
        socket = await websocket_connect(request)
    except HTTPClientError as error:
        return error.code
    socket.close()
    while await socket.read_message() is not None:
        pass  # until the other end has closed, too
    return 101


async def refused_everywhere(page: OpenPage, browser: Person) -> None:
    """See that to this browser there is no such kernel."""
    assert await opens(page, browser) in (403, 404)
    assert (await browser.ask(f"api/kernels/{page.kernel_id}")).code in (403, 404)
    assert (await browser.ask(f"api/alive/{page.kernel_id}")).code == 404
    assert (await browser.ask(f"api/leave/{page.kernel_id}", method="POST")).code == 404
    assert (await browser.ask(f"page/{page.kernel_id}")).code == 302


def cookie(browser: Person, beginning: str) -> tuple[str, str]:
    """Return name and value of a browser's cookie."""
    return next((name, value) for name, value in browser.cookies.items() if name.startswith(beginning))


async def signed_in(house: House, name: str) -> Person:
    """Return the browser of somebody who has signed in."""
    browser = Person(house.url)
    assert (await browser.form("sign-in", name=name, password=PASSWORD)).code == 303
    return browser


def test_anothers_kernel_is_not_there(house: House) -> None:
    trainer, name = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        anna, bo, inger = Person(house.url), Person(house.url), await signed_in(house, name)
        await anna.join(session.code)
        await bo.join(session.code)
        async with await anna.open() as annas, await inger.open("trainer") as ingers:
            for stranger in (bo, inger, Person(house.url)):
                await refused_everywhere(annas, stranger)
            for stranger in (anna, bo):
                await refused_everywhere(ingers, stranger)
            # Who has Anna's browser cookie, but shows herself as Bo, or as nobody, is not Anna.
            for shown_as in ([cookie(bo, "participant")], []):
                mixed = Person(house.url)
                mixed.cookies = dict([cookie(anna, "visitor"), *shown_as])
                await refused_everywhere(annas, mixed)
            # And the trainer's browser without her sign-in is not the trainer's.
            without = Person(house.url)
            without.cookies = dict([cookie(inger, "visitor")])
            await refused_everywhere(ingers, without)
            assert await opens(annas, anna) == 101
            assert await opens(ingers, inger) == 101

    asyncio.run(visit())


def test_a_participant_opens_no_page_for_a_role_and_starts_no_kernel(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.join(session.code)
        before = set(house.server.kernels_by_name())
        for browser in (bo, Person(house.url)):
            assert await browser.elsewhere("trainer") == "/sign-in?next=trainer"
            for path in ("trainer.ipynb", "voila/render/trainer.ipynb", "dashboards/trainer.ipynb", "trainer/"):
                assert (await browser.ask(path)).code == 404
        assert set(house.server.kernels_by_name()) == before

    asyncio.run(visit())


def test_an_opened_comm_makes_no_widget(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.join(session.code)
        async with await bo.open() as page:
            model = uuid.uuid4().hex
            state = {
                "_model_module": "@jupyter-widgets/controls",
                "_model_module_version": "2.0.0",
                "_model_name": "LabelModel",
                "value": "opened by a browser",
            }
            opening = {"comm_id": model, "target_name": "jupyter.widget", "data": {"state": state}}
            await page.send("comm_open", opening, metadata={"version": "2.1.0"})
            await page.send("execute_request", {"code": "print('run by a browser')", "silent": False})
            page.states.clear()
            await page.request_states()
            assert page.states
            assert model not in page.states

    asyncio.run(visit())


def test_all_states_and_all_that_comes_hold_no_key(house: House) -> None:
    trainer, name = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo, carl, inger = Person(house.url), Person(house.url), await signed_in(house, name)
        _, pin = await bo.join(session.code)
        await carl.join(session.code)
        async with await bo.open() as bos, await inger.open("trainer") as ingers:
            keys = [value for browser in (bo, carl, inger) for value in browser.cookies.values()]
            mark = house.access.marks([f"{session.id}-1"])[f"{session.id}-1"]
            for page in (bos, ingers):
                came = b"".join(part if isinstance(part, bytes) else part.encode() for part in page.received)
                for key in (*keys, mark, f'"{pin}"', trainer.actor.sign_in, f"{session.id}-2"):
                    assert key.encode() not in came
            assert shown(bos, "who=") == f"{session.id}-1,None,None"

    asyncio.run(visit())


def test_the_kernels_own_environment_holds_no_key(house: House) -> None:
    _, name = house.somebody()

    async def visit() -> None:
        inger = await signed_in(house, name)
        async with await inger.open("trainer") as page:
            environment = house.server.kernel(page.kernel_id).environ()
            values = "\n".join(environment.values())
            for _, value in inger.cookies.items():
                assert value not in values
                assert value.split("|")[-2].split(":")[-1] not in values, "nor what the cookie holds"

    asyncio.run(visit())


def test_forged_traits_give_no_role_and_no_others_class(house: House) -> None:
    first, _ = house.somebody()
    second, name = house.somebody()
    others, own = house.session(first.actor), house.session(second.actor)

    async def visit() -> None:
        inger, bo = await signed_in(house, name), Person(house.url)
        await bo.join(others.code)
        async with await inger.open("trainer") as page, await bo.open() as participants:
            assert await ask(page, own.id) == f"title={own.plan.title}"
            assert await ask(page, others.id) == "refused=not_allowed"
            assert await ask(participants, others.id) == "refused=not_allowed"
            # Every widget's every text claims to be the other trainer's; who asks is known from elsewhere.
            for opened in (page, participants):
                for model, state in list(opened.states.items()):
                    for trait, value in state.items():
                        if isinstance(value, str) and not trait.startswith("_"):
                            await opened.set_traits(model, **{trait: f"who={first.actor.person}"})
                assert await ask(opened, others.id) == "refused=not_allowed"

    asyncio.run(visit())


def test_a_role_that_is_revoked_while_the_page_is_open_is_gone_at_once(house: House) -> None:
    trainer, _ = house.somebody()
    second, name = house.somebody()
    own = house.session(second.actor)

    async def visit() -> None:
        inger = await signed_in(house, name)
        async with await inger.open("trainer") as page:
            assert await ask(page, own.id) == f"title={own.plan.title}"
            house.access.revoke(trainer.actor, second.actor.person, Role.TRAINER)
            try:
                answer = await ask(page, own.id)
            except TimeoutError:
                answer = "the page's kernel was ended first"
            assert not answer.startswith("title=")
            await until_ended(house.server, page)
        assert await inger.elsewhere("trainer") == "/sign-in?next=trainer"
        again = await Person(house.url).form("sign-in", name=name, password=PASSWORD)
        assert again.code == 403

    asyncio.run(visit())


def test_a_one_time_link_works_once(house: House) -> None:
    trainer, _ = house.somebody()
    token = house.access.invite(trainer.actor, Role.TRAINER)

    async def visit() -> None:
        browsers = [Person(house.url) for _ in range(6)]
        answers = await asyncio.gather(
            *(one.redeem(token, f"Gentager {number}") for number, one in enumerate(browsers))
        )
        assert sorted(answer.code for answer in answers) == [303, *[403] * 5]
        late = await Person(house.url).redeem(token, "Senere")
        assert (late.code, "brugt eller udløbet" in text(late)) == (403, True)
        guess = await Person(house.url).redeem("x" * 43, "Gætter")
        assert guess.code == 403
        asked = await Person(house.url).ask(f"welcome?token={token}")
        assert token not in asked.body.decode(), "a token in the query is nobody's"

    asyncio.run(visit())


def test_guessing_a_pin_soon_waits(house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        number, pin = await bo.join(session.code)
        guesses = [f"{(int(pin) + step) % 10_000:04d}" for step in range(1, 21)]
        path = f"join/{session.code}/return"
        answers = await asyncio.gather(
            *(Person(house.url).form(path, number=str(number), pin=guess) for guess in guesses)
        )
        assert sorted(answer.code for answer in answers) == [403] * 5 + [429] * 15
        right = await Person(house.url).form(path, number=str(number), pin=pin)
        assert (right.code, "Prøv igen om" in text(right)) == (429, True)
        async with await bo.open():
            pass  # who is in stays in
        for strange in ({"number": "1"}, {"number": "1' --", "pin": "1"}, {"number": "²", "pin": "1"}, {"pin": pin}):
            assert (await Person(house.url).form(path, **strange)).code == 403

    asyncio.run(visit())


def test_guessing_at_every_number_soon_waits(new_house: Callable[[], AbstractContextManager[House]]) -> None:
    with new_house() as house:
        trainer, _ = house.somebody()
        session = house.session(trainer.actor)

        async def visit() -> None:
            tickets = [await Person(house.url).join(session.code) for _ in range(13)]
            thief, path = Person(house.url), f"join/{session.code}/return"
            guesses = [(number, (int(pin) + step) % 10_000) for number, pin in tickets for step in range(1, 6)]
            codes = [(await thief.form(path, number=str(number), pin=f"{guess:04d}")).code for number, guess in guesses]
            assert codes == [403] * 60 + [429] * 5

        asyncio.run(visit())


def test_guessing_a_password_soon_waits(house: House) -> None:
    _, name = house.somebody()

    async def visit() -> None:
        answers = [await Person(house.url).form("sign-in", name=name, password=f"gæt nummer {n}") for n in range(6)]
        assert [answer.code for answer in answers] == [403] * 5 + [429]
        assert (await Person(house.url).form("sign-in", name=name, password=PASSWORD)).code == 429

    asyncio.run(visit())


def test_guessing_codes_soon_waits(new_house: Callable[[], AbstractContextManager[House]]) -> None:
    with new_house() as house:
        trainer, _ = house.somebody()
        session = house.session(trainer.actor)

        async def visit() -> None:
            bo = Person(house.url)
            # Who says that she comes from elsewhere every time still comes from here.
            codes = [
                (
                    await bo.ask(
                        f"join/AAAA{n:02d}", headers={"X-Real-Ip": f"192.0.2.{n}", "X-Forwarded-For": f"192.0.2.{n}"}
                    )
                ).code
                for n in range(61)
            ]
            assert codes == [404] * 60 + [429]
            assert (await bo.form(f"join/{session.code}")).code == 429

        asyncio.run(visit())


def test_cookies_from_another_server_are_nobodys(
    house: House, new_house: Callable[[], AbstractContextManager[House]]
) -> None:
    trainer, name = house.somebody()
    session = house.session(trainer.actor)

    async def visit(other: House) -> None:
        thief_there, bo = await signed_in(other, other.somebody()[1]), Person(house.url)
        await bo.join(session.code)
        await thief_there.join(other.session(other.somebody()[0].actor).code)
        async with await thief_there.open():
            pass
        inger = await signed_in(house, name)
        async with await bo.open():
            pass
        ours = {key.partition("-")[0]: key for key in (*bo.cookies, *inger.cookies)}
        thief = Person(house.url)
        thief.cookies = {
            ours.get(re.sub(r"-[0-9a-f]{8}$", "", key).partition("-")[0], key): value
            for key, value in thief_there.cookies.items()
        }
        assert len(ours) == len(thief.cookies) == 3
        assert await thief.elsewhere("trainer") == "/sign-in?next=trainer"
        async with await thief.open() as page, await bo.open() as bos:
            assert shown(page, "who=") == "None,None,None"
            await refused_everywhere(bos, thief)

    with new_house() as other:
        asyncio.run(visit(other))


@pytest.mark.parametrize("change", ["participant", "mark", "kind"])
def test_a_cookie_that_was_changed_is_nobodys(house: House, change: str) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        bo = Person(house.url)
        await bo.join(session.code)
        async with await bo.open() as page:
            assert shown(page, "who=") == f"{session.id}-1,None,None"
        name, value = cookie(bo, "participant")
        parts = value.split("|")
        if change == "kind":  # what was signed for one cookie is worth nothing in another
            bo.cookies = {name: cookie(bo, "visitor")[1]}
        else:
            parts[-2] = parts[-2][:-3] + ("AAA" if change == "mark" else "ZZZ")
            bo.cookies[name] = "|".join(parts)
        async with await bo.open() as page:
            assert shown(page, "who=") == "None,None,None"

    asyncio.run(visit())


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
def test_a_form_from_elsewhere_is_refused(house: House, origin: str | None) -> None:
    trainer, name = house.somebody()
    session = house.session(trainer.actor)

    async def visit() -> None:
        inger = await signed_in(house, name)
        await inger.look(f"join/{session.code}")
        for path in (
            f"join/{session.code}",
            f"join/{session.code}/return",
            "sign-in",
            "sign-out",
            "welcome",
            "somebody-else",
        ):
            answer = await inger.form(path, origin=origin, name=name, password=PASSWORD)
            assert answer.code == 403, path
        async with await inger.open("trainer") as page:
            assert shown(page, "who=").endswith("signed in")

    asyncio.run(visit())
    assert house.classes.session(session.id).people == ()


def test_a_page_cannot_ask_to_be_told_more(house: House) -> None:
    async def visit() -> None:
        anna = Person(house.url)
        answer = await anna.ask(
            "start",
            method="POST",
            body={"page": "", "lang": "da", "query": "?person=x&PARTICIPANT=a-1", "told": {"PERSON": "x"}},
            headers={"X-Start-Page": "1", "SKOEN_PERSON": "x"},
        )
        page = OpenPage(anna, (await anna.ask(json.loads(answer.body)["page"])).body.decode(), 0)
        await page.connect()
        await page.request_states()
        assert shown(page, "who=") == "None,None,None"
        await page.close()

    asyncio.run(visit())
