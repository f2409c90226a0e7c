"""The trainer's page: a class is made in three presses, run and ended, and shows nobody's reasons."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from explain.apps.rehearsal_trainer import rehearse_trainer
from explain.apps.trainer import TrainerPage
from explain.domain.conditions import CONTROL, PANEL, PILOT1, TEACHING, Feedback
from explain.domain.people import Role
from explain.domain.session_plan import CaseOrder, Kind, Pace
from explain.texts import LANGUAGES

from .test_trainee_pages import FOREIGN

RESEARCH = {
    "kind": "research",
    "controller": "Kommunen",
    "legal_basis": "Samtykke",
    "approval": "12-34",
    "purpose": "At forstå",
}


def test_a_class_is_made_in_three_presses_and_is_what_the_programme_says(at_desk):
    trainer = at_desk()
    assert trainer.press("planning") == ""
    assert trainer.fill(trainer.page.planning.form) == ""
    assert trainer.press("make") == ""
    plan = trainer.session.plan
    today = trainer.office.now().date()
    assert (plan.kind, plan.conditions, plan.pace, plan.order) == (
        Kind.TRAINING, (TEACHING,), Pace.FREE, CaseOrder.FIXED
    )  # fmt: skip
    assert (plan.trial, len(plan.cases), plan.minutes) == ("grundforloeb/traet-i-boernehaven", 3, 20 + 10 + 3 * 11)
    assert (plan.title, plan.language, plan.delete_on) == ("Hold 1", "da", (today + timedelta(30)).isoformat())
    assert trainer.place == "live"
    assert trainer.page.stage.query == f"?show=live&session={trainer.session.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_speaks_its_language(at_desk, language):
    trainer = at_desk(language=language)
    foreign = re.compile(rf"\b({FOREIGN[language].replace(' ', '|')})\b", re.IGNORECASE)
    places = []
    for step in ("planning", "send", "make", "start", "projector", "back", "home", "staff", "home"):
        looked_over(trainer, foreign)
        places.append(trainer.place)
        assert (trainer.fill(trainer.page.planning.form) if step == "send" else trainer.press(step)) == ""
    trainer.make(**RESEARCH | {"purpose": "-", "controller": "-", "legal_basis": "-"})
    looked_over(trainer, foreign)
    assert set(places) == {"home", "planning", "live", "projector", "staff"}


def looked_over(trainer, foreign: re.Pattern[str]) -> None:
    for widget in trainer.widgets:
        state = widget.get_state()
        words = re.sub(r"<[^>]*>", "\n", str(state.get("value", "")))
        texts = [words, *state.get("texts", {}).values(), state.get("button", "")]
        texts += [action["label"] + action["asks"] for action in state.get("actions", [])]
        texts += [field["label"] + field["hint"] for field in state.get("fields", [])]
        texts += [option["label"] for field in state.get("fields", []) for option in field["options"]]
        for text in texts:
            assert not re.search(r"[{}]|\bNone\b|Undefined", text), text
            assert not foreign.search(text), text


def test_what_is_chosen_is_stated_back_and_planned(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    trainer.fill(
        trainer.page.planning.form,
        preset="pilot1", pace="step_by_step", number="all", trial="", feedback="at_debrief", title=" Tirsdag ",
        language="en", minutes="45", delete="7",
    )  # fmt: skip
    said = trainer.page.planning.page.value
    for key in ("kind_training", "preset_pilot1", "pace_step_by_step", "feedback_at_debrief", "language_en", "seen"):
        assert trainer.say(f"review.{key}") in said
    assert "»Tirsdag«" in said
    assert trainer.say("review.minutes", minutes=45) in said
    assert "4 sager" in said
    trainer.press("make")
    plan = trainer.session.plan
    assert plan.conditions[0].name == PILOT1.name
    assert plan.conditions[0].feedback is Feedback.AT_DEBRIEF
    assert (plan.trial, len(plan.cases), plan.minutes, plan.language) == (None, 4, 45, "en")


def test_of_a_panel_it_is_said_who_sees_what_and_until_when(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    assert trainer.fill(trainer.page.planning.form, kind="panel") == ""
    said = html.unescape(trainer.page.planning.page.value)
    assert all(trainer.say(f"review.{key}") in said for key in ("kind_panel", "seen_panel", "shown_panel"))
    assert trainer.say("review.seen") not in said
    assert trainer.say("review.delete_panel", date="")[-60:] in said


def test_a_trial_compares_arms_by_the_square_and_states_its_study(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    assert trainer.fill(trainer.page.planning.form, kind="research") == trainer.say("refused.question_missing")
    assert trainer.fill(trainer.page.planning.form, **RESEARCH, compare="score") == ""
    said = trainer.page.planning.page.value
    assert all(RESEARCH[name] in said for name in ("controller", "legal_basis", "approval", "purpose"))
    assert trainer.say("review.consent") in said
    trainer.press("make")
    plan = trainer.session.plan
    assert [condition.name for condition in plan.conditions] == [TEACHING.name, CONTROL.name]
    assert {condition.feedback for condition in plan.conditions} == {Feedback.AFTER_SET}
    assert (plan.order, plan.research.purpose) == (CaseOrder.SQUARE, "At forstå")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"minutes": "0"}, "planning.bad_minutes"),
        ({"minutes": "en time"}, "planning.bad_minutes"),
        ({"title": "x" * 101}, "planning.long_title"),
        ({"case_set": "../etc"}, "planning.no_sets"),
    ],
)
def test_what_cannot_be_planned_is_said(at_desk, given, problem):
    trainer = at_desk()
    trainer.press("planning")
    assert trainer.fill(trainer.page.planning.form, **given) == trainer.say(problem)
    assert trainer.place == "planning"


def test_answers_that_were_not_offered_fall_back_to_the_defaults(at_desk):
    trainer = at_desk().make(kind="war", preset="x", pace="now", feedback="x", language="xx", delete="9999", number="0")
    plan = trainer.session.plan
    assert (plan.kind, plan.conditions, plan.pace, plan.language) == (Kind.TRAINING, (TEACHING,), Pace.FREE, "da")


def test_a_title_that_may_point_to_somebody_is_refused_in_words(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    trainer.fill(trainer.page.planning.form, title="Ring til 20 30 40 50")
    problem = trainer.press("make")
    assert problem.startswith(trainer.say("refused.identifying"))
    assert trainer.place == "planning"


def test_a_press_that_comes_twice_makes_one_class(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    trainer.fill(trainer.page.planning.form)
    making = trainer.page.planning.making
    press = {"type": "press", "key": making.key, "name": "make", "value": "", "command_id": "once"}
    trainer.wire.send(making, press)
    trainer.wire.send(making, press)
    assert len(trainer.office.mine()) == 1


def test_a_class_is_started_paused_extended_and_ended(at_desk):
    trainer = at_desk().make()
    assert trainer.press("start") == ""
    ends = trainer.session.ends_at
    assert trainer.press("pause") == ""
    assert trainer.session.paused
    assert trainer.press("resume") == ""
    assert trainer.press("extend") == ""
    assert trainer.session.ends_at >= ends + 10 * 60_000
    assert trainer.press("end") == ""
    assert trainer.session.ended
    assert trainer.page.live.doing.actions == []


def test_a_second_click_opens_nothing_more(at_desk):
    trainer = at_desk().make(pace="step_by_step")
    trainer.press("start")
    opens = next(action["value"] for action in trainer.page.live.doing.actions if action["name"] == "open")
    assert trainer.press("open", value=opens) == ""
    assert trainer.session.opened == 1
    assert trainer.press("open", value=opens) == ""
    assert trainer.session.opened == 1
    last = trainer.session.plan.openings[-1]
    assert trainer.press("open", value=f"{last.case}|{last.step.value}") == trainer.say("refused.not_now")
    for forged in ("x|9", "x", "|1"):
        assert trainer.press("open", value=forged) == trainer.say("live.problem")


def test_the_table_follows_and_holds_no_word_and_no_rating(at_desk, in_class):
    trainer = at_desk().make()
    trainer.press("start")
    somebody = in_class(trainer)
    assert trainer.row(1)["case"] == trainer.say("board.introduction")
    somebody.go_to("gate")
    assert trainer.row(1)["case"] == trainer.say("board.ready")
    somebody.go_to("2")
    assert (trainer.row(1)["case"], trainer.row(1)["step"]) == (trainer.say("board.trial"), "2. Scoren")
    somebody.go_to("4")
    for _ in range(2):
        somebody.press()
    row = trainer.row(1)
    assert (row["case"], row["step"]) == (trainer.say("board.of", number=1, total=3), "1. Egen vurdering")
    assert "Jeg ser" not in trainer.state
    assert "rating" not in str(trainer.page.live.board.rows)
    assert set(trainer.row(1)) == {
        "number", "name", "case", "step", "seen", "here", "note", "removed", "actions"
    }  # fmt: skip


def test_who_has_locked_is_seen_to_wait_and_is_counted(at_desk, in_class):
    trainer = at_desk().make(pace="score_together")
    somebody, other = in_class(trainer), in_class(trainer)
    somebody.press()
    somebody.press()
    say, store = trainer.say, trainer.office.classes.store

    def stands():
        for one in (somebody, other):
            store.beat(one.desk.participant, "participation")
        row = trainer.row(1)
        return row["case"], row["step"]

    assert stands() == (say("board.trial"), say("board.waits_case"))
    assert say("live.total_introduced", done=1, people=2) in trainer.page.live.totals.value
    trainer.press("start")
    somebody.page.look()
    assert stands() == (say("board.trial"), say("board.at_gate"))
    somebody.go_to("1")
    assert stands() == (say("board.trial"), "1. Egen vurdering")
    somebody.press()
    assert stands() == (say("board.trial"), say("board.locked"))
    what = say("live.opening", case=say("live.opening_trial"), step=2, name=say("board.steps.2"))
    assert say("live.ready_score", done=1, people=2, what=what) in trainer.page.live.totals.value
    trainer.press("open")
    somebody.page.look()
    assert stands() == (say("board.trial"), "2. Scoren")


def test_a_note_is_kept_and_a_pin_is_shown_once(at_desk):
    trainer = at_desk().make()
    participant = trainer.join()
    trainer.page.look()
    assert trainer.in_row(1, "note", text="Skal have en oplader")["problem"] == ""
    assert trainer.row(1)["note"] == "Skal have en oplader"
    trainer.in_row(1, "press", name="let_in")
    told = [answer for answer in trainer.wire.answers(trainer.page.live.board) if answer["type"] == "told"]
    pin = re.search(r"\d{4}", told[0]["text"])
    assert pin is not None
    assert trainer.office.access.check_pin(participant, pin[0])
    assert not re.search(rf"\b{pin[0]}\b", trainer.state)
    assert trainer.in_row(1, "press", name="remove")["problem"] == ""
    assert trainer.row(1)["removed"]


def test_another_trainers_class_is_neither_listed_nor_opened_nor_touched(at_desk):
    hers = at_desk().make()
    session = hers.session.id
    other = at_desk(name="bo", show="live", session=session)
    assert other.place == "home"
    assert session not in other.state
    other.office.go("live", session)
    assert other.place == ""
    assert other.say("refused.not_allowed") in other.state
    assert other.page.live.head.value == ""
    presenter = other.page.following
    sent = type("Sent", (), {"command_id": "c1", "browser_time": None, "values": {}})()
    for name in ("start", "end", "pause"):
        assert presenter.act(name, "", sent) == other.say("refused.not_allowed")
    assert presenter.let_in(1, False, sent) == (other.say("refused.not_allowed"), "")
    assert not hers.session.started


def test_a_role_that_is_taken_back_empties_the_page_at_the_next_look(at_desk):
    trainer, other = at_desk().make(), at_desk(name="bo")
    trainer.join()
    other.office.access.revoke(other.actor, trainer.actor.person, Role.TRAINER)
    trainer.page.look()
    assert trainer.page.live.board.rows == []
    assert trainer.page.live.head.value == ""
    trainer.office.go("home")
    assert trainer.place == ""
    assert trainer.say("refused.not_allowed") in trainer.state


def test_a_link_is_shown_once_and_can_be_made_anew(at_desk):
    trainer = at_desk()
    trainer.press("staff")
    assert trainer.fill(trainer.page.staff.form, role="researcher") == ""
    link = re.search(r"http://192\.0\.2\.17:8866/welcome#[\w-]+", trainer.state)
    assert link is not None
    assert trainer.say("role.researcher") in trainer.page.staff.people.actions[0]["lead"]
    renew = trainer.page.staff.people.actions[0]["name"]
    assert trainer.press(renew) == ""
    assert link[0] not in trainer.state
    trainer.press("home")
    assert "welcome#" not in trainer.state
    trainer.press("staff")
    assert "welcome#" not in trainer.state
    revoke = next(one["name"] for one in trainer.page.staff.people.actions if one["name"].startswith("revoke"))
    assert trainer.press(revoke) == ""
    assert trainer.page.staff.people.actions == []


def test_the_projector_shows_code_and_address_and_nothing_of_the_trainers(at_desk):
    trainer = at_desk().make()
    trainer.press("projector")
    page = trainer.page.projector.page
    assert "192.0.2.17:8866/join<" in page.value
    assert f"http://192.0.2.17:8866/join/{trainer.session.code}" in page.value
    assert "<svg" in page.value
    assert trainer.say("live.http") not in page.value, "it stands where participants type, and on her own page"
    assert trainer.page.header.value == ""
    assert trainer.press("1") == ""
    assert "skoen.example/join<" in page.value
    trainer.press("back")
    trainer.press("end")
    trainer.office.go("projector", trainer.office.session)
    assert trainer.say("projector.over") in page.value


def test_an_address_that_nobody_else_can_reach_gets_no_pattern_but_what_to_do(at_desk):
    trainer = at_desk().make()
    trainer.office.addresses = ("http://127.0.0.1:8866/",)
    trainer.press("projector")
    page = trainer.page.projector.page
    assert "<svg" not in page.value
    assert "127.0.0.1" not in page.value
    assert "<code>skoen serve --class</code>" in page.value


def test_a_panel_shows_count_and_spread_and_says_that_it_is_small(at_desk, in_class):
    trainer = at_desk().make(kind="panel", trial="", number="all")
    assert trainer.session.plan.conditions == (PANEL,)
    trainer.press("start")
    for rating in (3, 4, 5, 8, 9):
        somebody = in_class(trainer)
        somebody.go_to("1")
        assert somebody.press(rating=str(rating)) == ""
    assert trainer.page.live.results.value == ""
    trainer.press("end")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", trainer.page.live.results.value))
    assert "5 3 5,0 9" in said
    assert trainer.say("results.few") in said
    assert "Jeg ser" not in trainer.state


def test_papers_are_made_when_they_are_asked_for(at_desk):
    trainer = at_desk()
    made = []
    for button in trainer.page.home.papers.children:
        trainer.wire.send(button, {"type": "make"})
        (file,) = trainer.wire.answers(button)
        made.append(file["text"])
    assert all(text.startswith("<!doctype html>") for text in made)
    assert [trainer.say(key) in text for key, text in zip(("programme.title", "criteria.title"), made, strict=False)]
    assert trainer.say("print.case_sheet") in made[2]
    assert trainer.say("print.score_sheet") in made[3]


def test_the_page_is_walked_ahead_and_leaves_nothing(wire, database):
    rehearse_trainer(TrainerPage, {"database": database, "data": "/nowhere"})
    from explain.store import open_store

    store = open_store(database)
    assert store.after(0) == ()
    store.close()


def test_the_reflection_is_opened_for_all_once_after_a_question_and_it_is_said(at_desk):
    trainer = at_desk().make(feedback="at_debrief")
    trainer.press("start")
    trainer.join()
    release = next(action for action in trainer.page.live.doing.actions if action["name"] == "release")
    assert release["asks"] == trainer.say("live.release_asks")
    assert trainer.press("release") == ""
    trainer.page.look()
    assert trainer.say("live.released") in trainer.page.live.totals.value
    assert "release" not in [action["name"] for action in trainer.page.live.doing.actions]
