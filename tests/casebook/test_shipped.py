"""The cases that come with the package."""

from __future__ import annotations

from collections.abc import Callable

from explain.casebook.checks import faults
from explain.casebook.files import read_set, set_folders, shipped
from explain.casebook.schema import Case, ContentNote, Role
from explain.models.scorer import Pilot1Scorer

LookedAt = Callable[[str, int], None]


def _cases() -> list[Case]:
    return [case for folder in set_folders(shipped()) for case in read_set(folder).cases]


def test_no_fault(looked_at: LookedAt) -> None:
    assert [str(fault) for fault in faults(shipped())] == []
    looked_at("cases", len(_cases()))


def test_every_case_has_the_score_it_was_written_for(looked_at: LookedAt) -> None:
    cases = _cases()
    scorer = Pilot1Scorer()
    assert {case.key: scorer.score(case).value for case in cases} == {
        case.key: case.pedagogy.expected_score_pilot1 for case in cases
    }
    looked_at("cases", len(cases))


def test_the_first_set_spans_low_middle_high_and_age_alone() -> None:
    cases = read_set(shipped() / "grundforloeb").cases
    assert [case.pedagogy.expected_score_pilot1 for case in cases] == [2, 7, 6, 10]
    (alone,) = [case for case in cases if Role.AGE_ALONE in case.pedagogy.roles]
    assert alone.history == ()


def test_one_case_warns_of_violence_and_none_is_reviewed_yet() -> None:
    cases = read_set(shipped() / "grundforloeb").cases
    assert [case.folder for case in cases if ContentNote.VIOLENCE in case.pedagogy.content_notes] == [
        "skaenderier-hjemme"
    ]
    assert not any(case.pedagogy.reviewed for case in cases)


def test_the_panels_differ_and_give_five_reasons(looked_at: LookedAt) -> None:
    cases = _cases()
    for case in cases:
        panel = case.pedagogy.panel
        assert len({member.rating for member in panel}) > 1
        assert len({member.reasons.da for member in panel}) == len({member.reasons.en for member in panel}) == 5
    looked_at("panels", len(cases))


def test_neither_text_is_a_copy_of_the_other(looked_at: LookedAt) -> None:
    cases = _cases()
    for case in cases:
        assert case.texts["da"].title != case.texts["en"].title
        assert case.texts["da"].body_markdown != case.texts["en"].body_markdown
    looked_at("cases", len(cases))
