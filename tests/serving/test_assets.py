"""What the package sends to browsers itself: nothing from elsewhere, nothing that plain http has not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from explain.serving import server
from explain.serving.headers import HEADERS

OWN = sorted([*server.ASSETS.iterdir(), *server.TEMPLATES.iterdir()])


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_of_ours_asks_another_host(path: Path) -> None:
    assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_of_ours_needs_https(path: Path) -> None:
    assert not re.findall(r"randomUUID|crypto\.subtle|clipboard|serviceWorker", path.read_text(encoding="utf-8"))


def test_templates_hold_no_script_and_no_sentence_of_their_own(looked_at: Callable[[str, int], None]) -> None:
    templates = [path for path in OWN if path.suffix == ".j2"]
    looked_at("templates", len(templates))
    for path in templates:
        html = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"<script(?![^>]*(?:src=|application/))", html), f"{path.name}: a script must be a file"
        assert "<style" not in html
        said = re.sub(r"<[^>]*>|\{[{%].*?[%}]\}", "", html, flags=re.DOTALL)
        assert said.split() == [], f"{path.name} must leave every word to the wording"


def test_the_policy_names_no_host_and_allows_no_eval() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "script-src 'self' blob:" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
