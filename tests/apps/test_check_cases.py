"""The command ``skoen check-cases``: faults, the mix as table and as JSON, and the promises of a set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from explain.apps.cli import main
from explain.casebook.files import shipped


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped() / "grundforloeb", tmp_path / "grundforloeb"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_cases_pass_and_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(shipped() / "grundforloeb")]) == 0
    out, err = capsys.readouterr()
    assert err == "faults: 0; cases: 8; sets: 1\n"
    assert "grundforloeb: 8 cases" in out
    assert "ude-om-natten              10   13  child_crime, child_misuse | clear" in out


def test_several_sets_are_also_counted_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(shipped())]) == 0
    assert "all sets: 18 cases" in capsys.readouterr().out


def test_the_mix_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mix.json"
    assert main(["check-cases", str(shipped() / "grundforloeb"), "--json", str(file)]) == 0
    report = json.loads(file.read_text(encoding="utf-8"))
    (one,) = report["sets"]
    assert report["faults"] == []
    assert len(one["cases"]) == 8
    first = one["cases"][0]
    assert (first["case"], first["score"], first["age"], first["age_band"]) == (
        "grundforloeb/traet-i-boernehaven",
        2,
        3,
        "3-6",
    )
    assert first["use"] == "teaching_only"
    assert one["scores"]["5"] == 0
    assert sum(one["scores"].values()) == 8
    assert report["all"]["roles"]["error_in_data"] == 1


def test_a_fault_is_a_line_with_file_and_place(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "ude-om-natten" / "en.md").unlink()
    assert main(["check-cases", str(copied)]) == 1
    file = (copied / "ude-om-natten" / "en.md").as_posix()
    assert capsys.readouterr().out == f"{file}:file: must be there, but is missing\n"


def test_a_promise_that_is_not_held_fails(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(copied / "set.toml", "scores = [1,", "scores = [5, 8, 1,")
    spoil(copied / "set.toml", "ages = [0]", "ages = [0, 17]")
    spoil(copied / "set.toml", "reasons = 9", "reasons = 16")
    spoil(copied / "set.toml", "age_alone = 2", "age_alone = 7")
    assert main(["check-cases", str(copied), "--json", str(copied.parent / "mix.json")]) == 1
    out = capsys.readouterr().out
    file = (copied / "set.toml").as_posix()
    assert f"{file}:promises.scores: must each be held by a case; none has 5, 8\n" in out
    assert f"{file}:promises.ages: must each be held by a case; none has 17\n" in out
    assert f"{file}:promises.reasons: must be at most the 9 that the cases have, not 16\n" in out
    assert f"{file}:promises.roles.age_alone: must be at most the 2 that the cases have, not 7\n" in out
    assert len(json.loads((copied.parent / "mix.json").read_text(encoding="utf-8"))["faults"]) == 4


def test_a_history_that_drifted_from_its_score_fails(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(copied / "traet-i-boernehaven" / "case.toml", "days_before = 140", "days_before = 80")
    assert main(["check-cases", str(copied)]) == 1
    out = capsys.readouterr().out
    assert "pedagogy.expected_score_pilot1: must be 3, which the history gives, not 2" in out


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(tmp_path / "ukendt")]) == 2
    assert "must be a folder with cases" in capsys.readouterr().err


def test_json_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(shipped()), "--json", str(tmp_path / "ukendt" / "mix.json")]) == 2
    assert "No such file" in capsys.readouterr().err
