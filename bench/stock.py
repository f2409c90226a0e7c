"""Stock Voilà with the trainee's page: the command ``voila`` as anybody would run it, nothing of ours but the page.

The notebook is that of ``dashboards/``, with one cell before it that says who the visitor is, since no server of ours
does: everybody is somebody else. All settings are Voilà's defaults; configuration, data and history folders are empty.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.client import Browser
from bench.server import Running
from explain.store import prepare

PAGE: Final = Path(__file__).parents[1] / "dashboards" / "trainee.ipynb"
START_SECONDS: Final = 60.0
VISITOR: Final = 'import os\n\nos.environ["SKOEN_VISITOR"] = os.environ["VOILA_KERNEL_ID"].replace("-", "")'


class StockBrowser(Browser):
    """A browser at a stock Voilà: the page's own address starts a kernel and streams the page."""

    async def start(self, path: str = "") -> str:
        """Return the page's address; its GET does everything."""
        return path

    async def leave(self, kernel_id: str) -> None:
        """Leave without a goodbye: Voilà 0.5.13 refuses its own front end's (403, no token), and kernels stay."""


@contextmanager
def voila() -> Iterator[Running]:
    """Run ``voila`` on a free port over a folder that is thrown away, and stop it at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notebook = folder / "trainee.ipynb"
        notebook.write_text(json.dumps(_with_visitor(json.loads(PAGE.read_text(encoding="utf-8")))), encoding="utf-8")
        database = f"sqlite:///{folder / 'skoen.sqlite'}"
        prepare(database)
        empty = {f"{what}_DIR": str(folder / what) for what in ("JUPYTER_CONFIG", "JUPYTER_DATA")}
        told = {"SKOEN_LANGUAGE": "da", "SKOEN_DATA": name, "SKOEN_DATABASE": database, "IPYTHONDIR": name}
        log = folder / "voila.log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={_free_port()}"],
                stdout=errors,
                stderr=errors,
                text=True,
                env={**os.environ, **empty, **told},
            )
        server = Running("", folder, process, log)
        try:
            yield Running(_address(server), folder, process, log)
        finally:
            server.stop()


def _with_visitor(notebook: dict[str, Any]) -> dict[str, Any]:
    (cell,) = notebook["cells"]
    return {**notebook, "cells": [{**cell, "id": "visitor", "source": VISITOR}, cell]}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port: int = bound.getsockname()[1]
        return port


def _address(server: Running) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        if found := re.search(r"^(http://\S+/)$", server.log.read_text(), re.MULTILINE):
            return found[1].replace("localhost", "127.0.0.1")
        time.sleep(0.1)
    raise RuntimeError(f"voila must tell its address, and said {server.log.read_text()!r}")
