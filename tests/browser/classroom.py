"""A trainer and her participants at their pages: they do what people do, by what things are called on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bench.server import Running
from explain.texts import sayer

from .walk import Trainee
from .wire import Recorder

Watched = Callable[[Browser, str, str], AbstractContextManager[BrowserContext]]
"""Opens a new profile at a window size, and watches its pages (``conftest.watched``)."""
PASSWORD = "en rolig sætning til en prøve"


def first_link(server: Running) -> str:
    """Return the one-time link for the first trainer, which the server prints after its addresses."""
    assert server.process.stdout is not None
    for line in server.process.stdout:
        if "welcome#" in line:
            return line.split()[-1]
    raise AssertionError("a server without a trainer must print a link for one")


class Trainer:
    """One trainer at her page, which is recorded from before it is opened.

    Parameters
    ----------
    page
        Her page.
    url
        The server's address.
    language
        The language she reads.
    """

    def __init__(self, page: Page, url: str, language: str = "da") -> None:
        self.page, self.url, self.say = page, url, sayer(language)
        self.presses = 0
        self.record = Recorder(page, answers=False)

    # --- where she is ---

    def come_by(self, link: str, name: str = "Anna") -> Trainer:
        """Use a one-time link, and arrive at her classes."""
        self.page.goto(f"{self.url}?lang={self.say.language}")
        self.page.goto(link)
        self.page.get_by_label(self.say("entrance.account.name")).fill(name)
        self.page.get_by_label(self.say("entrance.account.password")).fill(PASSWORD)
        self.press("entrance.welcome.button")
        return self.arrive()

    def arrive(self, query: str = "") -> Trainer:
        """Open her page and wait until it has come up."""
        self.page.goto(f"{self.url}trainer{query}")
        expect(self.page.locator("#page-waiting")).to_have_count(0)
        expect(self.page.locator(".skoen [data-step-heading]:visible")).to_be_visible()
        self.presses = 0
        return self

    def at(self, key: str) -> None:
        """Wait until she is at the place whose heading says ``key``."""
        expect(self.page.locator("[data-step-heading]:visible")).to_have_text(self.say(key))

    @property
    def code(self) -> str:
        """The short code of the class that is shown."""
        return self.page.locator(".skoen-class-code").inner_text()

    @property
    def totals(self) -> Locator:
        """The sums above the table."""
        return self.page.locator("h2 + .skoen-totals")

    # --- what she does ---

    def button(self, key: str, **values: object) -> Locator:
        """Return the button that says ``key``."""
        return self.page.get_by_role("button", name=self.say(key, **values), exact=True)

    def press(self, key: str, **values: object) -> None:
        """Press the button that says ``key``."""
        self.button(key, **values).click()
        self.presses += 1

    def make_class(self, pace: str = "free") -> str:
        """Make a class from what is chosen beforehand, but for its pace, and return its code."""
        self.press("home.new")
        self.at("planning.title")
        if pace != "free":
            self.page.get_by_label(self.say(f"planning.pace_{pace}"), exact=True).check()
        self.press("planning.onward")
        self.at("review.title")
        self.press("review.make")
        expect(self.button("live.start")).to_be_visible()
        return self.code

    def open_next(self, what: str) -> None:
        """Open the next step, once the button speaks of ``what``."""
        button = self.page.get_by_role("button", name=re.compile(re.escape(what)))
        expect(button).to_be_enabled()
        button.click()
        expect(button).to_have_count(0)

    # --- the table ---

    def row(self, number: int) -> Locator:
        """Return a participant's row."""
        name = self.say("board.person", number=number)
        return self.page.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=name[:1].upper() + name[1:], exact=True)
        )

    def note(self, number: int) -> Locator:
        """Return a participant's note field."""
        return self.row(number).get_by_role("textbox")

    def end(self) -> None:
        """End the class, and say yes when asked."""
        self.press("live.end")
        self.page.get_by_role("group").get_by_role("button", name=self.say("live.end"), exact=True).click()
        expect(self.button("live.end")).to_have_count(0)

    def help(self, number: int, key: str) -> None:
        """Press a button in a participant's row, and say yes where it asks first."""
        self.row(number).get_by_role("button", name=re.compile(re.escape(self.say(key)))).first.click()
        asked = self.row(number).get_by_role("group").get_by_role("button", name=self.say(key), exact=True)
        if key != "board.let_in_again":
            asked.click()


class Participant(Trainee):
    """One participant of a class at her page, which is recorded from before it is opened."""

    number = 0
    pin = ""

    def __init__(self, page: Page, url: str, language: str = "da") -> None:
        super().__init__(page, url, language)
        self.record = Recorder(page, answers=False)

    def join(self, code: str) -> Participant:
        """Join by the code, take down number and PIN, and go to the page."""
        self.page.goto(f"{self.url}join/{code}?lang={self.say.language}")
        return self.take_seat()

    def take_seat(self) -> Participant:
        """Take a seat in the class whose door is open, take down number and PIN, and go to the page."""
        self.page.get_by_role("button", name=self.say("entrance.join.button"), exact=True).click()
        ticket = self.page.locator(".skoen-ticket dd").all_inner_texts()
        self.number, self.pin = int(ticket[1]), ticket[2]
        return self._go_in()

    def come_back(self, code: str, number: int, pin: str) -> Participant:
        """Come back by number and PIN, and go to the page."""
        self.page.goto(f"{self.url}join/{code}?lang={self.say.language}")
        self.page.get_by_label(self.say("entrance.return.number"), exact=True).fill(str(number))
        self.page.get_by_label(self.say("entrance.return.pin"), exact=True).fill(pin)
        self.page.get_by_role("button", name=self.say("entrance.return.button"), exact=True).click()
        self.number, self.pin = number, pin
        if self.page.locator(".skoen-main", has_text=self.say("entrance.join.onward")).count():
            return self._go_in()
        return self.come_up()

    def come_up(self) -> Participant:
        """Wait until the page has come up."""
        expect(self.page.locator("#page-waiting")).to_have_count(0)
        expect(self.page.locator(".skoen [data-step-heading]:visible")).to_be_visible()
        return self

    def read_introduction(self) -> None:
        """Answer the check questions, and go on."""
        self.at(self.say("reading.title"))
        self.answer_checks()
        self.press("check.onward")

    def waits(self, what: str) -> None:
        """Wait until the page says what she waits for."""
        expect(self.page.get_by_text(self.say(f"waiting.{what}"), exact=True)).to_be_visible()

    def _go_in(self) -> Participant:
        self.page.get_by_role("link", name=self.say("entrance.join.onward"), exact=True).click()
        return self.come_up()


class House:
    """A server of its own, and people who come to it, each with a browser profile of her own."""

    def __init__(self, stack: ExitStack, browser: Browser, server: Running, watched: Watched) -> None:
        self._stack, self._browser, self.server, self._watched = stack, browser, server, watched

    def trainer(self, link: str = "", *, size: str = "desk", language: str = "da") -> Trainer:
        """Let a trainer in by a link; without one, the first by the link that the server printed."""
        trainer = Trainer(self._page(size), self.server.url, language)
        return trainer.come_by(link or first_link(self.server))

    def participant(self, *, size: str = "phone", language: str = "da") -> Participant:
        """Give somebody a browser."""
        return Participant(self._page(size), self.server.url, language)

    def _page(self, size: str) -> Page:
        return self._stack.enter_context(self._watched(self._browser, size, self.server.url)).new_page()
