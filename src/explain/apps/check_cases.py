"""``skoen check-cases DIR``: every fault of a folder of training cases, one per line, with file and place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from explain.casebook.checks import faults
from explain.casebook.files import set_folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a case set's folder, or a folder of sets")


def run(args: argparse.Namespace) -> int:
    """Print the faults of the cases in ``args.folder``, and to the error stream how many cases were looked at.

    Returns
    -------
    int
        0 without a fault, 1 with one or more, 2 if the folder is not there.
    """
    folder: Path = args.folder
    try:
        found = faults(folder)
    except NotADirectoryError as error:
        print(f"skoen check-cases: {error}", file=sys.stderr)
        return 2
    for fault in found:
        print(fault)
    sets = set_folders(folder)
    cases = sum(child.is_dir() for path in sets for child in path.iterdir())
    print(f"faults: {len(found)}; cases: {cases}; sets: {len(sets)}", file=sys.stderr)
    return 1 if found else 0
