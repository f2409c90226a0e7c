"""Every fault is found, with file and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explain.casebook.checks import faults, words

NIGHT = "ude-om-natten/case.toml"

SPOILED = {
    "unknown key": (NIGHT, "number = 4", "number = 4\ncolour = 1", "colour", "is not a key of the schema"),
    "unknown key deep down": (NIGHT, "forced = false", "forced = false\nprice = 1", "history.2.price", "not a key"),
    "missing key": (NIGHT, "age = 13\n", "", "age", "must be there, but is missing"),
    "wrong range": (NIGHT, "age = 13\n", "age = 18\n", "age", "must be less than or equal to 17, not 18"),
    "wrong type": (NIGHT, "age = 13\n", 'age = "13"\n', "age", "must be a valid integer, not '13'"),
    "unknown reason": (NIGHT, '"child_crime"', '"weather"', "referral.reasons.1", "not 'weather'"),
    "reason twice": (NIGHT, '"child_crime", "child_misuse"', '"other", "other"', "referral.reasons", "reason once"),
    "unknown kind": (NIGHT, 'kind = "move"', 'kind = "party"', "history.1", "party"),
    "today is not before": (NIGHT, "days_before = 26\n", "days_before = 0\n", "history.8.days_before", "not 0"),
    "before the birth": (NIGHT, "days_before = 1290", "days_before = 5200", "history.1.days_before", "most 5113 days"),
    "ended first": (NIGHT, "ended_days_before = 760", "ended_days_before = 1200", "history.2", "after it began"),
    "unknown sibling": (NIGHT, "whose = 1\nforced", "whose = 2\nforced", "history.4.whose", "1 to 1, not 2"),
    "unknown paragraph": (NIGHT, '"32-1-3"', '"52-3-6"', "history.6.paragraph", "not '52-3-6'"),
    "too many partners": (NIGHT, "partners = 1", "partners = 3", "mother", "at most as many partners"),
    "duplicate number": (NIGHT, "number = 4", "number = 1", "number", "traet-i-boernehaven has 1 too"),
    "rating out of scale": (NIGHT, "rating = 7", "rating = 11", "pedagogy.panel.3.rating", "not 11"),
    "one language": (NIGHT, 'reasons.en = "Much', 'reasons.de = "Much', "pedagogy.panel.3.reasons.en", "missing"),
    "not invented": (NIGHT, "invented = true", "invented = false", "pedagogy.invented", "must be True, not False"),
    "duty left out": (NIGHT, ', "child_heard"]', "]", "pedagogy.duties", "BL § 5"),
    "worked out": (NIGHT, "number = 4", 'number = 4\nversion = "1"', "version", "worked out"),
    "not TOML": (NIGHT, "number = 4", "number = = 4", "line 1, column 10", "must be TOML: Invalid value"),
    "phone in a note": (NIGHT, "Scoren er 10.", "Ring på 00 00 00 00.", "line 89", "looks like a phone number"),
    "no title": ("ude-om-natten/da.md", "# Ude", "Ude", "line 1", "must begin with the title"),
    "date": ("ude-om-natten/da.md", "på tre uger", "den 3. maj", "line 4", "'3. maj' looks like a date"),
    "cpr-like": ("ude-om-natten/en.md", "twice in three weeks", "0101" + "90-1234", "line 3", "like a CPR number"),
    "e-mail": ("ude-om-natten/en.md", "twice in three weeks", "via a@b.example", "line 3", "like an e-mail address"),
    "year": ("ude-om-natten/en.md", "twice in three weeks", "twice in 2023", "line 3", "'2023' looks like a year"),
    "set without title": ("set.toml", '[title]\nda = "Grundforløb"', "[title]", "title.da", "missing"),
    "set with unknown key": ("set.toml", "[title]", 'colour = "blue"\n[title]', "colour", "not a key"),
    "case without folder": ("set.toml", '"ude-om-natten"', '"ude-om-natten", "ukendt"', "cases.5", "no folder ukendt"),
    "case listed twice": ("set.toml", '"ude-om-natten"', '"ude-om-natten", "ude-om-natten"', "cases.5", "there twice"),
    "folder not listed": ("set.toml", ', "ude-om-natten"', "", "cases", "ude-om-natten is missing"),
    "cases not a list": ("set.toml", 'cases = [', 'cases = "x"\nothers = [', "cases", "must be a list"),
}  # fmt: skip


def _spoil(folder: Path, name: str, old: str, new: str) -> Path:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(("name", "old", "new", "place", "message"), SPOILED.values(), ids=SPOILED.keys())
def test_a_fault_is_found_with_file_and_place(
    copied: Path, name: str, old: str, new: str, place: str, message: str
) -> None:
    file = _spoil(copied, name, old, new)
    found = [(fault.file, fault.place, fault.message) for fault in faults(copied)]
    fitting = [text for path, where, text in found if path == file and where == place]
    assert any(message in text for text in fitting), found


def test_a_panel_is_five(copied: Path) -> None:
    file = copied / NIGHT
    four = file.read_text(encoding="utf-8").rpartition("[[pedagogy.panel]]")[0]
    file.write_text(four, encoding="utf-8")
    (fault,) = faults(copied)
    assert fault.place == "pedagogy.panel"
    assert "at least 5 items" in fault.message


def test_days_are_not_taken_for_years(copied: Path) -> None:
    _spoil(copied, NIGHT, "days_before = 1290", "days_before = 1990")
    assert faults(copied) == []


@pytest.mark.parametrize("name", ["case.toml", "da.md", "en.md"])
def test_a_missing_file_is_named_once(copied: Path, name: str) -> None:
    (copied / "ude-om-natten" / name).unlink()
    assert [(fault.file.name, fault.place) for fault in faults(copied)] == [(name, "file")]


def test_a_missing_set_file(copied: Path) -> None:
    (copied / "set.toml").unlink()
    (fault,) = faults(copied)
    assert "no set was found" in fault.message


@pytest.mark.parametrize(("count", "fine"), [(119, False), (120, True), (300, True), (301, False)])
def test_the_length_of_a_text(copied: Path, count: int, fine: bool) -> None:
    file = copied / "ude-om-natten" / "da.md"
    file.write_text("# Ude om natten\n\n" + "ord " * count, encoding="utf-8")
    found = [(fault.file, fault.place, fault.message) for fault in faults(copied)]
    assert found == ([] if fine else [(file, "text", f"must be 120 to 300 words below the title, not {count}")])


@pytest.mark.parametrize(("count", "fine"), [(19, False), (20, True), (300, True), (301, False)])
def test_a_poor_referral_may_be_two_lines(copied: Path, count: int, fine: bool) -> None:
    file = copied / "anonym-henvendelse" / "da.md"
    file.write_text("# Anonym\n\n" + "ord " * count, encoding="utf-8")
    found = [(fault.file, fault.message) for fault in faults(copied)]
    assert found == ([] if fine else [(file, f"must be 20 to 300 words below the title, not {count}")])


def test_another_encoding_is_said(copied: Path) -> None:
    file = copied / "ude-om-natten" / "da.md"
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    assert [(fault.file, fault.place[:4]) for fault in faults(copied)] == [(file, "byte")]


def test_all_faults_are_listed_not_only_the_first(copied: Path) -> None:
    _spoil(copied, NIGHT, "number = 4", "number = 4\ncolour = 1")
    _spoil(copied, NIGHT, "days_before = 26\n", "days_before = 0\n")
    _spoil(copied, NIGHT, "days_before = 1290", "days_before = 5200")
    _spoil(copied, "skaenderier-hjemme/case.toml", 'content_notes = ["violence"]', "content_notes = []")
    _spoil(copied, "skaenderier-hjemme/en.md", "for three years", "since 3 May")
    (copied / "fravaer-paa-gymnasiet" / "da.md").unlink()
    found = {(fault.file.relative_to(copied).as_posix(), fault.place) for fault in faults(copied)}
    assert found == {
        (NIGHT, "colour"),
        (NIGHT, "history.8.days_before"),
        (NIGHT, "history.1.days_before"),
        ("skaenderier-hjemme/case.toml", "pedagogy.content_notes"),
        ("skaenderier-hjemme/en.md", "line 3"),
        ("fravaer-paa-gymnasiet/da.md", "file"),
    }


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="must be a folder with cases"):
        faults(tmp_path / "ukendt")
    assert len(faults(tmp_path)) == 1


def test_words_of_compounds() -> None:
    assert words("En 15-årig, *sådan* nogenlunde; 'ja' - nej.") == 6


# The machine may be busy; every example puts the file back.
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.integers(0, 200),
    new=st.sampled_from(["", "history = 5", "x = [1]", "[[history]]", "mother = 1", "= ", "a"]),
)
def test_whatever_a_line_becomes_the_answer_is_a_list_of_faults(copied: Path, line: int, new: str) -> None:
    file = copied / NIGHT
    whole = file.read_text(encoding="utf-8")
    lines = whole.split("\n")
    lines[line % len(lines)] = new
    file.write_text("\n".join(lines), encoding="utf-8")
    try:
        assert all(fault.file == file and fault.place and fault.message for fault in faults(copied))
    finally:
        file.write_text(whole, encoding="utf-8")
