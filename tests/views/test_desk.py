"""The desk: where she is, what she may do, and two tabs of one person."""

from __future__ import annotations

import pytest

from explain.domain.encounter import DeliverScore, Informed, LockInitial, Reconsider
from explain.domain.judgement import Judgement

FIRST = "grundforloeb/traet-i-boernehaven"


@pytest.fixture
def desk(sit, press):
    """A desk with the first case open."""
    one = sit()
    assert one.begin("grundforloeb", "teaching", press()) == ""
    assert one.open(FIRST, press()) == ""
    return one


def test_nobody_is_anywhere_before_she_has_begun(sit):
    one = sit()
    assert (one.progress, one.meeting, one.case, one.notice) == (None, None, None, "")


def test_a_second_tab_comes_to_the_same_step(desk, sit):
    assert sit().meeting == desk.meeting
    assert sit("p2").meeting is None


def test_a_refusal_is_said_in_her_language(desk, sit, press):
    silent = LockInitial(Judgement(5))
    assert desk.take(FIRST, silent, press()) == "Skriv en begrundelse, før du låser."
    assert sit(language="en").take(FIRST, silent, press()) == "Give your reasons before you lock."
    assert desk.notice == ""


def test_of_two_tabs_one_locks_and_the_other_moves_on_with_a_notice(desk, sit, press):
    other = sit()
    assert desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press()) == ""
    shown = []
    other.observe(lambda change: shown.append(change.new), "progress")
    problem = other.take(FIRST, LockInitial(Judgement(9, "fordi")), press())
    assert problem == other.notice == other.say("refused.already_locked")
    assert isinstance(other.meeting.state, Informed)
    assert other.meeting.state.initial.rating == 3
    assert shown == [desk.progress]
    assert desk.notice == ""


def test_the_notice_is_gone_with_the_next_press(desk, sit, press):
    other = sit()
    desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press())
    other.take(FIRST, LockInitial(Judgement(9, "fordi")), press())
    assert other.take(FIRST, Reconsider(), press()) == ""
    assert other.notice == ""


def test_the_same_press_from_a_tab_that_was_not_answered_is_answered_now(desk, press, sit):
    """The kernel died after the lock: the page delivers the press again, under its id."""
    pressed, lock = press("once"), LockInitial(Judgement(3, "fordi"))
    assert desk.take(FIRST, lock, pressed) == ""
    again = sit()
    assert again.take(FIRST, lock, pressed) == ""
    assert again.notice == ""


def test_an_id_with_other_content_is_refused_in_words(desk, press):
    desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press("once"))
    assert desk.take(FIRST, Reconsider(), press("once")) == desk.say("refused.command_reused")


def test_neither_a_score_nor_a_strange_case_can_be_taken_at_a_desk(desk, press):
    desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press())
    score = desk.meeting.state.score
    assert desk.take(FIRST, DeliverScore(score), press()) == desk.say("refused.not_now")
    assert desk.take("grundforloeb/ukendt", Reconsider(), press()) == desk.say("refused.not_yours")


def test_drafts_are_kept_by_step_and_the_newest_stands(desk):
    stream = desk.meeting.stream
    assert desk.save_draft(stream, "1/reasons", "Jeg ser", 2)
    assert not desk.save_draft(stream, "1/reasons", "Jeg", 1)
    assert desk.save_draft(stream, "4/reflection", "Lært", 1)
    assert desk.drafts(stream, 1) == {"reasons": ("Jeg ser", 2)}
    assert desk.drafts(stream, 4) == {"reflection": ("Lært", 1)}


def test_a_draft_the_store_does_not_take_is_not_kept(desk):
    stream = desk.meeting.stream
    assert not desk.save_draft(stream, "1/reasons", "x" * 20_001, 1)
    assert desk.drafts(stream, 1) == {}


def test_drafts_are_gone_when_the_judgement_is_locked(desk, press):
    stream = desk.meeting.stream
    desk.save_draft(stream, "1/reasons", "Jeg ser", 1)
    desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press())
    assert desk.drafts(stream, 1) == {}


def test_a_tab_that_is_behind_keeps_no_draft_of_what_is_locked(desk, sit, press):
    behind, stream = sit(), desk.meeting.stream
    desk.take(FIRST, LockInitial(Judgement(3, "fordi")), press())
    assert not behind.save_draft(stream, "1/reasons", "Jeg ser", 9)
    assert not desk.save_draft("encounter/grundforloeb/ude-om-natten/p2/1", "1/reasons", "Jeg ser", 1)
    assert desk.drafts(stream, 1) == {}


def test_a_draft_of_what_was_erased_is_not_kept(desk):
    stream = desk.meeting.stream
    desk.training.store.erase(stream, actor="admin", reason="asked for")
    assert not desk.save_draft(stream, "1/reasons", "Jeg ser", 1)


def test_a_tab_of_a_run_that_is_over_does_nothing_in_the_next(desk, sit, press):
    behind = sit()
    for meeting in desk.progress.meetings:
        assert desk.skip(meeting.planned.case, press()) == ""
    assert desk.begin("grundforloeb", "teaching", press()) == ""
    assert desk.open(FIRST, press()) == ""
    sent = press(rating="9", reasons="skrevet i det første forløb")
    assert behind.take(FIRST, LockInitial(Judgement(9, "skrevet i det første forløb")), sent) == ""
    assert behind.training.progress("p1").current.state == desk.meeting.state, "nothing was locked"
    assert behind.progress.run == 2
    assert behind.unsent == "skrevet i det første forløb"
    assert behind.notice == behind.say("refused.already_locked")
    assert behind.out_of_step == 1


def test_half_a_smiley_that_comes_late_can_be_shown(desk):
    values = {"reasons": "cut in two \ud83d"}
    key = f"{desk.meeting.stream}/1"
    desk.late({"type": "send", "key": key, "command_id": "late", "browser_time": 1, "values": values})
    assert desk.unsent == "cut in two \ufffd"


@pytest.mark.parametrize("whose", ["p17", "k3m9x2ab/7"])
def test_on_a_shared_device_nobody_is_shown_what_another_wrote(desk, whose):
    key = f"encounter/{FIRST}/{whose}/1/1"
    message = {"type": "send", "key": key, "command_id": "late", "browser_time": 1, "values": {"reasons": "min egen"}}
    assert desk.late(message) is True, "or the tab would hold up her own presses"
    assert (desk.unsent, desk.notice) == ("", "")


def left(desk, step, words="aldrig sendt"):
    """What a tab has left of a step, as it tells it when it is opened again."""
    key = f"{desk.meeting.stream}/{step}"
    return {"type": "left", "key": key, "command_id": "left", "browser_time": 1, "values": {"reasons": words}}


def test_what_was_typed_and_never_sent_is_shown_once_its_step_is_behind_her_and_then_forgotten(desk, sit, press):
    typed = left(desk, 1)
    assert desk.late(typed) is False  # she stands there: the tab keeps it
    assert (desk.notice, desk.unsent) == ("", "")
    sit().take(FIRST, LockInitial(Judgement(5, "fra et andet vindue")), press())
    desk.refresh()
    assert desk.late(typed) is True
    assert desk.unsent == "aldrig sendt"
    assert desk.notice
    assert desk.late(left(desk, 3)) is False


def test_what_another_person_or_an_earlier_run_left_in_the_tab_stays_there(desk, sit):
    hers = {**left(desk, 1), "key": "encounter/grundforloeb/traet-i-boernehaven/p2/1/1"}
    assert desk.late(hers) is False
    assert desk.late({**left(desk, 1), "key": "welcome"}) is False
    assert desk.unsent == ""
