"""An own case is the casebook's schema filled in by hand: same choices, same limits, same objections."""

from __future__ import annotations

import pytest

from explain.casebook.answers import MOST_ITEMS
from explain.casebook.blanks import blanks
from explain.casebook.law import Duty
from explain.casebook.own import BLANKS, Impossible, filled_in, is_blank, own_case
from explain.casebook.people import Household
from explain.casebook.referral import Reason
from explain.casebook.situation import Situation
from explain.guards import find
from tests.practice import OWN


def problems(**changed: str) -> list[tuple[str, str]]:
    with pytest.raises(Impossible) as refused:
        own_case(OWN | {name.replace("__", "."): value for name, value in changed.items()}, key="own/p1/1", version="1")
    return [(one.name, one.code) for one in refused.value.problems]


def test_what_is_filled_in_becomes_a_case():
    case = own_case(OWN, key="own/p1/1", version="1")
    assert (case.key, case.age, case.household) == ("own/p1/1", 9, Household.SINGLE_MOTHER)
    assert case.referral.reasons == (Reason.SCHOOL, Reason.CHILD_ABUSE)
    assert case.mother is not None
    assert case.mother.children == 2
    assert case.father is None
    assert [(sibling.age, sibling.shares) for sibling in case.siblings] == [(4, "mother")]
    assert [(event.kind, event.days_before, event.whose) for event in case.history] == [
        ("referral", 40, "child"),
        ("placement", 700, "child"),
        ("measure", 100, 1),
        ("move", 900, "child"),
    ]
    assert case.text("en").body_markdown == "Skolen skriver.\n\nHan kommer for sent."
    assert case.pedagogy is None


def test_the_duties_are_what_the_law_asks_for():
    case = own_case(OWN, key="k", version="1")
    assert case.duties == (Duty.SAFE_WITHIN_24_HOURS, Duty.CHILD_HEARD, Duty.SUSPECTED_ABUSE_OR_VIOLENCE)


def test_choices_and_limits_are_the_schemas():
    by_name = {blank.name: blank for blank in BLANKS}
    assert by_name["referral.reasons"].options == tuple(Reason)
    assert by_name["household"].options == tuple(Household)
    assert (by_name["age"].least, by_name["age"].most) == (0, 17)
    history = {part.name: part for part in by_name["history"].parts}
    assert history["kind"].options == ("referral", "measure", "placement", "move")
    assert history["ended_days_before"].only == ("measure", "placement")
    assert not history["ended_days_before"].required
    assert {blank.name.split(".")[0] for blank in blanks(Situation)} == set(Situation.model_fields)


def test_no_choice_looks_like_somebody():
    options = {option for blank in BLANKS for one in (blank, *blank.parts) for option in one.options}
    assert [option for option in options if find(option)] == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"age": ""}, ("age", "missing")),
        ({"age": "18"}, ("age", "number")),
        ({"age": "ni"}, ("age", "number")),
        ({"age": "٩"}, ("age", "number")),
        ({"age": "9" * 5000}, ("age", "number")),
        ({"referral__reasons": ""}, ("referral.reasons", "missing")),
        ({"referral__reasons": "school school"}, ("referral.reasons", "reason_twice")),
        ({"referral__reasons": "bored"}, ("referral.reasons", "missing")),
        ({"referral__referrer": "the cat"}, ("referral.referrer", "missing")),
        ({"household": "both_parents"}, ("household", "lives_with_father")),
        ({"mother__known": ""}, ("mother.known", "missing")),
        ({"mother__known": "no"}, ("household", "lives_with_mother")),
        ({"mother__age": ""}, ("mother.age", "missing")),
        ({"mother__age_at_birth": "30"}, ("mother.age_at_birth", "age_at_birth")),
        ({"mother__partners": "3"}, ("mother.partners", "more_partners_than_children")),
        ({"mother__children": "1", "mother__partners": "1"}, ("mother.children", "too_few_children")),
        ({"siblings__a__shares": "father"}, ("siblings.a.shares", "no_father_to_share")),
        ({"siblings__a__at_home": ""}, ("siblings.a.at_home", "missing")),
        ({"history__e__days_before": "22001"}, ("history.e.days_before", "number")),
        ({"history__e__days_before": "9000"}, ("history.e.days_before", "before_birth")),
        ({"history__e__kind": ""}, ("history.e.kind", "missing")),
        ({"history__e__reasons": ""}, ("history.e.reasons", "missing")),
        ({"history__f__ended_days_before": "800"}, ("history.f.ended_days_before", "ended_before_it_began")),
        ({"history__g__whose": "zz"}, ("history.g.whose", "no_such_sibling")),
        ({"history__g__paragraph": "99"}, ("history.g.paragraph", "missing")),
        ({"title": "  "}, ("title", "missing")),
        ({"title": "a" * 121}, ("title", "too_long")),
        ({"body": ""}, ("body", "missing")),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_blank(changed, problem):
    assert problem in problems(**changed)


def test_two_placements_at_once_are_refused():
    again = {"history": "f h", "history__h__kind": "placement", "history__h__days_before": "650"}
    found = problems(**again, history__h__whose="child", history__h__forced="no")
    assert found == [("history.h.days_before", "two_placements")]


def test_problems_come_in_the_forms_order_and_one_a_blank():
    found = problems(age="x", title="", history__e__days_before="0")
    assert found == [("age", "number"), ("history.e.days_before", "number"), ("title", "missing")]


def test_an_empty_form_makes_no_traceback():
    with pytest.raises(Impossible) as refused:
        own_case({}, key="k", version="1")
    assert [one.name for one in refused.value.problems] == [
        "age",
        "referral.reasons",
        "referral.referrer",
        "household",
        "mother.known",
        "father.known",
        "title",
        "body",
    ]


def test_leftovers_of_removed_items_are_left_out():
    answers = OWN | {"siblings": "", "history": "e", "mother.known": "no", "father.age": "40", "household": "x"}
    names = [name for name, _ in filled_in(answers)]
    assert not [name for name in names if name.startswith(("siblings.", "history.f", "mother.age", "father.age"))]
    assert "history.e.days_before" in names


def test_no_more_items_than_any_register_holds():
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = " ".join(a + b for a in letters for b in letters)
    with pytest.raises(Impossible) as refused:
        own_case(OWN | {"siblings": many}, key="k", version="1")
    siblings = {one.name for one in refused.value.problems if one.name.endswith(".at_home")}
    assert len(siblings) == MOST_ITEMS


@pytest.mark.parametrize(
    "name", ["", "key", "version", "age.x", "siblings.a", "siblings.a.name", "mother", "history.1.kind"]
)
def test_a_name_that_is_no_blank(name):
    assert not is_blank(name)


@pytest.mark.parametrize(
    "name", ["age", "siblings", "siblings.a.age", "mother.known", "mother.age", "history.e.reasons"]
)
def test_a_name_that_is_a_blank(name):
    assert is_blank(name)
