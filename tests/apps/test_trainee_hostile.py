"""A hostile browser can set every synced trait and send every message; it gets no further than an honest one."""

from __future__ import annotations

import json

import pytest

from explain.apps.trainee import TraineePage
from explain.domain.encounter import Informed, Judging
from explain.texts import sayer
from explain.views.components.form import Form

EVERYTHING = {
    "rating": "10",
    "reasons": "fjendtlig",
    "missing": "fjendtlig",
    "reflection": "fjendtlig",
    "preset": "score_only",
    "score": "10",
    "meaning": "rank",
    "unseen": "text",
    "difference": "look",
}
FIELDS = [{"name": name} for name in EVERYTHING]


def keys_of(trainee):
    """Every key a browser has seen or could guess."""
    keys = {widget.key for widget in trainee.widgets if isinstance(widget, Form)} | {"", "welcome"}
    if trainee.desk.progress:
        first, *_, last = [one.stream for one in trainee.desk.progress.meetings]
        endings = ("gate", "open", "skip", "1", "2", "3", "4")
        keys |= {f"{stream}/{ending}" for stream in (first, last) for ending in endings}
        run = trainee.desk.progress.stream
        keys |= {f"{run}/{ending}" for ending in ("checks", "introduced", "again")}
    return keys


def attack_what_is_not_asked(trainee):
    """Send every form that asks nothing now, under every key, after setting its traits, all that forms can be sent."""
    page, wire, tried = trainee.page, trainee.wire, 0
    asked = {trainee.form, page.gate.skipping if trainee.place == "gate" else trainee.form}
    for form in [one for one in trainee.widgets if isinstance(one, Form) and one not in asked]:
        for key in keys_of(trainee):
            wire.set(form, key=key, fields=FIELDS)
            tried += 1
            sent = {"key": key, "command_id": f"hostile-{id(form)}-{tried}", "browser_time": 1}
            wire.send(form, {"type": "send", **sent, "values": EVERYTHING})
            for name in EVERYTHING:
                wire.send(form, {"type": "draft", "key": key, "field": name, "value": "x", "revision": 9})
        form.key = ""
        wire.sent.clear()  # a press from a page that is not shown is answered with the whole page
    return tried


def drafts(trainee):
    progress = trainee.desk.progress
    store = trainee.desk.training.store
    return [store.drafts(one.stream) for one in progress.meetings] if progress else []


def test_a_form_that_is_not_asked_takes_nothing_at_any_place(at_page):
    trainee = at_page()
    for place in trainee.walk():
        if place in ("gate", "1", "2", "3", "4") and trainee.desk.meeting.number > 1:
            continue  # as at the first case
        before = trainee.facts(), drafts(trainee), trainee.place
        assert attack_what_is_not_asked(trainee) >= 6
        assert (trainee.facts(), drafts(trainee), trainee.place) == before


JUNK = (None, True, -1, "", "IPY_MODEL_0", [], [{}], {"score": 10}, "x" * 10_000)


@pytest.mark.parametrize("place", ["welcome", "reading", "gate", "1", "2", "3", "4", "picture"])
def test_setting_every_synced_trait_to_junk_stores_nothing_and_stops_nothing(at_page, place):
    trainee = at_page().go_to(place)
    form, key, before = trainee.form, trainee.form.key, trainee.facts()
    for widget in trainee.widgets:
        for name in widget.keys:
            if name not in ("children", "layout", "style"):  # references between widgets: a page's own affair
                for value in JUNK:
                    trainee.wire.set(widget, **{name: value})
    assert trainee.facts() == before
    sent = {"type": "send", "key": key, "command_id": "honest", "browser_time": 1}
    trainee.wire.send(form, sent | {"values": {"rating": "4", "reasons": "fordi", **RIGHT}})
    answer = trainee.wire.answers(form)[-1]
    assert answer == {"type": "acknowledged", "key": key, "command_id": "honest", "problem": ""}
    assert len(trainee.facts()) > len(before)


RIGHT = {"meaning": "rank", "unseen": "text", "difference": "look", "preset": "teaching", "reflection": "lært"}


