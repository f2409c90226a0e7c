"""The server's side of templates: starts them, asks them for kernels, replaces those that died or are out of date."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from logging import Logger
from pathlib import Path
from time import monotonic
from typing import Any, Final

from explain.serving.warm.linux import adopt_orphans

KNOWN: Final = ("7.4.0",)
"""The versions of ipykernel whose inner parts :mod:`explain.serving.warm.kernel` was written against."""
WARM_SECONDS: Final = 120.0
"""Longer than any notebook's imports take on a busy small machine; a template that is not warm by then never will be."""
BORN_SECONDS: Final = 20.0
"""A fork takes 10 ms; a template that has not forked after so long is stuck."""
WELCOME_SECONDS: Final = 60.0
"""How long a kernel may take to fill its page, on a machine where a hundred do so at once."""
LOOK_SECONDS: Final = 1.0
"""How often, at most, the files of a template are looked at."""

Files = tuple[tuple[str, int, int], ...]


def impossible() -> str | None:
    """Say why kernels cannot be forked here, or nothing if they can."""
    if sys.platform != "linux":
        return f"kernels can be forked on Linux alone, and this is {sys.platform}"
    if (found := version("ipykernel")) not in KNOWN:
        return f"kernels can be forked with ipykernel {' or '.join(KNOWN)}, and this is {found}"
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (OSError, AttributeError):
        return "kernels can be forked with Linux 5.4 or newer, and this is older"
    return None


class Unwell(Exception):
    """A template cannot fork, and the message says why."""


class Forked:
    """A kernel's process that was forked from a template, in the form of :class:`subprocess.Popen`.

    It is a child of this process. ``template`` is what it was forked from.
    """

    stdin = stdout = stderr = None

    def __init__(self, template: Template, pid: int, pidfd: int, answer: socket.socket) -> None:
        self.template = template
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._opened = asyncio.get_running_loop().create_future()
        self._welcomed = asyncio.ensure_future(self._hear(answer))

    async def _hear(self, answer: socket.socket) -> str | None:
        with answer:
            try:
                await _receive(answer, BORN_SECONDS)
                self._opened.set_result(True)
                told, _ = await _receive(answer, WELCOME_SECONDS)
            except (OSError, EOFError) as error:
                return type(error).__name__
            finally:
                self._opened.done() or self._opened.set_result(False)
        return told.get("failed")

    async def opened(self) -> bool:
        """Wait until the kernel's sockets are bound; tell whether they are."""
        return bool(await self._opened)

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


@dataclass
class Template:
    """One running template of one notebook; :attr:`pages` keeps the pages made from what it showed, by language."""

    notebook: Path
    process: subprocess.Popen[bytes]
    line: socket.socket
    shown: list[list[dict[str, Any]]] = field(default_factory=list)
    files: Files = ()
    looked: float = 0.0
    pages: dict[str, str] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fork(self, *, kernel_id: str, environment: Mapping[str, str], cwd: str, connection_file: str) -> Forked:
        """Fork a kernel.

        Raises
        ------
        Unwell
            If the template has ended, is stuck, or refuses.
        """
        asked = {"kernel_id": kernel_id, "environment": dict(environment), "cwd": cwd, "connection_file": connection_file}
        async with self.turn:
            answer, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                with theirs:
                    socket.send_fds(self.line, [json.dumps(asked).encode()], [theirs.fileno()])
                told, descriptors = await _receive(answer, BORN_SECONDS)
            except (OSError, EOFError) as error:  # a TimeoutError is an OSError
                answer.close()
                self.process.kill()  # so that it is replaced
                raise Unwell(f"its template has ended or is stuck ({type(error).__name__})") from error
        if "pid" not in told:
            answer.close()
            raise Unwell(told["refused"])
        forked = Forked(self, told["pid"], descriptors[0], answer)
        if not await forked.opened():
            forked.kill()
            forked.wait()
            raise Unwell("the kernel could not open its sockets")
        return forked

    def lives(self) -> bool:
        """Tell whether the process runs."""
        return self.process.poll() is None

    def is_current(self) -> bool:
        """Tell whether notebook and modules are those that the template was made of; looks once a second at most."""
        if monotonic() - self.looked < LOOK_SECONDS:
            return True
        self.looked = monotonic()
        return _stamps([path for path, *_ in self.files]) == self.files

    def close(self) -> None:
        """End the template; the kernels forked from it live on."""
        self.line.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class _Cold:
    """A notebook that could not be warmed: why not, and of what files, so that it is tried again when they change."""

    why: str
    files: Files

    def is_current(self) -> bool:
        return _stamps([path for path, *_ in self.files]) == self.files


