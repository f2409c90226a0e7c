"""The whole way with the keyboard alone: nothing is clicked, everything is reached, and the focus is always seen."""

from __future__ import annotations

from playwright.sync_api import expect

from .keys import ByKeyboard

ZOOMED = {"width": 640, "height": 450}
"""A window of 1280 by 900 at 200 per cent."""


def test_the_whole_way_with_the_keyboard_alone(visit) -> None:
    with visit() as someone:
        anna = ByKeyboard(someone.page, someone.url)
        anna.arrive()
        switch_language_and_back(anna)
        introduce(anna)
        read_the_case(anna)
        judge_the_first_time(anna)
        meet_the_score(anna)
        judge_again_and_reflect(anna)
        anna.page.set_viewport_size(ZOOMED)
        walk_the_others(anna)
        picture(anna)
        assert anna.faults == [], "\n".join(anna.faults)


def switch_language_and_back(anna: ByKeyboard) -> None:
    for name, language in (("English", "en"), ("Dansk", "da")):
        anna.activate(anna.page.get_by_role("link", name=name))
        expect(anna.page.locator("html")).to_have_attribute("lang", language)
        anna.settle()


def introduce(anna: ByKeyboard) -> None:
    anna.around()
    for preset in ("pilot1", "teaching"):
        anna.choose(anna.say("welcome.choose"), anna.say(f"preset.{preset}"))
    anna.press("welcome.begin")
    expect(anna.at(anna.say("reading.title"))).to_be_focused()
    anna.around()
    anna.answer_checks()
    expect(anna.at(anna.say("check.answered_title"))).to_be_focused()
    anna.press("check.onward")
    anna.at_gate(1)
    expect(anna.page.get_by_role("heading", level=1)).to_be_focused()


def read_the_case(anna: ByKeyboard) -> None:
    """The case beside the step is met first, can be folded, unfolded and scrolled, and be passed by."""
    anna.press("gate.open")
    anna.at_step(1, case=1)
    expect(anna.page.get_by_role("heading", level=1)).to_be_focused()
    fold = anna.page.locator(".skoen-case summary")
    anna.key("Shift+Tab")
    expect(fold).to_be_focused()
    for visible in (False, True):
        anna.page.keyboard.press("Enter")
        expect(anna.page.locator(".skoen-case-body")).to_be_visible(visible=visible)
    case = anna.page.get_by_role("region", name=anna.say("case.label"))
    anna.key("Shift+Tab")
    expect(case).to_be_focused()
    anna.page.keyboard.press("End")
    expect(anna.page.locator(".skoen-timeline")).to_be_in_viewport()

    skip = anna.page.get_by_role("link", name=anna.say("header.skip", heading=anna.say("step.1.title")))
    anna.go_to(skip, "Shift+Tab")
    assert (skip.bounding_box() or {"height": 0})["height"] > 20, "the link is seen while it has the focus"
    anna.page.keyboard.press("Enter")
    expect(anna.at(anna.say("step.1.title"))).to_be_focused()


def judge_the_first_time(anna: ByKeyboard) -> None:
    anna.go_to(anna.group(anna.say("rating.question")))
    assert anna.chosen() == []
    for key, rating in (("7", "7"), ("ArrowLeft", "6"), ("0", "10"), ("ArrowRight", "1"), ("ArrowDown", "2")):
        anna.key(key)
        assert anna.chosen() == [rating]
    anna.press("judgement.lock1")
    expect(anna.text("judgement.reasons1")).to_be_focused()  # where an answer is missing
    anna.judge(1, 6, "Barnet fortæller det selv: 7 nætter af 10")
    assert anna.chosen() == ["6"], "digits in a text are text"
    anna.around()
    anna.press("judgement.lock1")


def meet_the_score(anna: ByKeyboard) -> None:
    expect(anna.at(anna.say("step.2.title"))).to_be_focused()
    expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()
    for words in ("score.more", "waterfall.twin"):
        anna.activate(anna.page.locator("summary").filter(has_text=anna.say(words)))
    expect(anna.page.get_by_role("table", name=anna.say("waterfall.twin"))).to_be_visible()
    flag = anna.page.locator('.skoen-flags [data-name="age"]')
    anna.activate(flag, "Space")
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(flag).to_be_focused()
    anna.around()
    anna.press("score.onward")


def judge_again_and_reflect(anna: ByKeyboard) -> None:
    expect(anna.at(anna.say("step.3.title"))).to_be_focused()
    anna.judge(3, 5, "Jeg flytter mig lidt.")
    anna.around()
    anna.activate(anna.button("judgement.lock3"), "Space")
    expect(anna.at(anna.say("step.4.title"))).to_be_focused()
    anna.around()
    anna.close_case("Spørg barnet.")
    anna.at_gate(2)


def walk_the_others(anna: ByKeyboard) -> None:
    """Walk the others at 200 per cent: look back, and leave one out."""
    anna.press("gate.look_back")
    expect(anna.at(anna.say("picture.title_so_far"))).to_be_focused()
    anna.around()
    anna.press("picture.onward")
    anna.walk_case(2, 2, 3, words="Alderen alene")
    expect(anna.at(anna.say("step.4.title"))).to_be_focused()
    anna.around()
    anna.close_case()
    anna.at_gate(3)
    anna.around()
    anna.press("gate.skip")
    anna.walk_case(4, 9, 10, words="Hvor sover hun?")
    anna.close_case()


def picture(anna: ByKeyboard) -> None:
    expect(anna.at(anna.say("picture.title"))).to_be_focused()
    anna.activate(anna.page.locator("summary").filter(has_text=anna.say("picture.table")))
    expect(anna.page.get_by_role("table", name=anna.say("picture.table"))).to_be_visible()
    anna.activate(anna.page.locator(".skoen-again summary").first)
    anna.around()
    with anna.page.expect_download() as saving:
        anna.press("download.csv")
    assert saving.value.suggested_filename == "mine-svar.csv"
    with anna.page.context.expect_page() as opening:
        anna.press("download.page")
    expect(opening.value.get_by_role("heading", level=1)).to_be_visible()
    opening.value.close()
    anna.choose(anna.say("welcome.choose"), anna.say("preset.pilot1"))
    anna.press("picture.again")
    expect(anna.at(anna.say("reading.title"))).to_be_focused()
