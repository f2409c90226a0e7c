"""No sequence of commands breaks the order: any commands, under any condition that can be walked."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explain.domain.conditions import PANEL, PRESETS, Condition, Explanation, Feedback, Order, Question
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
    Rated,
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
from explain.domain.errors import Refused
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

BEFORE_THE_REVEAL = (Unopened, Skipped, Judging, Locked, Rated, AwaitingScore, Uninformed, Settled)
AFTER_THE_REVEAL = (Informed, Reflecting, Closed)


@pytest.mark.parametrize("state", BEFORE_THE_REVEAL)
def test_a_state_before_the_reveal_has_no_field_for_a_score(state):
    assert "score" not in {field.name for field in fields(state)}
    assert not any("Score" in str(field.type) for field in fields(state))


@pytest.mark.parametrize("state", AFTER_THE_REVEAL)
def test_a_state_after_the_reveal_has_one(state):
    assert "score" in {field.name for field in fields(state)}


def walkable(condition):
    if condition["order"] is Order.SCORE_FIRST:
        return condition["shows_score"] and condition["rates_again"]
    return condition["asks_rating"]


any_condition = st.one_of(
    st.sampled_from([*PRESETS.values(), PANEL]),
    st.fixed_dictionaries(
        {
            "name": st.just("random"),
            "order": st.sampled_from(Order),
            "shows_score": st.booleans(),
            "asks_rating": st.booleans(),
            "asks_reasons": st.booleans(),
            "explanations": st.frozensets(st.sampled_from(Explanation)),
            "questions": st.frozensets(st.sampled_from(Question)),
            "feedback": st.sampled_from(Feedback),
            "reopens": st.booleans(),
            "rates_again": st.booleans(),
        }
    )
    .filter(walkable)
    .map(lambda kinds: Condition(**kinds)),
)
any_judgement = st.builds(
    Judgement,
    st.integers(1, 10),
    st.sampled_from(["", "fordi"]),
    st.sampled_from([None, 1, 5]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, *NextStep]),
)
complete = st.builds(
    Judgement, st.integers(1, 10), st.just("fordi"), st.just(3), st.booleans(), st.sampled_from(NextStep)
)
any_score = st.builds(
    lambda value: Score("pilot1", value, value / 40, 0.1175, (("age", 5.0),), (("age", value / 40 - 0.1175),)),
    st.integers(1, 10),
)


def any_command(condition):
    return st.one_of(
        st.just(OpenCase("set/case", "1", condition)),
        st.builds(LockInitial, complete | any_judgement),
        st.builds(DeliverScore, any_score),
        st.builds(FlagInput, st.sampled_from(["age", "rating"]), st.booleans()),
        st.just(Reconsider()),
        st.builds(LockFinal, complete | any_judgement),
        st.just(EndReading()),
        st.builds(OpenFeedback, any_score),
        st.builds(CloseCase, st.sampled_from(["", "lært"])),
        st.just(SkipCase()),
    )


def path_of(condition, first, final, score):
    """The commands that lead from the beginning to the end."""
    begun = [
        OpenCase("set/case", "1", condition),
        *([LockInitial(first)] if condition.order is Order.OWN_FIRST else []),
    ]
    if condition.never_scored:
        return begun
    return [
        *begun,
        DeliverScore(score),
        *([Reconsider(), LockFinal(final)] if rates_at_last(condition) else [EndReading()]),
        *([] if condition.feedback is Feedback.NEVER else [OpenFeedback(score), CloseCase("lært")]),
    ]


def rates_at_last(condition):
    """Whether a rating comes after the score, or after the second reading."""
    return condition.asks_rating and condition.rates_again


@st.composite
def encounters(draw):
    """A condition, and commands in no order at all, or mostly in the order of its path, so that many go far."""
    condition = draw(any_condition)
    path = path_of(condition, draw(complete), draw(complete), draw(any_score))
    between = st.lists(any_command(condition), max_size=3)
    commands = [command for step in path for command in [*draw(between), step]]
    commands = draw(st.one_of(st.just(commands), st.permutations(commands)))
    return condition, [*commands, *draw(st.lists(any_command(condition), max_size=5))]


def steps(commands):
    """Take every command: yield the state before it, the fact it made or None, and the state after it."""
    state = Unopened()
    for command in commands:
        try:
            fact = decide(state, command)
        except Refused:
            yield state, None, state
            continue
        after = evolve(state, fact)
        yield state, fact, after
        state = after


PATIENT = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Nothing is timed: the machine may be busy."""


