"""``skoen pseudonymise``: a table without what identifies, in four steps, and a report of what was removed.

The steps are those of the published impact assessment (annex C, 6.3.2): random order; running numbers from 1; CPR
numbers deleted; the other variables gone through for anything that could identify a person.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Final

from explain.apps.pseudonymise_report import report
from explain.apps.pseudonymise_table import Pseudonymised, UnreadableTable, pseudonymised, written

TABLE, REPORT = "pseudonymised.csv", "report.txt"
REFUSED: Final = 2
"""Exit code when the input or the output is refused; nothing is written then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"""\
Pseudonymise a table: put its rows in random order, give them running numbers from 1, delete all CPR numbers, and go
through the other columns for what may point to a person.

IN.csv is UTF-8 with a header, separated by commas or semicolons. DIR must be new or empty; it gets {TABLE}
and {REPORT}, which says what was removed where, without repeating it, and what a person must still judge. Which row
became which number is written nowhere and cannot be found out again. Delete IN.csv, or keep it where it belongs.

Columns that identify by what they are (CPR number, name, address, phone, e-mail, date of birth, any id) go whole. In
the others, what is found becomes [cpr], [name], [date] and so on. A pseudonymised table is still personal data.

If anything is wrong with IN.csv, a message names the row (the line in the file) and the column, the exit code is
{REFUSED}, and nothing is written."""
    parser.add_argument("input", type=Path, metavar="IN.csv", help="the table")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="a new or empty folder for what is made")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="WORD",
        help="an ordinary word to leave in place; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Pseudonymise ``args.input`` into ``args.out`` and return the exit code, 0 or 2."""
    try:
        _check_output(args.out)
        made = pseudonymised(args.input.read_bytes(), kept=args.keep)
        _write(made, args.out)
    except UnreadableTable as fault:
        print(f"skoen pseudonymise: {args.input}: {fault}", file=sys.stderr)
    except OSError as error:
        print(f"skoen pseudonymise: {error.filename or args.input}: {error.strerror or error}", file=sys.stderr)
    else:
        print(
            f"{len(made.rows)} rows in {args.out / TABLE}; read {args.out / REPORT} before anybody uses them",
            file=sys.stderr,
        )
        return 0
    return REFUSED


def _check_output(folder: Path) -> None:
    """Refuse a folder with something in it: a table left from before could be taken for the new one."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OSError(0, "the output must be a new or an empty folder; name another", str(folder))
    if not folder.absolute().parent.is_dir():
        raise OSError(0, "the output's parent folder must exist, but does not; make it first", str(folder.parent))


def _write(made: Pseudonymised, folder: Path) -> None:
    """Write both files, or neither."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    beside.mkdir()
    try:
        (beside / TABLE).write_text(written(made), encoding="utf-8", newline="")
        (beside / REPORT).write_text(report(made), encoding="utf-8", newline="\n")
        if folder.is_dir():
            folder.rmdir()
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