def test_what_is_stored_is_what_was_sent_not_what_a_trait_says(at_page):
    trainee = at_page().go_to("1")
    form, key = trainee.form, trainee.form.key
    draft = {"rating": {"value": "10", "revision": 9}, "reasons": {"value": "fjendtlig", "revision": 9}}
    trainee.wire.set(form, drafts=draft, fields=FIELDS, key="encounter/grundforloeb/ude-om-natten/andre/1/1")
    values = EVERYTHING | {"rating": "3", "reasons": "mine"}
    trainee.wire.send(
        form, {"type": "send", "key": key, "command_id": "c", "browser_time": 1, "values": values | {"urgent": "yes"}}
    )
    state = trainee.desk.meeting.state
    assert isinstance(state, Informed)
    judgement = state.initial
    assert (judgement.rating, judgement.reasons, judgement.missing, judgement.urgent) == (3, "mine", "fjendtlig", None)


def test_no_message_makes_a_score_be_delivered_before_the_lock(at_page, wire):
    trainee = at_page().go_to("1")
    page, stream = trainee.page, trainee.desk.meeting.stream
    wire.set(page.side.score.form, key=f"{stream}/2", fields=[])
    wire.set(page.side.score.figure, figure={"data": [{"x": [1]}]}, label="Score")
    wire.set(page.side.score.flags, rows=[{"name": "age", "value": "", "source": "", "flagged": False}])
    wire.set(page.stage, place=f"{stream}/2")
    for layout in (page.side.score.layout, page.side.reflection.layout):
        wire.set(layout, display=None)
    wire.send(page.side.score.form, {"type": "send", "key": f"{stream}/2", "command_id": "c1", "values": {}})
    wire.send(page.side.score.flags, {"type": "flag", "name": "age", "fits": False, "command_id": "c2"})
    for kind in ("reveal", "score", "show", "make", "request_state", "request_states"):
        for widget in trainee.widgets:
            wire.send(widget, {"type": kind})
    assert isinstance(trainee.desk.meeting.state, Judging)
    assert trainee.facts()[-1] == "CaseOpened"
    assert "skoen-score-number" not in trainee.received()


def test_a_download_that_is_not_offered_makes_nothing(at_page, wire):
    waiting = TraineePage().picture  # built, and nobody is there
    picture = at_page().go_to("2").page.picture
    for widget in (waiting.csv, waiting.paper, picture.csv, picture.paper):
        wire.send(widget, {"type": "make"})
        assert wire.answers(widget) == []


def test_where_nothing_is_flagged_on_the_page_nothing_can_be_flagged(at_page, wire):
    trainee = at_page(preset="pilot1").go_to("2")
    flags = trainee.page.side.score.flags
    wire.set(flags, rows=[{"name": "age"}])
    wire.send(flags, {"type": "flag", "key": flags.outbox, "name": "age", "fits": False, "command_id": "c"})
    assert "InputFlagged" not in trainee.facts()


def test_a_flag_of_what_is_no_input_is_not_recorded(at_page, wire):
    trainee = at_page().go_to("2")
    for name in ("score", "", "rating", "x" * 10_000):
        flags = trainee.page.side.score.flags
        wire.send(flags, {"type": "flag", "key": flags.outbox, "name": name, "fits": False, "command_id": "c"})
    assert "InputFlagged" not in trainee.facts()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rating": ""}, "question_missing"),
        ({"rating": "0"}, "question_missing"),
        ({"rating": "11"}, "question_missing"),
        ({"rating": "syv"}, "question_missing"),
        ({"reasons": ""}, "reasons_missing"),
        ({"reasons": " \n "}, "reasons_missing"),
        ({"reasons": "x" * 20_001}, "too_long"),
        ({"missing": "x" * 20_001}, "too_long"),
    ],
)
def test_what_is_wrong_is_answered_with_a_sentence_and_nothing_is_stored(at_page, changed, sentence):
    trainee = at_page().go_to("1")
    before = trainee.facts()
    assert trainee.press(**changed) == sayer("da")(f"refused.{sentence}")
    assert (trainee.facts(), trainee.place) == (before, "1")


@pytest.mark.parametrize("values", [None, [], "x", 7, {"rating": 7, "reasons": ["x"]}, {}, {"rating": {"a": 1}}])
def test_answers_of_any_shape_are_ignored_or_answered(at_page, wire, values):
    trainee = at_page().go_to("1")
    before = trainee.facts()
    wire.send(trainee.form, {"type": "send", "key": trainee.form.key, "command_id": "c", "values": values})
    said = {sayer("da")("refused.question_missing")}
    assert {answer["problem"] for answer in wire.answers(trainee.form)} <= said
    assert trainee.facts() == before


