"""``skoen serve``: what it takes, what it refuses, and what it says."""

from __future__ import annotations

import argparse
import asyncio
import socket
import stat
import sys
from pathlib import Path

import pytest

from bench.client import Browser
from bench.server import skoen
from explain.apps import serve


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return serve.run(parser.parse_args(["--port", "0", *words]))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("skoen serve: ")
    assert said.err.count("\n") == 1
    return said.err


# tornado leaves the socket that it could not bind to the garbage collector
unbound = pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")


@unbound
def test_a_taken_port_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port} is taken" in refused(capsys, "--data", str(tmp_path), "--port", port)


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5", ""])
def test_a_port_is_a_number(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as end:
        run("--port", port)
    assert end.value.code == 2
    assert "whole number from 0 to 65535" in capsys.readouterr().err


@unbound
def test_a_host_of_another_machine_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "cannot listen on 192.0.2.1" in refused(capsys, "--data", str(tmp_path), "--host", "192.0.2.1")


def test_cases_must_be_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    assert "--cases must be a folder" in refused(capsys, "--data", str(tmp_path), "--cases", nowhere)


def test_cases_must_be_without_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data, cases = str(tmp_path / "data"), tmp_path / "cases"
    cases.mkdir()
    assert "no set.toml" in refused(capsys, "--data", data, "--cases", str(cases))
    (cases / "set.toml").write_text("cases = []\n", encoding="utf-8")
    assert "skoen check-cases" in refused(capsys, "--data", data, "--cases", str(cases))


def test_a_data_folder_that_cannot_be_made_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be made" in refused(capsys, "--data", str(tmp_path / "file" / "data"))


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgresql+psycopg://anna:hemmeligt@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_used_is_said_without_its_password(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, url: str
) -> None:
    said = refused(capsys, "--data", str(tmp_path), "--database", url)
    assert "the database cannot be used" in said
    assert "hemmeligt" not in said


def test_an_unknown_preset_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--preset", "unknown")
    assert "pilot1" in capsys.readouterr().err, "the message lists what there is"


def test_the_real_page_opens(tmp_path: Path) -> None:
    async def visit(url: str) -> str:
        async with await Browser(url).open() as page:
            return page.html

    with skoen() as server:
        html = asyncio.run(visit(server.url))
        assert "<title>Skøn: øv dit faglige skøn</title>" in html
        if sys.platform != "win32":
            assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
            assert {stat.S_IMODE(path.stat().st_mode) for path in server.data.iterdir()} == {0o600}
        assert server.log.read_text() == ""
