"""A case of one's own in a real browser: by the keyboard alone on a phone's width, over a reload and a lost kernel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.server import Running
from explain.sessions.ports import FactStore
from explain.store import open_store

from .own import Writer
from .test_looks import Eye
from .walk import Trainee

TITLE = "En dreng, som ofte kommer sent"
BODY = "Skolen skriver, at drengen Storm kommer for sent, og at han er træt."


@pytest.fixture
def store(server: Running) -> Iterator[FactStore]:
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as opened:
        yield opened


def to_own_case(anna: Trainee) -> Writer:
    """Go through the introduction, and by the door in the header."""
    anna.arrive()
    anna.introduce()
    writer = Writer(anna)
    writer.press(anna.page.get_by_role("link", name=anna.say("own.door_own"), exact=True))
    anna.at(anna.say("own.title"))
    return writer


def child_and_referral(writer: Writer) -> None:
    say = writer.say
    writer.tick(writer.page.get_by_label(say("own.confirm.invented")))
    writer.write(writer.field("age"), "9")
    writer.select(writer.field("referral.reasons"), say("reason.school"))
    writer.select(writer.field("referral.referrer"), say("referrer.school"))
    writer.write(writer.field("title"), TITLE)
    writer.write(writer.field("body"), BODY)
    keep = writer.page.get_by_role("button", name=say("guard.keep", word="Storm"))
    expect(keep).to_be_visible()
    writer.press(keep)
    expect(keep).to_have_count(0)
    expect(writer.field("body").locator("textarea")).to_be_focused()


def family(writer: Writer) -> None:
    writer.select(writer.field("household"), writer.say("household.single_mother"))
    writer.choose(writer.field("mother.known"), 1)
    for name, value in (("age", "33"), ("age_at_birth", "30")):
        writer.write(writer.field(f"mother.{name}"), value)
    writer.choose(writer.field("mother.civil_status"), 3)
    for name in ("children", "partners"):
        writer.write(writer.field(f"mother.{name}"), "2")
    writer.choose(writer.field("father.known"), 2)
    writer.press(writer.page.get_by_role("button", name=writer.say("own.siblings.add")))
    expect(writer.part("siblings", "age").locator("input")).to_be_focused()
    writer.write(writer.part("siblings", "age"), "4")
    writer.choose(writer.part("siblings", "shares"), 2)
    writer.choose(writer.part("siblings", "at_home"), 1)


def history(writer: Writer) -> None:
    """Add a placement, a move and a referral; take the move away, bring it back, take it away again."""
    say, add = writer.say, writer.page.get_by_role("button", name=writer.say("own.history.add"))
    items = writer.page.locator('[data-field="history"] > ol > li')
    writer.press(add)
    writer.choose(writer.part("history", "kind"), 3)
    writer.write(writer.part("history", "days_before"), "9000")
    writer.select(writer.part("history", "whose"), say("history.child"))
    writer.choose(writer.part("history", "forced"), 2)
    writer.press(add)
    writer.choose(writer.part("history", "kind"), 4)
    writer.press(writer.page.get_by_role("button", name=f"{say('own.items.remove')}: {say('own.history.one')} 2"))
    expect(items).to_have_count(1)
    writer.press(writer.page.get_by_role("button", name=say("own.items.undo"), exact=True))
    expect(items).to_have_count(2)
    writer.reach(items.last.locator(".skoen-remove"))
    writer.keys.press("Enter")
    expect(items).to_have_count(1)
    writer.press(add)
    writer.choose(writer.part("history", "kind"), 1)
    writer.write(writer.part("history", "days_before"), "40")
    writer.select(writer.part("history", "whose"), f"{say('own.siblings.one')} 1")
    writer.select(writer.part("history", "reasons"), say("reason.housing"))


def test_a_case_of_ones_own_by_the_keyboard_alone(visit, store, screenshots: Path, looked_at) -> None:
    with visit("phone") as anna:
        eye = Eye(screenshots / "own-case")
        writer = to_own_case(anna)
        eye.look(anna.page, "form")
        child_and_referral(writer)
        family(writer)
        history(writer)
        eye.look(anna.page, "form-filled")
        submit = anna.button("own.submit")
        writer.press(submit)

        # What cannot be is said beside its blank, and the first of them has the focus.
        wrong = writer.field("mother.age_at_birth")
        expect(wrong.locator("input")).to_be_focused()
        expect(wrong).to_contain_text("må mor have været 23 eller 24, ikke 30")
        placement = anna.page.locator('[data-field="history"] > ol > li').filter(
            has=anna.page.locator("[data-missing]")
        )
        expect(placement).to_contain_text("har højst levet 3652 dage")
        eye.look(anna.page, "form-impossible")
        writer.write(wrong, "24")
        writer.write(placement.locator('[data-field$=".days_before"]'), "700")
        expect(anna.page.get_by_text(anna.say("form.kept"))).to_be_visible()

        # Nothing is lost by a kernel that dies, nor by a reload.
        anna.kill_kernel()
        anna.resume()
        anna.at(anna.say("own.title"))
        expect(writer.field("body").locator("textarea")).to_have_value(BODY)
        anna.page.reload()
        anna.settle()
        expect(writer.field("mother.age_at_birth").locator("input")).to_have_value("24")
        days = anna.page.locator('[data-field$=".days_before"]:not([data-field$=".ended_days_before"]) input')
        assert sorted(one.input_value() for one in days.all()) == ["40", "700"]
        expect(writer.page.get_by_role("button", name=anna.say("guard.keep", word="Storm"))).to_have_count(0)

        writer.press(submit)
        anna.at(anna.say("own.ready_title"))
        expect(anna.page.locator(".skoen-case-title")).to_have_text(TITLE)
        eye.look(anna.page, "ready")
        walk(anna, writer, eye)
        assert [stream for stream in store.touched("own") if "/encounter" in stream]
        delete(anna, writer)
        assert store.touched("own") == {}
        eye.look(anna.page, "deleted")
        kept = anna.page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('skoen/own/'))")
        assert kept == []
        writer.press(anna.page.get_by_role("link", name=anna.say("own.door_back"), exact=True))
        anna.at_gate(1)
    assert not eye.faults, "\n".join(eye.faults)
    looked_at("pages", eye.looks)


def at_own_step(anna: Trainee, step: int) -> None:
    expect(anna.page.locator(".skoen-where")).to_have_text(anna.say("own.where", step=step))


def walk(anna: Trainee, writer: Writer, eye: Eye) -> None:
    """Walk the four steps, with the score only after the lock."""
    writer.press(anna.button("gate.open"))
    at_own_step(anna, 1)
    assert anna.page.locator(".skoen-score").count() == 0
    writer.reach(anna.rating(1))
    writer.keys.press("6")
    writer.reach(anna.text("judgement.reasons1"))
    writer.keys.type("Skolen er bekymret, og han er træt.")
    writer.press(anna.button("judgement.lock1"))
    at_own_step(anna, 2)
    expect(anna.page.locator(".skoen-score")).to_contain_text(anna.say("teaching_only"))
    eye.look(anna.page, "step-2")
    writer.press(anna.button("score.onward"))
    at_own_step(anna, 3)
    writer.reach(anna.rating(1))
    writer.keys.press("7")
    writer.reach(anna.text("judgement.reasons3"))
    writer.keys.type("Jeg holder fast i det meste.")
    writer.press(anna.button("judgement.lock3"))
    at_own_step(anna, 4)
    expect(anna.page.get_by_text(anna.say("reflection.panel_title"))).to_have_count(0)
    eye.look(anna.page, "step-4")
    writer.press(anna.button("reflection.close"))
    anna.at(anna.say("own.over_title"))
    eye.look(anna.page, "over")


def delete(anna: Trainee, writer: Writer) -> None:
    writer.tick(anna.page.get_by_label(anna.say("own.delete_confirm")))
    writer.press(anna.button("own.delete"))
    expect(anna.page.get_by_role("alert").filter(has_text=anna.say("own.deleted"))).to_be_visible()
    anna.at(anna.say("own.title"))