class Templates:
    """The templates of all notebooks. Made in the process that serves, which then adopts orphans.

    Parameters
    ----------
    environment
        The whole environment of a template.
    folder
        For the templates' own files.
    log
        Where is said in a line what cannot be warmed, and why.
    """

    def __init__(self, environment: Mapping[str, str], folder: Path, log: Logger) -> None:
        adopt_orphans()
        self._environment = {**environment, "SKOEN_WARMING": "1"}
        self._folder = folder
        self._log = log
        self._made: dict[Path, Template | _Cold] = {}
        self._making: dict[Path, asyncio.Task[Template | None]] = {}

    async def of(self, notebook: Path) -> Template | None:
        """Return the notebook's template, warmed now if there is none that is alive and up to date.

        Nothing is returned for a notebook that cannot be warmed; that is tried again when its files change.
        """
        if notebook not in self._making:
            made = self._made.get(notebook)
            if isinstance(made, Template) and made.lives() and made.is_current():
                return made
            if isinstance(made, _Cold) and made.is_current():
                return None
            self._making[notebook] = asyncio.ensure_future(self._make(notebook))
        return await asyncio.shield(self._making[notebook])

    async def _make(self, notebook: Path) -> Template | None:
        if isinstance(old := self._made.pop(notebook, None), Template):
            old.close()
        try:
            made = await self._warm(notebook)
            self._made[notebook] = made
        finally:
            del self._making[notebook]
        if isinstance(made, Template):
            return made
        self._log.warning("%s is shown by ordinary kernels, which are slow: %s", notebook.name, made.why)
        return None

    async def _warm(self, notebook: Path) -> Template | _Cold:
        before = _stamps([str(notebook)])
        template = self._start(notebook)
        report = Path(template.process.args[-3])  # type: ignore[index,arg-type]
        try:
            await _receive(template.line, WARM_SECONDS, as_json=False)
            told = json.loads(report.read_text(encoding="utf-8"))
        except (OSError, EOFError, ValueError) as error:
            template.process.kill()
            template.close()
            status = template.process.returncode
            return _Cold(f"its template ended with {status} ({type(error).__name__})", before)
        finally:
            report.unlink(missing_ok=True)
        files = before + _stamps(told["files"])
        if "failed" in told:
            template.close()
            return _Cold(told["failed"], files)
        template.shown, template.files, template.looked = told["shown"], files, monotonic()
        return template

    def _start(self, notebook: Path) -> Template:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        handle, report = tempfile.mkstemp(prefix="template-", suffix=".json", dir=self._folder)
        os.close(handle)
        with theirs:
            words = [str(notebook), report, str(theirs.fileno()), str(os.getpid())]
            process = subprocess.Popen(
                [sys.executable, "-m", "explain.serving.warm.template", *words],
                cwd=notebook.parent,
                env=self._environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return Template(notebook, process, ours)

    def sweep(self) -> None:
        """Take note of templates that have ended, so that none stays as a zombie."""
        for made in self._made.values():
            if isinstance(made, Template):
                made.lives()

    def close(self) -> None:
        """End every template."""
        for task in self._making.values():
            task.cancel()
        for made in self._made.values():
            if isinstance(made, Template):
                made.close()
        self._made.clear()


def _stamps(paths: list[str]) -> Files:
    """Return for every file its time of change and its size; a file that is gone has neither."""
    found = []
    for path in paths:
        try:
            status = os.stat(path)
            found.append((path, status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((path, 0, -1))
    return tuple(found)


async def _receive(line: socket.socket, patience: float, *, as_json: bool = True) -> tuple[dict[str, Any], list[int]]:
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
    loop.add_reader(line, lambda: readable.done() or readable.set_result(None))
    try:
        async with asyncio.timeout(patience):
            await readable
    finally:
        loop.remove_reader(line)
    message, descriptors, _, _ = socket.recv_fds(line, 1 << 16, 1)
    if not message:
        raise EOFError
    return (json.loads(message) if as_json else {}), list(descriptors)
