"""Every step looked at: by axe for accessibility, for sideways scrolling, and by a person in ``screenshots/``."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import SIZES
from .tree import outline, tree
from .walk import Trainee
from .words import of_the_other_language

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.1 A and AA are the law for Danish public bodies; the rest is good manners."""
ZOOMED = {"zoom-200": (640, 450), "zoom-400": (320, 256)}
"""A window 1280 pixels wide at 200 and at 400 per cent, in CSS pixels (WCAG 1.4.4 and 1.4.10)."""
HEARD = Path(__file__).with_name("heard.txt")
"""The outline of every page as a screen reader is told it."""
NAMED = {"button", "link", "textbox", "radio", "radiogroup", "image", "img", "region", "table", "heading"}
"""What must have a name."""
FAULTS_OF_ROOM = """() => {
  const faults = [];
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) faults.push(`${wide} px wide in a window of ${innerWidth} px`);
  for (const one of document.querySelectorAll("body *:not(svg, svg *)")) {
    if (one.closest("[aria-hidden=true]") || !one.checkVisibility()) continue;
    const { position, overflowX } = getComputedStyle(one);
    const stays = position === "fixed" || one.id === "page-banner";
    if (stays && one.offsetHeight > innerHeight / 2) faults.push(`${one.id || one.className} covers half of it`);
    const cut = overflowX === "hidden" && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
    if (cut) faults.push(`${one.className} is cut off: ${one.textContent.trim().slice(0, 40)}`);
  }
  return faults;
}"""
"""What is too wide, is cut off, or covers too much."""
REASONS = "Barnet siger selv, at det er træt, og moren søger hjælp."


class Eye:
    """Looks at pages, keeps screenshots, and remembers what is wrong until the end of the journey.

    In the window of a desk it also looks through a magnifier (screenshots in ``zoom-200`` and ``zoom-400``), and
    listens (what a screen reader is told, in ``*.txt``).

    Parameters
    ----------
    folder
        Where screenshots go; what was there is removed.
    language
        What every page must be in.
    """

    def __init__(self, folder: Path, language: str = "da") -> None:
        self.language = language
        folder.mkdir(exist_ok=True)
        for old in (*folder.glob("*.png"), *folder.glob("*.txt")):
            old.unlink()
        self._folder = folder
        self.looks = 0
        self.heard: list[str] = []
        self.faults: list[str] = []

    def look(self, page: Page, name: str) -> None:
        """Look at what a page shows now."""
        self.looks += 1
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        page.screenshot(path=self._folder / f"{self.looks:02}-{name}.png", full_page=True, animations="disabled")
        if self.language == "da":  # what is typed in the tests is Danish
            self.faults += [f"{name}: English: {text}" for text in of_the_other_language(page, "da")]
        self.faults += [f"{name}: {fault}" for fault in page.evaluate(FAULTS_OF_ROOM)]
        # The debugger hands axe over, so that the page's content security policy stands as it is.
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}}).response
        assert found["passes"], "axe must have looked at something"
        for fault in found["violations"]:
            places = "; ".join(f"{node['target']} {node['html'][:200]}" for node in fault["nodes"])
            self.faults.append(f"{name}: {fault['id']}: {fault['help']}: {places}")
        if self._folder.name == "desk":
            self._listen(page, name)
            self._zoom(page, name)

    def _listen(self, page: Page, name: str) -> None:
        """Write down what a screen reader is told."""
        nodes = tree(page)
        file = self._folder / f"{self.looks:02}-{name}.txt"
        file.write_text("\n".join(map(str, nodes)) + "\n", encoding="utf-8")
        self.heard += [f"# {name}", *outline(nodes), ""]
        self.faults += [f"{name}: a nameless {node.role}" for node in nodes if node.role in NAMED and not node.name]

    def _zoom(self, page: Page, name: str) -> None:
        """Look at the page as it is at 200 and at 400 per cent."""
        size = page.viewport_size
        assert size
        for zoom, (width, height) in ZOOMED.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)  # figures take the new width a moment later
            folder = self._folder.parent / zoom
            folder.mkdir(exist_ok=True)
            page.screenshot(path=folder / f"{self.looks:02}-{name}.png", full_page=True, animations="disabled")
            self.faults += [f"{name} at {zoom}: {fault}" for fault in page.evaluate(FAULTS_OF_ROOM)]
        page.set_viewport_size(size)


