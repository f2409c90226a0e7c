"""``skoen register``: make a synthetic register from a seed and write it as Parquet files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from explain.apps.progress import Bar

REFUSED: Final = 2
"""Exit code when something is refused; nothing is written then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = """\
Make a synthetic register of referrals from a seed, for teaching only: nobody in it exists.

Writes the six registers of Pilot #2 (BUU, BEF, BUFO, BUAH, DOD, FLYT), the eight for external validation, sample
(which referrals are for training and evaluation, whether a placement followed, and its true probability) and
background (sex, origin and status, which no model may know), each as DIR/<name>.parquet."""
    parser.add_argument("--seed", type=int, required=True, metavar="N", help="any whole number from 0")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder; made if it does not exist")
    parser.add_argument(
        "--referrals", type=int, default=173_044, metavar="N", help="in the development data (default: %(default)s)"
    )
    parser.add_argument(
        "--runs",
        type=int,
        default=16,
        metavar="N",
        help="futures for each true probability, 0 for none (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Make the register and return the exit code, 0 or 2."""
    from explain.apps.register_margins import margins, table
    from explain.register.whole import make  # numba is loaded only when it is needed

    try:
        _check(args)
        with Bar() as bar:
            register = make(args.seed, args.referrals, runs=args.runs, tell=bar.tell)
            bar.tell("writing", 0.0)
            register.write(args.out)
            bar.tell("margins", 0.0)
            said = table(margins(register))
    except ValueError as error:
        print(f"skoen register: {error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"skoen register: {error.filename or args.out}: {error.strerror or error}", file=sys.stderr)
        return REFUSED
    sizes = ", ".join(f"{name} {len(rows)}" for name, rows in register.registers.items())
    print(f"{len(register.sample)} referrals about {register.sample.PNR.nunique()} children; rows: {sizes}")
    print(said)
    return 0


def _check(args: argparse.Namespace) -> None:
    if args.seed < 0 or args.runs < 0:
        raise ValueError(f"--seed and --runs must be 0 or more, but are {args.seed} and {args.runs}")
    if args.out.exists() and not args.out.is_dir():
        raise ValueError(f"--out must be a folder, but {args.out} is a file; name another")
