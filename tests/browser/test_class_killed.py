"""The server is killed in the middle of a step of a paced class: all stand where they were, and nothing is doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.account import all_of
from explain.domain.facts import CaseOpened, InitialLocked, ScoreRevealed
from explain.domain.session_facts import ParticipantJoined, SessionStarted, StepOpened
from explain.domain.session_plan import Step
from explain.store import open_store

from .classroom import House
from .conftest import watched
from .test_killed_server import Fragile
from .walk import come_again, kernel_of

WORDS = "Skrevet, mens serveren var væk"


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Fragile]:
    with ExitStack() as stack:
        yield Fragile(tmp_path / "data", stack)


@pytest.fixture
def house(browser: Browser, fragile: Fragile) -> Iterator[House]:
    """A server that can be killed, and people who come to it."""
    with ExitStack() as stack:
        yield House(stack, browser, fragile.running, watched)


def test_a_killed_server_costs_a_class_nothing(house: House, fragile: Fragile) -> None:
    trainer = house.trainer()
    code = trainer.make_class("step_by_step")
    trainer.press("live.start")
    trial = trainer.say("live.opening_trial")

    def opening(step: int) -> str:
        return trainer.say("live.opening", case=trial, step=step, name=trainer.say(f"board.steps.{step}"))

    trainer.open_next(opening(1))
    locked, writing, pressing = (house.participant().join(code) for _ in range(3))
    for person in (locked, writing, pressing):
        person.read_introduction()
        person.press("gate.open")
    locked.judge(1, 3, "Låst før")
    locked.lock(1)
    locked.waits("score")
    writing.judge(1, 5, "Halvt")
    writing.kept()
    pressing.judge(1, 7, "Parat")
    pressing.kept()
    expect(trainer.totals).to_contain_text(trainer.say("live.ready_score", done=1, people=3, what=opening(2)))
    trainer.note(2).fill("Spørger meget")
    pages = [person.page for person in (trainer, locked, writing, pressing)]
    kernels = [kernel_of(page) for page in pages]

    fragile.kill()
    # One locks and one goes on writing while nobody is there, and the trainer opens the score.
    pressing.lock(1)
    writing.text("judgement.reasons1").fill(WORDS)
    trainer.page.get_by_role("button", name=trainer.say("live.open", what=opening(2)), exact=True).click()
    for person in (locked, writing, pressing):
        expect(person.page.locator("#page-banner")).to_contain_text(person.say("server.lost"))
    assert pressing.page.locator(".skoen-score-number").count() == 0
    fragile.start()

    for page, gone in zip(pages, kernels, strict=True):
        come_again(page, gone, trainer.say)
    # What was pressed is delivered: the trainer's step is open, once, and who had locked sees the score.
    expect(
        trainer.page.get_by_role("button", name=trainer.say("live.open", what=opening(3)), exact=True)
    ).to_be_enabled()
    assert trainer.code == code
    expect(trainer.note(2)).to_have_value("Spørger meget")
    for person in (locked, pressing):
        expect(person.page.locator(".skoen-score-number")).to_be_visible()
        expect(person.page.get_by_text(person.say("waiting.again"))).to_be_visible()
    expect(writing.text("judgement.reasons1")).to_have_value(WORDS)
    assert writing.chosen() == ["5"]
    expect(writing.page.locator(".skoen-score-number")).to_have_count(0)
    for number, step in ((1, 2), (2, 1), (3, 2)):
        expect(trainer.row(number)).to_contain_text(f"{step}. {trainer.say(f'board.steps.{step}')}")
        expect(trainer.row(number)).to_contain_text(trainer.say("board.here"))
    writing.lock(1)
    expect(writing.page.locator(".skoen-score-number")).to_be_visible()
    expect(trainer.totals).to_contain_text(trainer.say("live.ready", done=3, people=3, what=opening(3)))

    with closing(open_store(f"sqlite:///{fragile.running.data / 'skoen.sqlite'}")) as store:
        facts = [row.fact for row in all_of(store)]
    counted = Counter(type(fact) for fact in facts)
    once = dict.fromkeys((ParticipantJoined, CaseOpened, InitialLocked, ScoreRevealed), 3)
    assert {kind: counted[kind] for kind in once} == once
    assert counted[SessionStarted] == 1
    assert [fact.step for fact in facts if isinstance(fact, StepOpened)] == [Step.CASE, Step.SCORE]
