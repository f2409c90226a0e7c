"""A trainee without a mouse: she goes with Tab, back with Shift+Tab, and presses Enter, Space, arrows and digits."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from .walk import DIGITS, RIGHT, Trainee

LONGEST_WAY = 80
"""More stops than any page has."""
FAULT_OF_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const name = `${one.tagName} ${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40)}`;
  // Radio buttons and the file's input lie unseen over what is drawn for them.
  const drawn = [one, one.nextElementSibling, one.closest("label")].filter(Boolean);
  const outlined = (it) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  if (!drawn.some(outlined)) return `${name} shows no focus`;
  const box = one.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right - left < 4 || bottom - top < 4) return `${name} is out of sight`;
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const its = seen && drawn.some((it) => it.contains(seen) || seen.contains(it));
  return its ? "" : `${name} is covered by ${seen?.tagName} ${seen?.className}`;
}"""
"""What is wrong with how the focus can be seen; an empty text where nothing is."""
STOPS = """() => {
  const folded = "details:not([open]) > :not(summary:first-of-type)";
  const groups = new Set();
  window.stopOf = (one) => (one.type === "radio" ? one.name : one);
  const all = document.querySelectorAll(
    ":is(.skoen, #page-banner) :is(a[href], button:enabled, summary, textarea, input, [tabindex='0'])");
  window.stops = Array.from(all).filter((one) => !one.closest(folded) && one.checkVisibility());
  window.reached = new Set();
}"""
REACH = """() => {
  window.reached.add(window.stopOf(document.activeElement));
  const left = window.stops.filter((one) => !window.reached.has(window.stopOf(one)));
  return left.map((one) => one.outerHTML.slice(0, 120));
}"""


class ByKeyboard(Trainee):
    """Does everything by keyboard, and remembers in ``faults`` where the focus could not be seen."""

    def __init__(self, page: Page, url: str, language: str = "da") -> None:
        super().__init__(page, url, language)
        self.faults: list[str] = []

    def key(self, name: str) -> None:
        """Press a key, and see where the focus is."""
        self.page.keyboard.press(name)
        if fault := self.page.evaluate(FAULT_OF_FOCUS):
            self.faults.append(fault)

    def go_to(self, place: Locator, key: str = "Tab") -> None:
        """Press Tab until a place, or something in it, has the focus."""
        for _ in range(LONGEST_WAY):
            if place.evaluate("one => one.contains(document.activeElement)"):
                return
            self.key(key)
        raise AssertionError(f"the keyboard must reach {place}")

    def activate(self, place: Locator, key: str = "Enter") -> None:
        """Go to a place and press a key there."""
        self.go_to(place)
        self.page.keyboard.press(key)

    def around(self) -> None:
        """Go round the whole page: everything that can be operated is reached, and nothing holds the focus fast."""
        self.page.evaluate(STOPS)
        left = []
        for _ in range(LONGEST_WAY):
            self.key("Tab")
            if not (left := self.page.evaluate(REACH)):
                return
        raise AssertionError(f"the keyboard must reach {left}")

    # --- as any trainee, by keyboard ---

    def press(self, key: str) -> None:
        """Press a button with Enter."""
        self.activate(self.button(key))

    def group(self, question: str) -> Locator:
        """Return a group of radio buttons by its question."""
        return self.page.get_by_role("radiogroup", name=question, exact=True)

    def choose(self, question: str, choice: str) -> None:
        """Go to a group of radio buttons, and on with the arrow until a choice is made."""
        group = self.group(question)
        wanted = group.get_by_label(choice, exact=True)
        self.activate(group, "Space")
        for _ in range(10):
            if wanted.is_checked():
                return
            self.key("ArrowDown")
        raise AssertionError(f"the arrows must reach {choice}")

    def answer_checks(self) -> None:
        """Answer the check questions, and arrive at their answers."""
        for question, choice in RIGHT.items():
            self.choose(self.say(f"check.{question}.question"), self.say(f"check.{question}.choice.{choice}"))
        self.press("check.send")
        self.at(self.say("check.answered_title"))

    def judge(self, step: int, rating: int, reasons: str) -> None:
        """Rate with a digit, and write."""
        self.go_to(self.group(self.say("rating.question")))
        self.key(DIGITS[str(rating)])
        assert self.chosen() == [str(rating)]
        self.go_to(self.text(f"judgement.reasons{step}"))
        self.page.keyboard.type(reasons)

    def close_case(self, words: str = "") -> None:
        """Reflect, and be done with the case."""
        self.at(self.say("step.4.title"))
        if words:
            self.go_to(self.text("reflection.field"))
            self.page.keyboard.type(words)
        self.press("reflection.close")
