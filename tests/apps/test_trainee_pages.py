"""Every page of the trainee's dashboard in both languages, under every preset, for every shipped case."""

from __future__ import annotations

import re

import pytest

from explain.domain.conditions import PRESETS
from explain.texts import LANGUAGES, catalogue, sayer

INTRODUCTION = ["welcome", "reading", "answered"]
PLACES = {
    "teaching": INTRODUCTION + ["gate", "1", "2", "3", "4"] * 4 + ["picture"],
    "pilot1": INTRODUCTION + ["gate", "1", "2", "3"] * 4 + ["4"] * 4 + ["picture"],
    "control": INTRODUCTION + ["gate", "1", "2", "3"] * 4 + ["4"] * 4 + ["picture"],
    "score_first": INTRODUCTION + ["gate", "2", "3", "4"] * 4 + ["picture"],
    "score_only": INTRODUCTION + ["gate", "2", "4"] * 4 + ["picture"],
}
FOREIGN = {
    "da": "the you your this that with which about case score's judgement referral child lock before",
    "en": "og ikke eller barnet du din dit hvad hvorfor sagen vurdering underretning scorens tiendedel før",
}
"""Words that stand on no page of the other language; both languages share too many others."""


def said(trainee):
    """Everything a person can read on the page, or hear, as pieces of text."""
    page = trainee.page
    for widget in trainee.widgets:
        state = widget.get_state()
        if "<" in str(state.get("value", "")):
            yield re.sub(r"<[^>]*>", "\n", state["value"])
            yield from re.findall(r'aria-label="([^"]*)"', state["value"])
        for form in state.get("fields", []):
            yield from (form["label"], form["hint"], *(option["label"] for option in form["options"]))
        if state.get("key"):
            yield from (state["button"], state["note"], *state["texts"].values())
        for row in state.get("rows", []):
            yield from (row["value"], row["source"], *state["texts"].values())
        if figure := state.get("figure"):
            yield state["label"]
            yield from (re.sub(r"<[^>]*>", "", note["text"]) for note in figure["layout"]["annotations"])
            yield from (trace.get("name") or "" for trace in figure["data"])
            yield figure["layout"]["xaxis"].get("title", {}).get("text", "")
    yield page.stage.title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_page_is_reached_and_speaks_its_language(at_page, preset, language):
    trainee = at_page(preset=preset, language=language)
    foreign = re.compile(rf"\b({FOREIGN[language].replace(' ', '|')})\b", re.IGNORECASE)
    places = []
    for place in trainee.walk():
        places.append(place)
        pieces = [piece for piece in said(trainee) if piece.strip()]
        assert pieces
        for piece in pieces:
            assert not re.search(r"[{}]|\bNone\b|Undefined|<bound", piece), piece
            assert not foreign.search(piece), piece
    assert places == PLACES[preset]


def test_the_words_looked_for_are_words_of_the_other_language():
    for language, other in (("da", "en"), ("en", "da")):
        spoken = " ".join(catalogue(other).values()).lower()
        assert all(re.search(rf"\b{word}\b", spoken) for word in FOREIGN[language].split()), other


@pytest.mark.parametrize("preset", PRESETS)
def test_one_room_is_shown_at_a_time_and_one_step_in_it(at_page, preset):
    trainee = at_page(preset=preset)
    page = trainee.page
    rooms = dict.fromkeys(INTRODUCTION, page.introduction) | {"gate": page.gate, "picture": page.picture}
    steps = {"1": page.side.judgement, "2": page.side.score, "3": page.side.judgement, "4": page.side.reflection}
    for place in trainee.walk():
        shown = [room for room in page.rooms if room.layout.display is None]
        assert shown == [rooms.get(place, page.side)]
        assert [step for step in page.side.steps if step.layout.display is None] == (
            [steps[place]] if place in steps else []
        )


def test_every_page_has_one_heading_that_the_eye_is_led_to(at_page):
    trainee = at_page()
    for _ in trainee.walk():
        assert trainee.state.count("data-step-heading") == 1


@pytest.mark.parametrize("preset", PRESETS)
def test_every_page_with_a_score_says_that_it_is_for_teaching(at_page, preset):
    trainee = at_page(preset=preset)
    seen = 0
    for place in trainee.walk():
        if "skoen-score-number" in trainee.state or place in ("4", "picture"):
            assert sayer("da")("teaching_only") in trainee.state
            seen += 1
    assert seen >= 5


def test_a_judgement_has_no_default(at_page):
    trainee = at_page().go_to("1")
    form = trainee.page.side.judgement.form
    assert form.drafts == {}
    assert [field["name"] for field in form.fields] == ["rating", "reasons", "missing"]
    assert trainee.go_to("3").page.side.judgement.form.drafts == {}


def test_the_first_judgement_stands_beside_the_second_and_is_escaped(at_page):
    page = at_page().go_to("3").page
    assert "Jeg ser &lt;b&gt;det&lt;/b&gt; &amp; mere" in page.side.judgement.page.value
    assert "<strong>4</strong>" in page.side.judgement.page.value


def test_the_case_stays_readable_at_every_step(at_page):
    trainee = at_page()
    for place in trainee.walk():
        if place in "1234":
            title = trainee.desk.case.text("da").title
            assert title in trainee.page.side.case.page.value


