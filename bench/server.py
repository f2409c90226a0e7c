"""A real server for a while: started on a free port with an empty data folder, stopped by SIGTERM."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Running:
    """A running server: its address (with a slash at its end), its data folder, its process and what it logs to."""

    url: str
    data: Path
    process: subprocess.Popen[str]
    log: Path

    def kernels(self) -> list[psutil.Process]:
        """Return the processes of its kernels."""
        return list(self.kernels_by_name().values())

    def kernels_by_name(self) -> dict[str, psutil.Process]:
        """Return its kernels by the first eight characters of their ids."""
        return kernels_of(psutil.Process(self.process.pid))

    def spares(self) -> list[psutil.Process]:
        """Return the processes that are kernels without a page yet."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if name_of(child) == "spare"]

    def kernel(self, kernel_id: str) -> psutil.Process:
        """Return the process of one kernel."""
        return self.kernels_by_name()[kernel_id[:8]]

    def templates(self) -> list[psutil.Process]:
        """Return the processes that its kernels are forked from."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if name_of(child) == "template"]

    def folder(self) -> Path:
        """Return the folder of its kernels' sockets."""
        sockets = [
            Path(str(found.laddr))
            for found in self.kernels()[0].net_connections("unix")
            if "kernel-" in str(found.laddr)
        ]
        return sockets[0].parent

    def stop(self, patience: float = 30) -> int:
        """Stop it by SIGTERM and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)


def kernels_of(server: psutil.Process) -> dict[str, psutil.Process]:
    """Return a server's kernels by the first eight characters of their ids.

    A forked kernel says it in its name, an ordinary one by its connection file.
    """
    found = {}
    for child in server.children(recursive=True):
        if (name := name_of(child)).startswith("kernel-"):
            found[name.removeprefix("kernel-")] = child
        elif "ipykernel_launcher" in (line := " ".join(words(child))):
            found[line.rpartition("kernel-")[2][:8]] = child
    return found


def name_of(process: psutil.Process) -> str:
    """Return a process's name; a process that is gone has none."""
    try:
        return process.name()
    except psutil.Error:
        return ""


def words(process: psutil.Process) -> list[str]:
    """Return a process's command line; a process that is gone has none."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@contextmanager
def running(command: Sequence[str], data: Path, *, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """Run ``command``, wait for the line that ends with its address, and stop it at the end.

    Parameters
    ----------
    command
        Starts the server; its first line on standard output ends with the address.
    data
        Its data folder; what it says on standard error goes to ``server.log`` beside it.
    environment
        Set beside this process's own environment.

    Raises
    ------
    RuntimeError
        If it ends, or says something else, before it tells its address.
    """
    log = data.parent / f"{data.name}.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, **(environment or {})}
        )
    server = Running("", data, process, log)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if (found := re.search(r"(https?://\S+)$", line.strip())) is None:
            raise RuntimeError(f"the server must tell its address first; it said {line!r} and {log.read_text()!r}")
        yield Running(found[1], data, process, log)
    finally:
        server.stop()
        if process.stdout is not None:
            process.stdout.close()


COMMAND = "import sys; from explain.apps.cli import main; sys.exit(main())"
"""``skoen`` by this Python, wherever its scripts lie."""


@contextmanager
def skoen(*options: str) -> Iterator[Running]:
    """Run ``skoen serve`` on a free port with a data folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        command = [sys.executable, "-c", COMMAND, "serve", "--port", "0", "--data", str(data), *options]
        with running(command, data) as server:
            yield server
