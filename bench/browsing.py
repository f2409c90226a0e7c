"""What a visit costs in a real Chromium: seconds to the first answered action, and bytes on the wire."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Playwright, sync_playwright

from bench.line import CountingLine

TIMES = 3


@dataclass(frozen=True)
class Visit:
    """One visit: seconds from the address to the first answered press, and the bytes the server sent meanwhile.

    The bytes are counted on the line itself, so that headers are in them, and compression is whatever it really was.
    """

    answered_s: float
    wire_bytes: int


def visits(address: str) -> tuple[Visit, Visit] | None:
    """Measure a first visit and the next one by somebody new in the same browser, the median of three in seconds.

    None where there is no Chromium.
    """
    names = (os.environ.get("SKOEN_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if path is None:
        return None
    with CountingLine(urlsplit(address).port or 80) as line, sync_playwright() as playwright:
        pairs = [_first_and_next(playwright, path, line) for _ in range(TIMES)]
    first, second = (sorted(kind, key=lambda visit: visit.answered_s)[TIMES // 2] for kind in zip(*pairs, strict=True))
    return first, second


def _first_and_next(playwright: Playwright, path: str, line: CountingLine) -> tuple[Visit, Visit]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with (
        tempfile.TemporaryDirectory() as profile,
        playwright.chromium.launch_persistent_context(profile, executable_path=path, args=flags) as context,
    ):
        first = _visit(context.new_page(), line)
        context.clear_cookies()  # so that the same page comes, and the browser keeps what it may
        return first, _visit(context.new_page(), line)


PRESSED_AND_ANSWERED = """() => {
    const shown = (what) => [...document.querySelectorAll(what)].find((one) => one.offsetHeight);
    const heading = shown("[data-step-heading]"), button = shown(".skoen-form button");
    if (!heading || !button) return false;
    if (window.before !== undefined) return heading.innerText !== window.before;
    window.before = heading.innerText;
    button.click();
    return false;
}"""
"""Looked for at every frame: Playwright's own ways look after 0.1 s, then after 0.5 s, and press with care."""


def _visit(page: Page, line: CountingLine) -> Visit:
    page.set_default_timeout(120_000)
    before_it = line.received
    began = time.perf_counter()
    page.goto(line.address, wait_until="commit")
    page.wait_for_function(PRESSED_AND_ANSWERED)
    seconds = time.perf_counter() - began
    page.goto("about:blank")  # leave as a person does: then the page says goodbye
    page.close()
    return Visit(seconds, line.received - before_it)
