from __future__ import annotations

from pathlib import Path

import pytest

from explain.casebook.files import read_set, set_folders
from explain.explanations.groups import variable_index
from explain.explanations.overview import overview
from explain.models.boosted import pilot2
from explain.models.case_variables import case_variables
from explain.register.variables import variables

COUNTED = {"referrals", "measures", "placements"}


def test_every_input_is_shown_with_the_events_it_comes_from(root: Path, looked_at):
    cases = [case for folder in set_folders(root / "training_cases") for case in read_set(folder).cases]
    for case in cases:
        lines = overview(case)
        assert [line.variable for line in lines] == list(variables())
        for line in lines:
            if line.variable.unit in COUNTED:
                assert len(line.events) == line.value, (case.key, line.variable.name)
            if line.variable.window:
                assert all(event.days_before <= 730 or event.kind == "placement" for event in line.events)
            if line.value == 0:
                assert line.events == ()
    looked_at("cases", len(cases))


def test_every_case_of_the_casebook_is_scored_and_explained(root: Path, looked_at):
    cases = [case for folder in set_folders(root / "training_cases") for case in read_set(folder).cases]
    for case in cases:
        score = pilot2().score(case_variables(case))
        assert 1 <= score.value <= 10
        assert score.raw == pytest.approx(
            score.baseline + sum(bar.contribution for bar in variable_index(score)), abs=0
        )
    looked_at("cases", len(cases))
