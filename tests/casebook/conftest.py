"""A case as plain data, and a copy of the shipped sets that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explain.casebook.files import read_set, shipped
from explain.casebook.schema import Case

Spoil = Callable[..., dict[str, Any]]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the set grundforloeb."""
    return Path(shutil.copytree(shipped() / "grundforloeb", tmp_path / "grundforloeb"))


@pytest.fixture(scope="session")
def high() -> Case:
    """The shipped case with the longest history."""
    return read_set(shipped() / "grundforloeb").case("grundforloeb/ude-om-natten")


@pytest.fixture
def changed(high: Case) -> Spoil:
    """Give that case as plain data, with some of its top-level fields replaced."""

    def change(**fields: Any) -> dict[str, Any]:
        return {**high.model_dump(), **fields}

    return change
