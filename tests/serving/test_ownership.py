"""A kernel belongs to the browser whose cookie opened it. To everybody else it does not exist."""

from __future__ import annotations

import asyncio

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import websocket_connect

from bench.client import Browser, OpenPage
from bench.server import Running


async def opens(page: OpenPage, browser: Browser, **headers: str) -> int:
    """Return the status of trying to open the page's websocket from a browser."""
    request = page._socket_request()
    request.headers = {**request.headers, "Cookie": browser.cookie_header(), **headers}
    try:
        socket = await websocket_connect(request)
    except HTTPClientError as error:
        return error.code
    socket.close()
    return 101


def test_a_kernel_is_its_visitors_alone(server: Running) -> None:
    async def visit() -> None:
        anna, bo, nobody = (Browser(server.url) for _ in range(3))
        async with await anna.open() as annas, await bo.open() as bos:
            for stranger in (bo, nobody):
                assert await opens(annas, stranger) in (403, 404)
                for method in ("GET", "DELETE"):
                    answer = await stranger.ask(f"api/kernels/{annas.kernel_id}", method=method)
                    assert answer.code in (403, 404, 405)
                for door in ("restart", "interrupt"):
                    answer = await stranger.ask(f"api/kernels/{annas.kernel_id}/{door}", method="POST")
                    assert answer.code == 404
                assert (await stranger.ask(f"api/leave/{annas.kernel_id}", method="POST")).code == 404
                assert (await stranger.ask(f"api/alive/{annas.kernel_id}")).code == 404
                page = await stranger.ask(f"page/{annas.kernel_id}")
                assert (page.code, page.headers["Location"]) == (302, "/")
            assert await opens(bos, bo) == 101, "one's own can be opened"
            assert (await anna.ask(f"api/alive/{annas.kernel_id}")).code == 200, "and Anna's lives on"
            await annas.answered(await annas.click(annas.models("ButtonModel")[0]))

    asyncio.run(visit())


def test_two_visitors_are_two_and_one_stays_one(server: Running) -> None:
    def who(page: OpenPage) -> str:
        return next(state["value"].split()[0] for state in page.states.values() if " da " in str(state.get("value")))

    async def visit() -> None:
        anna, bo = Browser(server.url), Browser(server.url)
        async with await anna.open() as first, await bo.open() as other, await anna.open() as second:
            assert len({first.kernel_id, other.kernel_id, second.kernel_id}) == 3
            assert who(first) == who(second)
            assert who(first) != who(other)

    asyncio.run(visit())


@pytest.mark.parametrize("cookie", ["", "2|1:0|10:1700000000|16:visitor|4:YQ==|0000", "a" * 32])
def test_a_forged_cookie_is_nobodys(server: Running, cookie: str) -> None:
    async def visit() -> None:
        anna = Browser(server.url)
        async with await anna.open() as page:
            forger = Browser(server.url)
            forger.cookies = dict.fromkeys(anna.cookies, cookie)
            assert await opens(page, forger) in (403, 404)

    asyncio.run(visit())


def test_another_sites_page_cannot_open_ones_own_websocket(server: Running) -> None:
    async def visit() -> None:
        anna = Browser(server.url)
        async with await anna.open() as page:
            assert await opens(page, anna, Origin="https://elsewhere.example") == 403

    asyncio.run(visit())


def test_a_page_is_shown_once(server: Running) -> None:
    async def visit() -> None:
        anna = Browser(server.url)
        async with await anna.open() as page:
            again = await anna.ask(f"page/{page.kernel_id}")
            assert (again.code, again.headers["Location"]) == (302, "/")

    asyncio.run(visit())


def test_the_cookie_is_for_the_server_alone(server: Running) -> None:
    async def visit() -> str:
        anna = Browser(server.url)
        answer = await anna.ask(
            "start", method="POST", headers={"X-Start-Page": "1"}, body={"page": "", "lang": "da", "query": ""}
        )
        return answer.headers["Set-Cookie"]

    cookie = asyncio.run(visit())
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/", "expires="))
    assert "Secure" not in cookie, "the test speaks plain http"


def test_on_https_the_cookie_is_never_sent_in_the_clear(server: Running) -> None:
    async def visit() -> str:
        headers = {"X-Start-Page": "1", "X-Forwarded-Proto": "https"}
        body = {"page": "", "lang": "da", "query": ""}
        return (await Browser(server.url).ask("start", method="POST", headers=headers, body=body)).headers["Set-Cookie"]

    assert "Secure" in asyncio.run(visit())
