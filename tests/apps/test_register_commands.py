"""The commands that make a register, a table, a model and a card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from explain.apps import table4
from explain.apps.cli import main
from explain.apps.register_margins import margins, table
from explain.apps.table4_report import report
from explain.models.table4 import reported
from explain.models.training import code_hash


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["register", "--seed", "-1", "--out", "x"], "must be 0 or more"),
        (["register", "--seed", "1", "--out", "x", "--referrals", "10"], "at least 500"),
    ],
)
def test_what_cannot_be_made_is_refused(
    words: list[str], what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert what in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_margins_stand_beside_the_published_ones(small: Any) -> None:
    rows = margins(small)
    assert all(len(row) == 3 and all(row) for row in rows)
    assert table(rows).count("\n") == len(rows) + 1


def test_kept_seeds_are_printed_without_being_computed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(reported()), encoding="utf-8")
    first = reported()[0]
    words = ["table4", "--seeds", str(first["seed"]), "--referrals", str(first["referrals"]), "--json", str(kept)]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "for teaching only" in printed
    assert "XGBoost" in printed


@pytest.mark.parametrize("content", ["{}", "[1]", "no JSON"])
def test_a_file_that_holds_something_else_is_left_alone(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(content, encoding="utf-8")
    assert main(["table4", "--seeds", "1", "--referrals", "600", "--json", str(kept)]) == 2
    assert "must be a file that --json wrote" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == content


def test_what_other_code_made_is_not_taken_for_this_codes(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps([reported()[0] | {"code_sha256": "another"}, reported()[0]]), encoding="utf-8")
    assert table4.kept(kept) == [reported()[0]]


def test_the_reported_seeds_were_computed_by_this_code() -> None:
    assert {result["code_sha256"] for result in reported()} == {code_hash()}


def test_the_table_says_of_each_aim_whether_it_was_reached() -> None:
    lines = list(report(reported()))
    assert sum("reached" in line.lower() for line in lines) >= 4 + 3 + 1 + 9 + 2


@pytest.mark.parametrize("seeds", ["1,1", "-1", "one"])
def test_seeds_that_are_none_are_refused(seeds: str) -> None:
    with pytest.raises(SystemExit):
        main(["table4", f"--seeds={seeds}"])


@pytest.mark.parametrize("model", ["pilot1", "pilot2"])
def test_a_card_has_the_eight_topics_in_both_languages(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["card", model]) == 0
    printed = capsys.readouterr().out
    for topic in range(1, 9):
        assert printed.count(f"\n## {topic}. ") == 2
    assert "kun til undervisning" in printed
    assert "for teaching only" in printed
    assert "{" not in printed
    assert main(["card", model, "--out", str(tmp_path / "card.md")]) == 0
    assert (tmp_path / "card.md").read_text(encoding="utf-8") == printed


def test_the_committed_card_is_the_models(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "pilot2"]) == 0
    assert (root / "docs/pilot2.md").read_text(encoding="utf-8") == capsys.readouterr().out
