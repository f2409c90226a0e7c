"""What a set covers, what it promised, and what a case says of itself that its data deny."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from explain.casebook.mix import Row, broken_promises, contradictions, mix_of
from explain.casebook.promises import AgeBand, Promises
from explain.casebook.schema import Case, CaseSet, PlacementEvent, Role


def score_of_eight(_case: Case) -> int:
    return 8


def with_roles(case: Case, *roles: Role) -> Case:
    return case.model_copy(update={"pedagogy": case.pedagogy.model_copy(update={"roles": roles})})


def test_every_age_has_a_band(looked_at) -> None:
    assert [AgeBand.of(age) for age in (0, 2, 3, 6, 7, 12, 13, 17)] == [band for band in AgeBand for _ in range(2)]
    looked_at("ages", len({AgeBand.of(age) for age in range(18)}))


def test_the_counts(high: Case) -> None:
    mix = mix_of([high, high.model_copy(update={"age": 2})], score_of_eight)
    assert mix.scores == {8: 2}
    assert mix.age_bands == {AgeBand.YOUNG: 1, AgeBand.BABY: 1}
    assert mix.reasons == {"child_crime": 2, "child_misuse": 2}
    assert mix.roles == {Role.CLEAR: 2}


def test_what_is_not_promised_cannot_be_broken(high: Case) -> None:
    held = CaseSet(name="a", title=TEXT, description=TEXT, version="1", cases=(high,))
    assert list(broken_promises(held, mix_of(held.cases, score_of_eight))) == []


def test_a_promise_must_be_possible() -> None:
    for wrong in ({"scores": [11]}, {"ages": [18]}, {"reasons": 17}, {"roles": {"weather": 1}}, {"colour": 1}):
        with pytest.raises(ValidationError):
            Promises.model_validate(wrong)


def test_a_case_that_says_what_its_data_say_has_no_contradiction(high: Case) -> None:
    assert list(contradictions(Row(high, 10))) == []


@pytest.mark.parametrize(
    ("role", "score", "found"),
    [
        (Role.AGE_ALONE, 10, "not name age_alone, since more than the age counts"),
        (Role.LOW_SCORE_GREAT_CONCERN, 6, "score (6) and panel (median 8) are 3 or more apart"),
        (Role.HIGH_SCORE_SMALL_CONCERN, 10, "score (10) and panel (median 8) are 3 or more apart"),
    ],
)
def test_a_role_the_data_deny_is_found(high: Case, role: Role, score: int, found: str) -> None:
    messages = [
        message for place, message in contradictions(Row(with_roles(high, role), score)) if place.endswith("roles")
    ]
    assert any(found in message for message in messages), messages


def test_age_alone_must_be_said(high: Case) -> None:
    bare = high.model_copy(
        update={"history": (), "referral": high.referral.model_copy(update={"reasons": ("school",)})}
    )
    assert any("must name age_alone" in message for _, message in contradictions(Row(bare, 10)))


def test_a_siblings_history_leaves_age_alone(high: Case) -> None:
    theirs = PlacementEvent(kind="placement", days_before=9, whose=1, forced=False)
    school = high.referral.model_copy(update={"reasons": ("school",)})
    bare = with_roles(high, Role.AGE_ALONE).model_copy(update={"history": (theirs,), "referral": school})
    assert list(contradictions(Row(bare, 10))) == []


TEXT = {"da": "Tekst", "en": "Text"}