@PATIENT
@given(encounters())
def test_no_sequence_of_commands_breaks_the_order(encounter):
    condition, commands = encounter
    facts, locked = [], {}
    for before, fact, after in steps(commands):
        if fact is None:
            assert after is before, "a refusal changes nothing"
            continue
        assert not isinstance(before, (Closed, Skipped)), "after the end nothing more"
        happened = {type(one) for one in facts}
        assert type(fact) not in happened - {InputFlagged}, "nothing happens twice but a flag"
        assert needs(fact, condition) <= happened
        assert not excludes(fact) & happened
        facts.append(fact)
        assert not hasattr(after, "score") or may_see(happened | {type(fact)}, condition)
        for name in ("initial", "final"):
            held = getattr(after, name, None)
            assert held == locked.get(name, held), "a locked judgement never changes"
            locked |= {name: held} if held else {}
        assert replay(facts) == after, "what was stepped is what is replayed"


def needs(fact, condition):
    """What must have happened before a fact."""
    judged_first = {InitialLocked} if condition.order is Order.OWN_FIRST else set()
    delivered = ScoreRevealed if condition.shows_score else ScoreWithheld
    match fact:
        case CaseOpened() | CaseSkipped():
            return set()
        case InitialLocked():
            return {CaseOpened}
        case ScoreRevealed() | ScoreWithheld():
            assert isinstance(fact, delivered)
            return {CaseOpened} | judged_first
        case InputFlagged():
            return {ScoreRevealed} | judged_first
        case Reconsidered() | ReadingEnded():
            return {delivered} | judged_first
        case FinalLocked():
            return {delivered, Reconsidered} | judged_first
        case FeedbackOpened():
            return {delivered, FinalLocked if rates_at_last(condition) else ReadingEnded} | judged_first
        case CaseClosed():
            return {FeedbackOpened}


def excludes(fact):
    """What must not have happened before a fact."""
    match fact:
        case CaseSkipped():
            return {InitialLocked, ScoreRevealed, ScoreWithheld}
        case InitialLocked():
            return {ScoreRevealed, ScoreWithheld}
        case InputFlagged() | Reconsidered():
            return {FinalLocked, ReadingEnded, FeedbackOpened}
        case _:
            return {CaseSkipped, CaseClosed}


def may_see(happened, condition):
    """Whether a score may be in the state after all this happened."""
    if not condition.shows_score:
        return FeedbackOpened in happened
    return ScoreRevealed in happened and (InitialLocked in happened or condition.order is Order.SCORE_FIRST)


@PATIENT
@given(any_condition, complete, complete, any_score)
def test_every_condition_can_be_walked_to_its_end(condition, first, final, score):
    taken = list(steps(path_of(condition, first, final, score)))
    assert all(fact is not None for _, fact, _ in taken)
    end = taken[-1][2]
    if condition.never_scored:
        assert end == Rated(condition, first)
    elif condition.feedback is Feedback.NEVER:
        assert isinstance(end, Settled)
    else:
        assert isinstance(end, Closed)
        assert (end.score, end.reflection) == (score, "lært")


@PATIENT
@given(st.lists(any_command(PANEL), max_size=12))
def test_a_panels_encounter_never_holds_a_score(commands):
    first = Judgement(5, "fordi", 3, True, NextStep.NOTHING)
    for _, fact, after in steps([OpenCase("set/case", "1", PANEL), LockInitial(first), *commands]):
        assert not isinstance(fact, ScoreRevealed | ScoreWithheld | FeedbackOpened)
        assert not hasattr(after, "score")
    assert after == Rated(PANEL, first)


@PATIENT
@given(any_condition.filter(lambda condition: not condition.shows_score), st.data())
def test_the_control_has_no_score_in_any_state_before_the_feedback(condition, data):
    commands = data.draw(st.lists(any_command(condition), max_size=12))
    first = Judgement(5, "fordi", 3, True, NextStep.NOTHING)
    opened = False
    for _, fact, after in steps([OpenCase("set/case", "1", condition), LockInitial(first), *commands]):
        opened = opened or isinstance(fact, FeedbackOpened)
        assert opened or not hasattr(after, "score")


def test_the_sequences_tried_reach_every_state():
    reached = {Unopened}

    @settings(PATIENT, max_examples=100, derandomize=True, database=None)
    @given(encounters())
    def collect(encounter):
        reached.update(type(after) for *_, after in steps(encounter[1]))

    collect()
    assert reached == {*BEFORE_THE_REVEAL, *AFTER_THE_REVEAL}
