"""The command ``skoen check-text``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explain.apps.cli import main


def checked(file: Path, *options: str) -> int:
    return main(["check-text", str(file), *options])


def test_a_line_of_json_for_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_text("cpr 0101" + "90-1234 og mere\r\nintet her\n\nmette bor der", encoding="utf-8", newline="")
    assert checked(file) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        '{"line": 1, "findings": [{"kind": "cpr", "start": 4, "end": 15, "action": "refuse"}]}',
        '{"line": 2, "findings": []}',
        '{"line": 3, "findings": []}',
        '{"line": 4, "findings": [{"kind": "name", "start": 0, "end": 5, "action": "ask"}]}',
    ]
    assert err == ""


def test_places_are_characters_also_after_a_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_text("\ufeffåååå 🙂 00 00 00 00\n", encoding="utf-8")
    assert checked(file) == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["start"], found["end"]) == (7, 18)


def test_a_word_that_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Drengen Storm\n", encoding="utf-8")
    assert checked(file, "--keep", "storm") == 0
    assert json.loads(capsys.readouterr().out) == {"line": 1, "findings": []}


def test_an_empty_file_has_no_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.touch()
    assert checked(file) == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path / "nothing.txt") == 2
    assert "nothing.txt: No such file" in capsys.readouterr().err


def test_another_encoding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("et\næøå\n".encode("latin-1"))
    assert checked(file) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "must be UTF-8, but is not in line 2" in err
