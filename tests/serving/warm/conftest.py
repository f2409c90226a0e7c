"""Real kernels forked from a real template, without a server around them; and what they leave behind."""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets.config import Config

from explain.serving.starting import OwnPython, common_environment, kernel_environment
from explain.serving.warm import provisioner
from explain.serving.warm.possible import impossible
from explain.serving.warm.templates import Templates

FIRST = Path(__file__).parents[1] / "first.ipynb"

collect_ignore = ["*"] if impossible() else []


class Nest:
    """A manager of kernels, the templates they are forked from, and the folder of both."""

    def __init__(self, folder: Path) -> None:
        provisioner.register()
        self.folder = folder
        self.manager = AsyncMappingKernelManager(
            kernel_spec_manager=OwnPython(),
            connection_dir=str(folder),
            root_dir=str(folder),
            # However busy the machine is, a kernel that was asked to end may do so by itself.
            config=Config({"KernelManager": {"transport": "ipc", "autorestart": False, "shutdown_wait_time": 60.0}}),
        )
        self.templates = Templates(common_environment({}, folder), folder, logging.getLogger("warm"))

    async def start(self, notebook: Path = FIRST, **settings: str) -> str:
        """Start a kernel and return its id."""
        environment = kernel_environment(settings, visitor="a" * 32, language="da", query="", folder=self.folder)
        kernel_id: str = await self.manager.start_kernel(
            kernel_name="python3",
            cwd=str(notebook.parent),
            env=environment,
            warm=lambda: self.templates.of(notebook),
        )
        return kernel_id

    def process(self, kernel_id: str) -> Any:
        """Return what stands for the kernel's process."""
        return self.manager.get_kernel(kernel_id).provisioner.process

    async def client(self, kernel_id: str) -> Any:
        """Return a client that has heard from the kernel."""
        client = self.manager.get_kernel(kernel_id).client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        return client

    async def answers(self, kernel_id: str) -> bool:
        """Tell whether the kernel runs code."""
        client = await self.client(kernel_id)
        reply = await client.execute_interactive("1 + 1", timeout=60, output_hook=lambda _: None)
        client.stop_channels()
        return bool(reply["content"]["status"] == "ok")

    def sockets(self, kernel_id: str) -> list[Path]:
        """Return the files of a kernel's sockets."""
        return [*self.folder.glob(f"kernel-{kernel_id}*")]


def descendants() -> list[psutil.Process]:
    """Return the processes that this one is answerable for, dead ones that nobody waited for among them."""
    return [one for one in psutil.Process().children(recursive=True) if "execnet" not in " ".join(_words(one))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: the path of a Unix socket has 107 characters at most."""
    with tempfile.TemporaryDirectory(prefix="nest-") as made:
        yield Path(made)


@pytest.fixture
def nest(folder: Path) -> Callable[[Callable[[Nest], Awaitable[None]]], None]:
    """Return what runs a check in a nest, and sees at its end that no process and no socket is left."""

    def run(check: Callable[[Nest], Awaitable[None]]) -> None:
        before = {process.pid for process in descendants()}

        async def checked() -> None:
            nest = Nest(folder)
            try:
                await check(nest)
            finally:
                await nest.manager.shutdown_all(now=True)
                nest.templates.close()
                # Left to the garbage collector, context or manager goes first as it happens, and the context complains.
                nest.manager.context.destroy(linger=0)

        asyncio.run(checked())
        left = [process for process in descendants() if process.pid not in before]
        assert left == [], "no process may be left, not even as a zombie"
        assert [path.name for path in folder.rglob("*") if path.is_socket() or "template-" in path.name] == []

    return run


def gone(pid: int) -> bool:
    """Tell whether a process is gone for good, and not a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
