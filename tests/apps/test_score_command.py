"""``skoen score`` as its user meets it: the real command, real files."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explain.apps.cli import main
from explain.apps.score_models import Pilot1
from explain.casebook.files import read_set, set_folders, shipped
from explain.models.linear import INPUTS, pilot1
from explain.models.scorer import Pilot1Scorer

HEADER = (
    "case_id,age,referrals_90d,referrals_180d,crime_child,abuse_child,misuse_parents,"
    "measures_180d,placements_1y,placements_5y"
)
GOOD = "a,4,0,1,0,0,0,0,0,0"
GIVEN = ["case_id", "rs", "score", *(f"phi_{name}" for name in INPUTS), "use"]


def skoen(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command."""
    command = shutil.which("skoen", path=sysconfig.get_path("scripts"))
    assert command, "the command skoen must be installed beside this Python"
    return subprocess.run([command, *map(str, words)], capture_output=True, check=False)


def read(data: bytes) -> list[dict[str, str]]:
    """Return the rows of an output and check its header."""
    reader = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
    rows = list(reader)
    assert reader.fieldnames == GIVEN
    return rows


def put(cell: str, column: str) -> str:
    """Return a good row with one cell changed."""
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {column: cell}
    return ",".join(cells.values())


def table(*rows: str, header: str = HEADER) -> bytes:
    return "".join(f"{line}\n" for line in (header, *rows)).encode()


def expect(row: dict[str, str], inputs: dict[str, float]) -> None:
    """Check a row of the output against the score of one child, to the last bit."""
    score = pilot1().score(inputs)
    assert (float(row["rs"]), int(row["score"]), row["use"]) == (score.raw, score.value, "teaching_only")
    assert row["rs"] == repr(score.raw)
    assert [row[f"phi_{name}"] for name, _ in score.contributions] == [repr(phi) for _, phi in score.contributions]


