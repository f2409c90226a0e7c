"""Cases as files: ``<set>/set.toml`` and ``<set>/<case>/{case.toml, da.md, en.md}``.

The first heading of ``da.md`` and ``en.md`` is the case's title; the rest is what the trainee reads. Everything else,
the trainer's words in both languages included, stands in ``case.toml``. Set, folder and version are worked out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from explain.casebook.base import LANGUAGES
from explain.casebook.faults import Fault, FaultyCasebook
from explain.casebook.reading import message_of, place_of, title_and_body, toml_of, validated
from explain.casebook.schema import Case, CaseSet

WORKED_OUT = ("set", "folder", "version", "texts")
"""Fields of a case that no file may set."""


def read_set(folder: Path) -> CaseSet:
    """Read a set of cases.

    Parameters
    ----------
    folder
        The set's folder, with ``set.toml`` in it.

    Raises
    ------
    FaultyCasebook
        If a file is missing or wrong; the error lists every fault with file and place.
    """
    case_set, faults = load_set(folder)
    if case_set is None or faults:
        raise FaultyCasebook(faults)
    return case_set


def read_case(folder: Path) -> Case:
    """Read one case.

    Raises
    ------
    FaultyCasebook
        If a file is missing or wrong.
    """
    case, faults = load_case(folder)
    if case is None or faults:
        raise FaultyCasebook(faults)
    return case


def set_folders(folder: Path) -> list[Path]:
    """Return the set folders at or right below ``folder``, by name."""
    if (folder / "set.toml").is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob("*/set.toml"))


def shipped() -> Path:
    """Return the folder of the sets that come with the package.

    In an installed package they lie beside this module, in a working tree at its top.

    Raises
    ------
    FileNotFoundError
        If neither is there.

    Examples
    --------
    >>> [folder.name for folder in set_folders(shipped())][-1]
    'grundforloeb'
    """
    here = Path(__file__).resolve()
    for folder in (here.parent / "training_cases", here.parents[3] / "training_cases"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the folder training_cases must lie in the package or at the top of the working tree")


def load_set(folder: Path) -> tuple[CaseSet | None, list[Fault]]:
    """Read a set as far as it can be read, with every fault of its files."""
    file = folder / "set.toml"
    data, faults = toml_of(file)
    names = data.pop("cases", None)
    if names is None and not faults:
        faults.append(Fault(file, "cases", "must list the folders of the cases in order, but is missing"))
    elif names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        faults.append(Fault(file, "cases", f"must be a list of the cases' folders, not {names!r}"))
        names = None
    listed: list[str] = names or []
    present = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    for position, name in enumerate(listed, start=1):
        if name in listed[: position - 1]:
            faults.append(Fault(file, f"cases.{position}", f"must name each case once, but {name} stands there twice"))
        if name not in present:
            faults.append(
                Fault(file, f"cases.{position}", f"must be a folder of the set, but there is no folder {name}")
            )
    if names is not None:
        for name in present:
            if name not in listed:
                faults.append(Fault(file, "cases", f"must list every folder of the set, but {name} is missing"))
    cases: list[Case] = []
    for name in dict.fromkeys([*(name for name in listed if name in present), *present]):
        case, case_faults = load_case(folder / name)
        faults += case_faults
        if case is None:
            continue
        same = next((other for other in cases if other.number == case.number), None)
        if same:
            message = f"must be a number no other case of the set has, but {same.folder} has {case.number} too"
            faults.append(Fault(folder / name / "case.toml", "number", message))
        cases.append(case)
    version = _hash([file.read_bytes() if file.is_file() else b"", *(case.version.encode() for case in cases)])
    faults += [
        Fault(file, key, "is worked out from the files; remove it") for key in ("name", "version") if key in data
    ]
    case_set, errors = validated(CaseSet, {**data, "name": folder.resolve().name, "version": version, "cases": cases})
    faults += [Fault(file, place_of(error["loc"]), message_of(error)) for error in errors if error["loc"][0] != "cases"]
    return case_set, faults


def load_case(folder: Path) -> tuple[Case | None, list[Fault]]:
    """Read a case as far as it can be read, with every fault of its files."""
    file = folder / "case.toml"
    data, faults = toml_of(file)
    unread = bool(faults)
    faults += [Fault(file, key, "is worked out from the files; remove it") for key in WORKED_OUT if key in data]
    texts: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        text, text_faults = title_and_body(folder / f"{language}.md")
        faults += text_faults
        # A missing text is named once, here; the schema shall not name it again.
        texts[language] = text or {"title": "?", "body_markdown": "?"}
    if unread:
        return None, faults
    files = [file, *(folder / f"{language}.md" for language in LANGUAGES)]
    found = {
        "set": folder.resolve().parent.name,
        "folder": folder.resolve().name,
        "version": _hash([path.read_bytes() if path.is_file() else b"" for path in files]),
        "texts": texts,
    }
    case, errors = _all_errors({**data, **found})
    faults += [Fault(file, place_of(error["loc"]), message_of(error)) for error in errors]
    return (None if faults else case), faults


def _all_errors(data: dict[str, Any]) -> tuple[Case | None, list[ErrorDetails]]:
    """Validate; whether a history is possible is also asked when some of its events are not even well formed."""
    case, errors = validated(Case, data)
    malformed = {
        error["loc"][1]
        for error in errors
        if error["type"] != "impossible" and error["loc"][0] == "history" and len(error["loc"]) > 1
    }
    history = data.get("history")
    if not malformed or not isinstance(history, list):
        return case, errors
    rest = [_UNREMARKABLE if index in malformed else event for index, event in enumerate(history)]
    _, further = validated(Case, {**data, "history": rest})
    return None, errors + [error for error in further if error["type"] == "impossible" and error not in errors]


_UNREMARKABLE = {"kind": "move", "days_before": 1, "new_municipality": False}
"""Stands in for a malformed history event, so that the others keep their places."""


def _hash(parts: Sequence[bytes]) -> str:
    """Hash contents alike on systems that end lines differently."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.replace(b"\r\n", b"\n")
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]
