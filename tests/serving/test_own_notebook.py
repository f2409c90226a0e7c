"""A stranger follows docs/serving.md with a notebook of her own: its two files, as they stand there."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import nbformat
import pytest

from bench.client import Browser, OpenPage
from bench.server import Running, running


@pytest.fixture
def followed(root: Path, tmp_path: Path) -> Path:
    """A folder in which somebody has done what the page says."""
    page = (root / "docs" / "serving.md").read_text(encoding="utf-8")
    cell, script = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(cell.strip().splitlines()) == 10, "ten lines are promised"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbformat.write(notebook, tmp_path / "hello.ipynb")
    assert script.count("8866") == 1
    (tmp_path / "serve.py").write_text(script.replace("8866", "0"), encoding="utf-8")  # any port that is free
    return tmp_path


def said(page: OpenPage) -> str:
    """Return what the page's label says."""
    return str(page.states[page.models("LabelModel")[0]]["value"])


def test_a_notebook_of_ones_own_is_served_as_the_page_says(followed: Path) -> None:
    async def visit(server: Running) -> None:
        async with await Browser(server.url).open() as anna, await Browser(server.url).open() as bo:
            assert re.fullmatch(r"You are visitor [0-9a-f]{8}\.", said(anna))
            assert said(anna) != said(bo)
            await anna.answered(await anna.set_traits(anna.models("TextModel")[0], value="Anna"))
            await anna.answered(await anna.click(anna.models("ButtonModel")[0]))
            assert said(anna) == "Hello, Anna!"
            assert said(bo) != said(anna)
            if sys.platform == "linux":
                assert len(server.templates()) == 1, "both were forked"
            missing = await anna.browser.ask("nowhere")
            assert (missing.code, "There is no such page" in missing.body.decode()) == (404, True)

    with running([sys.executable, "-W", "error", str(followed / "serve.py")], followed / "data") as server:
        asyncio.run(visit(server))
        assert server.stop() == 0
        assert server.log.read_text() == ""
