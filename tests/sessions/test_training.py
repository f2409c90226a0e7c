"""The training service over a real store: the order, the score after the lock, commands that come twice."""

from __future__ import annotations

import threading

import pytest

from explain.domain.conditions import PRESETS
from explain.domain.encounter import (
    CloseCase,
    Closed,
    DeliverScore,
    EndReading,
    FlagInput,
    Informed,
    Judging,
    Locked,
    LockFinal,
    LockInitial,
    OpenCase,
    OpenFeedback,
    Reconsider,
    Reflecting,
    Settled,
    SkipCase,
    Skipped,
    Uninformed,
    Unopened,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CheckAnswered, InitialLocked, Joined, ScoreRevealed, ScoreWithheld
from explain.domain.judgement import Judgement
from explain.domain.score import Score
from explain.models.linear import INPUTS
from explain.models.scorer import Pilot1Scorer
from explain.sessions.ports import Envelope
from explain.sessions.training import LONGEST_TEXT, MOST_FLAGS, Training

YOUNG = "proeve/young"


def everything(store):
    return store.after(0)


def refusal(do, *arguments):
    with pytest.raises(Refused) as refused:
        do(*arguments)
    return refused.value.code


# --- the order ---

OWN_FIRST = ["CaseOpened", "InitialLocked", "ScoreRevealed", "Reconsidered", "FinalLocked"]
SETTLED = {
    "teaching": OWN_FIRST,
    "pilot1": OWN_FIRST,
    "control": ["CaseOpened", "InitialLocked", "ScoreWithheld", "Reconsidered", "FinalLocked"],
    "score_first": ["CaseOpened", "ScoreRevealed", "Reconsidered", "FinalLocked"],
    "score_only": ["CaseOpened", "ScoreRevealed", "ReadingEnded"],
}


def test_every_preset_is_walked_below():
    assert SETTLED.keys() == PRESETS.keys()


@pytest.mark.parametrize("preset", SETTLED)
def test_a_set_is_walked_to_its_end_in_the_order_of_its_preset(person, preset):
    one = person(preset=preset)
    one.finish()
    for case in ("young", "middle", "old"):
        assert one.kinds(case) == [*SETTLED[preset], "FeedbackOpened", "CaseClosed"]
    assert one.progress.current is None
    # the scores of these ages, by age alone (facts of Pilot #1)
    assert [one.state(case).score.value for case in ("young", "middle", "old")] == [1, 4, 8]


def test_what_was_joined_is_the_set_in_its_version_and_order(person, store):
    person(preset="pilot1")
    (row,) = everything(store)
    assert isinstance(row.fact, Joined)
    assert (row.fact.case_set, row.fact.version) == ("proeve", "7")
    assert [one.case for one in row.fact.plan] == ["proeve/young", "proeve/middle", "proeve/old"]
    assert {one.condition for one in row.fact.plan} == {PRESETS["pilot1"]}


@pytest.mark.parametrize("preset", ["teaching", "pilot1"])
def test_the_score_follows_the_lock_in_the_same_breath(person, preset):
    one = person(preset=preset)
    one.open("young")
    assert one.state("young") == Judging(PRESETS[preset])
    one.take("young", LockInitial(Judgement(5, "fordi")))
    assert isinstance(one.state("young"), Informed)


def test_what_was_locked_is_said_to_be_durable_before_the_score_is_fetched(person, training, open_again):
    one = person()
    one.open("young")
    then = []

    def durable():
        then.extend(type(row.fact).__name__ for row in open_again().after(0))

    lock = LockInitial(Judgement(5, "fordi"))
    training.take(one.name, YOUNG, lock, one.envelope(), durable=durable)
    assert then[-1] == "InitialLocked"
    assert isinstance(one.state("young"), Informed)


@pytest.mark.parametrize(
    "command",
    [LockFinal(Judgement(5, "x")), Reconsider(), EndReading(), CloseCase(), FlagInput("age", False)],
    ids=lambda command: type(command).__name__,
)
def test_a_command_out_of_order_is_refused_and_nothing_is_written(person, store, command):
    one = person()
    one.open("young")
    before = everything(store)
    assert refusal(one.take, "young", command) == Refusal.NOT_NOW
    assert everything(store) == before


def test_the_services_own_commands_are_refused_from_outside(person, store):
    one = person()
    one.lock("young")
    score, before = one.state("young").score, everything(store)
    for own in (OpenCase(YOUNG, "1", PRESETS["score_only"]), DeliverScore(score), OpenFeedback(score)):
        for case in ("young", "middle"):
            assert refusal(one.take, case, own) == Refusal.NOT_NOW
    assert everything(store) == before


def test_no_feedback_is_opened_from_outside_where_the_set_is_not_over(person, store):
    one = person(preset="pilot1")
    one.settle("young")
    before = everything(store)
    assert refusal(one.take, "young", OpenFeedback(Score("pilot1", 10, 1.0, 0.1, (), ()))) == Refusal.NOT_NOW
    assert everything(store) == before


def test_the_steps_of_a_case_are_numbered_as_on_the_page(person):
    one = person()
    steps = []

    def look():
        steps.append(one.progress.meeting(YOUNG).step)

    look()
    for do in (
        lambda: one.open("young"),
        lambda: one.take("young", LockInitial(Judgement(5, "x"))),
        lambda: one.take("young", Reconsider()),
        lambda: one.take("young", LockFinal(Judgement(5, "x"))),
        lambda: one.take("young", CloseCase()),
    ):
        do()
        look()
    assert steps == [1, 1, 2, 3, 4, 4]


def test_a_judgement_that_lacks_reasons_is_refused_and_nothing_is_written(person, store):
    one = person()
    one.open("young")
    before = everything(store)
    assert refusal(one.take, "young", LockInitial(Judgement(5, "  "))) == Refusal.REASONS_MISSING
    assert everything(store) == before


# --- the score is computed only when the lock is durable ---


class Looking:
    """A scorer that looks into the store, opened anew, for what must be there before a score may be computed."""

    def __init__(self, open_again, needs):
        self._open_again, self._needs = open_again, needs
        self.saw = []

    def score(self, case):
        rows = self._open_again().read(f"encounter/{case.key}/p1/1")
        self.saw.append([type(row.fact).__name__ for row in rows])
        assert self.saw[-1][-1] == self._needs
        return Pilot1Scorer().score(case)


@pytest.mark.parametrize(
    ("preset", "needs"),
    [("teaching", "InitialLocked"), ("control", "InitialLocked"), ("score_first", "CaseOpened")],
)
def test_when_the_score_is_computed_what_comes_before_it_is_durable(training, open_again, person, preset, needs):
    scorer = Looking(open_again, needs)
    one = person(preset=None)
    one.training = Training(training.store, training.sets, scorer)
    one.begin(preset)
    one.settle("young")
    assert len(scorer.saw) == 1
    assert [kind for kind in scorer.saw[0] if kind.startswith("Score")] == []


def test_the_score_is_never_computed_while_a_case_is_being_judged(training, person):
    class Never:
        def score(self, case):
            raise AssertionError("a score was computed before the lock")

    one = person(preset=None)
    one.training = Training(training.store, training.sets, Never())
    one.begin()
    one.open("young")
    one.training.resume("p1", one.envelope())
    assert refusal(one.take, "young", LockInitial(Judgement(5, ""))) == Refusal.REASONS_MISSING
    assert isinstance(one.state("young"), Judging)


class Stops:
    """A scorer whose machine stops the first time."""

    def __init__(self):
        self.stopped = False

    def score(self, case):
        if not self.stopped:
            self.stopped = True
            raise RuntimeError("the machine stopped")
        return Pilot1Scorer().score(case)


@pytest.fixture
def stopped(training, person):
    """Somebody whose machine stopped between her lock and the score."""
    one = person(preset=None)
    one.training = Training(training.store, training.sets, Stops())
    one.begin()
    one.open("young")
    with pytest.raises(RuntimeError, match="stopped"):
        one.take("young", LockInitial(Judgement(7, "fordi")), "the-lock")
    assert one.state("young") == Locked(PRESETS["teaching"], Judgement(7, "fordi"))
    return one


def test_a_stop_between_lock_and_score_is_healed_when_the_page_opens_again(stopped):
    stopped.training.resume("p1", stopped.envelope())
    assert stopped.kinds("young") == ["CaseOpened", "InitialLocked", "ScoreRevealed"]


def test_a_stop_between_lock_and_score_is_healed_when_the_lock_is_sent_again(stopped):
    stopped.take("young", LockInitial(Judgement(7, "fordi")), "the-lock")
    assert stopped.kinds("young") == ["CaseOpened", "InitialLocked", "ScoreRevealed"]
    assert stopped.state("young").initial == Judgement(7, "fordi")


def test_while_a_score_is_owed_nobody_can_bring_another(stopped):
    assert refusal(stopped.take, "young", DeliverScore(Score("pilot1", 10, 1.0, 0.1, (), ()))) == Refusal.NOT_NOW
    assert isinstance(stopped.state("young"), Locked)


def test_resuming_where_nothing_is_owed_writes_nothing(person, store):
    one = person()
    one.lock("young")
    before = everything(store)
    one.training.resume("p1", one.envelope())
    one.training.resume("p1", one.envelope())
    assert everything(store) == before


# --- the control ---


def test_the_controls_score_is_recorded_unseen_and_is_the_scorers(person, store, sets):
    one = person(preset="control")
    one.lock("old")
    assert one.state("old") == Uninformed(PRESETS["control"], Judgement(5, "fordi"))
    (withheld,) = [row.fact for row in store.read(one.stream("old")) if isinstance(row.fact, ScoreWithheld)]
    assert withheld.score == Pilot1Scorer().score(sets["proeve"].case("proeve/old"))
    assert withheld.score.value == 8


def test_the_control_sees_the_score_at_the_feedback_that_was_recorded_at_the_lock(person):
    one = person(preset="control")
    for case in ("young", "middle"):
        one.settle(case)
        assert one.state(case) == Settled(PRESETS["control"], Judgement(5, "fordi"), Judgement(5, "stadig"))
    one.settle("old")
    assert [one.state(case).score.value for case in ("young", "middle", "old")] == [1, 4, 8]
    assert "ScoreRevealed" not in one.kinds("young")


# --- commands that come twice ---


def test_a_repeated_command_is_carried_out_once(person, store):
    one = person()
    one.open("young", "open")
    one.open("young", "open")
    lock = LockInitial(Judgement(7, "fordi"))
    one.take("young", lock, "lock")
    before = everything(store)
    one.take("young", lock, "lock")
    assert everything(store) == before
    assert one.kinds("young") == ["CaseOpened", "InitialLocked", "ScoreRevealed"]


def test_there_is_an_end_to_the_flags_of_one_encounter_and_the_case_goes_on(person, store, monkeypatch):
    assert 2 * 10 * len(INPUTS) == MOST_FLAGS, "each input flagged and taken back ten times"
    monkeypatch.setattr("explain.sessions.training.MOST_FLAGS", 6)
    one = person()
    one.lock("young")
    for number in range(6):
        one.take("young", FlagInput("age", fits=bool(number % 2)))
    before = everything(store)
    assert refusal(one.take, "young", FlagInput("age", fits=False)) is Refusal.TOO_MANY
    assert everything(store) == before
    one.take("young", Reconsider())
    assert one.kinds("young")[-2:] == ["InputFlagged", "Reconsidered"]


def test_a_flag_that_says_nothing_new_leaves_nothing_behind(person, store):
    one = person()
    one.lock("young")
    before = everything(store)
    for _ in range(3):
        one.take("young", FlagInput("age", fits=True))
    one.take("young", FlagInput("age", fits=True), "named")
    assert everything(store) == before
    one.take("young", FlagInput("age", fits=False), "named")  # the id was never used
    assert one.kinds("young")[-1] == "InputFlagged"


def test_the_first_answer_stands_however_late_the_command_comes_again(person, store):
    one = person()
    one.open("young")
    lock = LockInitial(Judgement(7, "fordi"))
    one.take("young", lock, "lock")
    one.take("young", Reconsider())
    one.take("young", LockFinal(Judgement(8, "nu")))
    before = everything(store)
    one.take("young", lock, "lock")
    assert everything(store) == before
    assert one.state("young").initial == Judgement(7, "fordi")


def test_a_command_id_used_for_something_else_is_refused(person, store):
    one = person()
    one.open("young")
    one.take("young", LockInitial(Judgement(7, "fordi")), "lock")
    before = everything(store)
    other = LockInitial(Judgement(8, "fordi"))
    assert refusal(one.take, "young", other, "lock") == Refusal.COMMAND_REUSED
    assert refusal(one.take, "middle", LockInitial(Judgement(7, "fordi")), "lock") == Refusal.COMMAND_REUSED
    assert everything(store) == before


def test_another_persons_command_id_cannot_be_used(person, store):
    one, other = person("p1"), person("p2")
    one.open("young", "open")
    before = everything(store)
    assert refusal(other.open, "young", "open") == Refusal.COMMAND_REUSED
    assert everything(store) == before


def test_a_refused_command_can_be_sent_again_under_its_id_when_its_time_has_come(person):
    one = person()
    reconsider = Reconsider()
    one.open("young")
    assert refusal(one.take, "young", reconsider, "on") == Refusal.NOT_NOW
    one.take("young", LockInitial(Judgement(7, "fordi")))
    one.take("young", reconsider, "on")
    assert one.state("young").reconsidering


def test_of_two_pages_that_lock_at_once_one_wins(open_again, sets, person):
    """Two kernels of one participant, each with its own connection, press the button at the same moment."""
    one = person()
    one.open("young")
    together, codes = threading.Barrier(2), []

    def page(rating):
        store = open_again()
        service = Training(store, sets, Pilot1Scorer())
        together.wait()
        try:
            service.take("p1", YOUNG, LockInitial(Judgement(rating, "fordi")), Envelope(f"tab-{rating}", "p1"))
            codes.append("locked")
        except Refused as refused:
            codes.append(refused.code.value)

    pages = [threading.Thread(target=page, args=(rating,)) for rating in (3, 9)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join()
    assert sorted(codes) == ["already_locked", "locked"]
    assert one.kinds("young") == ["CaseOpened", "InitialLocked", "ScoreRevealed"]
    assert one.state("young").initial.rating in (3, 9)


# --- nobody reaches another's ---


def test_a_case_that_is_not_in_the_run_cannot_be_reached(person, store):
    one = person()
    before = everything(store)
    for case in ("anden/old", "proeve/unknown", "proeve/young/p2/1", "", "../young"):
        assert refusal(one.training.open, "p1", case, one.envelope()) == Refusal.NOT_YOURS
        assert refusal(one.training.take, "p1", case, SkipCase(), one.envelope()) == Refusal.NOT_YOURS
    assert everything(store) == before


def test_what_one_does_is_not_seen_in_anothers_run(person, store):
    one, other, namesake = person("p1"), person("p2"), person("p17")
    one.lock("young", 9)
    assert isinstance(other.state("young"), Unopened)
    assert other.progress.meeting(YOUNG).step == 1
    other.lock("young", 2)
    assert (one.state("young").initial.rating, other.state("young").initial.rating) == (9, 2)
    assert namesake.progress.run == 1
    assert namesake.kinds("young") == []
    assert {row.actor for row in store.read(one.stream("young"))} == {"p1"}


def test_nothing_can_be_done_before_a_run_is_begun(person, store):
    one = person(preset=None)
    assert one.progress is None
    assert refusal(one.open, "young") == Refusal.NOT_NOW
    assert refusal(one.take, "young", SkipCase()) == Refusal.NOT_NOW
    assert refusal(one.training.end_introduction, "p1", one.envelope()) == Refusal.NOT_NOW
    assert refusal(one.training.resume, "p1", one.envelope()) == Refusal.NOT_NOW
    assert everything(store) == ()


# --- when the reflection opens ---


def test_after_the_case(person):
    one = person(preset="teaching")
    one.settle("young")
    assert isinstance(one.state("young"), Reflecting)
    assert one.progress.current.planned.case == YOUNG


def test_after_the_set_only_when_everything_is_judged_or_skipped(person):
    one = person(preset="pilot1")
    one.settle("young")
    assert isinstance(one.state("young"), Settled)
    assert one.progress.current.planned.case == "proeve/middle"
    one.settle("middle")
    assert [type(one.state(case)) for case in ("young", "middle", "old")] == [Settled, Settled, Unopened]
    one.take("old", SkipCase())
    assert [type(one.state(case)) for case in ("young", "middle", "old")] == [Reflecting, Reflecting, Skipped]
    assert one.progress.current.planned.case == YOUNG


def test_an_open_case_holds_the_reflection_back(person):
    one = person(preset="pilot1")
    for case in ("young", "middle"):
        one.settle(case)
    one.lock("old")
    assert not one.progress.all_judged
    assert isinstance(one.state("young"), Settled)


# --- skipping, and a second run ---


def test_a_case_can_be_skipped_at_the_gate_and_while_reading_but_not_after_the_lock(person):
    one = person()
    one.take("young", SkipCase())
    one.open("middle")
    one.take("middle", SkipCase())
    assert (one.state("young"), one.state("middle")) == (Skipped(), Skipped())
    one.lock("old")
    assert refusal(one.take, "old", SkipCase()) == Refusal.NOT_NOW
    assert refusal(one.open, "young") == Refusal.NOT_NOW


def test_a_set_of_skipped_cases_is_over(person):
    one = person()
    one.skip_all()
    assert one.progress.current is None


def test_a_second_run_begins_when_the_first_is_over_and_leaves_it_as_it_was(person):
    one = person(preset="pilot1")
    one.finish(rating=9)
    one.begin("pilot1")
    assert one.progress.run == 2
    assert one.progress.current.stream == one.stream("young", run=2)
    one.lock("young", 2)
    assert one.state("young", run=2).initial.rating == 2
    first = one.state("young", run=1)
    assert isinstance(first, Closed)
    assert first.initial.rating == 9


def test_a_case_that_has_left_the_casebook_holds_nobody_up(person, store, sets):
    one = person()
    one.lock("young")
    one.open("middle")
    fewer = sets["proeve"].model_copy(update={"cases": sets["proeve"].cases[1:]})
    one.training = Training(store, {"proeve": fewer}, Pilot1Scorer())
    one.training.resume("p1", one.envelope())
    assert [(meeting.number, meeting.planned.case) for meeting in one.progress.meetings] == [
        (1, "proeve/middle"),
        (2, "proeve/old"),
    ]
    assert refusal(one.take, "young", Reconsider()) == Refusal.NOT_YOURS
    one.take("middle", LockInitial(Judgement(5, "fordi")))
    assert one.kinds("middle")[-1] == "ScoreRevealed"


def test_when_the_whole_set_has_gone_another_can_be_begun(person, store, sets):
    one = person()
    one.lock("young")
    one.training = Training(store, {"anden": sets["anden"]}, Pilot1Scorer())
    assert one.progress.current is None
    one.begin()
    assert (one.progress.run, one.progress.current.planned.case) == (2, "anden/old")


def test_a_run_that_is_not_over_is_not_begun_anew(person, store):
    one = person()
    one.lock("young")
    before = everything(store)
    one.begin("pilot1")
    assert everything(store) == before
    assert one.progress.run == 1


def test_a_double_click_begins_one_run(person, store):
    one = person(preset=None)
    one.begin()
    one.begin()
    assert len(everything(store)) == 1
    one.skip_all()
    one.begin()
    one.begin()
    one.begin(command_id="again")
    one.begin(command_id="again")
    assert one.progress.run == 2
    assert [row.stream for row in store.read_prefix("participation/p1")] == ["participation/p1/1", "participation/p1/2"]


def test_two_pages_that_begin_at_once_begin_one_run(open_again, sets, person):
    together = threading.Barrier(2)

    def page(name):
        service = Training(open_again(), sets, Pilot1Scorer())
        together.wait()
        service.begin("p1", "proeve", "teaching", Envelope(name, "p1"))

    pages = [threading.Thread(target=page, args=(f"tab-{tab}",)) for tab in (1, 2)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join()
    one = person(preset=None)
    assert len(one.training.store.read_prefix("participation/p1")) == 1


# --- the introduction ---


def test_the_first_answer_to_a_check_question_counts(person):
    one = person()
    for choice, right in (("percent", False), ("rank", True)):
        one.training.answer_check("p1", "meaning", choice, right, one.envelope())
    assert one.progress.participation.answers == (CheckAnswered("meaning", "percent", False),)


def test_the_introduction_ends_once(person, store):
    one = person()
    assert not one.progress.participation.introduced
    for _ in range(2):
        one.training.end_introduction("p1", one.envelope())
    assert one.progress.participation.introduced
    assert len(everything(store)) == 2


# --- texts ---

LONG = "x" * (LONGEST_TEXT + 1)


def test_text_of_the_greatest_length_is_taken(person):
    one = person()
    one.open("young")
    one.take("young", LockInitial(Judgement(5, LONG[1:], missing=LONG[1:])))
    assert len(one.state("young").initial.reasons) == LONGEST_TEXT == 20_000


def test_text_that_is_too_long_is_refused_and_nothing_is_written(person, store):
    one = person()
    one.open("young")
    before = everything(store)
    for judgement in (Judgement(5, LONG), Judgement(5, "fordi", missing=LONG)):
        assert refusal(one.take, "young", LockInitial(judgement)) == Refusal.TOO_LONG
    assert everything(store) == before
    one.take("young", LockInitial(Judgement(5, "fordi")))
    one.take("young", Reconsider())
    before = everything(store)
    assert refusal(one.take, "young", LockFinal(Judgement(5, LONG))) == Refusal.TOO_LONG
    assert everything(store) == before
    one.take("young", LockFinal(Judgement(5, "stadig")))
    before = everything(store)
    assert refusal(one.take, "young", CloseCase(LONG)) == Refusal.TOO_LONG
    assert everything(store) == before


def test_drafts_are_gone_when_what_they_became_is_locked(person, store):
    one = person()
    one.open("young")
    store.save_draft(one.stream("young"), "1/reasons", "for", 1, "p1")
    store.save_draft(one.stream("middle"), "1/reasons", "andet", 1, "p1")
    one.take("young", LockInitial(Judgement(5, "fordi")))
    assert store.drafts(one.stream("young")) == {}
    assert store.drafts(one.stream("middle"))["1/reasons"].value == "andet"


def test_no_drafts_are_left_of_a_case_that_is_left(person, store):
    one = person()
    one.open("young")
    store.save_draft(one.stream("young"), "1/reasons", "for", 1, "p1")
    one.take("young", SkipCase())
    assert store.drafts(one.stream("young")) == {}


def test_what_people_wrote_is_recorded_as_they_wrote_it(person, store):
    reasons = 'Æblegrød, "citat"; linje\nskift\t– og 🙂'
    one = person()
    one.open("young")
    one.take("young", LockInitial(Judgement(5, reasons)))
    (locked,) = [row.fact for row in store.read(one.stream("young")) if isinstance(row.fact, InitialLocked)]
    assert locked.judgement.reasons == reasons


def test_the_score_survives_the_store_to_the_last_bit(person, store, sets):
    one = person()
    one.lock("middle")
    (revealed,) = [row.fact for row in store.read(one.stream("middle")) if isinstance(row.fact, ScoreRevealed)]
    assert revealed.score == Pilot1Scorer().score(sets["proeve"].case("proeve/middle"))
