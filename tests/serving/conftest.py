"""A real server with a small page of its own, and browsers without a screen that visit it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # bench/ holds the one client and the one way to run a server

from bench.server import Running, running  # noqa: E402


def spares(server: Running, number: int) -> list[psutil.Process]:
    """Wait until a server has so many spare kernels, and return them."""
    until = time.monotonic() + 60
    while len(found := server.spares()) != number:
        assert time.monotonic() < until, f"there must be {number} spare kernels, and there are {len(found)}"
        time.sleep(0.1)
    return found


@pytest.fixture(scope="session")
def run_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Running]]:
    """Return what runs a server with the test page; arguments are handed to serve_first_page.py."""

    def run(
        *arguments: str, data: Path | None = None, environment: dict[str, str] | None = None
    ) -> AbstractContextManager[Running]:
        if data is None:
            data = tmp_path_factory.mktemp("served") / "data"
            data.mkdir(mode=0o700)
        command = [sys.executable, "-W", "error", str(HERE / "serve_first_page.py"), str(data), *arguments]
        return running(command, data, environment=environment)

    return run


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a file that says ``BOTH_WAYS = True`` with forked kernels and with ordinary ones."""
    if "way" in metafunc.fixturenames and getattr(metafunc.module, "BOTH_WAYS", False):
        metafunc.parametrize("way", ["forked", "stock"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def way(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What a server is told about how to start kernels: to fork them, unless a test asks for both ways."""
    return ("--stock",) if getattr(request, "param", "forked") == "stock" else ()


@pytest.fixture(scope="module")
def server(run_server: Callable[..., AbstractContextManager[Running]], way: tuple[str, ...]) -> Iterator[Running]:
    """A server for the tests of one file."""
    with run_server(*way) as started:
        yield started


@pytest.fixture
def own_server(run_server: Callable[..., AbstractContextManager[Running]], way: tuple[str, ...]) -> Iterator[Running]:
    """A server for one test alone, which may kill it."""
    with run_server(*way) as started:
        yield started
