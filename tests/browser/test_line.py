"""What a bad line does to a trainee: she is told, loses nothing, and nothing happens twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bench.server import Running
from explain.domain.facts import FinalLocked, InitialLocked, InputFlagged
from explain.sessions.ports import FactStore
from explain.store import open_store

from .line import Line, line_to
from .walk import Trainee


@pytest.fixture
def store(server: Running) -> Iterator[FactStore]:
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as opened:
        yield opened


@pytest.fixture
def through(server: Running) -> Iterator[tuple[Line, Running]]:
    """A line to the server, and the server as it is seen through it."""
    with line_to(server.url) as (line, address):
        yield line, replace(server, url=address)


def told_that_the_line_is_lost(anna: Trainee) -> None:
    expect(anna.page.locator("#page-banner")).to_contain_text(anna.say("server.lost"))


def told_that_it_is_back(anna: Trainee) -> None:
    expect(anna.page.locator("#page-banner")).to_be_empty(timeout=40_000)


def locked(store: FactStore, kind: type, words: str) -> int:
    """Count the locks of one kind that hold these words."""
    return sum(isinstance(row.fact, kind) and row.fact.judgement.reasons == words for row in store.after(0))


def test_a_cut_line_is_told_and_a_lock_waits_for_it(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        line.cut()
        anna.judge(1, 6, "skrevet uden forbindelse")
        told_that_the_line_is_lost(anna)
        anna.lock(1)
        expect(anna.page.get_by_text(anna.say("form.waiting"))).to_be_visible()
        expect(anna.button("judgement.lock1")).to_be_disabled()
        assert anna.page.locator(".skoen-score").count() == 0, "no score before the lock is durable"
        assert locked(store, InitialLocked, "skrevet uden forbindelse") == 0
        line.mend()
        anna.at_step(2, case=1)
        told_that_it_is_back(anna)
        assert locked(store, InitialLocked, "skrevet uden forbindelse") == 1


def test_a_dropped_line_loses_no_press_and_doubles_none(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 6, "linjen falder, mens jeg låser")
        anna.lock(1)
        line.drop()
        anna.at_step(2, case=1)
        line.drop()
        for name in ("age", "referrals_90d"):
            anna.page.locator(f'.skoen-flags [data-name="{name}"]').click()
        anna.press("score.onward")
        anna.at_step(3, case=1)
        anna.judge(3, 5, "og igen, mens jeg låser igen")
        line.drop()
        anna.lock(3)
        anna.at(anna.say("step.4.title"))
    assert locked(store, InitialLocked, "linjen falder, mens jeg låser") == 1
    assert locked(store, FinalLocked, "og igen, mens jeg låser igen") == 1
    newest = store.after(0)[-1].actor
    flags = [row.fact.name for row in store.after(0) if row.actor == newest and isinstance(row.fact, InputFlagged)]
    assert flags == ["age", "referrals_90d"]


def test_what_a_lost_kernel_had_taken_is_forgotten_by_the_tab(visit, server, store) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 6, "låst, men svaret kom aldrig frem")
        held = anna.page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
        anna.lock(1)
        anna.at_step(2, case=1)
        # As if the kernel had died between the commit and its answer: the tab still holds the press.
        recorded = [row for row in store.after(0) if isinstance(row.fact, InitialLocked)][-1]
        anna.page.evaluate(
            """([held, id]) => {
                for (const [name, text] of JSON.parse(held).filter(([name]) => name.endsWith("/1"))) {
                    const kept = JSON.parse(text);
                    const values = { rating: "6", reasons: kept.fields.reasons.value };
                    kept.outbox = [{ type: "send", values, command_id: id, browser_time: 0 }];
                    sessionStorage.setItem(name, JSON.stringify(kept));
                }
            }""",
            [held, recorded.command_id],
        )
        anna.page.reload()
        anna.settle()
        anna.at_step(2, case=1)
        expect(anna.page.locator(".skoen-flags")).to_be_visible()
        anna.page.wait_for_timeout(4_000)  # the tab looks for what waits a moment after the page is drawn
        left = anna.page.evaluate("Object.entries(sessionStorage).filter(([, text]) => text.includes('aldrig frem'))")
        assert left == []
        assert anna.page.locator(".skoen-notice").count() == 0
    assert locked(store, InitialLocked, "låst, men svaret kom aldrig frem") == 1


def test_a_slow_line_is_only_slow(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.arrive()
        anna.introduce()
        line.delay(0.4)
        anna.open(1)
        anna.judge(1, 6, "langsomt net")
        anna.lock(1)
        anna.at_step(2, case=1)
    assert locked(store, InitialLocked, "langsomt net") == 1


def test_two_minutes_without_a_line(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        line.cut()
        anna.judge(1, 9, "to minutter i en tunnel")
        told_that_the_line_is_lost(anna)
        anna.lock(1)
        anna.page.wait_for_timeout(120_000)  # the two minutes are what is tested
        line.drop()
        line.mend()
        expect(anna.page.locator(".skoen-where")).to_have_text(
            anna.say("header.where", number=1, total=4, step=2), timeout=60_000
        )
        assert locked(store, InitialLocked, "to minutter i en tunnel") == 1


def test_unsent_answers_as_a_file_can_be_taken_in_later(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        line.cut()
        anna.judge(1, 4, "gemt i en fil")
        told_that_the_line_is_lost(anna)
        anna.lock(1)
        with anna.page.expect_download() as saved:
            anna.press("rescue.save")
        content = json.loads(saved.value.path().read_text(encoding="utf-8"))
        assert [entry["outbox"][0]["values"]["reasons"] for entry in content["entries"].values()] == ["gemt i en fil"]

        # The tab is closed and what it held is gone; then the line is back.
        later = Trainee(anna.page.context.new_page(), server.url)
        anna.page.close(run_before_unload=False)
        line.drop()
        line.mend()
        later.arrive()
        later.at_step(1, case=1)
        assert later.chosen() == []
        later.page.get_by_text(later.say("rescue.title")).click()
        later.page.locator(".skoen-rescue input").set_input_files(str(saved.value.path()))
        later.at_step(2, case=1)
    assert locked(store, InitialLocked, "gemt i en fil") == 1


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def test_a_tab_whose_storage_is_full_can_lock_all_the_same(visit, store) -> None:
    with visit() as anna:
        anna.page.add_init_script(FULL)
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 6, "uden lager")
        anna.lock(1)
        anna.at_step(2, case=1)
    assert locked(store, InitialLocked, "uden lager") == 1


REFUSED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("refused", "SecurityError"); }
})"""


