"""Where kernels cannot be forked, the reason is said; the version that is installed is one that was read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from explain.serving.warm import possible


def test_the_locked_ipykernel_is_one_that_was_read(root: Path) -> None:
    locked = re.search(r"^ipykernel==(\S+)", (root / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert locked is not None
    assert locked[1] in possible.KNOWN, (
        f"ipykernel {locked[1]} is locked, and serving/warm was written against {possible.KNOWN}: read what changed "
        "in kernelapp.py, ipkernel.py, kernelbase.py and iostream.py, run tests/serving/warm, then add it to KNOWN"
    )


def test_an_unknown_ipykernel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(possible, "KNOWN", ("1.2.3",))
    monkeypatch.setattr(sys, "platform", "linux")
    assert "with ipykernel 1.2.3, and this is" in str(possible.impossible())


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_than_on_linux_it_is_refused(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert possible.impossible() == f"kernels can be forked on Linux alone, and this is {platform}"