def test_drafts_are_found_again_by_a_new_page(at_page, database, wire):
    trainee = at_page(database=database).go_to("1")
    form = trainee.form
    wire.send(form, {"type": "draft", "key": form.key, "field": "reasons", "value": "Jeg ser", "revision": 5})
    wire.send(form, {"type": "draft", "key": form.key, "field": "rating", "value": "7", "revision": 6})
    again = at_page(database=database)
    assert again.place == "1"
    assert again.form.drafts == {
        "rating": {"value": "7", "revision": 6},
        "reasons": {"value": "Jeg ser", "revision": 5},
    }
    assert again.press() == ""
    assert at_page(database=database).form.get_state().get("drafts") == {}


@pytest.mark.parametrize("preset", ["teaching", "control", "score_only"])
def test_a_new_page_comes_back_to_the_same_place_and_shows_the_same(at_page, database, preset):
    trainee = at_page(database=database, preset=preset)
    places = set()
    for place in trainee.walk():
        if place not in places:  # once for each kind of page
            assert shown(at_page(database=database, preset=preset)) == shown(trainee)
        places.add(place)
    assert places == set(PLACES[preset])


def shown(trainee):
    """What a person sees: texts, forms that ask something, figures, flags."""
    page = trainee.page
    texts = [widget.value for widget in trainee.widgets if hasattr(widget, "value")]
    forms = [(one.key, one.fields, one.button, one.note) for one in trainee.widgets if getattr(one, "key", "")]
    figures = [one.figure for one in trainee.widgets if hasattr(one, "figure") and isinstance(one.figure, dict)]
    return page.stage.place, page.stage.title, texts, forms, figures, page.side.score.flags.rows


def test_another_person_begins_at_the_beginning(at_page, database):
    at_page(database=database).go_to("2")
    assert at_page(database=database, name="ab" * 16).place == "welcome"


def test_a_case_with_a_note_can_be_skipped_at_its_gate_and_others_cannot(at_page):
    trainee = at_page()
    offered = {}
    for place in trainee.walk():
        if place == "gate":
            offered[trainee.desk.case.folder] = bool(trainee.page.gate.skipping.key)
    noted = {
        case.folder: bool(case.pedagogy.content_notes) for case in trainee.desk.training.sets["grundforloeb"].cases
    }
    assert offered == noted
    assert set(noted.values()) == {True, False}


def test_between_two_cases_she_can_look_at_her_picture_and_stop_there(at_page, database):
    anna = at_page(database=database)
    gate, picture = anna.page.gate, anna.page.picture
    anna.go_to("gate")
    assert gate.looking_back.key == ""  # nothing to look back at yet
    anna.go_to("4")
    anna.press()
    assert anna.desk.say("gate.behind", done=1, total=4) in gate.page.value
    assert anna.press(gate.looking_back) == ""
    assert anna.place == "picture"
    assert anna.desk.say("picture.title_so_far") in picture.head.value
    assert picture.again.key == ""  # the run is not over
    assert anna.desk.say("rows.first") in picture.table.value
    assert at_page(database=database).place == "gate"  # a page opened anew is at the case that waits
    assert anna.press(picture.onward) == ""
    assert (anna.place, picture.onward.key) == ("gate", "")


def test_pilot_1_shows_no_picture_before_the_end(at_page):
    anna = at_page(preset="pilot1")
    for place in anna.walk():
        if place == "gate":
            assert anna.page.gate.looking_back.key == ""


def test_skipping_leads_to_the_next_gate(at_page):
    trainee = at_page().go_to("gate")
    while not trainee.page.gate.skipping.key:
        assert trainee.press() == ""
        trainee.go_to("gate")
    number = trainee.desk.meeting.number
    assert trainee.press(trainee.page.gate.skipping) == ""
    assert (trainee.place, trainee.desk.meeting.number) == ("gate", number + 1)
    assert "CaseSkipped" in trainee.facts()


def test_flagging_an_input_marks_its_row(at_page, wire):
    trainee = at_page().go_to("2")
    flags = trainee.page.side.score.flags
    press = {"type": "flag", "key": flags.outbox, "name": "age", "browser_time": 1}
    wire.send(flags, press | {"fits": False, "command_id": "f1"})
    assert [row["name"] for row in flags.rows if row["flagged"]] == ["age"]
    wire.send(flags, press | {"fits": True, "command_id": "f2"})
    assert [row["name"] for row in flags.rows if row["flagged"]] == []
    assert trainee.place == "2"


def test_colleagues_of_the_installation_are_shown_from_five_up(at_page, database):
    say = sayer("da")
    for number in range(5):
        trainee = at_page(database=database, name=f"{number}" * 32).go_to("4")
        assert say("reflection.no_colleagues") in trainee.page.side.reflection.page.value
        assert say("rows.colleagues") not in trainee.state
    trainee = at_page(database=database, name="5" * 32).go_to("4")
    assert say("reflection.colleagues", n=5) in trainee.page.side.reflection.page.value
    assert "5 gav 4" in trainee.page.side.reflection.page.value
    assert say("rows.colleagues") in trainee.state


def test_answers_are_downloaded_when_asked_for(at_page, wire):
    trainee = at_page().go_to("picture")
    for widget, begins in ((trainee.page.picture.csv, "\ufeffsag;"), (trainee.page.picture.paper, "<!doctype html>")):
        wire.send(widget, {"type": "make"})
        (file,) = wire.answers(widget)
        assert file["type"] == "file"
        assert file["text"].startswith(begins)
        assert "Jeg flytter mig" in file["text"]
