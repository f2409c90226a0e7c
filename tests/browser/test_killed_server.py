"""In each of the four steps the tab is closed and the server killed: she is back where she was, with all she had."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from bench.server import Running, running
from tests.practice import four_cases

from .walk import Trainee

FLAG = '.skoen-flags [data-name="age"]'


class Fragile:
    """A server that can be killed, and started again at the same address and on the same data."""

    def __init__(self, data: Path, stack: ExitStack) -> None:
        self._data, self._stack = data, stack
        self.running = self._start(port=0)

    def kill(self) -> None:
        """Kill it as ``kill -9`` does."""
        self.running.process.kill()
        self.running.process.wait()

    def start(self) -> None:
        """Start it again."""
        self.running = self._start(port=urlsplit(self.running.url).port or 0)

    def _start(self, port: int) -> Running:
        skoen = Path(sys.executable).with_name("skoen")
        options = ["--port", str(port), "--data", str(self._data), "--cases", str(four_cases())]
        return self._stack.enter_context(running([str(skoen), "serve", *options], self._data))


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Fragile]:
    with ExitStack() as stack:
        yield Fragile(tmp_path / "data", stack)


def delivered(anna: Trainee) -> None:
    """Wait until no press waits in the tab."""
    while "command_id" in anna.page.evaluate("JSON.stringify(sessionStorage)"):
        anna.page.wait_for_timeout(50)


def lose_everything(anna: Trainee, fragile: Fragile) -> Trainee:
    """Close the tab, kill the server, start it again, and open the page in a new tab."""
    context = anna.page.context
    anna.page.close(run_before_unload=False)
    fragile.kill()
    fragile.start()
    return Trainee(context.new_page(), anna.url).arrive()


def test_a_closed_tab_and_a_killed_server_cost_nothing_in_any_step(visit, fragile: Fragile) -> None:
    with visit(to=fragile.running) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 7, "Moren søger hjælp, men")
        anna.kept()

        anna = lose_everything(anna, fragile)
        anna.at_step(1, case=1)
        assert anna.chosen() == ["7"]
        expect(anna.text("judgement.reasons1")).to_have_value("Moren søger hjælp, men")
        anna.judge(1, 8, "Moren søger hjælp, men tager ikke imod den.")
        anna.lock(1)
        anna.at_step(2, case=1)
        anna.page.locator(FLAG).click()
        delivered(anna)

        anna = lose_everything(anna, fragile)
        anna.at_step(2, case=1)
        expect(anna.page.locator(FLAG)).to_have_attribute("aria-pressed", "true")
        anna.press("score.onward")
        anna.at_step(3, case=1)
        anna.judge(3, 6, "Jeg flytter mig, fordi")
        anna.kept()

        anna = lose_everything(anna, fragile)
        anna.at_step(3, case=1)
        expect(anna.page.locator(".skoen-own-words")).to_have_text("Moren søger hjælp, men tager ikke imod den.")
        assert anna.chosen() == ["6"]
        expect(anna.text("judgement.reasons3")).to_have_value("Jeg flytter mig, fordi")
        anna.lock(3)
        anna.at_step(4, case=1)
        anna.text("reflection.field").fill("Spørg hvem,")
        anna.kept()

        anna = lose_everything(anna, fragile)
        anna.at_step(4, case=1)
        expect(anna.text("reflection.field")).to_have_value("Spørg hvem,")
        expect(anna.page.get_by_text(anna.say("reflection.yours", first=8, final=6))).to_be_visible()
        anna.close_case()
        anna.at_gate(2)


def test_an_open_tab_goes_on_where_it_was_when_the_server_is_back(visit, fragile: Fragile) -> None:
    with visit(to=fragile.running) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 4, "skrevet før")
        anna.kept()
        anna.kernel()
        fragile.kill()
        field = anna.text("judgement.reasons1")
        field.press("Control+End")
        field.press_sequentially(" og efter")
        expect(anna.page.locator("#page-banner")).to_contain_text(anna.say("server.lost"))
        fragile.start()
        anna.resume()
        anna.at_step(1, case=1)
        expect(field).to_have_value("skrevet før og efter")
        anna.lock(1)
        anna.at_step(2, case=1)
