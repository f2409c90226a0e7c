"""The reading rooms about the register and Pilot #2 run at a small size, and every Danish one has its English twin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TWINS = {
    "traeer-forklaret": "trees-explained",
    "tabel-4": "table-4",
    "sande-sandsynligheder": "true-probabilities",
}
FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def cells(name: str, kind: str) -> list[str]:
    notebook = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("danish", TWINS)
def test_a_room_runs_from_top_to_bottom(danish: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process, not in a kernel: the compiler would otherwise be waited for again in each.
    monkeypatch.setenv("SKOEN_REFERRALS", "2500")
    names: dict[str, object] = {}
    for code in cells(danish, "code"):
        exec(compile(code, danish, "exec"), names)


@pytest.mark.parametrize(("danish", "english"), TWINS.items())
def test_twins_have_the_same_code_but_for_words_on_show(danish: str, english: str) -> None:
    mine, other = cells(danish, "code"), cells(english, "code")
    assert len(mine) == len(other)
    for one, twin in zip(mine, other, strict=True):
        assert len(one.splitlines()) == len(twin.splitlines())
    assert len(cells(danish, "markdown")) == len(cells(english, "markdown"))


@pytest.mark.parametrize(
    ("name", "words"),
    [*((d, "kun til undervisning") for d in TWINS), *((e, "for teaching only") for e in TWINS.values())],
)
def test_every_room_says_what_it_is_for(name: str, words: str) -> None:
    assert words in "\n".join(cells(name, "markdown"))
