"""The trainee's page in a class: what she waits for, and that nothing comes before it is opened."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from explain.sessions.ports import utc_now
from explain.texts import LANGUAGES

from .test_trainee_pages import FOREIGN
from .test_trainer_pages import RESEARCH


def open_next(trainer) -> None:
    assert trainer.press("open") == ""


def to_the_gate(somebody):
    """Go through the introduction."""
    while somebody.place in ("reading", "answered"):
        assert somebody.press() == ""
    return somebody


def test_a_seat_leads_to_the_introduction_and_then_to_the_start(at_desk, in_class):
    trainer = at_desk().make()
    somebody = in_class(trainer)
    say = somebody.desk.say
    assert somebody.place == "reading"
    assert say("class.welcome_class", title="Hold 1") in somebody.state
    assert say("class.where", code=trainer.session.code, number=1) in somebody.page.header.value
    to_the_gate(somebody)
    assert somebody.place == "not_started"
    trainer.press("start")
    assert somebody.place == "not_started", "a page looks when its pulse beats"
    somebody.page.look()
    assert somebody.place == "gate"
    assert say("case.trial") in somebody.page.gate.page.value
    assert say("class.left", minutes=63) in somebody.page.header.value


def test_step_by_step_she_waits_at_every_step_and_her_rating_stays(at_desk, in_class):
    trainer = at_desk().make(pace="step_by_step")
    trainer.press("start")
    somebody = to_the_gate(in_class(trainer))
    places = [somebody.place]
    for _ in range(4):
        open_next(trainer)
        somebody.page.look()
        places.append(somebody.place)
        while somebody.form.key and somebody.place in ("gate", "1", "2", "3", "4"):
            assert somebody.press() == ""
            places.append(somebody.place)
    assert places == ["case", "gate", "1", "score", "2", "2", "3", "reflection", "4", "case"]


def test_before_the_score_is_opened_nothing_of_it_is_anywhere(at_desk, in_class):
    trainer = at_desk().make(pace="score_together")
    trainer.press("start")
    somebody = to_the_gate(in_class(trainer)).go_to("1")
    since = len(somebody.wire.sent)
    somebody.press(rating="6")
    assert somebody.place == "score"
    assert "<strong>6</strong>" in somebody.page.waiting.page.value
    assert "Jeg ser &lt;b&gt;det&lt;/b&gt; &amp; mere" in somebody.page.waiting.page.value
    somebody.page.look()
    own = {widget.comm.comm_id for widget in somebody.widgets}
    received = [data for comm, data in somebody.wire.sent[since:] if comm in own]
    assert "skoen-score" not in str(received)
    assert "ScoreRevealed" not in somebody.facts()
    open_next(trainer)
    somebody.page.look()
    assert somebody.place == "2"
    assert somebody.page.waiting.page.value == ""


def test_while_the_next_step_is_closed_the_score_stays_without_a_button(at_desk, in_class):
    trainer = at_desk().make(pace="step_by_step")
    trainer.press("start")
    somebody = to_the_gate(in_class(trainer))
    for _ in range(2):
        open_next(trainer)
        somebody.page.look()
        somebody.press() if somebody.place == "gate" else None
        somebody.press() if somebody.place == "1" else None
    assert somebody.place == "2"
    score = somebody.page.side.score
    assert score.form.key == ""
    assert somebody.desk.say("waiting.again") in score.held.value
    open_next(trainer)
    somebody.page.look()
    assert score.form.key != ""
    assert score.held.value == ""


def test_in_a_pause_she_stays_where_she_is_and_drafts_are_kept(at_desk, in_class, wire):
    trainer = at_desk().make()
    trainer.press("start")
    somebody = in_class(trainer).go_to("1")
    trainer.press("pause")
    before = len(wire.sent)
    somebody.page.look()
    say = somebody.desk.say
    assert (somebody.place, say("class.paused") in somebody.page.bar.value) == ("1", True)
    form = somebody.form
    own = [data for comm, data in wire.sent[before:] if comm == form.comm.comm_id]
    assert own == [], "the form she writes in is left alone"
    wire.send(form, {"type": "draft", "key": form.key, "field": "reasons", "value": "Jeg", "revision": 5})
    assert wire.answers(form)[-1]["type"] == "kept"
    assert somebody.press() == say("refused.paused")
    trainer.press("resume")
    somebody.page.look()
    assert somebody.page.bar.value == ""
    assert wire.answers(form)[-1] == {"type": "unsay", "key": form.key}, "the form says no more that there is a pause"
    assert somebody.press() == ""


def test_who_is_taken_out_is_told_and_comes_back_to_her_place(at_desk, in_class):
    trainer = at_desk().make()
    trainer.press("start")
    somebody = in_class(trainer).go_to("2")
    trainer.page.look()
    trainer.in_row(1, "press", name="remove")
    somebody.page.look()
    assert somebody.place == "removed"
    assert "skoen-score" not in somebody.state
    trainer.in_row(1, "press", name="let_in")
    somebody.page.look()
    assert somebody.place == "2"


def test_a_class_that_is_over_says_so_and_looks_no_more(at_desk, in_class):
    trainer = at_desk().make(pace="score_together")
    trainer.press("start")
    somebody = in_class(trainer).go_to("gate")
    assert somebody.page.pulse.every == 1.0
    trainer.press("end")
    somebody.page.look()
    assert somebody.place == "ended"
    assert somebody.page.pulse.every == 0.0


def draft(somebody, text: str) -> None:
    form = somebody.form
    somebody.wire.send(form, {"type": "draft", "key": form.key, "field": "reasons", "value": text, "revision": 5})


def test_after_the_end_she_sees_what_she_locked_and_what_she_had_not(at_desk, in_class):
    trainer = at_desk().make(trial="", pace="score_together")
    trainer.press("start")
    participant = trainer.join()
    somebody = in_class(trainer, participant).go_to("1")
    somebody.press()
    assert somebody.place == "score"
    open_next(trainer)
    somebody.page.look()
    somebody.go_to("3")
    draft(somebody, "Halvt skrevet <i>nu</i>")
    facts = somebody.facts()
    trainer.page.look()
    end = next(action for action in trainer.page.live.doing.actions if action["name"] == "end")
    assert trainer.say("live.end_amid", within=1, people=1) in end["asks"]
    trainer.press("end")
    for one in (somebody, in_class(trainer, participant)):
        one.page.look()
        assert one.place == "ended"
        head = one.page.picture.head.value
        assert "Halvt skrevet &lt;i&gt;nu&lt;/i&gt;" in head
        assert one.page.stage.title
        (row,) = one.page._picturing.rows()
        assert (row.initial.rating, row.final) == (4, None)
        assert row.score is not None, "she had seen it"
        assert "Jeg ser <b>det</b> & mere" in one.page._picturing.as_csv()
        one.wire.send(one.page.picture.csv, {"type": "make"})
        assert "Jeg ser" in one.wire.answers(one.page.picture.csv)[-1]["text"]
    assert [kind for kind in somebody.facts() if kind != "SessionEnded"] == facts, "nothing is added after the end"


def test_a_score_that_was_not_shown_is_not_shown_after_the_end(at_desk, in_class):
    trainer = at_desk().make(trial="", preset="control")
    trainer.press("start")
    somebody, locked = in_class(trainer).go_to("3"), in_class(trainer).go_to("2")
    somebody.press()
    trainer.press("end")
    for one in (somebody, locked):
        one.page.look()
        (row,) = one.page._picturing.rows()
        assert (one.place, row.score) == ("ended", None)
        assert row.key in one.page._picturing.as_csv()
        assert one.desk.say("teaching_only") not in one.page.picture.head.value


def test_what_the_tab_alone_remembers_is_shown_after_the_end(at_desk, in_class):
    trainer = at_desk().make()
    trainer.press("start")
    participant = trainer.join()
    somebody = in_class(trainer, participant).go_to("1")
    left = {"type": "left", "key": somebody.form.key, "command_id": "left-1", "values": {"reasons": "Det allersidste"}}
    trainer.press("end")
    again = in_class(trainer, participant)
    again.wire.send(again.page.stage, left)
    assert again.wire.answers(again.page.stage)[-1]["type"] == "acknowledged"
    assert "Det allersidste" in again.page.notice.value


def test_after_the_end_of_a_trial_consent_can_still_be_changed(at_desk, in_class):
    trainer = at_desk().make(**RESEARCH)
    participant = trainer.join()
    somebody = to_the_gate(in_class(trainer, participant).go_to("reading"))
    trainer.press("start")
    trainer.press("end")
    somebody = in_class(trainer, participant)
    assert (somebody.place, somebody.desk.progress.participation.consents) == ("ended", False)
    change = somebody.page.consent.change
    press = {"type": "press", "key": change.key, "name": "change", "value": "", "command_id": "again"}
    somebody.wire.send(change, press)
    assert somebody.press(consent="yes") == ""
    assert (somebody.place, somebody.desk.progress.participation.consents) == ("ended", True)


def test_who_is_taken_out_sees_what_she_had_written(at_desk, in_class):
    trainer = at_desk().make()
    trainer.press("start")
    somebody = in_class(trainer).go_to("1")
    draft(somebody, "Halvt skrevet")
    trainer.page.look()
    trainer.in_row(1, "press", name="remove")
    somebody.page.look()
    assert somebody.place == "removed"
    assert "Halvt skrevet" in somebody.page.waiting.page.value


def test_a_panel_that_is_over_gives_her_her_ratings(at_desk, in_class):
    trainer = at_desk().make(kind="panel", trial="", number="all")
    trainer.press("start")
    somebody = in_class(trainer).go_to("1")
    somebody.press()
    trainer.press("end")
    somebody.page.look()
    (row,) = somebody.page._picturing.rows()
    assert (somebody.place, row.initial.rating, row.score) == ("ended", 4, None)
    assert somebody.desk.say("waiting.panel_ended") in somebody.page.picture.head.value


def test_time_that_is_over_opens_no_new_case_and_lets_the_present_one_be_finished(at_desk, in_class, monkeypatch):
    trainer = at_desk().make(minutes="1")
    trainer.press("start")
    somebody = in_class(trainer).go_to("1")
    monkeypatch.setattr(somebody.desk.training, "_now", lambda: utc_now() + timedelta(minutes=5))
    for _ in range(4):
        assert somebody.press() == ""
    assert somebody.place == "time_over"
    trainer.press("extend")
    somebody.page.look()
    assert somebody.place == "gate"


def test_at_the_debrief_the_reflections_come_when_the_trainer_opens_them(at_desk, in_class):
    trainer = at_desk().make(feedback="at_debrief", trial="")
    trainer.press("start")
    somebody = in_class(trainer).go_to("debrief")
    assert "skoen-score" not in somebody.state
    assert trainer.press("release") == ""
    somebody.page.look()
    assert somebody.place == "4"
    somebody.go_to("picture")
    assert somebody.page.picture.again.key == "", "a class is not begun again"


def test_the_trial_case_is_in_no_picture(at_desk, in_class):
    trainer = at_desk().make()
    trainer.press("start")
    somebody = in_class(trainer).go_to("picture")
    trial = trainer.session.plan.trial
    rows = somebody.page._picturing.rows()
    assert [row.number for row in rows] == [1, 2, 3]
    assert trial not in [row.key for row in rows]


def test_a_panel_rates_once_and_sees_no_score_at_all(at_desk, in_class):
    trainer = at_desk().make(kind="panel")
    trainer.press("start")
    somebody = in_class(trainer)
    assert somebody.desk.say("class.welcome_panel", title="Hold 1") in somebody.state
    assert somebody.desk.say("check.title") not in somebody.state
    assert somebody.form.fields == [], "nobody is asked about a score that she never gets"
    seen = ""
    while somebody.place != "panel":
        assert somebody.press() == ""
        seen += somebody.state
        assert somebody.place in ("gate", "1", "panel")
    assert "skoen-score" not in seen
    assert somebody.desk.say("waiting.panel") in somebody.state
    assert "ScoreRevealed" not in somebody.facts()
    assert "ScoreWithheld" not in somebody.facts()


def test_consent_is_asked_unticked_and_can_be_changed_and_changes_nothing_else(at_desk, in_class):
    trainer = at_desk().make(**RESEARCH)
    somebody = in_class(trainer)
    form = somebody.form
    assert (somebody.place, form.drafts) == ("consent", {})
    assert all(RESEARCH[name] in somebody.state for name in ("controller", "approval", "purpose"))
    assert somebody.press(consent="") == ""
    assert (somebody.place, somebody.desk.progress.participation.consents) == ("reading", False)
    change = somebody.page.consent.change
    press = {"type": "press", "key": change.key, "name": "change", "value": "", "command_id": "again"}
    somebody.wire.send(change, press)
    assert somebody.place == "consent"
    assert somebody.press(consent="yes") == ""
    assert (somebody.place, somebody.desk.progress.participation.consents) == ("reading", True)


def test_nobody_is_asked_for_consent_outside_a_trial(at_desk, in_class):
    somebody = in_class(at_desk().make())
    assert (somebody.place, somebody.page.consent.change.actions) == ("reading", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_she_waits_for_is_said_in_her_language(at_desk, in_class, language):
    trainer = at_desk().make(pace="step_by_step")
    somebody = to_the_gate(in_class(trainer, language=language))
    foreign = re.compile(rf"\b({FOREIGN[language].replace(' ', '|')})\b", re.IGNORECASE)
    said = []
    for press in ("start", "open", None, "end"):
        said.append(re.sub(r"<[^>]*>", "\n", somebody.page.waiting.page.value + somebody.page.header.value))
        if press:
            trainer.press(press)
        else:
            somebody.press()
            somebody.press()
        somebody.page.look()
    said.append(re.sub(r"<[^>]*>", "\n", somebody.page.waiting.page.value))
    for text in said:
        assert not re.search(r"[{}]|\bNone\b", text)
        assert not foreign.search(text), text


def test_the_same_place_is_found_again_on_another_device(at_desk, in_class):
    trainer = at_desk().make(pace="score_together")
    trainer.press("start")
    participant = trainer.join()
    first = in_class(trainer, participant).go_to("score")
    again = in_class(trainer, participant)
    assert (again.place, again.page.waiting.page.value) == ("score", first.page.waiting.page.value)
