"""The reading rooms about the register and Pilot #2 run at a small size, and every Danish one has its English twin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOMS = ("4-trees", "5-table-4", "6-truth")
FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def cells(name: str, kind: str) -> list[str]:
    notebook = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_runs_from_top_to_bottom(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process, not in a kernel: the compiler would otherwise be waited for again in each.
    monkeypatch.setenv("SKOEN_REFERRALS", "2500")
    names: dict[str, object] = {}
    for code in cells(f"{room}.da", "code"):
        exec(compile(code, room, "exec"), names)


@pytest.mark.parametrize("room", ROOMS)
def test_twins_have_the_same_cells(room: str) -> None:
    mine, other = cells(f"{room}.da", "code"), cells(f"{room}.en", "code")
    assert len(mine) == len(other)
    for one, twin in zip(mine, other, strict=True):
        assert len(one.splitlines()) == len(twin.splitlines())
    assert len(cells(f"{room}.da", "markdown")) == len(cells(f"{room}.en", "markdown"))


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(("language", "words"), [("da", "kun til undervisning"), ("en", "for teaching only")])
def test_every_room_says_at_its_top_what_it_is_for(room: str, language: str, words: str) -> None:
    assert words in cells(f"{room}.{language}", "markdown")[0]
