from __future__ import annotations

import pytest

from explain.register.single import KnownParent, Past, Single, count
from explain.register.variables import variables

MOTHER = KnownParent(age=38, age_at_birth=27, status="F", children=3, partners=2, dead=False)


def counted(own: Past | None = None, siblings: tuple[Past, ...] = (), **other: object) -> dict[str, float]:
    known = {"age": 10, "household": 3, "reasons": (3,), "referrer": 1, "mother": MOTHER, "father": None}
    return count(Single(**(known | other), own=own or Past(), siblings=siblings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "windows"), [(1, 4), (90, 4), (91, 3), (180, 3), (181, 2), (365, 2), (366, 1), (730, 1), (731, 0)]
)
def test_a_window_holds_its_last_day_and_not_the_next(day: int, windows: int) -> None:
    values = counted(Past(referrals=[(day, (7,))]))
    found = [values[f"own_referrals_{window}"] for window in ("90d", "180d", "1y", "2y")]
    assert sum(found) == windows
    assert [values[f"own_grave_referrals_{window}"] for window in ("90d", "180d", "1y", "2y")] == found


def test_reasons_are_counted_by_what_they_are_about() -> None:
    values = counted(Past(referrals=[(10, (2, 14)), (400, (15,)), (20, (9,))]))
    assert values["own_conduct_referrals_1y"] == 1
    assert values["own_neglect_referrals_1y"] == 1
    assert values["own_parents_referrals_2y"] == 1
    assert (values["own_home_referrals_1y"], values["own_home_referrals_2y"]) == (0, 1)
    assert (values["own_referrals_2y"], values["own_grave_referrals_2y"]) == (3, 1)


def test_what_runs_has_begun_and_not_ended() -> None:
    spells = [(400, None, True), (300, 1, False), (50, 10, True)]
    values = counted(Past(measures=spells, placements=[(500, 300, True), (40, None, False)]))
    assert (values["own_present_measures"], values["own_present_grave_measures"]) == (1, 1)
    assert (values["own_measures_180d"], values["own_measures_1y"], values["own_measures_2y"]) == (1, 2, 3)
    assert (values["own_present_placements"], values["own_present_forced_placements"]) == (1, 0)
    assert (values["own_days_placed_1y"], values["own_days_placed_2y"]) == (65 + 40, 200 + 40)


def test_siblings_are_added_up() -> None:
    past = Past(referrals=[(5, (9,))], placements=[(100, None, True)])
    values = counted(siblings=(past, past, Past()))
    assert (values["siblings"], values["siblings_referrals_90d"], values["siblings_present_placements"]) == (3, 2, 2)
    assert values["siblings_days_placed_1y"] == 200
    assert values["own_referrals_90d"] == 0


def test_parents_moves_and_household_stand_as_they_are() -> None:
    values = counted(moves=[(100, False), (500, True)])
    assert (values["moves_1y"], values["moves_2y"]) == (1, 2)
    assert (values["newcomer_1y"], values["newcomer_2y"]) == (0, 1)
    assert values["household_single_mother"] == values["mother_divorced"] == values["no_father"] == 1
    assert (values["mother_age"], values["mother_age_at_birth"], values["mother_children"]) == (38, 27, 3)
    assert sum(values[name] for name in values if name.startswith("father_")) == 0


def test_every_value_is_in_the_range_that_is_promised() -> None:
    values = counted(Past(referrals=[(1, (1, 9))] * 5))
    for one in variables():
        assert one.lowest <= values[one.name] <= one.highest
