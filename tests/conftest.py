"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def looked_at(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """Say how many of something a test over all of them looked at, and fail if there was none."""

    def say(what: str, count: int) -> None:
        record_property("looked at", f"{count} {what}")
        assert count, f"no {what} found: a test over none of them proves nothing"

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what the tests over many files looked at."""
    looks = [
        (report.nodeid.partition("tests/")[2], value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
        if name == "looked at"
    ]
    if looks:
        terminalreporter.section("looked at", sep="-")
    for test, count in sorted(looks):
        terminalreporter.write_line(f"{test}: {count}")
