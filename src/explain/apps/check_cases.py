"""``skoen check-cases DIR``: every fault of a folder of training cases, and what the cases cover.

Faults in the files come from the casebook alone. Whether a set holds the scores it promises takes a model, so it is
asked here, where casebook and model may meet.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from explain.apps.check_cases_table import table
from explain.casebook.checks import faults
from explain.casebook.faults import Fault
from explain.casebook.files import load_set, set_folders
from explain.casebook.mix import Mix, broken_promises, contradictions, mix_of
from explain.casebook.schema import Case, CaseSet
from explain.domain.score import TEACHING_ONLY
from explain.models.scorer import Pilot1Scorer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a case set's folder, or a folder of sets")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write faults and mix to FILE as JSON too")


def run(args: argparse.Namespace) -> int:
    """Print the faults of the cases in ``args.folder``, then what they cover; to the error stream how many there are.

    Returns
    -------
    int
        0 without a fault, 1 with one or more, 2 if the folder is not there or the JSON cannot be written.
    """
    folder: Path = args.folder
    try:
        found = faults(folder)
    except NotADirectoryError as error:
        print(f"skoen check-cases: {error}", file=sys.stderr)
        return 2
    paths = set_folders(folder)
    mixes: list[tuple[CaseSet, Mix]] = []
    for path in paths:
        case_set, unread = load_set(path)
        if case_set is not None and not unread:  # a set that cannot be read whole cannot be held to its promises
            mix = _mix(case_set.cases)
            mixes.append((case_set, mix))
            found += _faults_of_the_mix(path, case_set, mix)
    for fault in found:
        print(fault)
    for case_set, mix in mixes:
        print(table(case_set.name, mix))
    if len(mixes) > 1:
        print(table("all sets", Mix(tuple(row for _, mix in mixes for row in mix.rows)), cases=False))
    cases = sum(child.is_dir() for path in paths for child in path.iterdir())
    print(f"faults: {len(found)}; cases: {cases}; sets: {len(paths)}", file=sys.stderr)
    if args.json is not None:
        report = _report(found, mixes)
        try:
            args.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            print(f"skoen check-cases: {args.json}: {error.strerror or error}", file=sys.stderr)
            return 2
    return 1 if found else 0


def _mix(cases: Sequence[Case]) -> Mix:
    scorer = Pilot1Scorer()
    return mix_of(cases, lambda case: scorer.score(case).value)


def _faults_of_the_mix(path: Path, case_set: CaseSet, mix: Mix) -> Iterator[Fault]:
    for row in mix.rows:
        for place, message in contradictions(row):
            yield Fault(path / row.case.folder / "case.toml", place, message)
    for place, message in broken_promises(case_set, mix):
        yield Fault(path / "set.toml", place, message)


def _report(found: Sequence[Fault], mixes: Sequence[tuple[CaseSet, Mix]]) -> dict[str, Any]:
    """Return faults and mix as plain data."""
    return {
        "faults": [{"file": fault.file.as_posix(), "place": fault.place, "message": fault.message} for fault in found],
        "sets": [
            {
                "name": case_set.name,
                "version": case_set.version,
                "promises": case_set.promises.model_dump(mode="json"),
                **_counts(mix),
                "cases": [
                    {
                        "case": row.case.key,
                        "number": row.case.number,
                        "score": row.score,
                        "age": row.case.age,
                        "age_band": row.age_band,
                        "reasons": list(row.case.referral.reasons),
                        "roles": list(row.case.pedagogy.roles),
                        "panel": [member.rating for member in row.case.pedagogy.panel],
                        "reviewed": row.case.pedagogy.reviewed,
                        "use": TEACHING_ONLY,
                    }
                    for row in mix.rows
                ],
            }
            for case_set, mix in mixes
        ],
        "all": _counts(Mix(tuple(row for _, mix in mixes for row in mix.rows))),
    }


def _counts(mix: Mix) -> dict[str, dict[str, int]]:
    return {
        "scores": {str(score): mix.scores[score] for score in range(1, 11)},
        "age_bands": {band.value: count for band, count in mix.age_bands.items()},
        "reasons": {reason.value: count for reason, count in mix.reasons.items()},
        "roles": {role.value: count for role, count in mix.roles.items()},
    }
