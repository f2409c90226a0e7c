"""Every fact comes back from its row as it went in, also from rows that an older program wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explain.domain import facts, session_facts
from explain.domain.basis import NO_BASIS, Basis
from explain.domain.conditions import CONTROL, PILOT1, TEACHING, Condition, Explanation, Feedback, Order, Question
from explain.domain.facts import Fact, PlannedEncounter
from explain.domain.judgement import Judgement, NextStep
from explain.domain.people import Role
from explain.domain.score import Score
from explain.domain.session_plan import CaseOrder, Kind, Pace, Research, Step
from explain.store import codec
from explain.store.codec import KINDS, Row, decode, encode, plain, to_json
from tests.domain.plans import panel, plan

texts = st.text(max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False)
named = st.lists(st.tuples(texts, numbers), max_size=4).map(tuple)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    order = draw(st.sampled_from(Order))
    return Condition(
        name=draw(texts),
        order=order,
        shows_score=order is Order.SCORE_FIRST or draw(st.booleans()),
        asks_rating=order is Order.OWN_FIRST or draw(st.booleans()),
        asks_reasons=draw(st.booleans()),
        explanations=draw(st.frozensets(st.sampled_from(Explanation))),
        questions=draw(st.frozensets(st.sampled_from(Question))),
        feedback=draw(st.sampled_from(Feedback)),
        reopens=draw(st.booleans()),
        rates_again=order is Order.SCORE_FIRST or draw(st.booleans()),
    )


judgements = st.builds(
    Judgement,
    rating=st.integers(1, 10),
    reasons=texts,
    confidence=st.none() | st.integers(1, 5),
    urgent=st.none() | st.booleans(),
    next_step=st.none() | st.sampled_from(NextStep),
    missing=texts,
)
scores = st.builds(
    Score,
    model=texts,
    value=st.integers(1, 10),
    raw=numbers,
    baseline=numbers,
    inputs=named,
    contributions=named,
)
planned = st.builds(PlannedEncounter, case=texts, condition=conditions(), trial=st.booleans())
plans = st.lists(planned, max_size=3).map(tuple)
study = Research("Kommunen", "artikel 6", "2030-17", "Følger man en score?")
session_plans = st.sampled_from(
    [
        plan(),
        panel(trial="proeve/trial"),
        plan(kind=Kind.RESEARCH, research=study, conditions=(TEACHING, CONTROL), order=CaseOrder.SQUARE),
        plan(pace=Pace.STEP_BY_STEP, language="en", seed=2**40),
        plan(own_cases=NO_BASIS),
        plan(own_cases=Basis("Byens Kommune", "databeskyttelsesloven § 10")),
    ]
)
counts = st.lists(st.integers(min_value=0), max_size=10).map(tuple)

FIELDS = {
    "judgement": judgements,
    "condition": conditions(),
    "score": scores,
    "plan": plans,
    "colleagues": counts,
    "right": st.booleans(),
    "fits": st.booleans(),
    "role": st.sampled_from(Role),
    "step": st.sampled_from(Step),
    "research": st.booleans(),
    "bot": st.booleans(),
    **{name: st.integers(0, 2**45) for name in ("at", "minutes", "number", "row")},
    "kind": st.sampled_from(facts.OwnKind),
    "why": st.sampled_from(facts.WhyBack),
    "answers": st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
}
"""How a field is made, by its name; the others are texts."""
OF_A_KIND = {session_facts.SessionPlanned: {"plan": session_plans}}
"""What has another form in one kind of fact."""

any_fact = st.one_of(
    st.builds(kind, **{name: FIELDS.get(name, texts) for name in kind.__dataclass_fields__} | OF_A_KIND.get(kind, {}))
    for kind in KINDS.values()
)


@settings(deadline=None)  # the machine may be busy
@given(any_fact)
def test_every_fact_comes_back_as_it_went_in(fact: Fact) -> None:
    assert decode(encode(fact)) == fact


@settings(deadline=None)  # the machine may be busy
@given(scores)
def test_a_score_written_before_it_could_be_erased_is_read(score: Score) -> None:
    old = Row("score_revealed", 1, to_json({"score": plain(score)}), None)

    assert decode(old) == facts.ScoreRevealed(score)
    assert encode(facts.ScoreRevealed(score)).body == "{}"


@settings(deadline=None)  # the machine may be busy
@given(numbers)
def test_a_number_comes_back_to_the_last_bit(number: float) -> None:
    score = Score("m", 1, number, -number, (("a", number),), ())

    back = decode(encode(facts.ScoreRevealed(score)))

    assert isinstance(back, facts.ScoreRevealed)
    assert (back.score.raw.hex(), back.score.baseline.hex()) == (number.hex(), (-number).hex())


def test_every_fact_has_a_kind(looked_at) -> None:  # type: ignore[no-untyped-def]
    looked_at("kinds of fact", len(KINDS))
    assert set(KINDS.values()) == set(get_args(Fact))


def test_kinds_are_names_for_ever() -> None:
    # A line may be added here; one that stands here may never change, since stores hold it.
    assert sorted(KINDS) == [
        "case_closed",
        "case_opened",
        "case_skipped",
        "check_answered",
        "code_taken",
        "consent_answered",
        "feedback_opened",
        "feedback_released",
        "final_locked",
        "initial_locked",
        "input_flagged",
        "introduction_read",
        "joined",
        "link_renewed",
        "note_written",
        "own_case_released",
        "own_case_sent_back",
        "own_case_submitted",
        "participant_joined",
        "participant_let_in",
        "participant_removed",
        "person_invited",
        "person_joined",
        "person_removed",
        "reading_ended",
        "reconsidered",
        "role_given",
        "role_revoked",
        "score_revealed",
        "score_withheld",
        "session_ended",
        "session_erased",
        "session_extended",
        "session_paused",
        "session_planned",
        "session_resumed",
        "session_started",
        "signed_in",
        "signed_out",
        "step_opened",
    ]


def test_what_a_person_wrote_or_rated_stands_apart() -> None:
    row = encode(facts.FinalLocked(Judgement(7, "Skolen er bekymret.")))

    assert row.body == "{}"
    assert row.content is not None
    assert json.loads(row.content)["judgement"]["reasons"] == "Skolen er bekymret."
    assert "Skolen" in row.content


def test_equal_sets_give_equal_rows() -> None:
    one = replace(Condition("c"), questions=frozenset(Question))
    other = replace(Condition("c"), questions=frozenset(reversed(Question)))

    assert encode(facts.CaseOpened("s", "1", one)) == encode(facts.CaseOpened("s", "1", other))


def test_an_old_row_is_read_in_todays_form(monkeypatch: pytest.MonkeyPatch) -> None:
    # An invented past: version 1 of input_flagged said "wrong", version 2 "fits", version 3 "name" instead of "field".
    monkeypatch.setitem(
        codec.UPCASTS, ("input_flagged", 1), lambda old: {"field": old["field"], "fits": not old["wrong"]}
    )
    monkeypatch.setitem(codec.UPCASTS, ("input_flagged", 2), lambda old: {"name": old["field"], "fits": old["fits"]})

    assert decode(Row("input_flagged", 1, '{"field": "age", "wrong": true}', None)) == facts.InputFlagged("age", False)
    assert decode(Row("input_flagged", 2, '{"field": "age", "fits": true}', None)) == facts.InputFlagged("age", True)
    assert encode(facts.InputFlagged("age", True)).schema_version == 3
    assert encode(facts.CaseSkipped()).schema_version == 1


OLD_CONDITION = (
    '{"asks_rating": true, "asks_reasons": true, "explanations": [], "feedback": "after_set", "name": "pilot1", '
    '"order": "own_first", "questions": [], "reopens": false, "shows_score": true}'
)
"""Pilot #1's condition as stores hold it from before there were sessions."""


