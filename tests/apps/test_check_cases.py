"""The command ``skoen check-cases``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explain.apps.cli import main
from explain.casebook.files import shipped


def test_the_shipped_cases_pass_and_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(shipped() / "grundforloeb")]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "faults: 0; cases: 4; sets: 1\n"


def test_a_fault_is_a_line_with_file_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied = Path(shutil.copytree(shipped() / "grundforloeb", tmp_path / "grundforloeb"))
    (copied / "ude-om-natten" / "en.md").unlink()
    assert main(["check-cases", str(copied)]) == 1
    file = (copied / "ude-om-natten" / "en.md").as_posix()
    assert capsys.readouterr().out == f"{file}:file: must be there, but is missing\n"


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-cases", str(tmp_path / "ukendt")]) == 2
    assert "must be a folder with cases" in capsys.readouterr().err
