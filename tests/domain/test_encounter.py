"""Every path of the encounter, step by step, and what is refused on the way."""

from __future__ import annotations

import pytest

from explain.domain.conditions import CONTROL, PILOT1, SCORE_FIRST, SCORE_ONLY, TEACHING, Condition, Question
from explain.domain.encounter import (
    AwaitingScore,
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
    decide,
    evolve,
    replay,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import (
    CaseClosed,
    CaseOpened,
    CaseSkipped,
    FeedbackOpened,
    FinalLocked,
    InitialLocked,
    InputFlagged,
    ReadingEnded,
    Reconsidered,
    ScoreRevealed,
    ScoreWithheld,
)
from explain.domain.judgement import Judgement, NextStep
from explain.domain.score import Score

SCORE = Score("pilot1", 8, 0.17, 0.1175, (("age", 17.0),), (("age", 0.0525),))
FIRST, FINAL = Judgement(4, "først"), Judgement(6, "så")
COLLEAGUES = (0, 0, 1, 2, 2, 0, 0, 0, 0, 0)


def walk(*commands):
    """Take commands one after the other; return the facts they made and the states they led to."""
    state, facts, states = Unopened(), [], []
    for command in commands:
        facts.append(decide(state, command))
        state = evolve(state, facts[-1])
        states.append(state)
    return facts, states


def at(condition, *commands):
    """Return where a case that was opened under a condition stands after some commands."""
    return walk(OpenCase("set/case", "1", condition), *commands)[1][-1]


def refusal(state, command):
    with pytest.raises(Refused) as refused:
        decide(state, command)
    return refused.value.code


# --- the four paths, whole ---


def test_own_first_shown():
    facts, states = walk(
        OpenCase("set/case", "1", PILOT1),
        LockInitial(FIRST),
        DeliverScore(SCORE),
        FlagInput("age", False),
        Reconsider(),
        LockFinal(FINAL),
        OpenFeedback(SCORE, COLLEAGUES),
        CloseCase("lært"),
    )
    assert facts == [
        CaseOpened("set/case", "1", PILOT1),
        InitialLocked(FIRST),
        ScoreRevealed(SCORE),
        InputFlagged("age", False),
        Reconsidered(),
        FinalLocked(FINAL),
        FeedbackOpened(SCORE, COLLEAGUES),
        CaseClosed("lært"),
    ]
    age = frozenset({"age"})
    assert states == [
        Judging(PILOT1),
        Locked(PILOT1, FIRST),
        Informed(PILOT1, FIRST, SCORE),
        Informed(PILOT1, FIRST, SCORE, age),
        Informed(PILOT1, FIRST, SCORE, age, reconsidering=True),
        Settled(PILOT1, FIRST, FINAL, age),
        Reflecting(PILOT1, FIRST, FINAL, age, SCORE, COLLEAGUES),
        Closed(PILOT1, FIRST, FINAL, age, SCORE, COLLEAGUES, "lært"),
    ]


def test_the_control():
    facts, states = walk(
        OpenCase("set/case", "1", CONTROL),
        LockInitial(FIRST),
        DeliverScore(SCORE),
        Reconsider(),
        LockFinal(FINAL),
        OpenFeedback(SCORE),
        CloseCase(),
    )
    assert facts == [
        CaseOpened("set/case", "1", CONTROL),
        InitialLocked(FIRST),
        ScoreWithheld(SCORE),
        Reconsidered(),
        FinalLocked(FINAL),
        FeedbackOpened(SCORE),
        CaseClosed(),
    ]
    assert states == [
        Judging(CONTROL),
        Locked(CONTROL, FIRST),
        Uninformed(CONTROL, FIRST),
        Uninformed(CONTROL, FIRST, reconsidering=True),
        Settled(CONTROL, FIRST, FINAL),
        Reflecting(CONTROL, FIRST, FINAL, frozenset(), SCORE, ()),
        Closed(CONTROL, FIRST, FINAL, frozenset(), SCORE, (), ""),
    ]


def test_score_first():
    facts, states = walk(
        OpenCase("set/case", "1", SCORE_FIRST),
        DeliverScore(SCORE),
        Reconsider(),
        LockFinal(FINAL),
        OpenFeedback(SCORE),
        CloseCase(),
    )
    assert facts == [
        CaseOpened("set/case", "1", SCORE_FIRST),
        ScoreRevealed(SCORE),
        Reconsidered(),
        FinalLocked(FINAL),
        FeedbackOpened(SCORE),
        CaseClosed(),
    ]
    assert states == [
        AwaitingScore(SCORE_FIRST),
        Informed(SCORE_FIRST, None, SCORE),
        Informed(SCORE_FIRST, None, SCORE, reconsidering=True),
        Settled(SCORE_FIRST, None, FINAL),
        Reflecting(SCORE_FIRST, None, FINAL, frozenset(), SCORE, ()),
        Closed(SCORE_FIRST, None, FINAL, frozenset(), SCORE, (), ""),
    ]


def test_score_only():
    facts, states = walk(
        OpenCase("set/case", "1", SCORE_ONLY), DeliverScore(SCORE), EndReading(), OpenFeedback(SCORE), CloseCase()
    )
    assert facts == [
        CaseOpened("set/case", "1", SCORE_ONLY),
        ScoreRevealed(SCORE),
        ReadingEnded(),
        FeedbackOpened(SCORE),
        CaseClosed(),
    ]
    assert states == [
        AwaitingScore(SCORE_ONLY),
        Informed(SCORE_ONLY, None, SCORE),
        Settled(SCORE_ONLY, None, None),
        Reflecting(SCORE_ONLY, None, None, frozenset(), SCORE, ()),
        Closed(SCORE_ONLY, None, None, frozenset(), SCORE, (), ""),
    ]


@pytest.mark.parametrize("state", [Unopened(), Judging(TEACHING), AwaitingScore(SCORE_FIRST)])
def test_a_case_can_be_skipped_before_anything_is_judged_or_shown(state):
    assert evolve(state, decide(state, SkipCase())) == Skipped()


def test_a_flag_can_be_taken_back():
    state = at(PILOT1, LockInitial(FIRST), DeliverScore(SCORE), FlagInput("age", False), FlagInput("age", True))
    assert state == Informed(PILOT1, FIRST, SCORE)


# --- what is refused ---

JUDGING = at(PILOT1)
INFORMED = at(PILOT1, LockInitial(FIRST), DeliverScore(SCORE))
RECONSIDERING = at(PILOT1, LockInitial(FIRST), DeliverScore(SCORE), Reconsider())
SETTLED = at(PILOT1, LockInitial(FIRST), DeliverScore(SCORE), Reconsider(), LockFinal(FINAL))


@pytest.mark.parametrize(
    ("state", "command", "code"),
    [
        (Unopened(), LockInitial(FIRST), Refusal.NOT_NOW),
        (JUDGING, OpenCase("set/case", "1", PILOT1), Refusal.NOT_NOW),
        (JUDGING, DeliverScore(SCORE), Refusal.NOT_NOW),
        (JUDGING, LockFinal(FINAL), Refusal.NOT_NOW),
        (JUDGING, OpenFeedback(SCORE), Refusal.NOT_NOW),
        (at(PILOT1, LockInitial(FIRST)), LockInitial(FINAL), Refusal.ALREADY_LOCKED),
        (at(PILOT1, LockInitial(FIRST)), SkipCase(), Refusal.NOT_NOW),
        (at(PILOT1, LockInitial(FIRST)), FlagInput("age", False), Refusal.NOT_NOW),
        (INFORMED, LockInitial(FINAL), Refusal.ALREADY_LOCKED),
        (INFORMED, LockFinal(FINAL), Refusal.NOT_NOW),  # not before she has gone on from the score
        (INFORMED, DeliverScore(SCORE), Refusal.NOT_NOW),
        (INFORMED, FlagInput("rating", False), Refusal.NOT_NOW),  # no input of the score
        (INFORMED, EndReading(), Refusal.NOT_NOW),  # a rating is asked for
        (RECONSIDERING, Reconsider(), Refusal.NOT_NOW),
        (at(CONTROL, LockInitial(FIRST), DeliverScore(SCORE)), FlagInput("age", False), Refusal.NOT_NOW),
        (at(SCORE_FIRST), LockFinal(FINAL), Refusal.NOT_NOW),
        (at(SCORE_FIRST), LockInitial(FINAL), Refusal.NOT_NOW),
        (at(SCORE_ONLY, DeliverScore(SCORE)), Reconsider(), Refusal.NOT_NOW),  # no rating is asked for
        (SETTLED, LockFinal(FIRST), Refusal.ALREADY_LOCKED),
        (SETTLED, LockInitial(FIRST), Refusal.ALREADY_LOCKED),
        (SETTLED, CloseCase(), Refusal.NOT_NOW),
        (Skipped(), OpenCase("set/case", "1", PILOT1), Refusal.NOT_NOW),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else type(value).__name__,
)
def test_out_of_order_is_refused(state, command, code):
    assert refusal(state, command) == code


@pytest.mark.parametrize("reasons", ["", " ", "\n\t "])
def test_reasons_that_are_asked_must_be_given_both_times(reasons):
    silent = Judgement(5, reasons)
    assert refusal(JUDGING, LockInitial(silent)) == Refusal.REASONS_MISSING
    assert refusal(RECONSIDERING, LockFinal(silent)) == Refusal.REASONS_MISSING


def test_reasons_that_are_not_asked_need_not_be_given():
    assert decide(Judging(Condition("x", asks_reasons=False)), LockInitial(Judgement(5))) == InitialLocked(Judgement(5))


ANSWERS = {
    Question.CONFIDENCE: {"confidence": 3},
    Question.URGENT: {"urgent": False},
    Question.NEXT_STEP: {"next_step": NextStep.NOTHING},
}


@pytest.mark.parametrize("question", ANSWERS)
def test_a_question_that_is_asked_must_be_answered_once(question):
    asking = Condition("x", questions=frozenset({question}))
    answered = Judgement(4, "først", **ANSWERS[question])
    assert refusal(Judging(asking), LockInitial(FIRST)) == Refusal.QUESTION_MISSING
    assert decide(Judging(asking), LockInitial(answered)) == InitialLocked(answered)
    # the second time it is not asked again
    assert decide(Informed(asking, answered, SCORE, reconsidering=True), LockFinal(FINAL)) == FinalLocked(FINAL)


def test_where_the_score_comes_first_its_one_judgement_answers_the_questions():
    asking = Condition("x", order=SCORE_FIRST.order, questions=frozenset({Question.URGENT}))
    reading = Informed(asking, None, SCORE, reconsidering=True)
    assert refusal(reading, LockFinal(FINAL)) == Refusal.QUESTION_MISSING


def test_nothing_to_miss_is_an_answer():
    asking = Condition("x", questions=frozenset({Question.MISSING}))
    assert decide(Judging(asking), LockInitial(FIRST)) == InitialLocked(FIRST)


# --- a damaged record ---


@pytest.mark.parametrize(
    "facts",
    [
        [InitialLocked(FIRST)],
        [CaseOpened("set/case", "1", PILOT1), ScoreRevealed(SCORE)],
        [CaseOpened("set/case", "1", SCORE_FIRST), ScoreWithheld(SCORE)],
        [CaseSkipped(), CaseOpened("set/case", "1", PILOT1)],
        [CaseOpened("set/case", "1", PILOT1), InitialLocked(FIRST), ScoreRevealed(SCORE), FinalLocked(FINAL)],
    ],
)
def test_facts_that_cannot_have_happened_are_told(facts):
    with pytest.raises(ValueError, match="damaged"):
        replay(facts)