def test_a_draft_that_is_too_long_is_not_said_to_be_kept(at_page, wire):
    trainee = at_page().go_to("1")
    draft = {"type": "draft", "key": trainee.form.key, "field": "reasons", "revision": 1}
    wire.send(trainee.form, draft | {"value": "x" * 20_001})
    assert wire.answers(trainee.form) == []
    wire.send(trainee.form, draft | {"value": "x" * 20_000})
    assert [answer["type"] for answer in wire.answers(trainee.form)] == ["kept"]


def test_no_one_can_take_the_service_s_own_command_ids(at_page, database, wire):
    """Else one could stop another's score for ever, by using its id first."""
    victim = at_page(database=database, name="aa" * 16).go_to("1")
    other = at_page(database=database, name="bb" * 16).go_to("1")
    taken = f"{victim.desk.meeting.stream}/DeliverScore"
    key = other.form.key
    values = {"rating": "5", "reasons": "x"}
    wire.send(other.form, {"type": "send", "key": key, "command_id": taken, "browser_time": 1, "values": values})
    assert wire.answers(other.form) == []
    victim.go_to("2")
    other.go_to("2")


def test_half_a_character_is_shown_as_one_that_is_missing(at_page):
    trainee = at_page().go_to("1")
    assert trainee.press(reasons="halv \ud83d") == ""
    trainee.go_to("3")
    assert "halv \ufffd" in trainee.page.side.judgement.page.value


def test_html_a_person_wrote_is_never_html(at_page):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    trainee = at_page()
    while trainee.place != "picture":
        assert trainee.press(reasons=hostile, missing=hostile, reflection=hostile) == ""
        values = [widget.value for widget in trainee.widgets if hasattr(widget, "value")]
        assert not [value for value in values if "<script" in value or "<img" in value]
    assert "&lt;script&gt;" in trainee.page.picture.table.value


# --- two tabs of one person ---


def test_of_two_tabs_one_locks_and_the_other_moves_on_and_says_so(at_page, database):
    first, second = (at_page(database=database).go_to("1") for _ in range(2))
    assert first.press(rating="3") == ""
    sentence = sayer("da")("refused.already_locked")
    assert second.press(rating="9") == sentence
    assert second.place == first.place == "2"
    assert sentence in second.page.notice.value
    assert 'role="alert"' in second.page.notice.value
    assert sentence not in first.page.notice.value
    assert second.desk.meeting.state.initial.rating == 3
    assert first.facts().count("InitialLocked") == 1
    assert second.press() == ""
    assert sentence not in second.page.notice.value


def test_a_tab_that_is_behind_comes_to_where_she_is(at_page, database):
    behind = at_page(database=database).go_to("2")
    ahead = at_page(database=database).go_to("4")
    assert behind.press() == sayer("da")("refused.not_now")
    assert behind.place == "4"
    assert json.dumps(behind.page.side.reflection.figure.figure) == json.dumps(ahead.page.side.reflection.figure.figure)


def test_a_press_that_two_tabs_deliver_is_carried_out_once(at_page, database):
    first, second = (at_page(database=database).go_to("1") for _ in range(2))
    assert first.press(command_id="once") == ""
    assert second.press(command_id="once") == ""
    assert first.facts().count("InitialLocked") == 1
    assert second.place == "2"


def test_two_tabs_that_begin_walk_one_run(at_page, database):
    tabs = [at_page(database=database) for _ in range(2)]
    for tab in tabs:
        assert tab.press() == ""
    assert tabs[0].facts() == ["Joined"]


def test_a_machine_that_stopped_between_lock_and_score_leaves_nobody_waiting(at_page, database, monkeypatch):
    trainee = at_page(database=database).go_to("1")

    def stop(case):
        raise KeyboardInterrupt

    monkeypatch.setattr(trainee.desk.training._scorer, "score", stop, raising=False)
    with pytest.raises(KeyboardInterrupt):
        trainee.press(rating="3")
    assert trainee.facts()[-1] == "InitialLocked"
    assert at_page(database=database).place == "2"
    assert trainee.facts()[-1] == "ScoreRevealed"
