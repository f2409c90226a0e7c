"""Two visitors of pages forked from one template share nothing that belongs to a visitor."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import psutil
import pytest

from bench.client import Browser, OpenPage
from bench.server import Running, skoen
from explain.serving.warm.possible import impossible
from tests.practice import four_cases
from tests.serving.conftest import spares

pytestmark = pytest.mark.skipif(impossible() is not None, reason=str(impossible()))


def given(page: OpenPage) -> dict[str, Any]:
    """Return what the page says its visitor was given."""
    return next(json.loads(state["value"]) for state in page.states.values() if "{" in str(state.get("value", "")))


@pytest.fixture(scope="module")
def served(run_server: Callable[..., AbstractContextManager[Running]]) -> Iterator[Running]:
    """A server whose kernels are forked."""
    with run_server() as started:
        yield started


@pytest.fixture(scope="module", params=["forked when they came", "forked before"])
def two(
    request: pytest.FixtureRequest, served: Running, run_server: Callable[..., AbstractContextManager[Running]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Anna and Bo were given, at once and again after a click."""
    if request.param == "forked when they came":
        return asyncio.run(visit(served, "givet"))
    with run_server("--ready", "2", "--first", "visitors.ipynb") as server:
        ready = {spare.pid for spare in spares(server, 2)}
        anna, bo = asyncio.run(visit(server, ""))
        assert {anna["pid"], bo["pid"]} == ready
        return anna, bo


async def visit(server: Running, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    async with (
        await Browser(server.url).open(f"{path}?lang=da&sag=3") as anna,
        await Browser(server.url).open(f"{path}?lang=en") as bo,
    ):
        first = given(anna), given(bo)
        assert first[0]["built_in"] == first[1]["built_in"], "both pages were built in one process"
        assert first[0]["built_in"] not in (first[0]["pid"], first[1]["pid"])
        assert anna.states.keys() == bo.states.keys(), "with the same widgets"
        await anna.answered(await anna.click(anna.models("ButtonModel")[0]))
        assert given(bo) == first[1], "a click of Anna's changes nothing of Bo's"
        assert given(anna) != first[0]
        return first


def test_two_visitors_never_share_randomness(two: Any) -> None:
    anna, bo = two
    for kind in ("random", "numpy", "uuid"):
        assert anna[kind] != bo[kind], kind


def test_two_visitors_never_share_a_clock(two: Any) -> None:
    anna, bo = two
    assert anna["clock"] < bo["clock"] < time.time_ns(), "the time of each is when she came"


def test_two_visitors_never_share_a_language(two: Any) -> None:
    assert [one["environment"]["SKOEN_LANGUAGE"] for one in two] == ["da", "en"]


def test_two_visitors_never_share_an_identity(two: Any) -> None:
    anna, bo = two
    assert anna["environment"]["SKOEN_VISITOR"] != bo["environment"]["SKOEN_VISITOR"]
    assert [one["environment"]["SKOEN_QUERY"] for one in two] == ["lang=da&sag=3", "lang=en"]
    assert "SKOEN_WARMING" not in anna["environment"]


def test_two_visitors_never_share_a_database_connection(two: Any) -> None:
    for one in two:
        assert one["database"] == [[one["pid"]]], "each was made in its own process"


def test_the_training_opens_no_database_before_its_visitor_comes() -> None:
    async def visit(server: Running) -> None:
        async with await Browser(server.url).open() as anna, await Browser(server.url).open() as bo:
            (template,) = server.templates()
            assert databases(template) == set()
            kernels = [server.kernel(page.kernel_id) for page in (anna, bo)]
            assert all(databases(kernel) == {"skoen.sqlite"} for kernel in kernels)
            assert all(template.pid not in (kernel.pid, kernel.ppid()) for kernel in kernels)
            assert kernels[0].ppid() == server.process.pid

    with skoen("--cases", str(four_cases())) as server:  # fewer cases to rehearse
        asyncio.run(visit(server))


def databases(process: psutil.Process) -> set[str]:
    """Return the names of the databases that a process has open."""
    return {name for file in process.open_files() if (name := file.path.rpartition("/")[2]).endswith(".sqlite")}


def test_a_hook_that_fails_is_said_in_words_and_only_its_kind_is_logged(served: Running) -> None:
    async def visit() -> str:
        browser = Browser(served.url)
        answer = await browser.ask(await browser.start("givet?fails=1"))
        assert answer.code == 500
        return answer.body.decode()

    html = asyncio.run(visit())
    assert "Noget gik galt" in html
    assert "written by a person" not in html + served.log.read_text()
    assert "KeyError" in served.log.read_text()


def test_no_kernel_template_or_socket_outlives_a_killed_server(
    run_server: Callable[..., AbstractContextManager[Running]],
) -> None:
    async def visit(server: Running) -> list[psutil.Process]:
        page = await Browser(server.url).open()
        await page.vanish()
        return psutil.Process(server.process.pid).children(recursive=True)

    with run_server() as server:
        processes, folder = asyncio.run(visit(server)), server.folder()
        assert len(processes) == 3, "kernel, template, and who watches their folder"
        server.process.kill()
        server.process.wait()
        gone, alive = psutil.wait_procs(processes, timeout=30)
        assert (len(gone), alive) == (3, [])
        assert not folder.exists()
