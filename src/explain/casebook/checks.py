"""Every fault of a folder of cases, with file and place: the schema's, and those of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from explain.casebook.base import LANGUAGES
from explain.casebook.faults import Fault
from explain.casebook.files import load_set, set_folders
from explain.casebook.reading import toml_of
from explain.casebook.teaching import Role
from explain.guards import Kind, refused

LOOKS_LIKE = {
    Kind.CPR: "a CPR number",
    Kind.PHONE: "a phone number",
    Kind.EMAIL: "an e-mail address",
    Kind.WEB: "a web address",
    Kind.ADDRESS: "an address",
    Kind.BIRTH_DATE: "a date of birth",
    Kind.DATE: "a date",
}
YEAR = re.compile(r"(?<![\d§])\b(?:19|20)\d\d\b(?!\d)")
"""A year alone is let pass in what a trainee writes, but not in a case: its days are counted from the referral."""

SHORTEST, LONGEST = 120, 300
"""Words of a case in each language: long enough to judge on, short enough for an hour with five cases."""

SHORTEST_POOR = 20
"""Words of a case that is meant to be a poor referral: two lines from the police are about that."""


def faults(folder: Path) -> list[Fault]:
    """List every fault of the cases in a folder.

    Parameters
    ----------
    folder
        A set's folder, or a folder of sets.

    Returns
    -------
    list of Fault
        In the order of the files; empty if there is none. A folder without any set is a fault, not a success.

    Raises
    ------
    NotADirectoryError
        If the folder is not there.

    Examples
    --------
    >>> from explain.casebook.files import shipped
    >>> faults(shipped())
    []
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"must be a folder with cases, but there is no folder {folder}")
    sets = set_folders(folder)
    if not sets:
        return [Fault(folder / "set.toml", "file", "must be there, or in a folder below, but no set was found")]
    found: list[Fault] = []
    for path in sets:
        _, set_faults = load_set(path)
        found += set_faults
        for case in sorted(child for child in path.iterdir() if child.is_dir()):
            shortest = SHORTEST_POOR if _is_poor(case) else SHORTEST
            for language in LANGUAGES:
                found += _length(case / f"{language}.md", shortest)
        for file in sorted([*path.glob("*.toml"), *path.glob("*/case.toml"), *path.glob("*/*.md")]):
            found += _persons(file)
    return sorted(found, key=lambda fault: fault.file.as_posix())


def words(markdown: str) -> int:
    """Count the words of a text; a compound with a hyphen is one.

    Examples
    --------
    >>> words("**Hvem.** En børne- og ungerådgiver, 15-årig: 'det går'.")
    8
    """
    return len(re.findall(r"\w+(?:[-'’]\w+)*", markdown))


def _is_poor(case: Path) -> bool:
    """Tell whether the case is meant to be thin, even where the rest of its file is faulty."""
    pedagogy = toml_of(case / "case.toml")[0].get("pedagogy")
    roles = pedagogy.get("roles") if isinstance(pedagogy, dict) else None
    return isinstance(roles, list) and Role.POOR_REFERRAL in roles


def _length(file: Path, shortest: int) -> Iterator[Fault]:
    text = _readable(file)
    title, _, body = text.strip().partition("\n")
    if body.strip() and title.startswith("# ") and not shortest <= words(body) <= LONGEST:
        yield Fault(file, "text", f"must be {shortest} to {LONGEST} words below the title, not {words(body)}")


def _persons(file: Path) -> Iterator[Fault]:
    text = _readable(file)
    if file.suffix == ".toml":
        text = re.sub(r"=\s*\d+", "=", text)  # numbers are days, ages and counts: 1999 days is not a year
    found = {(finding.start, finding.end): LOOKS_LIKE[finding.kind] for finding in refused(text)}
    for year in YEAR.finditer(text):
        if not any(start < year.end() and year.start() < end for start, end in found):
            found[year.span()] = "a year"
    for (start, end), what in sorted(found.items()):
        yield Fault(
            file,
            f"line {text.count(chr(10), 0, start) + 1}",
            f"must not point to a person or a day, but {text[start:end]!r} looks like {what}; "
            "say it without, or in days before the referral",
        )


def _readable(file: Path) -> str:
    """Read what can be read; that a file is missing or in another encoding is told by the reader of sets."""
    return file.read_bytes().decode("utf-8", errors="replace") if file.is_file() else ""
