"""Kernels forked before anybody asks: as many as there should be, for whoever comes next, and gone with the server."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest

from bench.client import Browser
from bench.server import Running
from explain.serving.warm.possible import impossible

from .conftest import HERE, spares

pytestmark = pytest.mark.skipif(impossible() is not None, reason=str(impossible()))

RunServer = Callable[..., AbstractContextManager[Running]]


def opened(server: Running) -> int:
    """Open and close the first page, and return its kernel's process id."""

    async def visit() -> int:
        async with await Browser(server.url).open() as page:
            await page.answered(await page.click(page.models("ButtonModel")[0]))
            return server.kernel(page.kernel_id).pid

    return asyncio.run(visit())


def test_who_comes_gets_a_kernel_that_was_there_and_another_takes_its_place(run_server: RunServer) -> None:
    with run_server("--ready", "2") as server:
        ready = {spare.pid for spare in spares(server, 2)}
        assert server.kernels() == [], "nobody has come"
        kernel = opened(server)
        assert kernel in ready
        after = {spare.pid for spare in spares(server, 2)}
        assert len(after & ready) == 1
        assert kernel not in after, "a kernel is used once"


def test_there_are_never_more_kernels_than_seats(run_server: RunServer) -> None:
    with run_server("--ready", "9", "--seats", "5") as server:
        spares(server, 5)
        opened(server)
        time.sleep(5)
        assert len(server.spares()) + len(server.kernels()) <= 5


def test_one_that_was_killed_is_given_to_nobody_and_replaced(run_server: RunServer) -> None:
    with run_server("--ready", "2") as server:
        first = spares(server, 2)[0]
        os.kill(first.pid, signal.SIGKILL)
        until = time.monotonic() + 30
        while psutil.pid_exists(first.pid):
            assert time.monotonic() < until, "one that died must be taken note of, and not stay as a zombie"
            time.sleep(0.1)
        assert first.pid not in {spare.pid for spare in spares(server, 2)}
        assert opened(server) != first.pid


def test_those_of_a_killed_template_are_given_to_nobody(run_server: RunServer) -> None:
    with run_server("--ready", "2") as server:
        before = spares(server, 2)
        ready = {spare.pid for spare in before}
        (template,) = server.templates()
        os.kill(template.pid, signal.SIGKILL)
        template.wait(10)
        assert opened(server) not in ready
        _, left = psutil.wait_procs(before, timeout=30)
        assert left == []
        assert not ready & {spare.pid for spare in spares(server, 2)}


def test_those_of_a_notebook_that_was_edited_are_given_to_nobody(run_server: RunServer, tmp_path: Path) -> None:
    shutil.copy(HERE / "first.ipynb", tmp_path)
    shutil.copy(HERE / "first_page.py", tmp_path)
    with run_server("--ready", "2", "--dashboards", str(tmp_path)) as server:
        ready = {spare.pid for spare in spares(server, 2)}
        os.utime(tmp_path / "first.ipynb", (1, 1))
        time.sleep(1.1)  # files are looked at once a second
        assert opened(server) not in ready


def test_a_server_that_is_stopped_while_it_forks_ends_well(run_server: RunServer) -> None:
    with run_server("--ready", "40") as server:
        until = time.monotonic() + 60
        while not (some := server.spares()):
            assert time.monotonic() < until, "spare kernels must be forked"
            time.sleep(0.01)
        assert server.stop() == 0
        assert len(some) < 40, "it was still at it"
        assert server.log.read_text() == ""


def test_those_of_a_template_that_is_gone_are_ended_before_anybody_comes(run_server: RunServer) -> None:
    with run_server("--ready", "2") as server:
        ready = spares(server, 2)
        server.templates()[0].kill()
        _, left = psutil.wait_procs(ready, timeout=60)
        assert left == []
        spares(server, 2)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_they_end_with_the_server(run_server: RunServer, sign: signal.Signals) -> None:
    with run_server("--ready", "3") as server:
        ready = spares(server, 3)
        server.process.send_signal(sign)
        server.process.wait(30)
        _, left = psutil.wait_procs(ready, timeout=10)
        assert left == []


def test_an_ordinary_server_keeps_none(run_server: RunServer) -> None:
    with run_server("--ready", "2", "--stock") as server:
        opened(server)
        time.sleep(5)
        assert server.spares() == []
