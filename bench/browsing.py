"""What a visit costs in a real Chromium: seconds to the first answered action, and bytes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright


@dataclass(frozen=True)
class Visit:
    """One visit: seconds from the address to the first answered press, bytes on the wire, bytes of the websocket."""

    answered_s: float
    wire_bytes: int
    socket_bytes: int


def visits(address: str) -> tuple[Visit, Visit] | None:
    """Measure a first visit and the next one by somebody new in the same browser; None where there is no Chromium."""
    names = (os.environ.get("SKOEN_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if path is None:
        return None
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        with playwright.chromium.launch_persistent_context(profile, executable_path=path, args=flags) as context:
            first = _visit(context.new_page(), address)
            context.clear_cookies()  # so that the same page comes, and the browser keeps what it may
            return first, _visit(context.new_page(), address)


def _visit(page: Page, address: str) -> Visit:
    page.set_default_timeout(120_000)
    wire, socket = [0], [0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def loaded(event: dict[str, Any]) -> None:
        wire[0] += int(event["encodedDataLength"])

    def heard(event: dict[str, Any]) -> None:
        response = event["response"]
        size = len(response["payloadData"])
        socket[0] += size * 3 // 4 if response["opcode"] == 2 else size  # binary comes as base64

    session.on("Network.loadingFinished", loaded)
    session.on("Network.webSocketFrameReceived", heard)
    began = time.perf_counter()
    page.goto(address)
    button = page.locator(".skoen-form button:visible").first
    button.wait_for()
    before = page.locator("[data-step-heading]:visible").first.inner_text()
    button.click()
    page.wait_for_function(
        """before => [...document.querySelectorAll('[data-step-heading]')]
            .some(one => one.offsetHeight && one.innerText !== before)""",
        arg=before,
    )
    seconds = time.perf_counter() - began
    page.close()
    return Visit(seconds, wire[0], socket[0])
