"""Reading sets from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from explain.casebook.faults import FaultyCasebook
from explain.casebook.files import read_case, read_set, set_folders, shipped


def test_cases_come_in_the_order_of_the_set(copied: Path) -> None:
    case_set = read_set(copied)
    assert [case.number for case in case_set.cases] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert case_set.cases[0].key == "grundforloeb/traet-i-boernehaven"
    assert case_set.case(case_set.cases[2].key) is case_set.cases[2]
    with pytest.raises(KeyError, match="must have the case asked for"):
        case_set.case("grundforloeb/ukendt")


def test_the_title_is_the_first_heading_and_not_part_of_the_text(copied: Path) -> None:
    text = read_case(copied / "ude-om-natten").texts["da"]
    assert text.title == "Ude om natten"
    assert text.body_markdown.startswith("**Hvem underretter.**")


@pytest.mark.parametrize("name", ["case.toml", "da.md", "en.md"])
def test_another_content_is_another_version(copied: Path, name: str) -> None:
    before = read_set(copied)
    file = copied / "ude-om-natten" / name
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n\n", encoding="utf-8")
    after = read_set(copied)
    assert after.version != before.version
    changed = [new.folder for old, new in zip(before.cases, after.cases, strict=True) if old.version != new.version]
    assert changed == ["ude-om-natten"]


def test_line_ends_do_not_change_the_version(copied: Path) -> None:
    before = read_set(copied)
    for file in copied.rglob("*.*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_set(copied) == before


def test_the_order_belongs_to_the_version(copied: Path) -> None:
    before = read_set(copied).version
    file = copied / "set.toml"
    text = file.read_text(encoding="utf-8")
    first, second = '"traet-i-boernehaven"', '"fravaer-paa-gymnasiet"'
    file.write_text(text.replace(f"{first}, {second}", f"{second}, {first}"), encoding="utf-8")
    after = read_set(copied)
    assert after.version != before
    assert [case.number for case in after.cases] == [2, 1, 3, 4, 5, 6, 7, 8]


def test_a_faulty_set_is_not_read_and_says_everything(copied: Path) -> None:
    (copied / "ude-om-natten" / "en.md").unlink()
    (copied / "skaenderier-hjemme" / "da.md").write_text("Uden titel", encoding="utf-8")
    with pytest.raises(FaultyCasebook) as refused:
        read_set(copied)
    assert sorted(fault.file.name for fault in refused.value.faults) == ["da.md", "en.md"]
    with pytest.raises(FaultyCasebook, match=r"en\.md:file: must be there"):
        read_case(copied / "ude-om-natten")


def test_sets_are_found_at_and_below_a_folder(copied: Path, tmp_path: Path) -> None:
    assert set_folders(copied) == set_folders(tmp_path) == [copied]
    assert shipped() / "grundforloeb" in set_folders(shipped())
