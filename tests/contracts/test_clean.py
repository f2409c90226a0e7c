"""Nothing in the repository points to a person, a machine or a host outside."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CPR = re.compile(r"(?<![\w.,])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])(?:0[1-9]|1[0-2])\d\d(?:[- ]?\d{4})(?!\w)")
"""Ten digits of which the first six are a day (from 61: a replacement number), a month and a year. Whether the last
four would validate is not asked, since numbers given today need not."""

MACHINE = re.compile(r"(?<![\w.})/])(?!/home/anna)(?:/(?:work|root|home|Users|tmp|farm)/\w{2}|[A-Z]:\\+Users\b)")
"""A path that holds on one machine only. Anna and Annalise are the anybodies of the examples."""

REGISTRY = re.compile(r"py(?:pi)\.org|python(?:hosted)\.org|npm(?:js)\.org|ana(?:conda)\.org", re.IGNORECASE)

OUTSIDE = re.compile(
    r"(?:\b(?:https?|wss?):)?//(?!www\.w3\.org/|localhost|127\.0\.0\.1)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"
)
"""An address outside this machine; those of the W3C name a markup language and are never fetched."""


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[Path, str]:
    """Every text file of the repository: what git tracks, and what it would."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    found = {}
    for name in filter(None, listed.split("\0")):
        try:
            found[Path(name)] = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, or a file just removed
    return found


def places(texts: dict[Path, str], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {match[0]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def test_no_civil_registration_number(texts, looked_at):
    assert places(texts, CPR) == []
    looked_at("text files", len(texts))


def test_no_path_of_a_machine(texts, looked_at):
    assert places(texts, MACHINE) == []
    looked_at("text files", len(texts))


def test_no_registry_host(texts, looked_at):
    assert places(texts, REGISTRY) == []
    looked_at("text files", len(texts))


def strings(path: Path, text: str) -> Iterator[str]:
    """Yield what a page could load: all of an asset or template, the strings but no docstrings of Python.

    Scripts of others, committed as published (``*.min.js``), name addresses that they never ask on their own: what they
    ask is for the tests in a browser to see.
    """
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    if path.suffix not in {".py", ".ipynb"}:
        yield text
        return
    module = ast.parse(text)
    remarks = {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in remarks:
            yield node.value


def test_no_page_loads_from_outside(texts, looked_at):
    kinds = {".py", ".ipynb", ".html", ".j2", ".css", ".js", ".svg"}
    served = {
        path: text
        for path, text in texts.items()
        if path.parts[0] in {"src", "dashboards"} and path.suffix in kinds and not path.name.endswith(".min.js")
    }
    found = [
        f"{path}: {match[0]}"
        for path, text in served.items()
        for string in strings(path, text)
        for match in OUTSIDE.finditer(string)
    ]
    assert found == []
    looked_at("files a page is made of", len(served))


@pytest.mark.parametrize(
    ("pattern", "caught"),
    [
        (CPR, "01" + "0190-1234"),
        (CPR, "nr. 61" + "01903333."),
        (MACHINE, "see /" + "home/bo/skoen"),
        (MACHINE, "C:" + r"\Users\bo"),
        (REGISTRY, "https://pypi" + ".org/simple"),
        (OUTSIDE, "<link href='//cdn" + ".example.com/a.css'>"),
    ],
)
def test_the_patterns_catch(pattern, caught):
    assert pattern.search(caught)


@pytest.mark.parametrize(
    ("pattern", "passed"),
    [(CPR, "0.0101901234"), (CPR, "sha256:01" + "01901234ab"), (OUTSIDE, "http://www.w3.org/2000/svg")],
)
def test_the_patterns_let_pass(pattern, passed):
    assert not pattern.search(passed)
