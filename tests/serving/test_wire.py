"""What passes between page and kernel, and what does not."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bench.client import Browser, OpenPage
from bench.server import Running

BOTH_WAYS = True

ENVIRONMENT = {"A_SECRET": "never for kernels", "AWS_SECRET_ACCESS_KEY": "never for kernels either"}


@pytest.fixture(scope="module")
def server(run_server: Any, way: tuple[str, ...]) -> Any:
    """A server that has secrets in its own environment."""
    with run_server(*way, environment=ENVIRONMENT) as started:
        yield started


def on_wire(page: OpenPage) -> str:
    return " ".join(part if isinstance(part, str) else part.decode("utf-8", "replace") for part in page.received)


def count(page: OpenPage) -> str:
    """Return what the page's counter shows: the label whose value is a number."""
    return next(s["value"] for s in page.states.values() if str(s.get("value", "")).isdecimal())


async def click(page: OpenPage) -> None:
    await page.answered(await page.click(page.models("ButtonModel")[0]))


def test_a_click_is_answered(server: Running) -> None:
    async def visit() -> None:
        async with await Browser(server.url).open() as page:
            assert count(page) == "0"
            await click(page)
            assert count(page) == "1"

    asyncio.run(visit())


def test_code_from_a_browser_is_not_run(server: Running) -> None:
    async def visit() -> None:
        async with await Browser(server.url).open() as page:
            run = await page.send("execute_request", {"code": "import os; os._exit(1)", "silent": False})
            stop = await page.send("shutdown_request", {"restart": False})
            await click(page)
            assert count(page) == "1", "the kernel lives and answers"
            assert not {run, stop} & {message.parent for message in page.messages}, "and never saw them"

    asyncio.run(visit())


def test_a_browser_opens_no_widget_of_its_own(server: Running) -> None:
    async def visit() -> None:
        async with await Browser(server.url).open() as page:
            state = {"_model_name": "TextModel", "_model_module": "@jupyter-widgets/controls", "value": "mine"}
            data = {"state": state, "buffer_paths": []}
            opened = await page.send("comm_open", {"comm_id": "c" * 32, "target_name": "jupyter.widget", "data": data})
            await page.request_states()
            assert "c" * 32 not in page.states
            assert opened not in {message.parent for message in page.messages}

    asyncio.run(visit())


def test_noise_neither_stops_the_server_nor_closes_the_page(server: Running) -> None:
    async def visit() -> None:
        async with await Browser(server.url).open() as page:
            assert page._socket is not None
            for noise in (b"", b"\xff" * 8, b"\x00" * 64, b"\x05" + b"\x00" * 7, b"x" * 100_000):
                await page._socket.write_message(noise, binary=True)
            await page._socket.write_message("{}")
            await click(page)
            assert count(page) == "1"

    asyncio.run(visit())


def test_what_a_page_prints_or_fails_with_stays_in_its_kernel(server: Running) -> None:
    async def visit() -> str:
        async with await Browser(server.url).open() as page:
            for _ in range(3):
                await click(page)
            assert count(page) == "3"
            return on_wire(page)

    wire = asyncio.run(visit())
    assert "printed by the page" not in wire
    assert "written by a person" not in wire
    assert "Traceback" not in wire
    assert "first_page()" not in wire, "nor does the page hold the notebook's source"
    assert "written by a person" not in server.log.read_text()


def test_a_kernel_knows_its_visitor_and_none_of_the_servers_secrets(server: Running) -> None:
    async def visit() -> OpenPage:
        async with await Browser(server.url).open("?sag=3&lang=en") as page:
            return page

    page = asyncio.run(visit())
    values = [str(state.get("value", "")) for state in page.states.values()]
    assert any(value.endswith("en {'sag': '3', 'lang': 'en'}") for value in values)
    names = next(value.split() for value in values if "SKOEN_VISITOR" in value)
    assert not {*ENVIRONMENT, "PYTEST_CURRENT_TEST"} & set(names)
    assert {"SKOEN_DATA", "SKOEN_LANGUAGE", "SKOEN_QUERY", "OMP_NUM_THREADS", "IPYTHONDIR"} <= set(names)
    secret = (server.data / "cookie_secret").read_bytes()
    for part in page.received:
        assert secret not in (part.encode() if isinstance(part, str) else part)


def test_the_page_is_in_the_visitors_language_and_asks_nobody_else(server: Running) -> None:
    async def visit() -> str:
        async with await Browser(server.url).open("?lang=en") as page:
            return page.html

    html = asyncio.run(visit())
    assert '<html lang="en" translate="no">' in html
    assert "<title>First page</title>" in html
    assert '<main id="rendered_cells">' in html
    assert "The page is being made ready." in html
    assert "//" not in html.replace("http://www.w3.org/", ""), "no address with a host of its own"
    assert "plotly" not in html, "no extension that the site did not name"


@pytest.mark.parametrize("path", ["i-stykker", "faldet/om"])
def test_a_notebook_that_fails_says_so_in_words(server: Running, path: str) -> None:
    async def visit() -> str:
        browser = Browser(server.url)
        return (await browser.ask(await browser.start(path))).body.decode()

    html = asyncio.run(visit())
    assert html.count("<h1>Noget gik galt</h1>") == 1
    assert "Prøv igen." in html
    assert not [word for word in ("secret words", "Traceback", "Voilà", "exception") if word in html]


def test_a_kernel_that_cannot_start_is_said_in_words(run_server: Any, tmp_path: Path) -> None:
    async def visit(server: Running) -> str:
        browser = Browser(server.url)
        return (await browser.ask(await browser.start())).body.decode()

    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)")
    paths = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    with run_server("--stock", environment={"PYTHONPATH": paths}) as server:
        html = asyncio.run(visit(server))
        assert server.kernels() == []
    assert html.count("<h1>Noget gik galt</h1>") == 1
    assert html.rstrip().endswith("</html>")
    assert "Traceback" not in html


def test_a_page_comes_back_while_the_server_still_holds_its_broken_line(server: Running) -> None:
    """The line is found broken only when a ping is not answered; the new one must not wait for that."""

    async def visit() -> None:
        browser = Browser(server.url)
        async with await browser.open() as page:
            again = OpenPage(Browser(server.url, patience=20), page.html, page.began)
            again.browser.cookies = browser.cookies
            await again.connect()
            await again.request_states()
            await click(again)
            assert count(again) == "1"
            await again.vanish()

    asyncio.run(visit())
