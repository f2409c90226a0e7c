"""``skoen score``: a table of inputs, or a set of training cases, with the model's scores and what they rest on."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from explain.apps.progress import Bar
from explain.apps.score_models import MODELS, Scoring
from explain.apps.score_table import CASE_ID, Rows, Table, TableFault
from explain.casebook.faults import FaultyCasebook
from explain.casebook.files import read_case, read_set, set_folders
from explain.models.linear import INPUTS

REFUSED: Final = 2
"""Exit code when the input or the output is refused; nothing is written then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"""\
Score cases by a model, for teaching only: a historical model (data 2014-15, the law of that time), not to be used on
real children.

INPUT is a CSV file (UTF-8, commas or semicolons) with a header that names, in any order:
  {CASE_ID}, {", ".join(INPUTS[:5])},
  {", ".join(INPUTS[5:])}
{CASE_ID} is kept as it is written. Other columns are neither read nor written again, and blank lines are passed over.
Or INPUT is the folder of a set of training cases, or of one case; the inputs are then counted from the cases'
histories, and {CASE_ID} is <set>/<case>.

With --model pilot2 the columns are the 126 variables of Pilot #2, by their names, and the scores are those of a model
trained on a synthetic register, for teaching only; it gives {CASE_ID}, log_odds, probability, score, phi_<variable> in
log-odds, and use.

Gives {CASE_ID}, rs, score, phi_<input> for each input, and use, separated by commas, with a decimal point, in the
order of the input. If anything is wrong with it, a message names the row (the line in the file) and the column, the
exit code is {REFUSED}, and nothing is written."""
    parser.add_argument(
        "input", type=Path, metavar="INPUT", help="a CSV file, or the folder of a set of training cases"
    )
    parser.add_argument("--model", choices=sorted(MODELS), default="pilot1", help="the model (default: %(default)s)")
    parser.add_argument("--output", type=Path, metavar="OUT.csv", help="where to write; without it, to the screen")


def run(args: argparse.Namespace) -> int:
    """Score ``args.input`` and return the exit code, 0 or 2."""
    model = MODELS[args.model]()
    try:
        _check_output(args.input, args.output)
        with _whole_or_nothing(args.output) as file, Bar() as bar:
            file.write(",".join(model.header) + "\n")
            for rows, done in _rows(args.input, model):
                file.write(model.lines(rows))
                bar.tell("scoring", done)
    except BrokenPipeError:
        raise
    except (TableFault, FaultyCasebook) as fault:
        print(f"skoen score: {args.input}: {fault}", file=sys.stderr)
    except OSError as error:
        print(f"skoen score: {error.filename or args.output or args.input}: {error.strerror or error}", file=sys.stderr)
    else:
        return 0
    return REFUSED


def _rows(source: Path, model: Scoring) -> Iterator[tuple[Rows, float]]:
    """Yield the cases of a table or of a set in order, or the one case; and which share of all they complete, about."""
    if not source.is_dir():
        data = source.read_bytes()
        lines, done = data.count(b"\n") + 1, 0
        for rows in Table(data, model).rows():
            done += len(rows.ids)
            yield rows, min(done / lines, 1.0)
        return
    cases = (read_case(source),) if (source / "case.toml").is_file() else read_set(_set_folder(source)).cases
    inputs = [model.of(case) for case in cases]
    columns = {name: np.array([row[name] for row in inputs]) for name in model.inputs}
    yield Rows([case.key for case in cases], columns), 1.0


def _set_folder(source: Path) -> Path:
    """Return the folder if it is a set's; refuse any other, and name the sets that lie in it."""
    if (source / "set.toml").is_file():
        return source
    inside = [folder.as_posix() for folder in set_folders(source)]
    advice = f"name one of its sets: {', '.join(inside)}" if inside else "name the folder of a set or of one case"
    raise OSError(0, f"must hold a set.toml or a case.toml, but holds neither; {advice}", str(source))


def _check_output(source: Path, output: Path | None) -> None:
    """Refuse an output that cannot be written beside and put in place, before any work is done."""
    if output is None:
        return
    if output.exists() and not output.is_file():
        raise OSError(0, "the output must be an ordinary file; leave --output out to write to the screen", str(output))
    if output.exists() and source.exists() and output.samefile(source):
        raise OSError(0, "the output must not be the input; give it another name", str(output))
    if not output.parent.is_dir():
        raise OSError(0, "the output's folder must exist, but does not; make it first", str(output.parent))


@contextmanager
def _whole_or_nothing(output: Path | None) -> Iterator[TextIO]:
    """Open a file that appears as ``output``, or on the screen, once it is whole, and not at all if anything fails."""
    if output is None:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
            yield file
            file.seek(0)
            sys.stdout.flush()
            shutil.copyfileobj(file.buffer, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    beside = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
