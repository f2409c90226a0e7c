"""What was refused is nowhere: typed into every free text of the real pages, it is in no file, log or download."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.server import Running
from explain.store import open_store
from tests.practice import OWN

from .line import line_to
from .walk import Trainee

REAL = {
    "cpr": "0101" + "90-1234",
    "phone": "22 33 " + "44 55",
    "email": "mor" + "@" + "hjem.example",
    "web": "www." + "minside.example/album",
    "address": "Birkevej " + "12, 2. th",
    "birth_date": "født 3. " + "maj 2012",
    "date": "14. " + "marts 2021",
}
"""Of every kind that is refused one; made up, nobody's, and put together here."""
MENDED = "Moren græder, når hun fortæller det."
"""Stored, so that looking for a text proves something."""


def refused_then_mended(anna: Trainee, box: str, kind: str, button: str) -> None:
    """Write what is refused into a free text, see it marked, press all the same, see it refused; then mend it."""
    page = anna.page
    text = page.get_by_label(anna.say(box))
    text.fill(f"Moren siger: {REAL[kind]}, og græder.")
    marked = page.locator(".skoen-refused mark:visible")
    expect(marked).to_contain_text(REAL[kind].split()[-1])
    expect(page.locator(".skoen-refused:visible")).to_contain_text(anna.say(f"guard.instead.{kind}"))
    expect(page.get_by_role("status").filter(has_text=anna.say("form.not_kept"))).to_be_visible()
    anna.press(button)
    expect(page.get_by_role("alert").filter(has_text=anna.say("guard.stop"))).to_be_visible()
    expect(text).to_be_focused()
    text.fill(MENDED)
    expect(marked).to_have_count(0)


def walk(anna: Trainee, kinds: list[str]) -> None:
    """Walk a case that is open through its four steps, over a refused text in every field."""
    anna.rating(6).check()
    anna.text("judgement.reasons1").fill(MENDED)
    refused_then_mended(anna, "judgement.reasons1", kinds[0], "judgement.lock1")
    refused_then_mended(anna, "question.missing", kinds[1], "judgement.lock1")
    anna.lock(1)
    anna.at(anna.say("step.2.title"))
    anna.press("score.onward")
    anna.at(anna.say("step.3.title"))
    anna.rating(6).check()
    refused_then_mended(anna, "judgement.reasons3", kinds[2], "judgement.lock3")
    anna.lock(3)
    anna.at(anna.say("step.4.title"))
    refused_then_mended(anna, "reflection.field", kinds[3], "reflection.close")
    anna.press("reflection.close")


def downloads(anna: Trainee) -> str:
    """Return what the two downloads hold."""
    with anna.page.expect_download() as saved:
        anna.press("download.csv")
    text = saved.value.path().read_text(encoding="utf-8")
    with anna.page.context.expect_page() as opening:
        anna.press("download.page")
    expect(opening.value.get_by_role("heading", level=1)).to_be_visible()
    return text + opening.value.content()


def files_of(server: Running) -> dict[str, bytes]:
    """Return every file the server has: its data folder, what it logged, and the folder of its kernels."""
    folders = [server.data, server.folder()]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in [*paths, server.log]}


def test_what_is_refused_is_nowhere(visit, serve) -> None:
    with serve() as server, visit(to=server) as anna:
        heard: list[str] = []
        anna.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
        anna.arrive()
        anna.introduce()
        anna.open(1)
        walk(anna, ["cpr", "phone", "email", "web"])
        anna.at_gate(2)

        prefill(anna, server)
        anna.page.goto(anna.url + "?case=own")
        anna.settle().at(anna.say("own.title"))
        anna.page.get_by_label(anna.say("own.confirm.invented")).check()
        refused_then_mended(anna, "own.label.title", "address", "own.submit")
        refused_then_mended(anna, "own.label.body", "birth_date", "own.submit")
        anna.press("own.submit")
        anna.at(anna.say("own.ready_title"))
        anna.press("gate.open")
        walk(anna, ["date", "cpr", "phone", "address"])
        anna.at(anna.say("own.over_title"))

        anna.page.goto(anna.url)
        anna.settle()
        for case in (2, 3, 4):
            anna.walk_case(case, 3, 4, words="Skolen")
            anna.close_case()
        anna.at(anna.say("picture.title"))
        taken = downloads(anna)
        tab = anna.page.evaluate("JSON.stringify(sessionStorage)")
        files = files_of(server)
        assert any(name.endswith("-wal") for name in files)
        assert any(MENDED.encode() in content for content in files.values())
        assert MENDED in taken
        places = files | {"downloads": taken.encode(), "the tab": tab.encode(), "heard": "".join(heard).encode()}
        assert heard
        for kind, real in REAL.items():
            assert [place for place, content in places.items() if real.encode() in content] == [], kind
    left = {str(path): path.read_bytes() for path in server.data.rglob("*") if path.is_file()}
    left |= {"log": server.log.read_bytes()}
    for kind, real in REAL.items():
        assert [place for place, content in left.items() if real.encode() in content] == [], kind


def prefill(anna: Trainee, server: Running) -> None:
    """Put what is not free text into the form of her own case, as drafts that she might have left there."""
    with closing(open_store(f"sqlite:///{server.data / 'skoen.sqlite'}")) as store:
        (actor,) = {row.actor for row in store.read_prefix("participation")}
        for name, value in OWN.items():
            if name not in ("title", "body"):
                store.save_draft(f"own/{actor}/1", name, value, 1, actor)
        store.save_draft(f"own/{actor}/1", "title", "En dreng", 1, actor)
        store.save_draft(f"own/{actor}/1", "body", MENDED, 1, actor)


@pytest.mark.parametrize("looked_through", [True, False], ids=["looked through", "line gone"])
def test_what_is_refused_is_not_in_the_file_of_unsent_answers(visit, server, looked_through: bool) -> None:
    with line_to(server.url) as (line, address), visit(to=replace(server, url=address)) as anna:
        anna.arrive()
        anna.introduce()
        anna.open(1)
        if not looked_through:
            line.cut()
        words = ". ".join(f"Moren siger {real}" for real in REAL.values())
        anna.judge(1, 4, f"{words}. Han er træt.")
        if looked_through:
            expect(anna.page.locator(".skoen-refused mark")).to_have_count(len(REAL))
            line.cut()
        expect(anna.page.locator("#page-banner")).to_contain_text(anna.say("server.lost"))
        anna.lock(1)
        with anna.page.expect_download() as saved:
            anna.press("rescue.save")
        told = Path(saved.value.path()).read_text(encoding="utf-8")
        (entry,) = json.loads(told)["entries"].values()
        for text in (entry["fields"]["reasons"]["value"], entry["outbox"][0]["values"]["reasons"]):
            assert text.endswith("Han er træt.")
            assert text.count(anna.say("rescue.omitted")) >= len(REAL)
        for kind, real in REAL.items():
            assert real not in told, kind
        # In the tab it stays until she mends it: nothing she wrote is lost.
        expect(anna.text("judgement.reasons1")).to_have_value(f"{words}. Han er træt.")
        line.drop()
        line.mend()
