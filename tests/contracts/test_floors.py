"""The floors of the house hold, and each contract catches a breach (docs/decisions/house.md)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

BREACHES = [
    ("floors", "domain/score.py", "from explain.casebook import schema"),
    ("floors", "explanations/linear.py", "import explain.store"),
    ("floors", "models/linear.py", "from explain.sessions import ports"),
    ("floors", "sessions/training.py", "def late():\n    from explain.views import components"),
    ("ground", "domain/encounter.py", "import pydantic"),
    ("ground", "texts/numbers.py", "import pandas as pd"),
    ("ground", "guards/search.py", "import pydantic"),
    ("floors", "guards/search.py", "from explain.texts import sayer"),
    ("statistics", "sessions/training.py", "from xgboost import Booster"),
    ("statistics", "sessions/training.py", "import explain.models.linear"),
    ("statistics", "store/schema.py", "import shap"),
    ("widgets", "charts/waterfall.py", "from ipywidgets import HTML"),
    ("presenters", "views/judgement/presenter.py", "import ipywidgets"),
    ("presenters", "views/score/presenter.py", "from explain.charts import waterfall"),  # and so plotly
    ("rooms", "views/case/presenter.py", "from explain.views.score import presenter"),
    ("rooms", "views/components/figure.py", "import explain.views.picture"),
    ("panels", "views/score/panel.py", "import pandas"),
    ("floors", "serving/server.py", "import explain.apps.cli"),
    ("floors", "serving/doors.py", "from explain.entrance import doors"),
    ("floors", "entrance/gate.py", "from explain.apps import wiring"),
    ("serving", "serving/server.py", "from explain.domain import facts"),
    ("texts", "sessions/training.py", "from explain.texts import sayer"),
    ("homes", "apps/cli.py", "import xgboost"),
    ("homes", "sessions/ports.py", "from sqlalchemy import text"),
    ("homes", "views/score/panel.py", "import plotly.graph_objects as go"),
    ("homes", "models/linear.py", "import shap"),
    ("homes", "sessions/signing.py", "from argon2 import PasswordHasher"),
    ("homes", "views/case/panel.py", "from pydantic import BaseModel"),
]
"""The contract that must break, the module that breaks it, and the line that is added to it."""


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = (Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *options)
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(root / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", folder)
    return folder


def test_the_floors_hold(root, looked_at):
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout
    looked_at("modules", len(list((root / "src/explain").rglob("*.py"))))


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES, ids=lambda part: part.split("\n")[0])
def test_a_breach_is_caught(copy, contract, module, line):
    path = copy / "src/explain" / module
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
        done = lint(copy, "--contract", contract)
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout


def test_a_room_outside_the_plan_is_caught(copy):
    attic = copy / "src/explain/attic.py"
    attic.touch()
    try:
        done = lint(copy, "--contract", "floors")
    finally:
        attic.unlink()
    assert done.returncode == 1
    assert "explain.attic" in done.stdout


def test_every_contract_has_a_breach_that_it_catches(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in BREACHES}


def test_the_ground_floor_imports_the_standard_library_alone(looked_at):
    graph = grimp.build_graph("explain", include_external_packages=True, cache_dir=None)
    ground = {
        module for module in graph.modules if module.startswith(("explain.domain", "explain.texts", "explain.guards"))
    }
    needed = {imported for module in ground for imported in graph.find_modules_directly_imported_by(module)} - ground
    assert needed <= sys.stdlib_module_names
    looked_at("modules of the ground floor", len(ground))
