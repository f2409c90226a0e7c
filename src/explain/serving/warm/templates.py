"""The server's side of templates: starts them, asks them for kernels, replaces those that died or are out of date."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from logging import Logger
from pathlib import Path
from time import monotonic
from typing import Any, Final

from explain.serving.warm.forked import BORN_SECONDS, Forked, Unwell, receive
from explain.serving.warm.linux import adopt_orphans

WARM_SECONDS: Final = 120.0
"""Longer than any notebook's imports take on a busy small machine; what is not warm by then never will be."""
CLOSE_SECONDS: Final = 2.0
"""A template that waits ends at once when its line is closed; one that is busy with its notebook is killed."""
LOOK_SECONDS: Final = 1.0
"""How often, at most, the files of a template are looked at."""

Files = tuple[tuple[str, int, int], ...]


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
    given_up: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fork(self, connection_file: str) -> Forked:
        """Fork a kernel, which opens its sockets and waits for :meth:`~explain.serving.warm.forked.Forked.begin`.

        Raises
        ------
        Unwell
            If the template has ended, is stuck, or refuses.
        """
        async with self.turn:
            answer, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                with theirs:
                    socket.send_fds(self.line, [connection_file.encode()], [theirs.fileno()])
                told, descriptors = await receive(answer, BORN_SECONDS)
            except (OSError, EOFError) as error:  # a TimeoutError is an OSError
                answer.close()
                self.given_up = True
                self.process.kill()
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
        """Tell whether the process runs and forks."""
        return self.process.poll() is None and not self.given_up

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
            self.process.wait(CLOSE_SECONDS)
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
            told = await _report(template, report)
        except Unwell as reason:
            template.close()
            return _Cold(str(reason), before)
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


async def _report(template: Template, report: Path) -> dict[str, Any]:
    """Wait until the template has run its notebook, and return what it wrote about it."""
    try:
        await receive(template.line, WARM_SECONDS, as_json=False)
        told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, EOFError, ValueError) as error:
        template.close()
        status = template.process.returncode
        raise Unwell(f"its template ended with {status} before it was warm ({type(error).__name__})") from error
    return told


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
