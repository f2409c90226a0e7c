"""Own cases in a class, on both pages: what its trainer allows, what a participant writes, who releases it."""

from __future__ import annotations

import pytest

from explain.domain.basis import NO_BASIS, Basis
from explain.domain.facts import OwnKind, WhyBack
from explain.domain.own_case import AwaitingRelease, Ready
from explain.sessions.own_cases import OwnCases
from explain.views.own_case.questions import CONFIRMED, KIND
from tests.practice import OWN

LAW = "databeskyttelsesloven § 10"
QUERY = {"case": "own"}
INVENTED = {"own": "yes"}
REAL = INVENTED | {
    "own_real": "yes",
    "own_controller": "Byens Kommune",
    "own_legal_basis": LAW,
}


def submit(somebody, kind="pseudonymised", **changed):
    return somebody.press(somebody.page.own.form, **(OWN | {KIND: kind, f"{CONFIRMED}_{kind}": "yes"} | changed))


def own_page(in_class, trainer, participant=None, **more):
    """Open one's own case in a class, past the introduction."""
    somebody = in_class(trainer, participant, query=QUERY, **more)
    while somebody.place in ("reading", "answered"):
        assert somebody.press() == ""
    return somebody


@pytest.fixture
def real(at_desk):
    """A trainer whose class takes real referrals, and has been started."""
    trainer = at_desk().make(**REAL)
    assert trainer.press("start") == ""
    return trainer


def release(trainer, **values):
    return trainer.fill(trainer.page.live.release.releasing, **values)


# --- what is planned ---


def test_a_class_takes_no_own_cases_unless_its_trainer_says_so(at_desk, in_class):
    trainer = at_desk().make()
    assert trainer.session.plan.own_cases is None
    trainer.press("start")
    somebody = own_page(in_class, trainer)
    assert somebody.place == "gate"
    assert "case=own" not in somebody.page.header.value
    assert not isinstance(somebody.desk.training, OwnCases)


@pytest.mark.parametrize(
    ("given", "basis", "said"),
    [
        ({"own_real": "yes", "own_controller": "x", "own_legal_basis": "y"}, None, ""),
        (INVENTED | {"own_controller": "x", "own_legal_basis": "y"}, NO_BASIS, "review.own_invented"),
        (REAL, Basis("Byens Kommune", LAW), "review.own_real"),
        (REAL | {"kind": "panel"}, None, ""),
    ],
)
def test_what_is_allowed_is_stated_back_and_planned(at_desk, given, basis, said):
    trainer = at_desk()
    trainer.press("planning")
    assert trainer.fill(trainer.page.planning.form, **given) == ""
    stated = trainer.page.planning.page.value
    named = {"controller": "Byens Kommune", "legal_basis": LAW}
    for key in ("review.own_invented", "review.own_real"):
        assert (trainer.say(key, **(named if key.endswith("real") else {})) in stated) == (key == said)
    trainer.press("make")
    assert trainer.session.plan.own_cases == basis


def test_real_ones_need_both_lines(at_desk):
    trainer = at_desk()
    trainer.press("planning")
    problem = trainer.fill(trainer.page.planning.form, **REAL | {"own_legal_basis": " "})
    assert problem == trainer.say("refused.question_missing")
    assert [action["name"] for action in trainer.page.planning.making.actions] == ["leave"]


# --- the participant's ---


def test_an_invented_case_goes_through_and_her_place_is_kept(at_desk, in_class):
    trainer = at_desk().make(**INVENTED)
    trainer.press("start")
    participant = trainer.join()
    before = own_page(in_class, trainer, participant)
    practice = in_class(trainer, participant).go_to("2")
    assert 'href="?case=own"' in practice.page.header.value
    somebody = own_page(in_class, trainer, participant)
    assert (somebody.place, before.place) == ("form", "form")
    assert somebody.desk.say("class.where", code=trainer.session.code, number=1) in somebody.page.header.value
    assert [field["name"] for field in somebody.page.own.form.fields[:2]] == [f"{CONFIRMED}_invented", "age"]
    assert submit(somebody, "pseudonymised") == somebody.desk.say("own.confirm_missing")
    assert submit(somebody, "invented") == ""
    assert somebody.place == "ready"
    assert somebody.press(somebody.page.care.opening) == ""
    for _ in range(4):
        assert somebody.press() == ""
    assert somebody.place == "over"
    trainer.page.look()
    assert trainer.row(1)["step"] == "2. Scoren"
    assert OWN["title"] not in trainer.state
    assert in_class(trainer, participant).place == "2"


def test_a_pause_leaves_the_form_alone_and_the_end_closes_it(at_desk, in_class, wire):
    trainer = at_desk().make(**INVENTED)
    trainer.press("start")
    somebody = own_page(in_class, trainer)
    say, form = somebody.desk.say, somebody.page.own.form
    trainer.press("pause")
    before = len(wire.sent)
    somebody.page.look()
    assert say("class.paused") in somebody.page.bar.value
    assert [data for comm, data in wire.sent[before:] if comm == form.comm.comm_id] == []
    wire.send(form, {"type": "draft", "key": form.key, "field": "title", "value": "Dreng", "revision": 5})
    assert wire.answers(form)[-1]["type"] == "kept"
    assert submit(somebody, "invented") == say("refused.paused")
    trainer.press("end")
    somebody.page.look()
    assert somebody.place == "ended"
    assert form.key == ""
    removal = somebody.page.removal.form
    press = {"type": "send", "key": removal.key, "command_id": "gone", "browser_time": 1, "values": {CONFIRMED: "yes"}}
    wire.send(removal, press)
    assert somebody.desk.training.store.touched("own") == {}


