"""A case in the reader's words: everything registered is said, nothing of what comes after the first lock is."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from explain.casebook.schema import CivilStatus, ContentNote, Duty, Household, Paragraph, Reason, Referrer
from explain.texts import LANGUAGES, sayer
from explain.views.case.presenter import CaseWords, Moment, words_of

HISTORY = (
    {"kind": "placement", "days_before": 900, "ended_days_before": 400, "forced": True},
    {"kind": "measure", "days_before": 100, "paragraph": "32-1-3"},
    {"kind": "referral", "days_before": 1, "reasons": ("school", "child_crime")},
    {"kind": "move", "days_before": 1500, "new_municipality": True},
    {"kind": "referral", "days_before": 30, "whose": 1, "reasons": ("school",)},
)
SIBLINGS = ({"age": 5, "shares": "mother", "at_home": False},)


@pytest.fixture
def told(changed):
    return words_of(changed(history=HISTORY, siblings=SIBLINGS), sayer("da"))


def test_the_timeline_begins_with_the_newest(told):
    assert [moment.when for moment in told.timeline] == [
        "1 dag før",
        "30 dage før",
        "ca. 3 måneder før",
        "ca. 2½ år før",
        "ca. 4 år før",
    ]


def test_the_timeline_says_whose_and_what(told):
    newest, sibling, measure, placement, move = told.timeline
    assert newest == Moment("1 dag før", "Barnet", newest.what)
    assert all(sayer("da")(f"reason.{reason}") in newest.what for reason in ("school", "child_crime"))
    assert sibling.whose == "Søskende 1"
    assert "§ 32, stk. 1, nr. 3" in measure.what.replace("\xa0", " ")
    assert "uden samtykke" in placement.what
    assert "ca. 13 måneder før" in placement.what  # when it ended
    assert move.whose == "Barnet"


def test_the_family_is_told(changed):
    case = changed(history=(), siblings=SIBLINGS, father=None, household="single_mother")
    family = words_of(case, sayer("da")).family
    assert len(family) == 3
    assert family[1] == sayer("da")("family.father_not_registered")
    assert family[2].startswith("Søskende 1: 5 år")


def test_a_dead_parent_is_told_with_when(changed, cases):
    mother = cases.case("grundforloeb/ude-om-natten").mother.model_dump() | {"died_days_before": 800}
    case = changed(history=(), mother=mother, household="not_with_parents")
    assert words_of(case, sayer("da")).family[0] == "Mor døde ca. 2 år før"


def test_a_case_says_that_it_is_not_reviewed_until_two_practitioners_have(changed, cases):
    pedagogy = cases.case("grundforloeb/ude-om-natten").pedagogy.model_dump()
    review = {"role": "børne- og ungerådgiver"}
    for times, tag in ((0, "case.not_reviewed"), (1, "case.not_reviewed"), (2, None)):
        case = changed(pedagogy=pedagogy | {"reviewed_by": (review,) * times})
        assert words_of(case, sayer("da")).tag == (sayer("da")(tag) if tag else "")


def test_a_case_in_words_has_no_room_for_what_comes_later():
    assert {field.name for field in fields(CaseWords)} == {"title", "body", "facts", "family", "timeline", "tag"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_case_can_hold_has_its_words(language, looked_at):
    say, worded = sayer(language), 0
    for table, values in {
        "reason": Reason,
        "referrer": Referrer,
        "household": Household,
        "civil_status": [status for status in CivilStatus if status is not CivilStatus.WIDOWED],
        "content_note": ContentNote,
        "duty": Duty,
    }.items():
        for value in values:
            assert say(f"{table}.{value}")
            worded += 1
    assert say("civil_status.widowed_mother")
    assert say("civil_status.widowed_father")
    for paragraph in Paragraph:
        said = say(f"paragraph.{paragraph.name.lower()}", citation=paragraph.citation)
        assert re.search(rf"\b{paragraph.value.split('-')[0]}\b", said)
        worded += 1
    looked_at(f"words of a case in {language}", worded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_case_is_told(cases, language, looked_at):
    for case in cases.cases:
        told = words_of(case, sayer(language))
        assert told.title == case.text(language).title
        assert len(told.timeline) == len(case.history)
        assert len(told.family) == 2 + len(case.siblings)
    looked_at("cases", len(cases.cases))
