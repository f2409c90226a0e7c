"""What docs/decisions/rests-on.md says the server rests on is as it was when it was read."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from functools import reduce
from importlib.metadata import version
from pathlib import Path

import pytest

from explain.serving.warm.possible import KNOWN

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "rests-on.md"
ROW = re.compile(r"^\| (?P<first>[^|]+?) \| (?P<second>[^|]+?) \|(?: [^|]+? \|)?$", re.MULTILINE)


def rows(heading: str) -> list[tuple[str, str]]:
    """Return the first two cells of every row of the table below a heading."""
    part = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [(row["first"].strip("`"), row["second"].strip("`")) for row in ROW.finditer(part)]
    assert len(found) > 1, f"the page must have a table below {heading!r}"
    return found[1:]


PACKAGES = [row for row in rows("Versions that were read") if "---" not in row[0]]
PARTS = [row for row in rows("Parts in Python") if "---" not in row[0]]
WORDS = [row[0] for row in rows("Words in the front end's scripts") if "---" not in row[0]]


@pytest.mark.parametrize(("package", "read"), PACKAGES)
def test_the_locked_version_is_one_that_was_read(root: Path, package: str, read: str) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    locked = re.search(rf"^{re.sub('[-_]', '[-_]', package)}==(\S+)", lock, re.MULTILINE)
    assert locked is not None, f"{package} must be in requirements.lock, and is not"
    todo = "read what it changed of the parts in docs/decisions/rests-on.md, run tests/serving, then write it there"
    assert locked[1] == read, f"{package} {locked[1]} is locked, and {read} was read: {todo}"
    assert version(package) == read, f"{package} {version(package)} is installed, and {read} was read: {todo}"


def test_the_page_and_the_code_name_the_same_ipykernel() -> None:
    read = dict(PACKAGES)["ipykernel"]
    assert read in KNOWN, f"docs/decisions/rests-on.md says ipykernel {read}, and possible.KNOWN has {KNOWN}"


@pytest.mark.parametrize(("part", "takes"), PARTS)
def test_a_part_is_there_and_takes_what_it_took(part: str, takes: str) -> None:
    module, _, path = part.partition(":")
    try:
        found = reduce(getattr, path.split("."), importlib.import_module(module))
    except (ImportError, AttributeError) as error:
        pytest.fail(f"{part} must be there, and is gone ({error}): docs/decisions/rests-on.md says what we used it for")
    if takes == "–":
        return
    parameters = ", ".join(inspect.signature(found).parameters)
    assert parameters == takes, (
        f"{part} took ({takes}), and takes ({parameters}) now: docs/decisions/rests-on.md says what we use it for"
    )


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_front_end_is_still_its_word(word: str) -> None:
    import voila.paths

    folders = [Path(folder) for folder in voila.paths.collect_static_paths(["voila"], "lab")]
    scripts = [path for folder in folders for path in folder.glob("*.js")]
    assert len(scripts) > 10, f"Voilà's scripts must lie in {folders}, and there are {len(scripts)}"
    assert any(word in path.read_text(encoding="utf-8", errors="replace") for path in scripts), (
        f"Voilà's scripts must know {word!r}, and none does any more: docs/decisions/rests-on.md says what it was for"
    )


def test_every_part_of_others_that_serving_takes_hold_of_is_listed(looked_at: Callable[[str, int], None]) -> None:
    """Imports of others' inner modules must be on the page: what is imported is rested upon."""
    serving = Path(__file__).parents[2] / "src" / "explain" / "serving"
    inner = re.compile(
        r"^from ((?:ipykernel|jupyter_client|jupyter_server|voila)[\w.]*) import \(?([^()]+?)\)?$", re.MULTILINE
    )
    listed = PAGE.read_text(encoding="utf-8")
    used = [
        (module, name.strip())
        for path in serving.rglob("*.py")
        for module, names in inner.findall(path.read_text(encoding="utf-8"))
        for name in names.split(",")
        if name.strip() and name.strip() not in PLAIN
    ]
    missing = [f"{module}:{name}" for module, name in used if f"`{module}:{name}" not in listed]
    assert missing == [], "every part that is used must stand in docs/decisions/rests-on.md"
    looked_at("imports of others' parts", len(used))


PLAIN = {"KernelSpec", "NoSuchKernel", "User", "KernelConnectionInfo", "Session", "DELIM"}
"""Plain data, and what those packages document for others' use."""
