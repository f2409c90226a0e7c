"""A trainer and five participants at once: they see the score together, and what happens in a class happens to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import segno
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from playwright.sync_api import expect

from explain.apps.wiring import case_sets
from tests.practice import four_cases

from .classroom import House, Participant, Trainer
from .wire import secrets_of

TRIAL, FIRST, *_ = (secrets_of(case) for case in next(iter(case_sets(four_cases()).values())).cases)
OWN = {1: "Barnet er træt, og moren er alene", 2: "Pædagogerne har set det før", 3: "Vi mangler at tale med faren"}
OWN |= {4: "Det kan have mange grunde"}
"""What each of those who stay writes before the score, ..."""
AFTER = "Scoren ser ikke, hvad barnet siger"
"""... and after it."""
ON_A_ROW = {"number", "name", "case", "step", "seen", "here", "note", "removed", "actions"}
"""All that a trainer's page is told of a participant."""
TOLD = re.compile(rb'\\*"(initial|final|first|rating|reasons|judgement|score|raw)\\*"\s*:')
"""Names that would stand beside what somebody rated or wrote."""


def scanned(trainer: Trainer) -> str:
    """Show the code to the class, and return where the pattern leads."""
    trainer.press("live.show_code")
    pattern = trainer.page.locator(".skoen-qr")
    address = (pattern.get_attribute("aria-label") or "").split()[-1]
    drawn = pattern.locator("path").last.get_attribute("d")
    assert drawn
    assert drawn in segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    trainer.press("projector.back")
    expect(trainer.button("live.start")).to_be_visible()
    return address


def come(house: House, code: str, address: str) -> list[Participant]:
    """Let five come: by the pattern, by typing the code, and by its link."""
    seated = [house.participant() for _ in range(5)]
    for place, person in enumerate(seated):
        if place == 0:
            person.page.goto(address)
            person.take_seat()
        elif place == 1:
            person.page.goto(f"{person.url}join?lang=da")
            person.page.get_by_label(person.say("entrance.code.label"), exact=True).fill(f" {code.lower()}")
            person.page.get_by_role("button", name=person.say("entrance.code.button"), exact=True).click()
            person.take_seat()
        else:
            person.join(code)
    assert [one.number for one in seated] == [1, 2, 3, 4, 5]
    return seated


