"""A class looked at, the trainer's page and a participant's: by axe, for sideways scrolling, and by a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .classroom import House, Participant, Trainer
from .test_looks import Eye

REASONS = "Barnet siger selv, at det er træt, og moren søger hjælp."


@pytest.mark.parametrize(("size", "language"), [("desk", "da"), ("phone", "da"), ("phone", "en"), ("desk", "en")])
def test_every_place_of_a_class(house: House, screenshots: Path, size: str, language: str, looked_at) -> None:
    eye = Eye(screenshots / f"class-{size}-{language}", language)
    trainer = house.trainer(size=size, language=language)
    making(trainer, eye)
    one = house.participant(size=size, language=language)
    running(trainer, one, eye)
    people(trainer, eye)
    trial(trainer, house.participant(size=size, language=language), eye)
    assert not eye.faults, "\n".join(eye.faults)
    looked_at("places", eye.looks)


def making(trainer: Trainer, eye: Eye) -> None:
    """Look at the first page, the form with everything unfolded, the class in plain words, and the projector's page."""
    eye.look(trainer.page, "home")
    trainer.press("home.new")
    trainer.at("planning.title")
    expect(trainer.button("planning.onward")).to_be_visible()
    eye.look(trainer.page, "planning")
    trainer.page.get_by_text(trainer.say("planning.more"), exact=True).click()
    trainer.page.get_by_label(trainer.say("planning.kind_research"), exact=True).check()
    trainer.press("planning.onward")
    expect(trainer.page.locator("[data-missing]")).to_have_count(4)
    eye.look(trainer.page, "planning-research-missing")
    trainer.page.get_by_label(trainer.say("planning.kind_training"), exact=True).check()
    trainer.page.get_by_label(trainer.say("planning.pace_step_by_step"), exact=True).check()
    trainer.press("planning.onward")
    trainer.at("review.title")
    eye.look(trainer.page, "review")
    trainer.press("review.make")
    expect(trainer.button("live.start")).to_be_visible()
    eye.look(trainer.page, "live-nobody")
    trainer.press("live.show_code")
    expect(trainer.page.locator(".skoen-join-code")).to_be_visible()
    eye.look(trainer.page, "projector")
    trainer.press("projector.back")
    expect(trainer.button("live.start")).to_be_visible()


def running(trainer: Trainer, one: Participant, eye: Eye) -> None:
    """Look at the class while it runs, from both sides."""
    one.join(trainer.code)
    eye.look(one.page, "reading")
    one.read_introduction()
    one.waits("not_started")
    eye.look(one.page, "waiting-start")
    trainer.press("live.start")
    case = trainer.say("live.opening_trial")
    trainer.open_next(trainer.say("live.opening", case=case, step=1, name=trainer.say("board.steps.1")))
    expect(one.button("gate.open")).to_be_visible()
    eye.look(one.page, "gate-trial")
    one.press("gate.open")
    one.judge(1, 6, REASONS)
    trainer.press("live.pause")
    expect(one.page.get_by_text(one.say("class.paused"))).to_be_visible()
    eye.look(one.page, "paused")
    eye.look(trainer.page, "live-paused")
    trainer.press("live.resume")
    expect(one.page.get_by_text(one.say("class.paused"))).to_have_count(0)
    one.lock(1)
    one.waits("score")
    eye.look(one.page, "waiting-score")
    expect(trainer.row(1)).to_contain_text(trainer.say("board.locked"))
    trainer.note(1).fill("Skal have en oplader")
    trainer.row(1).get_by_role("button", name=trainer.say("board.let_in")).first.click()
    eye.look(trainer.page, "live-asks")
    trainer.row(1).get_by_role("group").get_by_role("button", name=trainer.say("board.let_in"), exact=True).click()
    expect(trainer.row(1).get_by_role("alert")).to_contain_text("PIN")
    eye.look(trainer.page, "live-pin")
    trainer.press("live.end")
    trainer.page.get_by_role("group").get_by_role("button", name=trainer.say("live.end"), exact=True).click()
    expect(trainer.button("live.end")).to_have_count(0)
    eye.look(trainer.page, "live-over")
    trainer.press("live.home")
    trainer.at("home.title")
    eye.look(trainer.page, "home-with-a-class")


def people(trainer: Trainer, eye: Eye) -> None:
    """Look at people and invitations, with a link that was just made."""
    trainer.press("home.staff")
    trainer.at("staff.title")
    trainer.press("staff.make")
    expect(trainer.page.locator(".skoen-link")).to_be_visible()
    eye.look(trainer.page, "staff")
    trainer.press("planning.home")
    trainer.at("home.title")


def trial(trainer: Trainer, one: Participant, eye: Eye) -> None:
    """Look at what a participant of a trial is asked, and at what she reads when she was taken out."""
    trainer.press("home.new")
    trainer.at("planning.title")
    trainer.page.get_by_label(trainer.say("planning.kind_research"), exact=True).check()
    for name in ("controller", "legal_basis", "approval", "purpose"):
        trainer.page.get_by_label(trainer.say(f"planning.{name}"), exact=True).fill("Prøve")
    trainer.press("planning.onward")
    trainer.at("review.title")
    eye.look(trainer.page, "review-research")
    trainer.press("review.make")
    expect(trainer.button("live.start")).to_be_visible()
    one.join(trainer.code)
    one.at(one.say("consent.title"))
    expect(one.page.get_by_label(one.say("consent.tick"))).not_to_be_checked()
    eye.look(one.page, "consent")
    one.press("consent.onward")
    one.at(one.say("reading.title"))
    one.press("consent.change")
    one.at(one.say("consent.title"))
    one.press("consent.onward")
    one.at(one.say("reading.title"))
    trainer.help(1, "board.remove")
    one.at(one.say("waiting.removed_title"))
    eye.look(one.page, "removed")
