"""A trainee at the page: does what a person does, and finds things by what they are called on the page."""

from __future__ import annotations

import json
import re

import psutil
from playwright.sync_api import Locator, Page, expect

from explain.texts import Sayer, sayer

RIGHT = {"meaning": "rank", "unseen": "text", "difference": "look"}
"""The right answers to the check questions."""
DIGITS = {str(number): str(number % 10) for number in range(1, 11)}
"""The key for each rating."""


class Trainee:
    """One person at one page.

    Parameters
    ----------
    page
        The page, opened or not.
    url
        The server's address.
    language
        The language she reads.
    """

    def __init__(self, page: Page, url: str, language: str = "da") -> None:
        self.page = page
        self.url = url
        self.say = sayer(language)
        self._looked_at = ""

    # --- where she is ---

    def arrive(self, query: str = "") -> Trainee:
        """Open the page and wait until something can be pressed."""
        self.page.goto(self.url + query)
        return self.settle()

    def settle(self) -> Trainee:
        """Wait until the page has come up and something can be pressed."""
        expect(self.page.locator("#page-waiting")).to_have_count(0)
        expect(self.page.locator(".skoen-form button").first).to_be_visible()
        return self

    def at(self, heading: str) -> Locator:
        """Wait until the heading of the step is ``heading``, and return it."""
        found = self.page.locator("[data-step-heading]:visible")
        expect(found).to_have_text(heading)
        return found

    def at_step(self, step: int, *, case: int, total: int = 4) -> None:
        """Wait until the page shows a step of a case and says so."""
        where = self.page.locator(".skoen-where:not(.skoen-class)")
        expect(where).to_have_text(self.say("header.where", number=case, total=total, step=step))

    # --- what she does ---

    def button(self, key: str) -> Locator:
        """Return the button that says ``key``."""
        return self.page.get_by_role("button", name=self.say(key), exact=True)

    def press(self, key: str) -> None:
        """Press the button that says ``key``, as a person does: when the page has come to rest."""
        self._rest()
        self.button(key).click()

    def _rest(self) -> None:
        """Wait until a new step has brought her to its heading: what is pressed while it scrolls, goes beside.

        A page that was just opened leaves her where she is, so this waits for a moment only.
        """
        for _ in range(6):
            if self.page.evaluate("document.activeElement !== document.body"):
                return
            self.page.wait_for_timeout(50)

    def begin(self) -> None:
        """Begin, and arrive at the page on what the tool is."""
        self.press("welcome.begin")
        self.at(self.say("reading.title"))

    def answer_checks(self) -> None:
        """Answer the check questions, and arrive at their answers."""
        for question, choice in RIGHT.items():
            self.page.get_by_label(self.say(f"check.{question}.choice.{choice}"), exact=True).check()
        self.press("check.send")
        self.at(self.say("check.answered_title"))

    def introduce(self) -> None:
        """Walk through the introduction to the gate of the first case."""
        self.begin()
        self.answer_checks()
        self.press("check.onward")
        self.at_gate(1)

    def at_gate(self, case: int, total: int = 4) -> None:
        """Wait until the page stands before a case."""
        expect(self.page.locator(".skoen-over:visible")).to_have_text(
            self.say("case.progress", number=case, total=total)
        )
        expect(self.button("gate.open")).to_be_enabled()

    def open(self, case: int) -> None:
        """Open a case; she stands at its first step."""
        self.at_gate(case)
        self.press("gate.open")
        self.at_step(1, case=case)
        expect(self.button("judgement.lock1")).to_be_visible()

    def rating(self, value: int) -> Locator:
        """Return the radio button of a rating."""
        name = {1: self.say("rating.low"), 10: self.say("rating.high")}.get(value, str(value))
        return self.page.get_by_role("radio", name=name, exact=True)

    def chosen(self) -> list[str]:
        """Return the chosen rating, or nothing."""
        return self.page.eval_on_selector_all(
            ".skoen-rating input", "all => all.filter(one => one.checked).map(one => one.value)"
        )

    def text(self, key: str) -> Locator:
        """Return the text field whose label is ``key``."""
        return self.page.get_by_label(self.say(key))

    def judge(self, step: int, rating: int, reasons: str) -> None:
        """Choose a rating and write reasons, in step 1 or 3, without locking."""
        self.rating(rating).check()
        self.text(f"judgement.reasons{step}").fill(reasons)

    def kept(self) -> None:
        """Wait until she is told that what she writes is kept, and the last field is: each waits a moment by itself."""
        expect(self.page.get_by_role("status").filter(has_text=self.say("form.kept"))).to_be_visible()

    def lock(self, step: int) -> None:
        """Lock what step 1 or 3 asks."""
        self.press(f"judgement.lock{step}")

    def walk_case(self, case: int, first: int, final: int, *, words: str = "", shown: bool = True) -> None:
        """Walk a case from its gate through the lock of the final rating."""
        self.open(case)
        self.judge(1, first, f"{words} første {case}")
        self.lock(1)
        self.at(self.say("step.2.title" if shown else "step.2.none"))
        self.press("score.onward")
        self.at(self.say("step.3.title"))
        self.judge(3, final, f"{words} anden {case}")
        self.lock(3)

    def close_case(self, words: str = "") -> None:
        """Reflect, and be done with the case."""
        self.at(self.say("step.4.title"))
        if words:
            self.text("reflection.field").fill(words)
        self.press("reflection.close")

    # --- what surrounds her ---

    def kernel(self) -> psutil.Process:
        """Return the process of this page's kernel."""
        kernel_id = self._looked_at = kernel_of(self.page)
        forked = f"kernel-{kernel_id[:8]}"
        found = [
            one
            for one in psutil.process_iter(["cmdline", "name"])
            if one.info["name"] == forked or kernel_id in " ".join(one.info["cmdline"] or ())
        ]
        assert len(found) == 1, f"the page must have one kernel, and has {found}"
        return found[0]

    def kill_kernel(self) -> None:
        """Kill the kernel of this page, so that nothing in it can tidy up."""
        kernel = self.kernel()
        kernel.kill()
        psutil.wait_procs([kernel])

    def resume(self) -> None:
        """Come back after the kernel last looked at is gone."""
        come_again(self.page, self._looked_at, self.say)
        self.settle()


def kernel_of(page: Page) -> str:
    """Return the id of a page's kernel."""
    data = json.loads(page.locator("#page-data").text_content() or "")
    return str(data["alive"]).rpartition("/")[2]


def come_again(page: Page, gone: str, say: Sayer) -> None:
    """Let a page come back after its kernel is gone.

    By the button; where something waits to be delivered, the page comes back by itself, sooner than one can look.
    """
    banner = page.locator("#page-banner")
    button = banner.get_by_role("button", name=say("server.resume"), exact=True)
    while gone in (page.locator("#page-data").text_content() or ""):
        if button.is_visible():
            button.click()
        page.wait_for_timeout(50)
    expect(banner).to_be_empty()


def outside(address: str, server: str) -> bool:
    """Tell whether an address leads away from the server.

    What a page holds itself (``data:``, ``blob:``) leads nowhere.
    """
    if re.match(r"(data|blob|about):", address):
        return False
    return re.sub(r"^(http|ws)", "", address).split("/")[2] != re.sub(r"^(http|ws)", "", server).split("/")[2]
