"""The cases that come with the package."""

from __future__ import annotations

from collections.abc import Callable

from explain.apps.wiring import case_sets
from explain.casebook.checks import faults
from explain.casebook.files import read_set, set_folders, shipped
from explain.casebook.mix import mix_of
from explain.casebook.promises import AgeBand
from explain.casebook.schema import Case, ContentNote, Role
from explain.models.linear import pilot1
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


def test_together_they_hold_what_the_training_asks_for(looked_at: LookedAt) -> None:
    cases = _cases()
    scorer = Pilot1Scorer()
    mix = mix_of(cases, lambda case: scorer.score(case).value)
    assert len(cases) >= 16
    assert set(mix.scores) == set(range(1, 11))
    assert {0, 17} <= {case.age for case in cases}
    assert set(mix.age_bands) == set(AgeBand)
    assert len(mix.reasons) >= 11
    for role, fewest in FEWEST.items():
        assert mix.roles[role] >= fewest, role
    public = {
        (case.age, scorer.score(case).value) for case in cases if Role.LIKE_ONE_TOLD_IN_PUBLIC in case.pedagogy.roles
    }
    assert public == {(16, 10), (2, 1)}
    assert {note for case in cases for note in case.pedagogy.content_notes} == set(ContentNote)
    looked_at("cases", len(cases))


FEWEST = {
    Role.AGE_ALONE: 3,
    Role.DECISIVE_FACT_IN_TEXT: 4,
    Role.ERROR_IN_DATA: 3,
    Role.HIGH_SCORE_SMALL_CONCERN: 2,
    Role.LOW_SCORE_GREAT_CONCERN: 2,
    Role.POOR_REFERRAL: 3,
    Role.LIKE_ONE_TOLD_IN_PUBLIC: 2,
}
"""How many cases the plan of the trainings asks for, by role."""


def test_siblings_moves_placements_and_support_are_among_them() -> None:
    events = [event for case in _cases() for event in case.history]
    assert {event.kind for event in events} == {"referral", "measure", "placement", "move"}
    assert {event.forced for event in events if event.kind == "placement"} == {True, False}
    assert len({event.paragraph for event in events if event.kind == "measure"}) >= 3
    assert any(event.whose != "child" for event in events)


def test_every_planted_error_gives_the_scores_it_tells(looked_at: LookedAt) -> None:
    cases = [case for case in _cases() if case.pedagogy.planted_error]
    for case in cases:
        error = case.pedagogy.planted_error
        assert error is not None
        inputs = dict(Pilot1Scorer().score(case).inputs)
        registered, true = (
            pilot1().score(inputs | {error.input: value}).value for value in (error.registered_value, error.true_value)
        )
        assert registered == case.pedagogy.expected_score_pilot1
        assert f"{true} i stedet for {registered}" in " ".join(error.explanation.da.split())
        assert f"{true} instead of {registered}" in " ".join(error.explanation.en.split())
    looked_at("planted errors", len(cases))


def test_the_easiest_set_comes_first_and_none_is_reviewed_yet() -> None:
    assert list(case_sets()) == ["grundforloeb", "fordybelse"]
    assert not any(case.pedagogy.reviewed for case in _cases())


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
