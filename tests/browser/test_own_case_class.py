"""Own cases in a class in a real browser: its trainer allows them, a participant writes, the trainer releases."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .classroom import House, Participant, Trainer
from .test_looks import Eye

TITLE = {"invented": "En opdigtet dreng på ni", "pseudonymised": "En virkelig dreng på ni"}
BODY = "Skolen skriver, at drengen Storm kommer for sent, og at han er træt."
REASONS = "Skolen er bekymret, og han er træt."
SECRET = "Kun mine egne ord."
LAW = {"own_controller": "Byens Kommune", "own_legal_basis": "databeskyttelsesloven § 10"}


@pytest.mark.parametrize(("desk", "hand", "language"), [("desk", "phone", "da"), ("phone", "desk", "en")])
def test_own_cases_in_a_class(house: House, screenshots: Path, desk: str, hand: str, language: str, looked_at) -> None:
    eye = Eye(screenshots / f"own-case-class-{language}", language)
    trainer = house.trainer(size=desk, language=language)
    make(trainer, eye, real=True)
    anna = house.participant(size=hand, language=language).join(trainer.code)
    anna.read_introduction()
    anna.waits("not_started")
    trainer.press("live.start")
    own_door(anna)
    invented(anna, eye)
    waits(anna, eye)
    sent_back(trainer, anna, eye)
    released(trainer, anna, eye)
    back_at_her_place(anna)
    without_basis(trainer, house.participant(size=hand, language=language), eye)
    assert not eye.faults, "\n".join(eye.faults)
    looked_at("places", eye.looks)


def make(trainer: Trainer, eye: Eye, *, real: bool) -> None:
    """Make a class in which own cases are allowed, with the basis of real ones or without."""
    say, page = trainer.say, trainer.page
    trainer.press("home.new")
    trainer.at("planning.title")
    page.get_by_text(say("planning.more"), exact=True).click()
    page.get_by_label(say("planning.own"), exact=True).check()
    controller = page.get_by_label(say("planning.own_controller"), exact=True)
    expect(controller).to_be_hidden()
    if real:
        page.get_by_label(say("planning.own_real"), exact=True).check()
        trainer.press("planning.onward")
        expect(page.locator("[data-missing]")).to_have_count(2)
        page.get_by_label(say("planning.own"), exact=True).uncheck()
        expect(controller).to_be_hidden()
        page.get_by_label(say("planning.own"), exact=True).check()
        eye.look(page, "planning")
        for name, words in LAW.items():
            page.get_by_label(say(f"planning.{name}"), exact=True).fill(words)
    trainer.press("planning.onward")
    trainer.at("review.title")
    eye.look(page, "review")
    trainer.press("review.make")
    expect(trainer.button("live.start")).to_be_visible()


def own_door(anna: Participant) -> None:
    """Wait until the class has begun, and go to her own case."""
    expect(anna.button("gate.open")).to_be_visible()
    anna.page.get_by_role("link", name=anna.say("own.door_own"), exact=True).click()
    anna.come_up()
    anna.at(anna.say("own.title"))


def field(anna: Participant, name: str) -> Locator:
    return anna.page.locator(f'[data-field="{name}"]')


def confirm(anna: Participant, kind: str) -> None:
    """Say what kind of case it is, and that it is so."""
    anna.page.get_by_label(anna.say(f"own.kind.{kind}"), exact=True).check()
    anna.page.get_by_label(anna.say(f"own.confirm.{kind}"), exact=True).check()


def write(anna: Participant, kind: str) -> None:
    """Fill in what every case needs, and submit it."""
    say = anna.say
    confirm(anna, kind)
    field(anna, "referral.reasons").locator("select").first.select_option(label=say("reason.school"))
    field(anna, "referral.referrer").locator("select").select_option(label=say("referrer.school"))
    field(anna, "household").locator("select").select_option(label=say("household.single_mother"))
    field(anna, "mother.known").locator("input").first.check()
    field(anna, "father.known").locator("input").last.check()
    field(anna, "mother.civil_status").locator("input, option").nth(2).check()
    numbers = {"age": "9", "mother.age": "33", "mother.age_at_birth": "24", "mother.children": "1"}
    for name, value in (numbers | {"mother.partners": "1", "title": TITLE[kind]}).items():
        field(anna, name).locator("input").fill(value)
    field(anna, "body").locator("textarea").fill(BODY)
    keep = anna.page.get_by_role("button", name=say("guard.keep", word="Storm"))
    expect(keep).to_be_visible()
    keep.click()
    expect(keep).to_have_count(0)
    anna.press("own.submit")


def invented(anna: Participant, eye: Eye) -> None:
    """Write an invented case, walk it, and delete it."""
    eye.look(anna.page, "form")
    write(anna, "invented")
    anna.at(anna.say("own.ready_title"))
    anna.press("gate.open")
    anna.judge(1, 6, REASONS)
    anna.lock(1)
    anna.at(anna.say("step.2.title"))
    expect(anna.page.locator(".skoen-score")).to_contain_text(anna.say("teaching_only"))
    anna.press("score.onward")
    anna.judge(3, 7, REASONS)
    anna.lock(3)
    anna.close_case()
    anna.at(anna.say("own.over_title"))
    anna.page.get_by_label(anna.say("own.delete_confirm")).check()
    anna.press("own.delete")
    anna.at(anna.say("own.title"))


def waits(anna: Participant, eye: Eye) -> None:
    """Write a real case, which cannot be opened."""
    write(anna, "pseudonymised")
    anna.at(anna.say("own.waiting_title"))
    expect(anna.button("gate.open")).to_have_count(0)
    eye.look(anna.page, "waiting")


def sent_back(trainer: Trainer, anna: Participant, eye: Eye) -> None:
    """Read the case, and send it back; she reads why, changes it, and it waits again."""
    say, page = trainer.say, trainer.page
    heading = page.get_by_role("heading", name=say("release.title"), exact=True)
    expect(heading).to_be_visible()
    expect(page.get_by_text(TITLE["pseudonymised"], exact=True)).to_be_visible()
    eye.look(page, "to-release")
    page.get_by_label(say("own.back_why.detail"), exact=True).check()
    trainer.press("release.back")
    expect(heading).to_have_count(0)
    anna.at(anna.say("own.back_title"))
    expect(anna.page.get_by_text(anna.say("own.back_why.detail"), exact=True)).to_be_visible()
    eye.look(anna.page, "sent-back")
    anna.press("own.change")
    anna.at(anna.say("own.title"))
    expect(field(anna, "body").locator("textarea")).to_have_value(BODY)
    field(anna, "body").locator("textarea").fill(BODY.replace(" Storm", ""))
    # What she confirmed of the old text is asked anew.
    confirm(anna, "pseudonymised")
    anna.press("own.submit")
    anna.at(anna.say("own.waiting_title"))
    expect(heading).to_be_visible()


def released(trainer: Trainer, anna: Participant, eye: Eye) -> None:
    """Release the case; it opens, and what she makes of it is on no page of the trainer's."""
    trainer.page.get_by_label(trainer.say("release.confirm"), exact=True).check()
    trainer.press("release.release")
    expect(trainer.page.get_by_role("heading", name=trainer.say("release.title"), exact=True)).to_have_count(0)
    anna.at(anna.say("own.ready_title"))
    expect(anna.page.get_by_text(anna.say("own.released"), exact=True)).to_be_visible()
    eye.look(anna.page, "released")
    anna.press("gate.open")
    anna.judge(1, 6, SECRET)
    anna.lock(1)
    anna.at(anna.say("step.2.title"))
    eye.look(trainer.page, "trainer-afterwards")
    for words in (SECRET, TITLE["pseudonymised"]):
        assert words not in trainer.page.content()


def back_at_her_place(anna: Participant) -> None:
    """Go back to the class: she stands where she left it."""
    anna.page.get_by_role("link", name=anna.say("own.door_back"), exact=True).click()
    anna.come_up()
    expect(anna.button("gate.open")).to_be_visible()


def without_basis(trainer: Trainer, bo: Participant, eye: Eye) -> None:
    """In a class without a basis nobody is asked what kind of case it is: it must be invented."""
    trainer.press("live.home")
    trainer.at("home.title")
    make(trainer, eye, real=False)
    bo.join(trainer.code)
    bo.read_introduction()
    trainer.press("live.start")
    own_door(bo)
    expect(bo.page.get_by_label(bo.say("own.confirm.invented"), exact=True)).to_be_visible()
    expect(bo.page.get_by_text(bo.say("own.kind.pseudonymised"), exact=True)).to_have_count(0)
    eye.look(bo.page, "form-invented-alone")
