"""The switch to English: every page says which language it is in, and no Danish is left on it."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from explain.texts import catalogue

from .walk import Trainee

DANISH_ALONE = {text for key, text in catalogue("da").items() if text not in catalogue("en").values()}
"""Every Danish sentence that is no English one as well, as ``Score:`` is."""
NAMES = ("Skøn", "Dansk", "Beslutningsstøtte ved underretninger", "barnets lov")
"""Names that stay Danish in English."""


def shown(page: Page) -> Iterator[str]:
    """Yield every text a person can read or hear on a page, the tab's title too; not what is marked as Danish."""
    yield from page.evaluate(
        """() => {
          const found = [document.title];
          for (const one of document.querySelectorAll("body, body *:not(script, style, noscript)")) {
            if (one.closest("[lang=da]:not(html)")) continue;
            for (const name of ["aria-label", "title", "alt", "placeholder"]) found.push(one.getAttribute(name) ?? "");
            for (const node of one.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
          }
          return found.map((one) => one.trim()).filter(Boolean);
        }"""
    )


def danish(text: str) -> bool:
    """Tell whether a text is Danish: a sentence of the catalogue, or anything with a Danish letter."""
    for name in NAMES:
        text = text.replace(name, "")
    return text in DANISH_ALONE or bool(set(text.lower()) & set("æøå"))


def check(anna: Trainee) -> None:
    """Check that the page is in English from head to foot."""
    expect(anna.page.locator("html")).to_have_attribute("lang", "en")
    texts = list(shown(anna.page))
    assert len(texts) > 2
    assert [text for text in texts if danish(text)] == []


def test_the_eye_knows_danish(visit) -> None:
    with visit("phone") as anna:
        anna.arrive()
        expect(anna.page.locator("html")).to_have_attribute("lang", "da")
        assert sum(map(danish, shown(anna.page))) > 5


def test_one_case_in_english(visit) -> None:
    with visit("phone") as dane:
        dane.arrive()
        dane.page.get_by_role("link", name="English", exact=True).click()
        anna = Trainee(dane.page, dane.url, "en")
        anna.at(anna.say("welcome.title"))
        anna.settle()
        check(anna)
        anna.begin()
        check(anna)
        anna.answer_checks()
        check(anna)
        anna.press("check.onward")
        anna.at_gate(1)
        check(anna)
        anna.open(1)
        anna.lock(1)
        expect(anna.page.get_by_role("alert").filter(has_text=anna.say("form.missing"))).to_be_visible()
        check(anna)
        anna.judge(1, 6, "The girl is tired.")
        anna.lock(1)
        expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()
        expect(anna.button("score.onward")).to_be_visible()
        check(anna)
        expect(anna.page.locator(".skoen-score")).to_be_visible()
        assert "3.09 %" in anna.page.locator(".skoen").inner_text(), "a decimal point, in English"
        anna.press("score.onward")
        anna.at(anna.say("step.3.title"))
        check(anna)
        anna.judge(3, 5, "I move.")
        anna.lock(3)
        expect(anna.button("reflection.close")).to_be_visible()
        check(anna)
        anna.close_case()
        anna.at_gate(2)
        check(anna)

        # The choice is remembered, also on the pages of the server itself; a link leads back.
        anna.page.goto(anna.url + "no-such-page")
        expect(anna.page.get_by_role("heading", level=1)).to_have_text(anna.say("server.not_found_title"))
        check(anna)
        anna.page.get_by_role("link", name=anna.say("server.home")).click()
        anna.settle()
        anna.at_gate(2)
        anna.page.get_by_role("link", name="Dansk", exact=True).click()
        dane.at_gate(2)
        expect(dane.page.locator("html")).to_have_attribute("lang", "da")
