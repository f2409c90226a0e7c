"""A real server with the real page, and a real Chromium that visits it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.practice import four_cases

from .classroom import House
from .walk import Trainee, outside

sys.path.insert(0, str(Path(__file__).parents[2]))  # bench/ holds the one way to run a server

from bench.server import Running, running

PATIENCE = 60_000
"""Milliseconds any one thing may take: machines are busy, and nothing here is timed."""
QUIET = (
    "--no-sandbox",  # as root, where tests often run
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What keeps Chromium from asking anything of anybody on its own."""
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
"""Width and height of the windows the page is looked at in, in CSS pixels."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The Chromium to play in: the one that SKOEN_CHROMIUM names, else one on the PATH."""
    named = os.environ.get("SKOEN_CHROMIUM", "")
    found = [shutil.which(name) for name in (named, "chromium", "chromium-browser", "google-chrome") if name]
    if path := next(filter(None, found), None):
        return path
    pytest.fail("no Chromium found: sudo apt-get install chromium (or name one in SKOEN_CHROMIUM)", pytrace=False)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright, for the tests of this folder: its event loop must not meet other tests."""
    with sync_playwright() as started:
        expect.set_options(timeout=PATIENCE)
        yield started


@pytest.fixture(scope="package")
def launch(playwright: Playwright, chromium: str) -> Callable[..., Browser]:
    """Return what starts a Chromium."""

    def start(*more: str) -> Browser:
        return playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *more])

    return start


@pytest.fixture(scope="package")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    """One Chromium; every visit is a new profile in it."""
    with launch() as started:
        yield started


@pytest.fixture(scope="package")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Running]]:
    """Return what runs ``skoen serve`` with an empty data folder."""

    def run(*options: str) -> AbstractContextManager[Running]:
        data = tmp_path_factory.mktemp("served") / "data"
        skoen = Path(sys.executable).with_name("skoen")
        return running(
            [str(skoen), "serve", "--port", "0", "--data", str(data), "--cases", str(four_cases()), *options], data
        )

    return run


@pytest.fixture(scope="package")
def server(serve: Callable[..., AbstractContextManager[Running]]) -> Iterator[Running]:
    """One server for all; every visit is a new participant."""
    with serve() as started:
        yield started


Visit = Callable[..., AbstractContextManager[Trainee]]


@contextmanager
def guarded(context: BrowserContext, server: str) -> Iterator[BrowserContext]:
    """Watch a profile's pages, and see at the end that they asked nobody but the server and broke no rule.

    Three things hold on every page that any test opens: no request and no websocket leads away from the server,
    nothing offends the content security policy, and no script fails.
    """
    context.set_default_timeout(PATIENCE)
    asked: list[str] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))

    context.on("request", lambda request: asked.append(request.url))
    context.on("page", watch)
    context.on(
        "console",
        lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield context
    assert asked, "a visit must have asked something"
    assert [address for address in asked if outside(address, server)] == []
    assert faults == []


@contextmanager
def watched(browser: Browser, size: str, server: str) -> Iterator[BrowserContext]:
    """Open a new profile at a window size (``phone`` or ``desk``), and watch its pages."""
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        with guarded(context, server):
            yield context


@pytest.fixture
def house(browser: Browser, serve: Callable[..., AbstractContextManager[Running]]) -> Iterator[House]:
    """A server of its own, for a trainer and her participants: on the network, since no code is shown elsewhere."""
    with serve("--class") as served, ExitStack() as stack:
        yield House(stack, browser, served, watched)


@pytest.fixture
def visit(browser: Browser, server: Running) -> Visit:
    """Return what opens a new profile's page at a window size (``phone`` or ``desk``)."""

    @contextmanager
    def come(size: str = "desk", *, to: Running = server, language: str = "da", **more: Any) -> Iterator[Trainee]:
        width, height = SIZES[size]
        with browser.new_context(viewport={"width": width, "height": height}, **more) as context:
            with guarded(context, to.url):
                yield Trainee(context.new_page(), to.url, language)

    return come


@pytest.fixture(scope="session")
def screenshots(root: Path) -> Path:
    """The folder for screenshots; git does not see it."""
    folder = root / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
