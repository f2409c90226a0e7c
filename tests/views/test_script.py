"""Where the server hands out the widgets' scripts, a widget brings only what fetches them; elsewhere all of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from explain.views.components.script import ASSETS, HANDED_OUT, PARTS, handed_out, script, style

SAY = "from explain.views.components.form import Form; print(len(str(Form._esm)), len(str(Form._css)))"


@pytest.mark.parametrize("widget", PARTS)
def test_every_script_is_handed_out_as_it_would_be_brought(widget: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = script(widget)
    parts = handed_out()[f"widgets/{widget}.js"]
    assert whole == "\n".join(path.read_text(encoding="utf-8") for path in parts)
    monkeypatch.setenv(HANDED_OUT, "yes")
    assert len(script(widget)) < 2500
    assert f'"{widget}.js"' in script(widget)


def test_every_script_and_sheet_belongs_to_a_widget() -> None:
    used = {path for paths in handed_out().values() for path in paths}
    kept = {ASSETS / "fetch.js", ASSETS / "plotly-basic.min.js"}
    assert {path for path in ASSETS.iterdir() if path.suffix in (".js", ".css")} == used | kept


def test_a_sheet_is_not_brought_where_it_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "skoen" in style("form")
    monkeypatch.setenv(HANDED_OUT, "yes")
    assert style("form") == ""


@pytest.mark.parametrize(("set_to", "brings_all"), [("", True), ("yes", False)])
def test_a_kernel_decides_by_its_environment(set_to: str, brings_all: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HANDED_OUT, set_to)
    said = subprocess.run([sys.executable, "-c", SAY], capture_output=True, text=True, check=True).stdout.split()
    assert (int(said[0]) > 20_000, int(said[1]) > 1000) == (brings_all, brings_all)
