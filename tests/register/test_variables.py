from __future__ import annotations

import pytest

from explain.register.variables import COUNT, index_groups, names, variable, variables


def test_there_are_126_in_five_groups_and_each_has_all_it_needs() -> None:
    assert len(variables()) == len(set(names())) == COUNT
    assert {one.group for one in variables()} == {"child", "referral", "history", "siblings", "parents"}
    for one in variables():
        assert one.lowest <= one.highest
        assert one.window in (0, 90, 180, 365, 730)
        assert one.definition.endswith(".")
        assert one.source
        for label, absent in ((one.da, one.da_absent), (one.en, one.en_absent)):
            assert ("{value}" in label) == (one.highest > 1), one.name
            assert "{" not in absent
            assert label != absent


def test_mother_and_father_are_known_by_the_same() -> None:
    mothers = [name.removeprefix("mother_") for name in names() if name.startswith("mother_")]
    fathers = [name.removeprefix("father_") for name in names() if name.startswith("father_")]
    assert mothers == fathers
    assert {"no_mother", "no_father", "household_single_mother", "household_single_father"} <= set(names())


def test_the_childs_own_history_and_the_siblings_are_known_by_the_same_windows() -> None:
    own = [name.removeprefix("own_") for name in names() if name.startswith("own_")]
    siblings = [name.removeprefix("siblings_") for name in names() if name.startswith("siblings_")]
    assert own == siblings
    for name in own:
        if name.endswith("_1y"):
            assert name.replace("_1y", "_2y") in own
        assert variable(f"own_{name}").window == variable(f"siblings_{name}").window


def test_the_index_begins_with_the_nine_published_groups_and_holds_every_variable() -> None:
    published = [group.name for group in index_groups() if group.published]
    assert published == [group.name for group in index_groups()][:9]
    assert published == [
        "placements", "referrals", "placements_siblings", "mother_children", "mother_civil_status", "reason", "moves",
        "measures", "referrals_siblings",
    ]  # fmt: skip
    assert {group.name for group in index_groups()} == {one.index for one in variables()}


@pytest.mark.parametrize(
    "word", ["sex", "boy", "girl", "koen", "origin", "ethnic", "ie_type", "ses", "income", "western"]
)
def test_no_variable_is_about_sex_origin_or_status(word: str) -> None:
    for one in variables():
        assert word not in one.name.lower().split("_")
        assert word not in one.source.lower().replace(",", " ").replace(".", " ").split()