def test_a_table_is_scored_in_full_precision_and_in_its_order(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "ud æøå.csv"
    ids = ["007", "Ærø, nord", 'sagt "nej"', "to\nlinjer", "a\rb", " 1 "]
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        writer.writerows([name, 17 - age, 0, age, 0, 0, 1, 0, 0, 2] for age, name in enumerate(ids))
    done = skoen("score", source, "--model", "pilot1", "--output", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rows = read(target.read_bytes())
    assert [row["case_id"] for row in rows] == ids
    for age, row in enumerate(rows):
        expect(row, dict(zip(INPUTS, [17 - age, 0, age, 0, 0, 1, 0, 0, 2], strict=True)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "ud æøå.csv"]
    assert skoen("score", source).stdout == target.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        table(GOOD).replace(b"\n", b"\r\n"),
        table(GOOD).replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + table(GOOD),
        table(GOOD).replace(b",", b";"),
        table(GOOD).rstrip(b"\n"),
        table("", GOOD, "", ""),
        table("a,4.0,0,1.,0,0,0,0,0,00"),
        table(",".join(reversed(GOOD.split(","))), header=",".join(reversed(HEADER.split(",")))),
        table(f"{GOOD},Nogen", header=f"{HEADER},navn"),
    ],
    ids=["crlf", "cr", "bom", "semicolon", "no last newline", "blank lines", "4.0", "other order", "other column"],
)
def test_what_is_taken(data: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(data)
    assert main(["score", str(source)]) == 0
    (row,) = read(capfdbinary.readouterr().out)
    assert row["case_id"] == "a"
    expect(row, dict.fromkeys(INPUTS, 0.0) | {"age": 4, "referrals_180d": 1})


BAD: dict[str, tuple[bytes, int, str, str]] = {
    "missing column": (table("a,4", header="case_id,age"), 1, "referrals_90d", "is missing"),
    "no ids": (table("4", header="age"), 1, "case_id", "is missing"),
    "text in a number": (table(GOOD, put("fire", "age")), 3, "age", "a whole number from 0 to 17, but is 'fire'"),
    "empty number": (table(put("", "measures_180d")), 2, "measures_180d", "but is empty"),
    "negative count": (table(put("-1", "placements_5y")), 2, "placements_5y", "but is '-1'"),
    "90 days above 180": (
        table(GOOD, put("2", "referrals_90d")),
        3,
        "referrals_90d",
        "at most referrals_180d, which is 1",
    ),
    "one year above five": (table(put("1", "placements_1y")), 2, "placements_1y", "at most placements_5y, which is 0"),
    "age too high": (table(put("18", "age")), 2, "age", "from 0 to 17, but is '18'"),
    "age below 0": (table(put("-1", "age")), 2, "age", "from 0 to 17"),
    "age not whole": (table(put("4.5", "age")), 2, "age", "a whole number"),
    "count not whole": (table(put("0.5", "referrals_180d")), 2, "referrals_180d", "a whole number"),
    "count beyond reason": (table(put("10000", "measures_180d")), 2, "measures_180d", "from 0 to 9999"),
    "flag not 0 or 1": (table(put("2", "abuse_child")), 2, "abuse_child", "0 or 1, but is '2'"),
    "flag in words": (table(put("True", "crime_child")), 2, "crime_child", "0 or 1"),
    "short row": (table(GOOD, "b,4,0,1", GOOD), 3, "crime_child", "10 cells, as the header has, but this one has 4"),
    "long row": (table(GOOD + ",0"), 2, "11 (after placements_5y)", "but this one has 11"),
    "all rows long": (table(GOOD + ",0", GOOD + ",0"), 2, "11 (after placements_5y)", "but this one has 11"),
    "empty file": (b"", 1, "case_id", "empty"),
    "only a bom": (b"\xef\xbb\xbf", 1, "case_id", "empty"),
    "header only": (table(), 2, "case_id", "ends after its header"),
    "nan": (table(put("NaN", "age")), 2, "age", "but is 'NaN'"),
    "infinity": (table(put("inf", "measures_180d")), 2, "measures_180d", "but is 'inf'"),
    "overflow": (table(put("1e999", "measures_180d")), 2, "measures_180d", "but is '1e999'"),
    "long digits": (table(put("9" * 500, "measures_180d")), 2, "measures_180d", "(500 characters)"),
    "decimal comma": (table('a,"4,0",0,1,0,0,0,0,0,0'), 2, "age", "but is '4,0'"),
    "digits of another script": (table(put("٤", "age")), 2, "age", "a whole number"),
    "underscore": (table(put("1_0", "age")), 2, "age", "a whole number"),
    "long number cell": (table(put("0" * 10_000, "age")), 2, "age", "(10000 characters)"),
    "long id": (table(put("x" * 10_000, "case_id")), 2, "case_id", "at most 1000 characters"),
    "long cell elsewhere": (
        table(f"{GOOD},{'x' * 10_000}", header=f"{HEADER},note"),
        2,
        "note",
        "at most 1000 characters",
    ),
    "a cell longer than csv's own limit": (table(put("x" * 200_000, "case_id")), 2, "case_id", "(200000 characters)"),
    "empty id": (table(GOOD, put("", "case_id")), 3, "case_id", "must not be empty"),
    "latin-1": (table(GOOD, "æ" + GOOD).decode().encode("latin-1"), 3, "case_id", "must be UTF-8"),
    "latin-1 in a number": (table(put("fødsel", "age")).decode().encode("latin-1"), 2, "age", "must be UTF-8"),
    "latin-1 in the header": (f"{HEADER},å\n".encode("latin-1"), 1, "11", "must be UTF-8"),
    "utf-16": (table(GOOD).decode().encode("utf-16"), 1, "1", "must be UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, "1", "must be UTF-8"),
    "duplicate column": (table(GOOD + ",5", header=HEADER + ",age"), 1, "'age'", "more than once"),
    "tabs": (table(GOOD).replace(b",", b"\t"), 1, "case_id", "is missing"),
    "after a quoted newline": (table('"a\nb",4,0,1,0,0,0,0,0,0', put("99", "age")), 4, "age", "but is '99'"),
    "after a blank line": (table("", put("99", "age")), 3, "age", "but is '99'"),
    "quotation mark left open": (table(GOOD, '"b,4,0,1,0,0,0,0,0,0', GOOD), 3, "unclear", "quotation marks"),
    "quotation mark in the header left open": (b'"case_id,age\n', 1, "case_id", "is missing"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_by_row_and_column_and_nothing_is_written(kind: str, tmp_path: Path) -> None:
    data, row, column, trouble = BAD[kind]
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data)
    target.write_bytes(b"what was here")
    done = skoen("score", source, "--model", "pilot1", "--output", target)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"row {row} (line in the file), column {column}: " in message
    assert trouble in message
    assert "Traceback" not in message
    assert len(message.splitlines()) == 1
    assert len(message) < 1000
    assert target.read_bytes() == b"what was here"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_fault_in_the_last_of_many_rows_leaves_the_screen_empty(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table(*[GOOD] * (Pilot1.rows_at_once + 1), put("18", "age")))
    done = skoen("score", source)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"row {Pilot1.rows_at_once + 3} (line in the file), column age".encode() in done.stderr


def test_files_that_cannot_be_read_or_written_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table(GOOD))
    (tmp_path / "folder").mkdir()
    for words, trouble in (
        ([tmp_path / "none.csv"], "No such file"),
        ([source, "--output", tmp_path / "none" / "out.csv"], "folder must exist"),
        ([source, "--output", source], "must not be the input"),
        ([source, "--output", tmp_path / "folder"], "ordinary file"),
        ([tmp_path / "folder"], "set.toml"),
        ([source, "--model", "pilot9"], "invalid choice"),
        ([], "required"),
    ):
        done = skoen("score", *words)
        assert (done.returncode, done.stdout) == (2, b"")
        assert trouble in done.stderr.decode()
        assert b"Traceback" not in done.stderr
    assert source.read_bytes() == table(GOOD)


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
counts = st.integers(0, 9999)
rows = st.tuples(names, st.integers(0, 17), counts, counts, *[st.integers(0, 1)] * 3, counts, counts, counts).map(
    lambda row: (*row[:2], *sorted(row[2:4]), *row[4:8], *sorted(row[8:]))
)


# The machine may be busy; every example writes the same file anew.
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, min_size=1, max_size=20))
def test_any_valid_table_gives_what_each_child_gives_alone(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], cases: list[tuple[str, ...]]
) -> None:
    source = tmp_path / "in.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([HEADER.split(","), *cases])
    assert main(["score", str(source), "--model", "pilot1"]) == 0
    scored = read(capfdbinary.readouterr().out)
    assert [row["case_id"] for row in scored] == [case[0] for case in cases]
    for row, case in zip(scored, cases, strict=True):
        expect(row, dict(zip(INPUTS, map(float, case[1:]), strict=True)))