def test_who_is_taken_out_sees_her_case_no_more(at_desk, in_class):
    trainer = at_desk().make(**INVENTED)
    trainer.press("start")
    somebody = own_page(in_class, trainer)
    submit(somebody, "invented")
    trainer.page.look()
    trainer.in_row(1, "press", name="remove")
    somebody.page.look()
    assert somebody.place == "removed"
    assert somebody.page.side.case.page.value == ""


# --- the second person ---


def test_a_real_one_waits_is_released_and_opens(real, in_class):
    somebody = own_page(in_class, real)
    say = somebody.desk.say
    assert say("own.rule_trainer_reads") in somebody.page.own.page.value
    assert submit(somebody) == ""
    assert somebody.place == "awaiting"
    assert say("own.waiting_class") in somebody.page.care.page.value
    assert somebody.page.care.opening.key == ""
    assert somebody.desk.open(somebody.desk.training.stream, _sent()) == say("refused.not_released")
    real.page.look()
    panel = real.page.live.release
    assert OWN["title"] in panel.page.value
    assert "Han kommer for sent." in panel.page.value
    assert real.say("release.total", count=1) in real.page.live.totals.value
    assert release(real) == real.say("release.confirm_missing")
    assert release(real, read="yes") == ""
    assert (panel.page.value, panel.releasing.key, panel.returning.key) == ("", "", "")
    somebody.page.look()
    assert somebody.place == "ready"
    assert say("own.released") in somebody.page.care.page.value
    assert somebody.press(somebody.page.care.opening) == ""
    assert somebody.place == "1"
    assert somebody.press(reasons="Mine egne ord") == ""
    real.page.look()
    assert OWN["title"] not in real.state
    assert "Mine egne ord" not in real.state


def test_the_trainer_is_asked_about_every_word_that_the_writer_kept(real, in_class):
    somebody = own_page(in_class, real)
    service = somebody.desk.training
    service.submit(OwnKind.PSEUDONYMISED, OWN | {"body": "Drengen Storm sover ikke."}, _envelope(service.owner))
    somebody.page.show()
    real.page.look()
    assert "Storm" in real.page.live.release.page.value
    assert release(real, read="yes") == real.say("release.keep_missing")
    assert isinstance(service.state, AwaitingRelease)
    assert release(real, read="yes", word0="yes") == ""
    assert isinstance(service.state, Ready)


def test_what_is_sent_back_says_why_and_can_be_changed(real, in_class):
    somebody = own_page(in_class, real)
    submit(somebody)
    real.page.look()
    returning = real.page.live.release.returning
    assert real.fill(returning) == real.say("refused.question_missing")
    assert real.fill(returning, why=WhyBack.TOGETHER.value) == ""
    somebody.page.look()
    assert somebody.place == "back"
    assert somebody.desk.say("own.back_why.together") in somebody.page.care.page.value
    assert somebody.page.care.opening.key == ""
    assert somebody.press(somebody.page.care.changing) == ""
    assert somebody.place == "form"
    assert somebody.page.own.form.drafts["title"]["value"] == OWN["title"]
    assert submit(somebody, title="En anden") == ""
    real.page.look()
    assert "En anden" in real.page.live.release.page.value


def test_one_is_read_at_a_time_and_a_stale_answer_releases_nothing(real, in_class):
    first, second = own_page(in_class, real), own_page(in_class, real)
    submit(first, title="Den første")
    submit(second, title="Den anden")
    real.page.look()
    panel = real.page.live.release
    assert real.say("release.many", count=2) in panel.page.value
    assert "Den anden" not in real.state
    first.press(first.page.care.changing)
    # The page has not looked since: what stands on it waits no more.
    assert release(real, read="yes") == real.say("release.gone")
    real.page.look()
    assert "Den anden" in panel.page.value
    assert isinstance(second.desk.training.state, AwaitingRelease)


def test_no_other_page_shows_it(real, in_class, at_desk):
    somebody = own_page(in_class, real)
    submit(somebody)
    other = in_class(real)
    carl = at_desk(name="carl").make(**REAL)
    carl.page.look()
    for page in (other, carl):
        assert OWN["title"] not in page.state
    for key in (somebody.page.care.changing.key, somebody.page.removal.form.key):
        for form in (other.page.own.form, other.page.care.changing, other.page.removal.form):
            sent = {"type": "send", "key": key, "command_id": "x", "browser_time": 1, "values": {CONFIRMED: "yes"}}
            other.wire.send(form, sent)
    assert isinstance(somebody.desk.training.state, AwaitingRelease)


def _sent():
    from explain.views.components.messages import Sent

    return Sent("press-own", 1, {})


def _envelope(actor):
    from explain.sessions.ports import Envelope

    return Envelope("press-storm", actor, 1)
