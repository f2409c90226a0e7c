"""A notebook is a door: the dashboards hold no logic, the reading rooms define nothing, and neither stores outputs."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = sorted((ROOT / "dashboards").rglob("*.ipynb"))
READING_ROOMS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


def cells(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def no_output_is_stored(path: Path) -> bool:
    return not any(cell.get("outputs") or cell.get("execution_count") for cell in cells(path))


def test_there_is_a_door(looked_at):
    looked_at("dashboards", len(DOORS))


@pytest.mark.parametrize("path", DOORS, ids=lambda path: path.stem)
def test_a_door_is_thin(path):
    (cell,) = cells(path)
    assert cell["cell_type"] == "code"
    assert len(source(cell).splitlines()) <= 5
    entering, opening = ast.parse(source(cell)).body
    assert isinstance(entering, ast.ImportFrom)
    assert entering.module == f"explain.apps.{path.stem}"
    assert [name.name for name in entering.names] == [path.stem]
    assert ast.unparse(opening) == f"{path.stem}()"
    assert no_output_is_stored(path)


def test_a_reading_room_defines_nothing(root, looked_at):
    if not (root / "notebooks").exists():
        return  # nothing is claimed of a folder that is not there
    for path in READING_ROOMS:
        code = "\n".join(source(cell) for cell in cells(path) if cell["cell_type"] == "code")
        defined = [
            node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
        ]
        assert not defined, f"{path.name} defines something: that belongs in the package"
        assert no_output_is_stored(path)
    looked_at("reading rooms", len(READING_ROOMS))
