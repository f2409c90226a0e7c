"""The command ``skoen pseudonymise``: four steps, a report that repeats nothing, all or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from explain.apps.cli import main
from explain.apps.pseudonymise_report import report
from explain.apps.pseudonymise_table import pseudonymised, written

SERIAL = "1234"
DAYS = [f"{day:02}0190" for day in range(1, 10)]
TABLE = "CPR-nr;Navn;alder;reference;note;beskrivelse\n" + "".join(
    f'{day}-{SERIAL};Mette Hansen;{number};{day[1:]}{SERIAL};"mettes mor, {day} {SERIAL}, bor i Odense";trives\n'
    for number, day in enumerate(DAYS, start=1)
)


def table_of(made: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made)))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    source, folder = tmp_path / "in.csv", tmp_path / "out"
    source.write_text(TABLE, encoding="utf-8")
    assert main(["pseudonymise", str(source), "--out", str(folder)]) == 0
    return folder


def test_there_are_a_table_and_a_report_and_no_key(made: Path) -> None:
    assert sorted(file.name for file in made.iterdir()) == ["pseudonymised.csv", "report.txt"]
    assert sorted(file.name for file in made.parent.iterdir()) == ["in.csv", "out"]


def test_rows_are_numbered_from_one_and_all_are_there(made: Path) -> None:
    rows = table_of((made / "pseudonymised.csv").read_text(encoding="utf-8"))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 10)]
    assert sorted(row["alder"] for row in rows) == [str(number) for number in range(1, 10)]


def test_the_order_is_random() -> None:
    orders = {tuple(row["alder"] for row in table_of(written(pseudonymised(TABLE.encode())))) for _ in range(20)}
    assert len(orders) > 15  # nine rows have 362,880 orders


def test_what_identifies_is_gone_from_table_and_report(made: Path) -> None:
    for file in made.iterdir():
        text = file.read_text(encoding="utf-8").lower()
        for what in (SERIAL, "mette", "hansen", "odense", *DAYS):
            assert what not in text, f"{what} in {file.name}"


def test_columns_that_identify_go_whole_and_the_others_are_gone_through(made: Path) -> None:
    text = (made / "pseudonymised.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "number,alder,note,beskrivelse"
    assert {row["note"] for row in table_of(text)} == {"[name] mor, [cpr], bor i [town]"}
    said = (made / "report.txt").read_text(encoding="utf-8")
    assert "- CPR-nr: its header says that it identifies" in said
    assert "- reference: most of its cells look like CPR numbers" in said  # a spreadsheet has taken the first 0 away
    assert "- note: 9 cpr, 9 name, 9 town; rows 1, 2, 3, 4, 5, 6, 7, 8, 9" in said
    assert "- note: free text; read all of it" in said
    assert "- alder: a different value in every row" in said


def test_rare_values_are_left_to_a_person() -> None:
    rows = "".join(f"{age};1\n" for age in (3, 3, 3, 4, 4, 17))
    assert "- alder: 1 values stand in one row only" in report(pseudonymised(f"alder;x\n{rows}".encode()))


def test_a_word_that_is_kept() -> None:
    made = pseudonymised(b"note\nDrengen Storm\n", kept=["storm"])
    assert made.rows == [["1", "Drengen Storm"]]


def test_numbers_are_left_alone() -> None:
    made = pseudonymised(b"a,b,c\n0.0123456789,12.5,1825\n")
    assert made.rows == [["1", "0.0123456789", "12.5", "1825"]]


def test_a_header_that_points_to_a_person_is_replaced() -> None:
    made = pseudonymised(b"alder,Mette Hansen\n4,ja\n")
    assert made.header == ["number", "alder", "column_2"]
    assert "Mette" not in report(made)


@pytest.mark.parametrize(
    ("data", "place", "trouble"),
    [
        (b"", "row 1 (line in the file), column 1", "header must stand here"),
        (b"a,b\n", "row 2 (line in the file), column 1", "the first row must stand here"),
        (b"a,a\n1,2\n", "row 1 (line in the file), column 2", "must stand once"),
        (
            b"a,b\n1,2\nMette\n",
            "row 3 (line in the file), column 2",
            "must have 2 cells, as the header has, but this one has 1",
        ),
        (b"a,b\n1,2,Mette\n", "row 2 (line in the file), column 3", "must have 2 cells"),
        (b'a,b\n1,"Mette\n', "row 2 (line in the file), column unclear", "quotation marks"),
        ("a,b\n1,Søren\n".encode("latin-1"), "row 2 (line in the file), column unclear", "must be UTF-8"),
    ],
)
def test_a_table_that_is_not_as_it_must_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, place: str, trouble: str
) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(data)
    assert main(["pseudonymise", str(source), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert place in said
    assert trouble in said
    assert "Mette" not in said
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.csv"
    source.write_text(TABLE, encoding="utf-8")
    assert main(["pseudonymise", str(source), "--out", str(tmp_path)]) == 2
    assert "must be a new or an empty folder" in capsys.readouterr().err


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    source, folder = tmp_path / "in.csv", tmp_path / "out"
    source.write_text(TABLE, encoding="utf-8")
    folder.mkdir()
    assert main(["pseudonymise", str(source), "--out", str(folder)]) == 0


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pseudonymise", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out")]) == 2
    assert "No such file" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