def test_a_trainer_and_five_participants(house: House, screenshots: Path) -> None:
    folder = screenshots / "class-of-five"

    def keep(whose: Participant | Trainer, name: str) -> None:
        whose.page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled")

    trainer = house.trainer()
    code = trainer.make_class("score_together")
    seated = come(house, code, scanned(trainer))
    one, two, three, four, five = seated
    for number in range(1, 6):
        expect(trainer.row(number)).to_contain_text(trainer.say("board.introduction"))
        expect(trainer.row(number)).to_contain_text(trainer.say("board.here"))
    # One gives the phone back that she had borrowed, and goes home: she is waited for by nobody.
    five.page.get_by_role("link", name=five.say("entrance.somebody_else.link"), exact=True).click()
    five.page.get_by_role("button", name=five.say("entrance.somebody_else.button"), exact=True).click()
    expect(five.page.get_by_role("heading", name=five.say("entrance.code.title"))).to_be_visible()
    five.page.close()
    for each in seated[:4]:
        each.read_introduction()
        each.waits("not_started")
        expect(trainer.row(each.number)).to_contain_text(trainer.say("board.waits_case"))
    expect(trainer.totals).to_contain_text(trainer.say("live.total_people", people=5, here=4))
    expect(trainer.totals).to_contain_text(trainer.say("live.total_introduced", done=4, people=4))
    keep(one, "01-waiting-start")
    keep(trainer, "02-trainer-before")

    trainer.press("live.start")
    for number, each in enumerate(seated[:4], start=1):
        each.press("gate.open")
        expect(each.page.locator(".skoen-where").last).to_have_text(each.say("header.trial", step=1))
        expect(trainer.row(number)).to_contain_text(trainer.say("board.trial"))

    # One puts her phone away half-way, and comes back on another one.
    three.judge(1, 5, OWN[3])
    three.kept()
    three.page.close()
    three = seated[2] = house.participant().come_back(code, 3, three.pin)
    expect(three.page.locator(".skoen-where").last).to_have_text(three.say("header.trial", step=1))
    expect(three.text("judgement.reasons1")).to_have_value(OWN[3])
    assert three.chosen() == ["5"]

    # One is taken out and let in again.
    four.judge(1, 8, OWN[4])
    four.kept()
    trainer.help(4, "board.remove")
    four.at(four.say("waiting.removed_title"))
    keep(four, "03-removed")
    expect(trainer.row(4)).to_contain_text(trainer.say("board.removed"))
    trainer.help(4, "board.let_in_again")
    told = trainer.row(4).get_by_role("alert")
    expect(told).to_contain_text(trainer.say("board.in_again", name=trainer.say("board.person", number=4)))
    keep(trainer, "04-trainer-in-again")
    told.get_by_role("button", name=trainer.say("board.hide")).click()
    # Her page goes on by itself.
    expect(four.text("judgement.reasons1")).to_have_value(OWN[4])

    # A pause in the middle: what is written stays.
    one.judge(1, 3, OWN[1])
    trainer.press("live.pause")
    for each in seated[:4]:
        expect(each.page.get_by_text(each.say("class.paused"))).to_be_in_viewport()
    one.press("judgement.lock1")
    expect(one.page.get_by_text(one.say("refused.paused"))).to_be_visible()
    keep(one, "05-paused")
    keep(trainer, "06-trainer-paused")
    trainer.press("live.resume")
    for each in seated[:4]:
        expect(each.page.get_by_text(each.say("class.paused"))).to_have_count(0)

    # Everybody locks, and waits for the others.
    two.judge(1, 6, OWN[2])
    waiting = trainer.say("board.locked")
    trial = trainer.say("live.opening_trial")
    score = trainer.say("live.opening", case=trial, step=2, name=trainer.say("board.steps.2"))
    for number, each in enumerate(seated[:4], start=1):
        each.lock(1)
        each.waits("score")
        expect(each.page.get_by_text(OWN[number])).to_be_visible()
        expect(trainer.row(number)).to_contain_text(waiting)
    keep(one, "07-waiting-score")
    keep(trainer, "08-trainer-waiting")
    expect(trainer.totals).to_contain_text(trainer.say("live.ready_score", done=4, people=4, what=score))
    for each in seated:
        if each is not five:
            each.record.look(each.page)
        assert TRIAL.found(each.record.entries) == {}, f"nr. {each.number} may know nothing before it is opened for all"

    trainer.open_next(score)
    for each in seated[:4]:
        expect(each.page.locator(".skoen-score-number")).to_be_visible()
        expect(each.button("score.onward")).to_be_visible()
        each.record.look(each.page)
        assert "RS" in TRIAL.found(each.record.entries), "the recorder must see what is shown"
    keep(one, "09-score")
    for number, each in enumerate(seated[:4], start=1):
        each.press("score.onward")
        each.at(each.say("step.3.title"))
        each.judge(3, number + 3, AFTER)
        each.lock(3)
        each.close_case("Spørg barnet selv")
        each.at_gate(1, total=3)
        expect(trainer.row(number)).to_contain_text(trainer.say("board.at_gate"))
    begun = [each.record.mark(each.page) for each in seated[:2]]
    keep(trainer, "10-trainer-between")

    # The next case, whose score waits as well.
    for person in (one, two):
        person.press("gate.open")
        person.at_step(1, case=1, total=3)
        person.judge(1, 4, OWN[1])
        person.lock(1)
        person.waits("score")
    case = trainer.say("board.of", number=1, total=3)
    for number, step in ((1, waiting), (2, waiting)):
        expect(trainer.row(number)).to_contain_text(case)
        expect(trainer.row(number)).to_contain_text(step)
    keep(trainer, "11-trainer-first-case")
    for each, begin in zip((one, two), begun, strict=True):
        each.record.look(each.page)
        assert FIRST.found(each.record.entries[begin:]) == {}
    first = trainer.say("live.opening_case", number=1)
    trainer.open_next(trainer.say("live.opening", case=first, step=2, name=trainer.say("board.steps.2")))
    expect(one.page.locator(".skoen-score-number")).to_be_visible()
    expect(two.page.locator(".skoen-score-number")).to_be_visible()
    expect(three.page.locator(".skoen-score-number")).to_have_count(0)

    trainer.end()
    for each in seated[:4]:
        each.at(each.say("waiting.ended_title"))
    keep(one, "12-ended")
    keep(trainer, "13-trainer-over")
    told_nothing(trainer)
    assert house.server.log.read_text() == ""


def told_nothing(trainer: Trainer) -> None:
    """See that no reasons and no ratings came to the trainer's browser, and that her page was told of people at all."""
    record = trainer.record
    record.look(trainer.page)
    came = [entry for entry in record.entries if not entry.is_file]
    for words in (*OWN.values(), AFTER, "Spørg barnet selv"):
        written = [words.encode(), json.dumps(words)[1:-1].encode()]
        assert not [entry.way for entry in came if any(form in entry.raw for form in written)]
    frames = [entry.raw for entry in came if entry.way == "socket in"]
    assert not [found for raw in frames if (found := TOLD.search(raw))]
    rows = [row for raw in frames for row in rows_in(raw)]
    assert {row["number"] for row in rows} == {1, 2, 3, 4, 5}
    assert all(row.keys() == ON_A_ROW for row in rows)


def rows_in(frame: bytes) -> list[dict[str, Any]]:
    """Return the rows of the table that a frame carries, if it carries any."""
    _, parts = deserialize_msg_from_ws_v1(frame)
    data = json.loads(parts[3]).get("data") or {}
    states = [data.get("state") or {}, *(one["state"] for one in (data.get("states") or {}).values())]
    return [row for state in states for row in state.get("rows", ()) if isinstance(row, dict) and "number" in row]
