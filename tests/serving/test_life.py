"""Kernels come and go: killed, left, too many; and the server's own end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from bench.client import Browser, OpenPage
from bench.server import Running

BOTH_WAYS = True


async def becomes(true: Callable[[], bool], patience: float = 30) -> None:
    """Wait until something outside becomes true."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not become true in time"
        await asyncio.sleep(0.1)


def test_a_killed_kernel_is_noticed_and_its_page_loads_anew(own_server: Running) -> None:
    async def visit() -> None:
        anna = Browser(own_server.url)
        page = await anna.open()
        assert (await anna.ask(f"api/alive/{page.kernel_id}")).code == 200
        own_server.kernel(page.kernel_id).kill()
        while (await anna.ask(f"api/alive/{page.kernel_id}")).code == 200:
            await asyncio.sleep(0.1)
        await becomes(lambda: own_server.kernels() == [])
        await page.vanish()
        async with await anna.open() as again:
            assert again.kernel_id != page.kernel_id
            assert len(own_server.kernels()) == 1, "no empty kernel stands in for the dead one"

    asyncio.run(visit())


def test_a_closed_page_ends_its_kernel(own_server: Running) -> None:
    async def visit() -> None:
        anna = Browser(own_server.url)
        page = await anna.open()
        await page.close()
        await becomes(lambda: own_server.kernels() == [])

    asyncio.run(visit())


def test_a_page_that_comes_back_after_its_goodbye_keeps_its_kernel(own_server: Running) -> None:
    async def visit() -> None:
        anna = Browser(own_server.url)
        async with await anna.open() as page:
            await anna.ask(f"api/leave/{page.kernel_id}", method="POST")
            for _ in range(20):
                assert (await anna.ask(f"api/alive/{page.kernel_id}")).code == 200
                await asyncio.sleep(0.4)

    asyncio.run(visit())


def test_one_browser_holds_few_kernels(own_server: Running) -> None:
    async def visit() -> None:
        anna = Browser(own_server.url)
        pages = [await anna.start() for _ in range(6)]
        assert len(own_server.kernels()) == 4
        assert (await anna.ask(pages[0])).code == 302, "the first of six has gone"
        assert (await anna.ask(pages[-1])).code == 200

    asyncio.run(visit())


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_nothing_behind(own_server: Running, sign: signal.Signals) -> None:
    async def visit() -> list[psutil.Process]:
        for page in await asyncio.gather(Browser(own_server.url).open(), Browser(own_server.url).open()):
            await page.vanish()
        return own_server.kernels()

    kernels = asyncio.run(visit())
    folder = own_server.folder()
    left = psutil.Process(own_server.process.pid).children(recursive=True)
    assert len(kernels) == 2
    own_server.process.send_signal(sign)
    assert own_server.process.wait(30) == 0
    assert not any(process.is_running() for process in left)
    assert not folder.exists()
    assert "Traceback" not in own_server.log.read_text()


def test_a_server_stopped_with_twenty_kernels_leaves_no_process_and_no_folder(run_server: Any) -> None:
    async def visit(server: Running) -> None:
        pages = await asyncio.gather(*(Browser(server.url).open() for _ in range(20)))
        await asyncio.gather(*(page.vanish() for page in pages))

    with run_server() as server:
        asyncio.run(visit(server))
        folder = server.folder()
        left = psutil.Process(server.process.pid).children(recursive=True)
        assert len(server.kernels()) == 20
        assert server.stop(120) == 0
        assert not any(process.is_running() for process in left), "a zombie is running too, to psutil"
        assert not folder.exists()
        assert server.log.read_text() == ""


def test_no_kernel_outlives_a_killed_server(own_server: Running) -> None:
    async def visit() -> list[psutil.Process]:
        page = await Browser(own_server.url).open()
        await page.vanish()
        return own_server.kernels()

    kernels, folder = asyncio.run(visit()), own_server.folder()
    own_server.process.kill()
    own_server.process.wait()
    gone, alive = psutil.wait_procs(kernels, timeout=30)
    assert len(gone) == 1
    assert alive == []
    asyncio.run(becomes(lambda: not folder.exists()))


def test_a_visitor_is_known_again_after_the_server_was_restarted(own_server: Running, run_server: Any) -> None:
    def who(page: OpenPage) -> str:
        return next(state["value"].split()[0] for state in page.states.values() if " da " in str(state.get("value")))

    async def visit(browser: Browser) -> str:
        async with await browser.open() as page:
            return who(page)

    anna = Browser(own_server.url)
    before = asyncio.run(visit(anna))
    own_server.stop()
    with run_server(data=own_server.data) as after:
        again = Browser(after.url)
        again.cookies = anna.cookies
        assert asyncio.run(visit(again)) == before


def test_everything_works_below_a_prefix(run_server: Any) -> None:
    async def visit(server: Running) -> None:
        async with await Browser(server.url).open() as page:
            assert page.states
            assert re.search(r'src="/under/here/static/[0-9a-f]{12}/voila/static/voila.js"', page.html)
            answer = await page.browser.ask("nowhere")
            assert (answer.code, 'href="/under/here/"' in answer.body.decode()) == (404, True)
            assert (await page.browser.ask("/")).code == 404, "outside of the prefix there is nothing"

    with run_server("--base-url", "/under/here/") as server:
        assert server.url.endswith("/under/here/")
        asyncio.run(visit(server))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read a folder elsewhere")
def test_the_kernels_sockets_are_for_their_owner_alone(own_server: Running) -> None:
    async def visit() -> int:
        async with await Browser(own_server.url).open() as page:
            assert own_server.kernel(page.kernel_id).is_running()
            return os.stat(own_server.folder()).st_mode & 0o777

    assert asyncio.run(visit()) == 0o700
