"""``skoen print CASES... --out DIR``: cases and the criteria on paper, for the day the network fails.

Three sheets per case keep the order of the training: the case with the first rating; the score with the second; the
reflection. The second is handed out when the first rating stands on paper, the third when the second does. A fourth
is the trainer's own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from explain.apps.paper import criteria, programme, sheets
from explain.casebook.faults import FaultyCasebook
from explain.casebook.files import read_case, read_set, set_folders
from explain.casebook.schema import Case
from explain.texts import LANGUAGES, sayer

REFUSED = 2
"""Exit code when a case or the folder is refused; nothing is written then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Write pages to print on A4: for every case a sheet with the case and the first questions, one with the score "
        "and the second rating, one for the reflection, and one for the trainer; the criteria for disregarding a "
        "score; and the trainer's programme of three hours. Open them in a browser and print, or let a browser make "
        "PDFs of them. Hand out the first three in their order."
    )
    parser.add_argument(
        "cases", nargs="+", type=Path, metavar="CASES", help="a case's folder, a set's folder, or a folder of sets"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where to write; made if it is not there"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="(default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Write the sheets of ``args.cases`` and return the exit code, 0 or 2."""
    say = sayer(args.language)
    try:
        cases = [case for path in args.cases for case in _cases(path)]
        pages = dict(page for case in cases for page in sheets(case, say))
        pages |= {"criteria.html": criteria(say), "programme.html": programme(say)}
        args.out.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (args.out / name).write_text(page, encoding="utf-8")
    except FaultyCasebook as fault:
        print(f"skoen print: {fault}", file=sys.stderr)
    except OSError as error:
        print(f"skoen print: {error.filename or args.out}: {error.strerror or error}", file=sys.stderr)
    else:
        print(f"cases: {len(cases)}; pages: {len(pages)}; in {args.out}", file=sys.stderr)
        return 0
    return REFUSED


def _cases(path: Path) -> list[Case]:
    if (path / "case.toml").is_file():
        return [read_case(path)]
    folders = set_folders(path)
    if not folders:
        raise OSError(0, "must be a case's folder, a set's folder, or a folder of sets", str(path))
    return [case for folder in folders for case in read_set(folder).cases]
