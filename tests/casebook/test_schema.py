"""The schema: what a case holds, and what it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from explain.casebook.counts import pilot1_inputs
from explain.casebook.possible import days_of_life
from explain.casebook.schema import Case, Household, MeasureEvent, Paragraph, PlacementEvent, Reason, Referral

Changed = Callable[..., dict[str, Any]]
CONTACT = {"kind": "measure", "days_before": 100, "paragraph": "32-1-3"}


def _objections(data: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        Case.model_validate(data)
    return {".".join(map(str, error["loc"])): error["msg"] for error in refused.value.errors()}


def test_a_case_survives_being_written_and_read(high: Case) -> None:
    assert Case.model_validate_json(high.model_dump_json()) == high


def test_a_case_cannot_be_changed(high: Case) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        high.age = 3  # type: ignore[misc]


def test_every_field_of_the_schema_has_a_title_for_forms() -> None:
    schema = Case.model_json_schema()
    fields = [
        (name, field)
        for part in [schema, *schema["$defs"].values()]
        for name, field in part.get("properties", {}).items()
    ]
    assert len(fields) > 50
    assert [name for name, field in fields if not (field.get("title") or field.get("const") or "$ref" in field)] == []


def test_the_reasons_have_their_official_numbers() -> None:
    assert [reason.number for reason in Reason] == list(range(1, 17))
    assert (Reason.CHILD_CRIME.number, Reason.CHILD_ABUSE.number, Reason.PARENTS_MISUSE.number) == (2, 7, 9)
    assert {reason.number for reason in Reason if Referral(reasons=(reason,), referrer="school").grave} == {7, 9, 10}


def test_the_nine_inputs_of_the_longest_history(high: Case) -> None:
    assert list(pilot1_inputs(high).values()) == [13, 2, 3, 1, 0, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("days", "expected"), [(90, (1, 1)), (91, (0, 1)), (180, (0, 1)), (181, (0, 0))], ids=["90", "91", "180", "181"]
)
def test_the_last_day_counts(changed: Changed, days: int, expected: tuple[int, int]) -> None:
    event = {"kind": "referral", "days_before": days, "reasons": ["school"]}
    inputs = pilot1_inputs(Case.model_validate(changed(history=[event])))
    assert (inputs["referrals_90d"], inputs["referrals_180d"]) == expected


def test_early_help_and_a_siblings_history_are_not_counted(changed: Changed) -> None:
    early = {**CONTACT, "paragraph": "30"}
    siblings = {**CONTACT, "whose": 1}
    ended = {**CONTACT, "ended_days_before": 50}
    case = Case.model_validate(changed(history=[CONTACT, early, siblings, ended]))
    assert pilot1_inputs(case)["measures_180d"] == 2


@given(st.lists(st.integers(1, 3000), max_size=8))
def test_shorter_times_never_count_more(high: Case, days: list[int]) -> None:
    history = [{"kind": "referral", "days_before": day, "reasons": ["other"]} for day in days]
    inputs = pilot1_inputs(Case.model_validate({**high.model_dump(), "history": history}))
    assert inputs["referrals_90d"] <= inputs["referrals_180d"] <= len(days)


@given(st.integers(0, 17))
def test_nothing_happens_before_the_birth(high: Case, age: int) -> None:
    parents = {"mother": None, "father": None, "siblings": (), "household": "not_with_parents", "age": age}

    def move(days: int) -> dict[str, Any]:
        history = [{"kind": "move", "days_before": days, "new_municipality": False}]
        pedagogy = {**high.model_dump()["pedagogy"], "duties": ["safe_within_24_hours", "child_heard"]}
        return {**high.model_dump(), **parents, "pedagogy": pedagogy, "history": history}

    assert Case.model_validate(move(days_of_life(age))).age == age
    assert list(_objections(move(days_of_life(age) + 1))) == ["history.0.days_before"]


def test_every_objection_is_listed_at_once(changed: Changed, high: Case) -> None:
    before_birth = {"kind": "referral", "days_before": 9000, "reasons": ["other"]}
    nobody = {"kind": "move", "days_before": 10, "whose": 3, "new_municipality": True}
    data = changed(history=[before_birth, nobody], household="both_parents", age=11)
    assert set(_objections(data)) == {"history.0.days_before", "history.1.whose", "household", "mother.age_at_birth"}


@pytest.mark.parametrize(
    ("first", "second"), [((900, None), (300, 200)), ((900, 250), (300, 200)), ((300, 200), (900, 250))]
)
def test_a_child_is_not_placed_twice_at_once(
    changed: Changed, first: tuple[int, int | None], second: tuple[int, int | None]
) -> None:
    def placement(span: tuple[int, int | None]) -> dict[str, Any]:
        return {"kind": "placement", "days_before": span[0], "ended_days_before": span[1], "forced": False}

    assert "one home at a time" in str(_objections(changed(history=[placement(first), placement(second)])))


def test_one_placement_may_follow_another_on_the_same_day(changed: Changed) -> None:
    spans = [(900, 300), (300, None)]
    history = [{"kind": "placement", "days_before": a, "ended_days_before": b, "forced": False} for a, b in spans]
    assert len(Case.model_validate(changed(history=history)).history) == 2


@pytest.mark.parametrize("event", [MeasureEvent, PlacementEvent])
def test_nothing_ends_before_it_begins(event: type[MeasureEvent] | type[PlacementEvent]) -> None:
    what = {"kind": "measure", "paragraph": "39"} if event is MeasureEvent else {"kind": "placement", "forced": True}
    assert not event.model_validate({**what, "days_before": 10, "ended_days_before": 10}).running
    with pytest.raises(ValidationError, match="must end after it began"):
        event.model_validate({**what, "days_before": 10, "ended_days_before": 11})


def test_an_abuse_referral_needs_its_duty_and_its_warning(changed: Changed) -> None:
    data = changed(referral={"reasons": ["child_abuse"], "referrer": "school"})
    named = _objections(data)
    assert set(named) == {"pedagogy.duties", "pedagogy.content_notes"}
    assert "BL § 20" in named["pedagogy.duties"]


def test_running_support_needs_its_duty(changed: Changed, high: Case) -> None:
    pedagogy = {**high.model_dump()["pedagogy"], "duties": ["safe_within_24_hours", "child_heard"]}
    assert "BL § 137" in _objections(changed(pedagogy=pedagogy))["pedagogy.duties"]


def _planted(high: Case, **values: Any) -> dict[str, Any]:
    error = {"input": "referrals_90d", "registered_value": 2, "true_value": 1, "explanation": {"da": "x", "en": "x"}}
    return {**high.model_dump()["pedagogy"], "roles": ["error_in_data"], "planted_error": {**error, **values}}


def test_a_planted_error_agrees_with_the_registered_data(changed: Changed, high: Case) -> None:
    assert Case.model_validate(changed(pedagogy=_planted(high))).pedagogy.planted_error is not None
    wrong = _objections(changed(pedagogy=_planted(high, registered_value=3, true_value=3)))
    assert set(wrong) == {"pedagogy.planted_error.registered_value", "pedagogy.planted_error.true_value"}
    assert set(_objections(changed(pedagogy={**_planted(high), "roles": ["clear"]}))) == {"pedagogy.roles"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"age": 18},
        {"age": -1},
        {"age": 3.0},
        {"age": "3"},
        {"age": True},
        {"number": 0},
        {"folder": "Sag Æ"},
        {"set": "../x"},
    ],
)
def test_what_is_outside_its_range_or_type_is_refused(changed: Changed, wrong: dict[str, Any]) -> None:
    assert next(iter(wrong)) in _objections(changed(**wrong))


def test_no_parent_may_be_registered(changed: Changed) -> None:
    case = Case.model_validate(changed(household="not_with_parents", mother=None, father=None, siblings=(), history=()))
    assert case.mother is None
    assert case.father is None


def test_households_name_the_parents_who_live_there() -> None:
    assert {household.value: household.parents for household in Household} == {
        "both_parents": ("mother", "father"),
        "mother_new_relationship": ("mother",),
        "single_mother": ("mother",),
        "father_new_relationship": ("father",),
        "single_father": ("father",),
        "not_with_parents": (),
    }


def test_paragraphs_are_cited_as_today() -> None:
    assert [paragraph.citation for paragraph in Paragraph][:4] == [
        "BL § 30",
        "BL § 32 (1) no. 1",
        "BL § 32 (1) no. 2",
        "BL § 32 (1) no. 3",
    ]