@pytest.mark.parametrize("size", SIZES)
def test_every_step(visit, screenshots: Path, size: str, looked_at) -> None:
    with visit(size) as anna:
        eye = Eye(screenshots / size)
        wait_and_fail(anna, eye)
        introduce(anna, eye)
        first_case(anna, eye)
        rest(anna, eye)
        anna.page.goto(anna.url + "findes-ikke")
        expect(anna.page.get_by_role("heading", level=1)).to_have_text(anna.say("server.not_found_title"))
        eye.look(anna.page, "not-found")
    assert not eye.faults, "\n".join(eye.faults)
    if size == "desk":
        # Something else is heard? Read screenshots/desk/*.txt; if it is right, copy screenshots/heard.txt over it.
        (screenshots / "heard.txt").write_text("\n".join(eye.heard), encoding="utf-8")
        assert eye.heard == HEARD.read_text(encoding="utf-8").split("\n")
    looked_at("steps", eye.looks)


def wait_and_fail(anna: Trainee, eye: Eye) -> None:
    """Look at the waiting page, while it waits and when it could not start."""
    held = []
    anna.page.route("**/start", lambda route: held.append(route))
    anna.page.goto(anna.url)
    expect(anna.page.get_by_role("status")).to_have_text(anna.say("server.waiting"))
    eye.look(anna.page, "waiting")
    while not held:
        anna.page.wait_for_timeout(50)
    held[0].abort()
    expect(anna.page.get_by_role("alert")).to_contain_text(anna.say("server.failed"))
    eye.look(anna.page, "failed")
    anna.page.unroute("**/start")
    anna.press("server.resume")
    anna.settle()


def introduce(anna: Trainee, eye: Eye) -> None:
    eye.look(anna.page, "welcome")
    anna.begin()
    eye.look(anna.page, "reading")
    anna.press("check.send")
    expect(anna.page.get_by_role("alert").filter(has_text=anna.say("form.missing"))).to_be_visible()
    eye.look(anna.page, "reading-missing")
    anna.answer_checks()
    eye.look(anna.page, "answered")
    anna.press("check.onward")
    anna.at_gate(1)
    eye.look(anna.page, "gate")


def first_case(anna: Trainee, eye: Eye) -> None:
    anna.open(1)
    eye.look(anna.page, "step-1")
    anna.lock(1)
    expect(anna.page.locator("[data-missing]")).to_have_count(2)
    eye.look(anna.page, "step-1-missing")
    anna.judge(1, 6, REASONS)
    eye.look(anna.page, "step-1-filled")
    anna.kill_kernel()
    expect(anna.page.locator("#page-banner")).to_contain_text(anna.say("server.ended"))
    eye.look(anna.page, "step-1-kernel-gone")
    anna.resume()
    anna.lock(1)
    drawn(anna)
    eye.look(anna.page, "step-2")
    unfold(anna)
    anna.page.locator('.skoen-flags [data-name="age"]').click()
    expect(anna.page.locator('.skoen-flags [data-name="age"]')).to_have_attribute("aria-pressed", "true")
    eye.look(anna.page, "step-2-unfolded")
    anna.press("score.onward")
    anna.at(anna.say("step.3.title"))
    eye.look(anna.page, "step-3")
    anna.judge(3, 6, REASONS)
    anna.lock(3)
    drawn(anna)
    eye.look(anna.page, "step-4")
    anna.close_case()


def unfold(anna: Trainee) -> None:
    """Open whatever is folded, from below, so that nothing moves away from under the pointer."""
    for fold in anna.page.locator("details:not([open]) > summary:visible").all()[::-1]:
        fold.click()


def drawn(anna: Trainee) -> None:
    """Wait until the figure of a step is drawn."""
    expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()
    expect(anna.page.locator(".skoen-form button:visible")).to_be_enabled()


def rest(anna: Trainee, eye: Eye) -> None:
    anna.open(2)
    anna.judge(1, 2, REASONS)
    anna.lock(1)
    drawn(anna)
    expect(anna.page.locator(".skoen-warning")).to_have_text(anna.say("score.age_alone"))
    eye.look(anna.page, "step-2-age-alone")
    anna.press("score.onward")
    anna.at(anna.say("step.3.title"))
    anna.judge(3, 3, REASONS)
    anna.lock(3)
    anna.close_case()
    anna.at_gate(3)
    eye.look(anna.page, "gate-with-content-note")
    anna.press("gate.skip")
    anna.walk_case(4, 8, 10, words=REASONS)
    drawn(anna)
    eye.look(anna.page, "step-4-high")
    anna.close_case()
    drawn_picture(anna)
    eye.look(anna.page, "picture")
    unfold(anna)
    eye.look(anna.page, "picture-unfolded")
    with anna.page.context.expect_page() as opening:
        anna.press("download.page")
    expect(opening.value.get_by_role("heading", level=1)).to_be_visible()
    eye.look(opening.value, "paper")


def drawn_picture(anna: Trainee) -> None:
    anna.at(anna.say("picture.title"))
    expect(anna.button("picture.again")).to_be_visible()
    expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()
