"""A trainee's whole way in Danish, with everything that goes wrong on a real machine in the middle of it."""

from __future__ import annotations

import csv
import io
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.server import Running
from explain.apps.wiring import case_sets
from explain.domain.facts import CaseSkipped, CheckAnswered, FinalLocked, InitialLocked
from explain.models.scorer import Pilot1Scorer
from explain.sessions.ports import FactStore, Recorded
from explain.store import open_store
from tests.practice import four_cases

from .conftest import SIZES, guarded
from .walk import Trainee

CASES = next(iter(case_sets(four_cases()).values())).cases
FIRST = (7, 2, 9, 10)
"""Her first rating of each case, ..."""
FINAL = (6, 2, 9, 8)
"""... and her final one."""
OPENED_TO_CLOSED = (
    *("CaseOpened", "InitialLocked", "ScoreRevealed", "Reconsidered"),
    *("FinalLocked", "FeedbackOpened", "CaseClosed"),
)


@pytest.fixture
def store(server: Running) -> Iterator[FactStore]:
    """The server's store, read beside it."""
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as opened:
        yield opened


def streams(store: FactStore) -> dict[str, list[Recorded]]:
    """Return what the newest participant did, by stream without her id."""
    rows = store.after(0)
    actor = rows[-1].actor
    found: dict[str, list[Recorded]] = {}
    for row in rows:
        if row.actor == actor:
            found.setdefault(row.stream.replace(actor, "anna"), []).append(row)
    return found


def kinds(rows: list[Recorded]) -> tuple[str, ...]:
    return tuple(type(row.fact).__name__ for row in rows)


def type_with_interruptions(anna: Trainee) -> str:
    """Write in step 1 of the first case, with a reload and a killed kernel in the middle; return what was written."""
    anna.page.get_by_role("radio", name="7", exact=True).check()
    field = anna.text("judgement.reasons1")
    field.press_sequentially("Moren søger hjælp,")
    anna.page.reload()
    anna.settle()
    anna.at_step(1, case=1)
    expect(field).to_have_value("Moren søger hjælp,")
    assert anna.chosen() == ["7"]

    field.press("Control+End")
    field.press_sequentially(" men tager ikke imod")
    anna.kill_kernel()
    field.press_sequentially(" den – »bare søvn«.")
    expect(anna.page.locator("#page-banner")).to_contain_text(anna.say("server.ended"))
    anna.resume()
    anna.at_step(1, case=1)
    whole = "Moren søger hjælp, men tager ikke imod den – »bare søvn«."
    expect(field).to_have_value(whole)
    assert anna.chosen() == ["7"]
    return whole


def lock_and_lose(anna: Trainee, *, before_it_arrives: bool) -> None:
    """Press lock, and let the kernel die before or while it hears of it."""
    kernel = anna.kernel()
    if before_it_arrives:
        kernel.send_signal(signal.SIGSTOP)
    anna.lock(1)
    kernel.kill()
    anna.resume()


