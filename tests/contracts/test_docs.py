"""What the documents point to is there, and every decision can be found."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def documents(root):
    folders = [root, root / "docs", root / "docs/decisions"]
    return [path for folder in folders for path in sorted(folder.glob("*.md"))]


def test_every_link_leads_somewhere(root, looked_at):
    links = [(path, link) for path in documents(root) for link in LINK.findall(path.read_text(encoding="utf-8"))]
    broken = [f"{path.name}: {link}" for path, link in links if not (path.parent / link).exists()]
    assert broken == []
    looked_at("links", len(links))


def test_every_decision_is_in_the_index(root, looked_at):
    index = (root / "docs/decisions/README.md").read_text(encoding="utf-8")
    pages = [path.name for path in (root / "docs/decisions").glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in index] == []
    looked_at("decisions", len(pages))


def test_the_commands_of_the_readme_are_there(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)`", readme)) | {"serve", "test"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "make test" in (root / ".ci/run").read_text(encoding="utf-8")
    for command in re.findall(r"skoen ([a-z-]+)", " ".join(re.findall(r"`[^`]+`|^\$.*", readme, re.MULTILINE))):
        done = subprocess.run(
            (Path(sys.executable).with_name("skoen"), command, "--help"), capture_output=True, check=False
        )
        assert done.returncode == 0, command
