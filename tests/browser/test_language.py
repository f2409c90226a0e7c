"""The switch to English, and the whole way in it: every page says its language, and no Danish is left on it.

That no English is left on a Danish page is seen in ``test_looks.py``, which looks at every one of them.
"""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import expect

from .walk import Trainee
from .words import is_in, of_the_other_language, shown

HER_OWN = "The girl is tired."


def check(anna: Trainee) -> None:
    """Check that the page is in English from head to foot."""
    expect(anna.page.locator("html")).to_have_attribute("lang", "en")
    assert len(list(shown(anna.page, "en"))) > 2
    assert of_the_other_language(anna.page, "en") == []


def drawn(anna: Trainee) -> None:
    expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()


def unfold(anna: Trainee) -> None:
    for fold in anna.page.locator("details:not([open]) > summary:visible").all()[::-1]:
        fold.click()


def test_the_eye_knows_danish_from_english(visit) -> None:
    with visit("phone") as anna:
        anna.arrive()
        expect(anna.page.locator("html")).to_have_attribute("lang", "da")
        texts = list(shown(anna.page, "da"))
        assert sum(is_in(text, "da") for text in texts) > 5
        assert of_the_other_language(anna.page, "da") == []


def test_the_whole_way_in_english(visit) -> None:
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
        first_case(anna)
        look_back(anna)
        for case in (2, 3, 4):
            anna.open(case)
            check(anna)
            walk_on(anna, case)
        picture(anna)
        on_the_servers_own_pages(anna, dane)


def first_case(anna: Trainee) -> None:
    """Walk the first case with all that can be shown, opened and missed."""
    anna.open(1)
    anna.lock(1)
    expect(anna.page.get_by_role("alert").filter(has_text=anna.say("form.missing"))).to_be_visible()
    check(anna)
    anna.judge(1, 6, HER_OWN)
    expect(anna.page.get_by_role("status").filter(has_text=anna.say("form.kept"))).to_be_visible()
    anna.lock(1)
    drawn(anna)
    expect(anna.button("score.onward")).to_be_visible()
    check(anna)
    assert "3.09%" in anna.page.locator(".skoen").inner_text(), "a decimal point, in English"
    unfold(anna)
    anna.page.locator('.skoen-flags [data-name="age"]').click()
    check(anna)
    anna.press("score.onward")
    anna.at(anna.say("step.3.title"))
    check(anna)
    anna.judge(3, 5, HER_OWN)
    anna.lock(3)
    drawn(anna)
    expect(anna.button("reflection.close")).to_be_visible()
    check(anna)
    anna.close_case()
    anna.at_gate(2)
    check(anna)


def look_back(anna: Trainee) -> None:
    anna.press("gate.look_back")
    anna.at(anna.say("picture.title_so_far"))
    drawn(anna)
    check(anna)
    anna.press("picture.onward")


def walk_on(anna: Trainee, case: int) -> None:
    """Walk on from step 1 of a case, and read it in every step."""
    anna.judge(1, case, HER_OWN)
    anna.lock(1)
    anna.at(anna.say("step.2.title"))
    drawn(anna)
    check(anna)
    anna.press("score.onward")
    anna.at(anna.say("step.3.title"))
    check(anna)
    anna.judge(3, 9, HER_OWN)
    anna.lock(3)
    anna.at(anna.say("step.4.title"))
    drawn(anna)
    check(anna)
    anna.close_case(HER_OWN)


def picture(anna: Trainee) -> None:
    """Read the picture, the table and the page to print."""
    anna.at(anna.say("picture.title"))
    drawn(anna)
    unfold(anna)
    check(anna)
    with anna.page.expect_download() as saving:
        anna.press("download.csv")
    assert saving.value.suggested_filename == "my-answers.csv"
    heading, *rows = csv.reader(Path(saving.value.path()).read_text(encoding="utf-8-sig").splitlines())
    assert heading[:3] == ["case", "title", "first_rating"]
    assert len(rows) == 4
    assert [cell for row in rows for cell in row[1:] if is_in(cell, "da")] == []
    with anna.page.context.expect_page() as opening:
        anna.press("download.page")
    expect(opening.value.get_by_role("heading", level=2)).to_have_count(4)
    assert of_the_other_language(opening.value, "en") == []
    opening.value.close()


def on_the_servers_own_pages(anna: Trainee, dane: Trainee) -> None:
    """The choice is remembered, also on the pages of the server itself; a link leads back."""
    anna.page.goto(anna.url + "no-such-page")
    expect(anna.page.get_by_role("heading", level=1)).to_have_text(anna.say("server.not_found_title"))
    check(anna)
    anna.page.get_by_role("link", name=anna.say("server.home")).click()
    anna.settle()
    anna.at(anna.say("picture.title"))
    anna.page.get_by_role("link", name="Dansk", exact=True).click()
    dane.at(dane.say("picture.title"))
    expect(dane.page.locator("html")).to_have_attribute("lang", "da")
