"""Every reading room runs from top to bottom, as a reader would run it, and has a twin in the other language."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from explain.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if path.name[0] in "123")
"""Those that open in a moment; rooms that make a register run in ``test_register_rooms``, which compiles only once."""
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)[\w.-]+")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module", params=ROOMS, ids=lambda path: path.stem)
def executed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, NotebookNode]:
    """Every notebook, run in a kernel of its own."""
    notebook = read(request.param)
    folder = tmp_path_factory.mktemp("reading")
    NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(folder)}}).execute()
    return request.param, notebook


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_there_are_reading_rooms(looked_at):
    looked_at("reading rooms", len(ROOMS))
    assert {path.name.partition(".")[0] for path in ROOMS} == {"1-score", "2-audit", "3-ages"}


def test_it_runs_and_shows_something(executed):
    path, notebook = executed
    shown = outputs(notebook)
    assert [output for output in shown if output.output_type == "error"] == []
    assert [output for output in shown if output.output_type == "stream" and output.name == "stderr"] == []
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert (WIDGET if path.stem.startswith("3") else PLOTLY) in kinds


def test_nothing_it_shows_is_fetched_from_outside(executed):
    _, notebook = executed
    assert OUTSIDE.findall(str([output.get("data") for output in outputs(notebook)])) == []


def test_every_room_has_its_twin(looked_at):
    for path in ROOMS:
        stem, language, _ = path.name.split(".")
        assert language in LANGUAGES
        first, *others = (read(path.with_name(f"{stem}.{one}.ipynb")) for one in LANGUAGES)
        for other in others:
            assert [cell.cell_type for cell in other.cells] == [cell.cell_type for cell in first.cells]
    looked_at("reading rooms", len(ROOMS))


def test_every_room_says_at_its_top_what_it_is_for():
    words = {"da": "kun til undervisning", "en": "for teaching only"}
    for path in ROOMS:
        assert words[path.name.split(".")[1]] in read(path).cells[0].source


def test_a_room_of_danish_prose_is_danish():
    for path in ROOMS:
        prose = "".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
        assert bool(re.search("[æøå]", prose.lower())) == (".da." in path.name)
