"""``skoen score --model pilot2``: tables of the 126 variables, sets and single cases."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from explain.apps.cli import main
from explain.apps.score_models import Pilot2
from explain.casebook.files import read_set, set_folders
from explain.models.boosted import pilot2
from explain.models.case_variables import case_variables

NAMES = pilot2().inputs
CHILD = dict.fromkeys(NAMES, "0") | {
    "age": "12",
    "reason_school": "1",
    "reasons": "1",
    "referrer_school": "1",
    "household_single_mother": "1",
    "mother_unmarried": "1",
    "no_father": "1",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["case_id", *rows[0]])
        out.writeheader()
        out.writerows({"case_id": f"c{number}"} | row for number, row in enumerate(rows))
    return path


def scored(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    assert main(["score", "--model", "pilot2", *words]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_table_is_scored_in_order_and_full_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = CHILD | {"age": "15", "own_referrals_1y": "4", "own_referrals_2y": "6"}
    rows = scored(capsys, str(written(tmp_path, CHILD, other)))
    assert [row["case_id"] for row in rows] == ["c0", "c1"]
    assert list(rows[0])[:4] == ["case_id", "log_odds", "probability", "score"]
    for row, child in zip(rows, (CHILD, other), strict=True):
        score = pilot2().score({name: float(value) for name, value in child.items()})
        assert (int(row["score"]), float(row["log_odds"])) == (score.value, score.raw)
        assert [float(row[f"phi_{name}"]) for name in NAMES] == [value for _, value in score.contributions]
        assert row["use"] == "teaching_only"


def test_a_set_and_a_single_case_are_scored_from_their_histories(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = set_folders(root / "training_cases")[0]
    cases = read_set(folder).cases
    rows = scored(capsys, str(folder))
    assert [row["case_id"] for row in rows] == [case.key for case in cases]
    for row, case in zip(rows, cases, strict=True):
        assert int(row["score"]) == pilot2().score(case_variables(case)).value
    (one,) = scored(capsys, str(folder / cases[0].folder))
    assert one == rows[0]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"age": "18"}, "column age"),
        ({"household_single_mother": "2"}, "column household_single_mother"),
        ({"own_referrals_90d": "3", "own_referrals_180d": "2"}, "column own_referrals_90d"),
        ({"siblings_placements_1y": "1", "siblings_placements_2y": "0"}, "column siblings_placements_1y"),
        ({"mother_age": "nan"}, "column mother_age"),
        ({"mother_age": "-1"}, "column mother_age"),
        ({"reasons": ""}, "column reasons"),
        ({"siblings": "x" * 10_000}, "column siblings"),
        ({"reasons": "7"}, "column reasons: must be how many are 1 of reason_child_misuse"),
        ({"household_both_parents": "1"}, "here 2 are"),
        ({"referrer_school": "0"}, "column referrer_school: exactly one must be 1"),
        ({"no_father": "0"}, "column no_father: exactly one must be 1 of no_father, father_unmarried"),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(
    changed: dict[str, str], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    source = written(tmp_path, CHILD, CHILD | changed)
    assert main(["score", str(source), "--model", "pilot2", "--output", str(out)]) == 2
    message = capsys.readouterr().err
    assert "row 3" in message
    assert named in message
    assert not out.exists()


def test_a_missing_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = {name: value for name, value in CHILD.items() if name != "father_dead"}
    assert main(["score", str(written(tmp_path, short)), "--model", "pilot2"]) == 2
    assert "father_dead" in capsys.readouterr().err


def test_a_header_with_little_in_it_is_refused_in_few_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(written(tmp_path, {"age": "3"})), "--model", "pilot2"]) == 2
    message = capsys.readouterr().err
    assert "column moves_1y: is missing (missing are 125: " in message
    assert "but names 'case_id', 'age'" in message
    assert len(message) < 1000


def test_every_child_of_the_register_could_stand_in_a_table(small_variables: pd.DataFrame) -> None:
    row = {name: small_variables[name].to_numpy(dtype=float) for name in NAMES}
    assert [rule for rule in Pilot2().sums if rule.broken(row).any()] == []
