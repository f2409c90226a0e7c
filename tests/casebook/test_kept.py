"""Case sets are kept as they were, whole or not at all."""

from __future__ import annotations

import shutil

import pytest

from explain.casebook.files import read_set
from explain.casebook.kept import keep, kept_set
from tests.practice import four_cases


@pytest.fixture
def source(tmp_path):
    return shutil.copytree(four_cases() / "grundforloeb", tmp_path / "cases" / "grundforloeb")


def change(source):
    text = source / "ude-om-natten" / "da.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nEn linje mere.\n", encoding="utf-8")


def test_a_kept_set_is_what_it_was_whatever_becomes_of_its_source(source, tmp_path):
    first = read_set(source)
    keep(source, first.version, tmp_path / "kept")
    change(source)
    second = read_set(source)
    keep(source, second.version, tmp_path / "kept")
    shutil.rmtree(source)
    assert kept_set(tmp_path / "kept", "grundforloeb", first.version) == first
    assert kept_set(tmp_path / "kept", "grundforloeb", second.version) == second
    assert kept_set(tmp_path / "kept", "grundforloeb", "0000") is None


def test_what_has_changed_since_it_was_read_is_not_kept_under_the_old_version(source, tmp_path):
    version = read_set(source).version
    change(source)
    with pytest.raises(ValueError, match="by now"):
        keep(source, version, tmp_path / "kept")
    assert kept_set(tmp_path / "kept", "grundforloeb", version) is None
    assert [path.name for path in (tmp_path / "kept" / version).iterdir()] == []


def test_keeping_twice_changes_nothing(source, tmp_path):
    version = read_set(source).version
    keep(source, version, tmp_path / "kept")
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")}
    keep(source, version, tmp_path / "kept")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")} == first


def test_a_kept_set_that_was_changed_is_refused(source, tmp_path):
    version = read_set(source).version
    keep(source, version, tmp_path / "kept")
    change(tmp_path / "kept" / version / "grundforloeb")
    with pytest.raises(ValueError, match="restore it"):
        kept_set(tmp_path / "kept", "grundforloeb", version)
