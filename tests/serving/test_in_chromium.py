"""The server's own few words and manners, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.server import Running

pytestmark = pytest.mark.browser

PATIENCE = 60_000
REFUSED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("refused", "SecurityError"); }
})"""
"""What a browser does that is told to keep nothing of a page."""
NAME = "klasse.test"
"""A name for this machine that is not localhost: on plain http a browser then withholds much."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    named = os.environ.get("SKOEN_CHROMIUM") or "chromium"
    path = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        flags = ["--no-sandbox", "--disable-background-networking", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
        with playwright.chromium.launch(executable_path=path, args=flags) as browser:
            yield browser


Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def visit(chromium: Browser, server: Running) -> Visit:
    """Return what opens a new profile; at the end nobody but the server was asked and no rule was broken."""

    @contextmanager
    def come(width: int = 360, host: str = "", **more: Any) -> Iterator[Page]:
        base = server.url.replace("127.0.0.1", host) if host else server.url
        faults: list[str] = []
        asked: list[str] = []
        with chromium.new_context(viewport={"width": width, "height": 640}, base_url=base, **more) as context:
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.on("request", lambda request: asked.append(request.url.removeprefix("blob:")))
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
            yield page
        assert [url for url in asked if not url.startswith((base, "data:"))] == []
        assert faults == []

    return come


def count(page: Page, number: int) -> None:
    expect(page.get_by_role("main").get_by_text(str(number), exact=True)).to_be_visible()


def press(page: Page) -> None:
    page.get_by_role("button", name="Tæl").click()


def kill_kernels(server: Running) -> None:
    for kernel in server.kernels():
        kernel.kill()
    psutil.wait_procs(server.kernels(), timeout=0)


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_page_opens_at_its_own_address(visit: Visit) -> None:
    with visit() as page:
        page.goto("?sag=3")
        press(page)
        count(page, 1)
        assert page.url.endswith("/?sag=3")
        assert page.title() == "Første side"
        expect(page.locator("#page-waiting")).to_have_count(0)
        page.reload()
        count(page, 0)


def test_it_works_on_plain_http_under_another_name(visit: Visit) -> None:
    with visit(host=NAME) as page:
        page.goto("")
        press(page)
        count(page, 1)
        assert page.evaluate("[isSecureContext, location.hostname]") == [False, NAME]


def test_a_killed_kernel_is_said_in_words_and_resumed_without_loss(visit: Visit, server: Running) -> None:
    with visit() as page:
        page.goto("")
        page.get_by_label("Tekst").fill("Jeg er bekymret, fordi")
        kill_kernels(server)
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("Siden skal hentes igen.")
        expect(page.locator(".jp-Dialog")).to_have_count(0)
        fits(page)
        accessible(page)
        banner.get_by_role("button", name="Genoptag").click()
        press(page)
        count(page, 1)
        expect(page.get_by_label("Tekst")).to_have_value("Jeg er bekymret, fordi")


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot pause a process by a signal")
def test_a_lost_line_is_said_and_unsaid(visit: Visit, server: Running) -> None:
    with visit() as page:
        page.goto("")
        press(page)
        count(page, 1)
        server.process.send_signal(signal.SIGSTOP)
        try:
            expect(page.get_by_role("alert")).to_contain_text("Ingen forbindelse.")
        finally:
            server.process.send_signal(signal.SIGCONT)
        expect(page.locator("#page-banner")).to_be_empty()
        press(page)
        count(page, 2)


def test_whoever_stays_after_all_stays(visit: Visit) -> None:
    with visit() as page:
        page.goto("")
        press(page)
        page.evaluate("addEventListener('page:leaving', (event) => event.preventDefault())")
        asked: list[str] = []
        page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.evaluate("setTimeout(() => location.reload())")
        expect(page.get_by_role("button", name="Tæl")).to_be_visible()
        page.wait_for_timeout(1000)  # for the question to be asked and declined
        assert asked == ["beforeunload"]
        press(page)
        count(page, 2)


def test_a_notebook_that_fails_is_said_in_words(visit: Visit) -> None:
    with visit() as page:
        page.goto("i-stykker")
        expect(page.get_by_role("heading", name="Noget gik galt")).to_be_visible()
        fits(page)


@pytest.mark.parametrize(("language", "title"), [("da", "Siden findes ikke"), ("en", "There is no such page")])
def test_no_such_page(visit: Visit, language: str, title: str) -> None:
    with visit() as page:
        page.goto(f"nowhere?lang={language}")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        fits(page)
        accessible(page)


def test_while_waiting(visit: Visit) -> None:
    with visit() as page:
        page.route("**/start", lambda route: None)  # an answer that does not come
        page.goto("")
        expect(page.get_by_role("status")).to_have_text("Siden gøres klar.")
        fits(page)
        accessible(page)
        page.unroute_all(behavior="ignoreErrors")


def test_a_full_house_is_said_in_words_and_asked_again(visit: Visit) -> None:
    with visit() as page:
        page.route("**/start", lambda route: route.fulfill(status=503, json={"full": True}))
        page.goto("")
        full = page.get_by_role("alert").filter(has_text="Alle pladser er taget.")
        expect(full.get_by_role("heading", name="Fuldt hus")).to_be_visible()
        expect(page.get_by_role("status")).to_be_hidden()
        fits(page)
        accessible(page)
        page.unroute_all()
        full.get_by_role("button", name="Prøv igen nu").click()
        count(page, 0)


def test_a_page_that_rested_for_too_long_says_so_and_resumes(visit: Visit) -> None:
    with visit() as page:
        page.goto("")
        press(page)
        page.route("**/api/alive/*", lambda route: route.fulfill(status=410, json={"alive": False}))
        expect(page.get_by_role("heading", name="Pause")).to_be_focused()
        expect(page.get_by_role("main")).to_contain_text("Siden holder pause.")
        expect(page.get_by_role("button")).to_have_text(["Fortsæt"])
        fits(page)
        accessible(page)
        page.unroute_all()
        page.get_by_role("button", name="Fortsæt").click()
        press(page)
        count(page, 1)


def test_a_browser_that_keeps_nothing_is_served_all_the_same(visit: Visit, server: Running) -> None:
    with visit() as page:
        page.add_init_script(REFUSED)
        page.add_init_script("addEventListener('page:ended', (event) => event.preventDefault())")
        page.goto("")
        press(page)
        kill_kernels(server)
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("Siden skal hentes igen.")  # by hand, since the page cannot count its reloads
        banner.get_by_role("button", name="Genoptag").click()
        press(page)
        count(page, 1)


def test_the_next_visit_fetches_no_script_again(visit: Visit) -> None:
    with visit() as page:
        page.goto("")
        press(page)
        sizes: list[int] = []
        page.context.new_cdp_session(page).send("Network.enable")
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto("")
        press(page)
        count(page, 1)
        assert sum(sizes) < 200_000, sizes


def test_when_it_cannot_start(visit: Visit) -> None:
    with visit() as page:
        page.route("**/start", lambda route: route.abort())
        page.goto("")
        expect(page.get_by_role("alert")).to_contain_text("Prøv igen.")
        accessible(page)
        page.unroute_all()
        page.get_by_role("button", name="Genoptag").click()
        count(page, 0)