def test_more_rows_than_are_read_at_once_stay_in_order(tmp_path: Path) -> None:
    count = 2 * Pilot1.rows_at_once + 7
    ages = np.random.default_rng(3).integers(0, 18, count)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(table(*(f"{number:06d},{age},0,0,0,0,0,0,0,0" for number, age in enumerate(ages))))
    assert main(["score", str(source), "--output", str(target)]) == 0
    scored = read(target.read_bytes())
    assert [row["case_id"] for row in scored] == [f"{number:06d}" for number in range(count)]
    alone = [repr(pilot1().raw(dict.fromkeys(INPUTS, 0.0) | {"age": float(age)})) for age in range(18)]
    assert [row["rs"] for row in scored] == [alone[age] for age in ages]


def test_a_folder_of_sets_is_refused_with_the_names_of_its_sets() -> None:
    done = skoen("score", shipped())
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"must hold a set.toml or a case.toml, but holds neither; name one of its sets: " in done.stderr
    assert done.stderr.decode().strip().endswith("training_cases/grundforloeb")


@pytest.mark.parametrize("folder", set_folders(shipped()), ids=lambda folder: folder.name)
def test_the_shipped_cases_are_scored_from_their_histories(folder: Path) -> None:
    cases = read_set(folder).cases
    done = skoen("score", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    scored = read(done.stdout)
    assert [row["case_id"] for row in scored] == [case.key for case in cases]
    for row, case in zip(scored, cases, strict=True):
        expect(row, dict(Pilot1Scorer().score(case).inputs))
        assert int(row["score"]) == case.pedagogy.expected_score_pilot1


def test_the_help_says_what_it_is_for_and_what_becomes_of_other_columns() -> None:
    text = skoen("score", "--help").stdout.decode()
    assert "teaching only" in text
    assert "neither read nor written again" in text
    assert all(name in text for name in HEADER.split(","))


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table(*[GOOD] * 20_000))
    script = "import sys; from explain.apps.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", script, "score", str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
