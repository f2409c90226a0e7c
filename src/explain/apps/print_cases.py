"""``skoen print CASES... --out DIR``: cases and the criteria on paper, for the day the network fails.

Three sheets per case keep the order of the training: the case with the first rating; the score with the second; the
reflection. The second is handed out when the first rating stands on paper, the third when the second does. A fourth
is the trainer's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from explain.casebook.faults import FaultyCasebook
from explain.casebook.files import read_case, read_set, set_folders
from explain.casebook.schema import Case
from explain.charts.wording import worded
from explain.explanations.waterfall import waterfall
from explain.models.linear import pilot1
from explain.models.scorer import Pilot1Scorer
from explain.texts import LANGUAGES, Sayer, sayer
from explain.views.case.presenter import words_of
from explain.views.components.template import render

REFUSED = 2
"""Exit code when a case or the folder is refused; nothing is written then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Write pages to print on A4: for every case a sheet with the case and the first questions, one with the score "
        "and the second rating, one for the reflection, and one for the trainer; and the criteria for disregarding a "
        "score. Open them in a browser and print, or let a browser make PDFs of them. Hand out the first three in "
        "their order."
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
        pages = dict(page for case in cases for page in sheets(case, say)) | {"criteria.html": criteria(say)}
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


def sheets(case: Case, say: Sayer) -> Iterator[tuple[str, str]]:
    """Yield the sheets of a case as file name and page: three in the order they are handed out, and the trainer's.

    Examples
    --------
    >>> from explain.casebook.files import shipped
    >>> case = read_case(shipped() / "grundforloeb" / "ude-om-natten")
    >>> [name for name, _ in sheets(case, sayer("da"))][0]
    'grundforloeb-04-ude-om-natten-1-case.html'
    """
    stem = f"{case.set}-{case.number:02d}-{case.folder}"
    what = {"number": case.number, "title": case.text(say.language).title}
    notes = case.pedagogy.content_notes
    yield (
        f"{stem}-1-case.html",
        render("print/case.html", say, number=case.number, case=words_of(case, say), notes=notes),
    )
    picture = waterfall(Pilot1Scorer().score(case), pilot1())
    rows = [(worded(say, step.name, step.value), 100 * step.contribution, 100 * step.end) for step in picture.steps]
    yield f"{stem}-2-score.html", render("print/score.html", say, picture=picture, rows=rows, **what)
    yield f"{stem}-3-reflection.html", render("print/reflection.html", say, pedagogy=case.pedagogy, **what)
    trainer = {"pedagogy": case.pedagogy, "score": picture.value, **what}
    yield f"{stem}-4-trainer.html", render("print/trainer.html", say, **trainer)


def criteria(say: Sayer) -> str:
    """Return the page with the criteria for disregarding a score, and the duties that no score touches."""
    listed = [text for name, text in say.under("criteria").items() if name not in ("title", "lead")]
    return render("print/criteria.html", say, criteria=listed, duties=list(say.under("duty").values()))


def _cases(path: Path) -> list[Case]:
    if (path / "case.toml").is_file():
        return [read_case(path)]
    folders = set_folders(path)
    if not folders:
        raise OSError(0, "must be a case's folder, a set's folder, or a folder of sets", str(path))
    return [case for folder in folders for case in read_set(folder).cases]
