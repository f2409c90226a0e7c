"""A trainer and two participants go through a class, step by step; what each sees follows what the others do."""

from __future__ import annotations

from playwright.sync_api import expect

from .classroom import House

REASONS = "Barnet siger selv, at det er træt."


def test_a_class_goes_through_a_case_step_by_step(house: House) -> None:
    trainer = house.trainer()
    code = trainer.make_class("step_by_step")
    assert trainer.presses == 3, "a new class takes three presses"
    expect(trainer.page.get_by_text(trainer.say("live.nobody"))).to_be_visible()

    one, two = house.participant().join(code), house.participant().join(code)
    assert (one.number, two.number) == (1, 2)
    for number in (1, 2):
        expect(trainer.row(number)).to_contain_text(trainer.say("board.introduction"))
        expect(trainer.row(number)).to_contain_text(trainer.say("board.here"))
    expect(one.page.locator(".skoen-class")).to_contain_text(one.say("class.where", code=code, number=1))
    one.read_introduction()
    one.waits("not_started")
    expect(trainer.totals).to_contain_text(trainer.say("live.total_introduced", done=1, people=2))
    trainer.press("live.start")
    one.waits("case")
    two.read_introduction()
    two.waits("case")

    trial = trainer.say("live.opening_trial")
    trainer.open_next(trainer.say("live.opening", case=trial, step=1, name=trainer.say("board.steps.1")))
    for person in (one, two):
        person.press("gate.open")
        expect(person.page.locator(".skoen-where").last).to_have_text(person.say("header.trial", step=1))
    one.judge(1, 6, REASONS)
    one.lock(1)
    one.waits("score")
    expect(one.page.get_by_text(REASONS)).to_be_visible()
    assert one.page.locator(".skoen-score-number").count() == 0
    # A note is being typed while the table changes under it.
    trainer.note(1).press_sequentially("Skal have")
    expect(trainer.row(1)).to_contain_text(trainer.say("board.locked"))
    what = trainer.say("live.opening", case=trial, step=2, name=trainer.say("board.steps.2"))
    expect(trainer.totals).to_contain_text(trainer.say("live.ready_score", done=1, people=2, what=what))
    trainer.note(1).press_sequentially(" en oplader")
    expect(trainer.note(1)).to_have_value("Skal have en oplader")

    two.judge(1, 3, "Jeg ser mest på skolen")
    trainer.press("live.pause")
    expect(two.page.get_by_text(two.say("class.paused"))).to_be_in_viewport()
    two.press("judgement.lock1")
    expect(two.page.get_by_text(two.say("refused.paused"))).to_be_visible()
    expect(two.text("judgement.reasons1")).to_have_value("Jeg ser mest på skolen")
    trainer.press("live.resume")
    expect(two.page.get_by_text(two.say("class.paused"))).to_have_count(0)
    # Whoever is not ready holds up nobody.
    trainer.open_next(trainer.say("live.opening", case=trial, step=2, name=trainer.say("board.steps.2")))
    expect(one.page.locator(".skoen-score-number")).to_be_visible()
    expect(one.page.get_by_text(one.say("waiting.again"))).to_be_visible()
    expect(two.page.locator(".skoen-score-number")).to_have_count(0)
    two.lock(1)
    expect(two.page.locator(".skoen-score-number")).to_be_visible()

    trainer.page.reload()
    expect(trainer.note(1)).to_have_value("Skal have en oplader")
    trainer.open_next(trainer.say("live.opening", case=trial, step=3, name=trainer.say("board.steps.3")))
    one.press("score.onward")
    one.judge(3, 6, "Jeg holder fast")
    one.lock(3)
    one.waits("reflection")
    trainer.open_next(trainer.say("live.opening", case=trial, step=4, name=trainer.say("board.steps.4")))
    one.close_case()
    one.waits("case")

    seen = trainer.page.locator("body").inner_text()
    assert REASONS not in seen
    assert "Jeg holder fast" not in seen

    trainer.press("live.end")
    trainer.page.get_by_role("group").get_by_role("button", name=trainer.say("live.end"), exact=True).click()
    one.at(one.say("waiting.ended_title"))
    two.at(two.say("waiting.ended_title"))
    assert house.server.log.read_text() == ""


def test_somebody_is_taken_out_let_back_in_and_comes_by_another_device(house: House) -> None:
    trainer = house.trainer()
    code = trainer.make_class()
    trainer.press("live.start")
    one = house.participant().join(code)
    one.read_introduction()
    expect(one.button("gate.open")).to_be_visible()
    trainer.help(1, "board.remove")
    one.at(one.say("waiting.removed_title"))
    expect(trainer.row(1)).to_contain_text(trainer.say("board.removed"))
    trainer.help(1, "board.let_in_again")
    told = trainer.row(1).get_by_role("alert")
    expect(told).to_contain_text("PIN")
    pin = told.inner_text().split(":")[1].split(".")[0].strip()
    assert pin != one.pin
    again = house.participant().come_back(code, 1, pin)
    expect(again.button("gate.open")).to_be_visible()
    told.get_by_role("button", name=trainer.say("board.hide")).click()
    expect(trainer.page.get_by_text(pin)).to_have_count(0)
    trainer.page.reload()
    expect(trainer.row(1)).to_be_visible()
    assert pin not in trainer.page.locator("body").inner_text()