def check_table(text: str, cases: list[int], reasons: str) -> None:
    """Check the downloaded table: her answers by case, in order."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["sag"] for row in rows] == [CASES[number].key for number in cases]
    assert [row["titel"] for row in rows] == [CASES[number].text("da").title for number in cases]
    assert [int(row["foerste_vurdering"]) for row in rows] == [FIRST[number] for number in cases]
    assert [int(row["vurdering_nu"]) for row in rows] == [FINAL[number] for number in cases]
    scores = [Pilot1Scorer().score(CASES[number]) for number in cases]
    assert [int(row["scorens_tiendedel"]) for row in rows] == [score.value for score in scores]
    assert [row["rs"] for row in rows] == [f"{score.raw:.6f}".replace(".", ",") for score in scores]
    assert {row["use"] for row in rows} == {"teaching_only"}
    assert rows[0]["foerste_begrundelse"] == reasons
    assert rows[0]["passer_ikke"] == "3 år gammel"
    assert rows[0]["eftertanke"] == 'Spørg "hvem, hvad, hvornår";\nog hør barnet.'


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_journey(visit, store: FactStore, size: str) -> None:
    phone = size == "phone"
    with visit(size) as anna:
        anna.arrive()
        anna.introduce()

        # The first case, with all that can go wrong.
        anna.open(1)
        assert anna.chosen() == [], "a rating has no default"
        reasons = type_with_interruptions(anna)
        lock_and_lose(anna, before_it_arrives=not phone)
        anna.at_step(2, case=1)
        anna.at(anna.say("step.2.title"))
        flag = anna.page.locator('.skoen-flags [data-name="age"]')
        flag.click()
        expect(flag).to_have_attribute("aria-pressed", "true")
        anna.press("score.onward")
        anna.at_step(3, case=1)
        expect(anna.page.locator(".skoen-own-words")).to_have_text(reasons)
        assert anna.chosen() == [], "nor has the second one"
        anna.judge(3, FINAL[0], "Scoren så ikke det, pigen siger.")
        anna.lock(3)
        anna.close_case('Spørg "hvem, hvad, hvornår";\nog hør barnet.')

        # The second: the kernel dies when the lock is durable, and the browser may not know it yet.
        anna.open(2)
        anna.judge(1, FIRST[1], "Han møder op.")
        anna.lock(1)
        wait_for(store, "encounter/grundforloeb/fravaer-paa-gymnasiet/anna/1", InitialLocked, anna)
        anna.kill_kernel()
        anna.resume()
        anna.at_step(2, case=2)
        anna.press("score.onward")
        anna.at(anna.say("step.3.title"))
        anna.judge(3, FINAL[1], "Jeg bliver stående.")
        anna.lock(3)
        anna.close_case()

        # The third warns of what it is about, and may be skipped.
        anna.at_gate(3)
        expect(anna.page.locator(".skoen-warning")).to_contain_text(anna.say("content_note.violence"))
        if phone:
            anna.walk_case(3, FIRST[2], FINAL[2])
            anna.close_case()
        else:
            anna.press("gate.skip")
        anna.walk_case(4, FIRST[3], FINAL[3])
        anna.close_case()

        # Her own picture, and her answers to take along.
        anna.at(anna.say("picture.title"))
        cases = [0, 1, 2, 3] if phone else [0, 1, 3]
        expect(anna.page.locator(".skoen-lead")).to_contain_text(anna.say("picture.moved", moved=2, cases=len(cases)))
        with anna.page.expect_download() as saving:
            anna.press("download.csv")
        assert saving.value.suggested_filename == "mine-svar.csv"
        check_table(Path(saving.value.path()).read_bytes().decode("utf-8"), cases, reasons)
        with anna.page.context.expect_page() as opening:
            anna.press("download.page")
        paper = opening.value
        expect(paper.get_by_role("heading", level=1)).to_have_text(anna.say("download.page_title"))
        expect(paper.locator("html")).to_have_attribute("lang", "da")
        expect(paper.locator("body")).to_contain_text(reasons)
        expect(paper.locator("body")).to_contain_text(anna.say("teaching_only"))
        expect(paper.get_by_role("heading", level=2)).to_have_count(len(cases))

    check_record(streams(store), phone=phone, reasons=reasons)


def wait_for(store: FactStore, stream: str, kind: type, anna: Trainee) -> None:
    """Wait until the store holds a fact of a kind."""
    for _ in range(2400):
        if any(isinstance(row.fact, kind) for row in streams(store).get(stream, ())):
            return
        anna.page.wait_for_timeout(25)
    raise AssertionError(f"{stream} must come to hold {kind.__name__}")


def check_record(found: dict[str, list[Recorded]], *, phone: bool, reasons: str) -> None:
    """Check that everything was recorded once, in order, whatever died on the way."""
    participation = found.pop("participation/anna/1")
    assert kinds(participation) == ("Joined", *["CheckAnswered"] * 3, "IntroductionRead")
    assert all(row.fact.right for row in participation if isinstance(row.fact, CheckAnswered))
    assert list(found) == [f"encounter/{case.key}/anna/1" for case in CASES]
    for number, rows in enumerate(found.values()):
        if number == 2 and not phone:
            assert [type(row.fact) for row in rows] == [CaseSkipped]
            continue
        without_flags = tuple(kind for kind in kinds(rows) if kind != "InputFlagged")
        assert without_flags == OPENED_TO_CLOSED
        assert kinds(rows).count("InputFlagged") == (number == 0)
        first = next(row.fact.judgement for row in rows if isinstance(row.fact, InitialLocked))
        final = next(row.fact.judgement for row in rows if isinstance(row.fact, FinalLocked))
        assert (first.rating, final.rating) == (FIRST[number], FINAL[number])
        if number == 0:
            assert first.reasons == reasons


def test_the_rating_by_keyboard_and_the_lock_without_one(visit) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        assert anna.chosen() == []
        anna.lock(1)
        problem = anna.page.get_by_role("alert").filter(has_text=anna.say("form.missing"))
        expect(problem).to_be_visible()
        marked = anna.page.locator("[data-missing]")
        expect(marked).to_have_count(2)
        expect(marked.first).to_contain_text(anna.say("rating.question"))
        expect(marked.last).to_contain_text(anna.say("judgement.reasons1"))
        expect(anna.rating(1)).to_be_focused()

        keys = anna.page.keyboard
        for key, number in (("7", "7"), ("0", "10"), ("1", "1"), ("5", "5")):
            keys.press(key)
            assert anna.chosen() == [number]
        keys.press("ArrowRight")
        assert anna.chosen() == ["6"]
        keys.press("ArrowLeft")
        keys.press("ArrowLeft")
        assert anna.chosen() == ["4"]
        expect(marked).to_have_count(1)

        anna.lock(1)
        expect(problem).to_be_visible()
        expect(anna.text("judgement.reasons1")).to_be_focused()
        keys.type("Tal som 7 i teksten vælger ikke: 0 1 2")
        assert anna.chosen() == ["4"]
        expect(problem).to_be_hidden()
        for _ in range(10):  # on to the button with the keyboard alone
            keys.press("Tab")
            if anna.button("judgement.lock1").evaluate("one => one === document.activeElement"):
                break
        keys.press("Enter")
        expect(anna.at(anna.say("step.2.title"))).to_be_focused()


def test_who_begins_to_write_at_once_is_left_at_it(visit) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.press("gate.open")
        field = anna.text("judgement.reasons1")
        written = "Barnet fortæller selv, hvad der er sket, og skolen bekræfter det. " * 2
        field.press_sequentially(written)
        expect(field).to_have_value(written)


def test_another_day_in_the_same_browser(playwright, chromium: str, server: Running, tmp_path: Path) -> None:
    def open_browser():
        return playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )

    with open_browser() as profile, guarded(profile, server.url):
        anna = Trainee(profile.new_page(), server.url).arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 10, "Her stopper jeg i dag.")
        expect(anna.page.locator(".skoen-status").filter(has_text=anna.say("form.kept"))).to_be_visible()
        anna.page.close()
        again = Trainee(profile.new_page(), server.url).arrive()
        again.at_step(1, case=1)
        expect(again.text("judgement.reasons1")).to_have_value("Her stopper jeg i dag.")
    with open_browser() as profile, guarded(profile, server.url):
        anna = Trainee(profile.new_page(), server.url).arrive()
        anna.at_step(1, case=1)
        assert anna.chosen() == ["10"]
        expect(anna.text("judgement.reasons1")).to_have_value("Her stopper jeg i dag.")
        anna.lock(1)
        anna.at_step(2, case=1)


def test_a_second_tab_is_told_that_the_first_was_faster(visit) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        other = Trainee(anna.page.context.new_page(), anna.url).arrive()
        other.judge(1, 3, "Det andet vindue.")
        anna.judge(1, 8, "Det første vindue.")
        anna.lock(1)
        anna.at_step(2, case=1)
        other.lock(1)
        told = other.page.locator(".skoen-notice")
        expect(told).to_contain_text(anna.say("refused.already_locked"))
        expect(told).to_contain_text("Det andet vindue.")  # nothing she wrote is lost
        other.at_step(2, case=1)
        other.press("score.onward")
        expect(other.page.locator(".skoen-own-words")).to_have_text("Det første vindue.")


def test_what_was_typed_in_a_step_another_tab_locked_is_shown_once_and_leaves_the_tab(visit) -> None:
    with visit() as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        other = Trainee(anna.page.context.new_page(), anna.url).arrive()
        other.judge(1, 3, "skrevet, men aldrig sendt")
        anna.judge(1, 8, "låst")
        anna.lock(1)
        anna.at_step(2, case=1)
        other.page.reload()
        other.settle()
        other.at_step(2, case=1)
        told = other.page.locator(".skoen-notice")
        expect(told).to_contain_text("skrevet, men aldrig sendt")
        while "aldrig sendt" in other.page.evaluate("JSON.stringify(sessionStorage)"):
            other.page.wait_for_timeout(50)
        other.page.reload()
        other.settle()
        other.at_step(2, case=1)
        expect(told).to_have_count(0)
