"""What every test may use."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


class Wire:
    """The browser's end of every widget: keeps what it is sent, and sends what a browser could, hostile or not."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def receive(self, comm_id: str, data: Any) -> None:
        # As the kernel packs it: what cannot be packed would reach no browser.
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")
        self.sent.append((comm_id, json.loads(json.dumps(data))))

    def text(self) -> str:
        """Everything the browser was sent so far."""
        return json.dumps([data for _, data in self.sent], ensure_ascii=False)

    def answers(self, widget: Any) -> list[Any]:
        """The messages that one widget sent, beside its traits."""
        mine = [data for comm_id, data in self.sent if comm_id == widget.comm.comm_id]
        return [data["content"] for data in mine if data and data.get("method") == "custom"]

    def send(self, widget: Any, message: Any) -> None:
        """Send a widget a message."""
        self._deliver(widget, {"method": "custom", "content": message})

    def set(self, widget: Any, **traits: Any) -> None:
        """Set a widget's synced traits."""
        self._deliver(widget, {"method": "update", "state": traits, "buffer_paths": []})

    def _deliver(self, widget: Any, data: Any) -> None:
        widget.comm.handle_msg({"content": {"data": data}, "buffers": []})


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """The wire between widgets and a browser; the test fails where a message made a traceback."""
    import comm
    import ipywidgets
    from traitlets import TraitError
    from traitlets.log import get_logger

    wire, faults = Wire(), []

    class Recorded(comm.DummyComm):
        def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
            if msg_type != "comm_close":
                wire.receive(self.comm_id, data)

    def listen(record: logging.LogRecord) -> bool:
        """Keep what went wrong in a callback, which ipywidgets logs; that a trait's type was wrong is no fault."""
        if record.exc_info and not isinstance(record.exc_info[1], TraitError):
            faults.append(logging.Formatter().format(record))
        return not record.exc_info

    monkeypatch.setattr(comm, "create_comm", Recorded)
    log = get_logger()
    log.addFilter(listen)
    yield wire
    log.removeFilter(listen)
    ipywidgets.Widget.close_all()
    assert not faults, "\n".join(faults)


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


SMALL_SEED, SMALL_REFERRALS = 11, 4000


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a small synthetic register, made once for all workers: its compiler takes longer than it does."""
    from filelock import FileLock

    from explain.register.whole import make

    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "small_register"
    with FileLock(f"{folder}.lock"):
        if not (folder / "background.parquet").exists():
            make(SMALL_SEED, SMALL_REFERRALS, runs=6).write(folder)
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Any:
    """A small register, read from its files."""
    from explain.register.whole import read

    return read(small_folder)


@pytest.fixture(scope="session")
def small_variables(small: Any) -> Any:
    """The variables of its development data."""
    from explain.register.build import build

    return build(small.registers, small.sample)
