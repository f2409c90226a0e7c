"""Somebody at a browser: follows links, fills in forms, reads what the page says."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tornado.httpclient import HTTPRequest, HTTPResponse

from bench.client import PATIENCE, Browser, OpenPage
from bench.server import Running

PASSWORD = "fire ord i en sætning"


class Person(Browser):
    """A browser that can send forms, as a browser does, and forgets cookies that are taken from it."""

    async def form(self, path: str, *, origin: str | None = "own", **fields: str) -> HTTPResponse:
        """Send a form; ``origin`` is another site's, or None for a browser that says none."""
        parts = urlsplit(self.address)
        own = f"{parts.scheme}://{parts.netloc}"
        said = {} if origin is None else {"Origin": own if origin == "own" else origin}
        return await self._send(path, "POST", urlencode(fields), said)

    async def look(self, path: str) -> str:
        """Return the text of a page, or of what is said instead."""
        return text(await self._send(path, "GET", None, {}))

    async def _send(self, path: str, method: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        request = HTTPRequest(
            urljoin(self.address, path),
            method=method,
            body=body,
            headers={"Cookie": self.cookie_header(), **headers},
            follow_redirects=False,
            request_timeout=PATIENCE,
        )
        answer = await self._http.fetch(request, raise_error=False)
        for header in answer.headers.get_list("Set-Cookie"):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]
        return answer

    async def join(self, code: str) -> tuple[int, str]:
        """Join a class; return number and PIN."""
        await self.look(f"join/{code}")
        return ticket(await self.form(f"join/{code}"))

    async def redeem(self, token: str, name: str) -> HTTPResponse:
        """Use a one-time link."""
        return await self.form("welcome", token=token, name=name, password=PASSWORD)

    async def elsewhere(self, path: str = "") -> str:
        """Do what the waiting page's script does, where no kernel is to be had; return where it leads."""
        answer = await self.ask(
            "start",
            method="POST",
            body={"page": path, "lang": "da", "query": ""},
            headers={"X-Start-Page": "1", "Content-Type": "application/json"},
        )
        assert answer.code == 200, answer.body
        return re.search(r'"elsewhere": "([^"]*)"', answer.body.decode())[1]  # type: ignore[index]


def text(answer: HTTPResponse) -> str:
    """Return what a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.body.decode())).split())


def ticket(answer: HTTPResponse) -> tuple[int, str]:
    """Return number and PIN from the page that shows them once."""
    found = re.findall(r"<dd>(\w+)</dd>", answer.body.decode())
    assert len(found) == 3, (answer.code, text(answer))
    return int(found[1]), found[2]


def shown(page: OpenPage, beginning: str) -> str:
    """Return what the label of a small page says after its beginning."""
    values = [str(state.get("value", "")) for state in page.states.values()]
    return next((value.removeprefix(beginning) for value in values if value.startswith(beginning)), "")


async def until_ended(server: Running, page: OpenPage) -> None:
    """Wait until the page's kernel is no more."""
    async with asyncio.timeout(PATIENCE):
        while page.kernel_id[:8] in server.kernels_by_name():
            await asyncio.sleep(0.1)


async def ask(page: OpenPage, session: str) -> str:
    """Type a session's id into a small page's field, press, and return the answer."""
    await page.set_traits(page.models("TextModel")[0], value=session)
    await page.answered(await page.click(page.models("ButtonModel")[0]))
    return next(
        str(state["value"])
        for state in page.states.values()
        if str(state.get("value", "")).startswith(("title=", "refused="))
    )
