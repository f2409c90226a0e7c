"""A forked kernel as the server sees it: born, open, welcomed, ended."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from explain.serving.warm.templates import Template

BORN_SECONDS: Final = 20.0
"""A fork takes 10 ms; a template that has not forked after so long is stuck."""
WELCOME_SECONDS: Final = 60.0
"""How long a kernel may take to fill its page, on a machine where a hundred do so at once."""


class Unwell(Exception):
    """A template cannot fork, and the message says why."""


class Forked:
    """A kernel's process that was forked from a template, in the form of :class:`subprocess.Popen`.

    It is a child of this process. ``template`` is what it was forked from. It waits with open sockets until
    :meth:`begin` says whose it is.
    """

    stdin = stdout = stderr = None

    def __init__(self, template: Template, pid: int, pidfd: int, answer: socket.socket) -> None:
        self.template = template
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._answer = answer
        self._opened: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._begun = asyncio.Event()
        self._welcomed = asyncio.ensure_future(self._hear())

    async def _hear(self) -> str | None:
        with self._answer:
            try:
                await receive(self._answer, BORN_SECONDS)
                self._opened.set_result(True)
                await self._begun.wait()
                told, _ = await receive(self._answer, WELCOME_SECONDS)
            except (OSError, EOFError) as error:
                return type(error).__name__
            finally:
                _settle(self._opened, False)
        return told.get("failed")

    async def opened(self) -> bool:
        """Wait until the kernel's sockets are bound; tell whether they are."""
        return await self._opened

    def begin(self, *, kernel_id: str, environment: Mapping[str, str], cwd: str) -> None:
        """Tell the kernel whose it is: it takes on what belongs to one page, and meets its visitor.

        Raises
        ------
        Unwell
            If it has ended meanwhile.
        """
        words = {"environment": {**environment, "VOILA_KERNEL_ID": kernel_id}, "cwd": cwd, "kernel_id": kernel_id}
        try:
            self._answer.send(json.dumps(words).encode())
        except OSError as error:
            self.kill()
            self.wait()
            raise Unwell(f"the kernel has ended before it began ({type(error).__name__})") from error
        self._begun.set()

    async def failure(self) -> str | None:
        """Wait until every hook has met its visitor; return the kind of error if one failed, never its words."""
        return await asyncio.shield(self._welcomed)

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or nothing while the process lives."""
        if self.returncode is None:
            self._take(os.waitid(os.P_PIDFD, self._pidfd, os.WEXITED | os.WNOHANG))
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:  # noqa: ARG002 jupyter_client waits only for what has ended
        """Wait for the end and return the exit status."""
        if self.returncode is None:
            self._take(os.waitid(os.P_PIDFD, self._pidfd, os.WEXITED))
        assert self.returncode is not None
        return self.returncode

    def _take(self, ended: Any) -> None:
        if ended is not None:
            self.returncode = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
            os.close(self._pidfd)
            self._welcomed.cancel()

    def send_signal(self, number: int) -> None:
        """Send a signal; to a process that has ended, nothing."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._pidfd, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


def _settle(future: asyncio.Future[Any], value: object) -> None:
    if not future.done():
        future.set_result(value)


async def receive(line: socket.socket, patience: float, *, as_json: bool = True) -> tuple[dict[str, Any], list[int]]:
    """Wait for one message.

    Raises
    ------
    TimeoutError
        If none comes in ``patience`` seconds.
    EOFError
        If the other end is closed.
    """
    loop = asyncio.get_running_loop()
    readable = loop.create_future()
    loop.add_reader(line, partial(_settle, readable, None))
    try:
        async with asyncio.timeout(patience):
            await readable
    finally:
        loop.remove_reader(line)
    message, descriptors, _, _ = socket.recv_fds(line, 1 << 16, 1)
    if not message:
        raise EOFError
    return (json.loads(message) if as_json else {}), list(descriptors)