def test_a_browser_that_keeps_nothing_delivers_what_waits_or_saves_it_as_a_file(visit, through, store) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.page.add_init_script(REFUSED)
        anna.arrive()
        anna.introduce()
        anna.open(1)
        line.cut()
        anna.judge(1, 6, "intet lager og ingen linje")
        told_that_the_line_is_lost(anna)
        anna.lock(1)
        with anna.page.expect_download() as saved:
            anna.press("rescue.save")
        file = saved.value.path()
        assert "intet lager og ingen linje" in file.read_text(encoding="utf-8")
        line.mend()
        anna.at_step(2, case=1)
        anna.page.get_by_text(anna.say("rescue.title")).click()
        anna.page.locator(".skoen-rescue input").set_input_files(str(file))
        expect(anna.page.get_by_text(anna.say("rescue.refused"))).to_be_visible()
    assert locked(store, InitialLocked, "intet lager og ingen linje") == 1


def test_a_browser_that_keeps_nothing_asks_before_what_waits_is_left(visit, through) -> None:
    line, server = through
    with visit(to=server) as anna:
        anna.page.add_init_script(REFUSED)
        anna.arrive()
        anna.introduce()
        anna.open(1)
        line.cut()
        anna.judge(1, 6, "kun her på siden")
        anna.lock(1)
        asked: list[str] = []
        anna.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        anna.page.evaluate("setTimeout(() => location.reload())")
        anna.page.wait_for_timeout(1_000)  # for the question to be asked and declined
        assert asked == ["beforeunload"]
        line.mend()
        anna.at_step(2, case=1)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_after_half_an_hour_of_rest_she_goes_on_where_she_was(visit, size, screenshots) -> None:
    with visit(size) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 6, "skrevet før pausen")
        expect(anna.page.get_by_text(anna.say("form.kept")).first).to_be_visible()
        anna.page.route("**/api/alive/*", lambda route: route.fulfill(status=410, json={"alive": False}))
        expect(anna.page.get_by_role("heading", name=anna.say("server.rested_title"))).to_be_focused()
        expect(anna.page.get_by_role("button")).to_have_text([anna.say("server.go_on")])
        anna.page.screenshot(path=screenshots / f"rest-{size}.png")
        anna.page.unroute_all()
        anna.press("server.go_on")
        anna.at_step(1, case=1)
        assert anna.chosen() == ["6"]
        expect(anna.text("judgement.reasons1")).to_have_value("skrevet før pausen")


def test_of_two_tabs_the_slower_one_keeps_nothing_after_the_lock(visit) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        slower = Trainee(anna.page.context.new_page(), anna.url)
        slower.arrive()
        slower.at_step(1, case=1)
        slower.judge(1, 8, "kommer for sent")
        anna.judge(1, 3, "den hurtigste")
        anna.lock(1)
        anna.at_step(2, case=1)
        slower.lock(1)
        slower.at_step(2, case=1)
        expect(slower.page.locator(".skoen-notice")).to_contain_text("kommer for sent")
        slower.page.wait_for_timeout(500)  # the answer comes right after the page
        assert "kommer for sent" not in slower.page.evaluate("JSON.stringify(sessionStorage)")
