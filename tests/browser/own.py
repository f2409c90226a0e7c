"""Somebody who fills in a case of her own by the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from .walk import Trainee

MOST_TABS = 400
"""More than any page has places to stop at."""


class Writer:
    """A trainee at the form of her own case, without a mouse.

    Parameters
    ----------
    trainee
        Whoever she is.
    """

    def __init__(self, trainee: Trainee) -> None:
        self.trainee = trainee
        self.page, self.say = trainee.page, trainee.say
        self.keys = trainee.page.keyboard

    def reach(self, wanted: Locator, *, back: bool = False) -> Locator:
        """Press Tab until the focus is there."""
        for _ in range(MOST_TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                return wanted
            self.keys.press("Shift+Tab" if back else "Tab")
        raise AssertionError("the keyboard must reach every place of the form")

    def field(self, name: str) -> Locator:
        """Return a question."""
        return self.page.locator(f'[data-field="{name}"]')

    def part(self, items: str, part: str) -> Locator:
        """Return a question of the item added last."""
        return self.page.locator(f'[data-field="{items}"] > ol > li').last.locator(f'[data-field$=".{part}"]')

    def write(self, question: Locator, text: str) -> None:
        """Write into a question; what stood there goes."""
        self.reach(question.locator("input, textarea").first)
        self.keys.press("Control+a")
        self.keys.press("Delete")
        self.keys.type(text)

    def choose(self, question: Locator, number: int) -> None:
        """Choose the ``number``-th of a radio group, from 1."""
        radios = question.locator("input")
        group = radios.first.get_attribute("name")
        for _ in range(MOST_TABS):
            if self.page.evaluate("document.activeElement?.name") == group:
                break
            self.keys.press("Tab")
        # A group is one stop: the arrows choose, and a blank the first where none is chosen.
        for _ in range(radios.count()):
            if radios.nth(number - 1).is_checked():
                return
            self.keys.press("ArrowDown")
        expect(radios.nth(number - 1)).to_be_checked()

    def select(self, question: Locator, label: str) -> None:
        """Choose from a list by the arrows."""
        box = self.reach(question.locator("select").first)
        for _ in range(box.locator("option").count()):
            if box.locator("option:checked").inner_text() == label:
                return
            self.keys.press("ArrowDown")
        expect(box.locator("option:checked")).to_have_text(label)

    def tick(self, box: Locator) -> None:
        """Tick a box."""
        self.reach(box)
        self.keys.press("Space")
        expect(box).to_be_checked()

    def press(self, button: Locator) -> None:
        """Press a button."""
        self.reach(button)
        self.keys.press("Enter")