def test_a_run_from_before_there_were_sessions_is_read() -> None:
    planned = f'[{{"case": "grundforloeb/sag-01", "condition": {OLD_CONDITION}}}]'
    body = f'{{"case_set": "grundforloeb", "plan": {planned}, "version": "7"}}'
    encounter = PlannedEncounter("grundforloeb/sag-01", PILOT1, trial=False)

    assert decode(Row("joined", 1, body, None)) == facts.Joined("grundforloeb", "7", (encounter,))
    assert encode(facts.Joined("grundforloeb", "7", ())).schema_version == 2


def test_a_case_opened_before_there_were_panels_is_read() -> None:
    body = f'{{"case": "grundforloeb/sag-01", "condition": {OLD_CONDITION}, "version": "1"}}'

    assert decode(Row("case_opened", 1, body, None)) == facts.CaseOpened("grundforloeb/sag-01", "1", PILOT1)


def test_a_session_planned_before_it_could_take_own_cases_takes_none() -> None:
    now = session_facts.SessionPlanned("k3m9x2ab", "ACDEF", "anna", plan())
    body = json.loads(encode(now).body)
    del body["plan"]["own_cases"]

    assert decode(Row("session_planned", 1, to_json(body), None)) == now
    assert encode(now).schema_version == 2


@pytest.mark.parametrize("row", [Row("case_dreamt", 1, "{}", None), Row("case_skipped", 2, "{}", None)])
def test_a_row_of_a_newer_program_says_so(row: Row) -> None:
    with pytest.raises(ValueError, match="a newer one"):
        decode(row)


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "age"}',
        '{"name": "age", "fits": true, "more": 1}',
        '{"name": "age", "fits": 1}',
        '{"name": 3, "fits": true}',
    ],
)
def test_a_row_that_does_not_fit_its_kind_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="a stored"):
        decode(Row("input_flagged", 1, body, None))


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode(facts.ScoreRevealed(Score("m", 1, float("nan"), 0.0, (), ())))


def test_a_stranger_is_no_fact() -> None:
    @dataclass
    class Rumour:
        text: str

    with pytest.raises(TypeError, match="no kind"):
        encode(Rumour("x"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="must be made of"):
        plain(object())


def test_danish_can_be_read_in_the_database() -> None:
    assert to_json({"reasons": "Æblet på bordet"}) == '{"reasons": "Æblet på bordet"}'
