"""The template: a process that has run a notebook and waits to be forked, once for every page.

``python -m explain.serving.warm.template NOTEBOOK REPORT LINE SERVER`` builds a kernel without sockets, runs the
notebook's cells, writes what it made of them to the file REPORT and then reads requests from the socket with the
number LINE. It ends when the other end of that socket is closed, and with the process SERVER.

A request is one message: the name of the new kernel's connection file, and with it a socket. On that socket the new
kernel says first ``{"pid": n}``, with a pidfd of itself, then ``{"open": true}`` when its own sockets are bound. There
it waits to be told whose it is, in one message: its id, environment and working directory. When every hook has met
its visitor, it says ``{"ready": true}`` or ``{"failed": "KeyError"}``. The template says ``{"refused": "why"}`` where
it does not fork.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import random
import signal
import socket
import sys
import traceback
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any, Final, NoReturn

REQUEST_BYTES: Final = 1 << 16
"""The longest message; an environment is a tenth of it."""


class Template:
    """A kernel that has run a notebook, and forks.

    Parameters
    ----------
    line
        Where requests come from.
    server
        The process whose children the forks shall be.
    """

    def __init__(self, line: socket.socket, server: int) -> None:
        from explain.serving.warm.kernel import WarmKernel

        self._line = line
        self._server = server
        # Kernel first: ipywidgets and plotly ask for it while they are imported.
        self._app: Any = WarmKernel.instance()
        self._nowhere = self._app.warm()

    def run(self, notebook: Path) -> list[list[dict[str, Any]]]:
        """Run every cell of the notebook and return what each shows.

        Raises
        ------
        RuntimeError
            If afterwards there is more than one thread: a fork would lose the others and whatever they hold.
        """
        shown = []
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                self._app.run("".join(cell["source"]))
            shown.append(self._nowhere.take())
        self._app.try_opening()
        _check_one_thread()
        return shown

    def serve(self) -> None:
        """Fork for every request until the line is closed."""
        gc.collect()
        gc.freeze()
        while True:
            request, sockets, _, _ = socket.recv_fds(self._line, REQUEST_BYTES, 1)
            if not request:
                return
            with socket.socket(fileno=sockets[0]) as answer:
                self._fork(request.decode(), answer)

    def _fork(self, connection_file: str, answer: socket.socket) -> None:
        from explain.serving.warm.linux import fork_to

        try:
            _check_one_thread()
            is_kernel = fork_to(self._server)
        except (RuntimeError, OSError) as error:
            _say(answer, refused=str(error))
            return
        if is_kernel:
            self._line.close()
            self._be_kernel(connection_file, answer)

    def _be_kernel(self, connection_file: str, answer: socket.socket) -> NoReturn:
        """Live the life of one page's kernel."""
        code = 1
        try:
            _announce(answer)
            self._app.open(connection_file)
            _say(answer, open=True)
            if told := answer.recv(REQUEST_BYTES):  # else the server had no use for it
                _become(json.loads(told))
                _meet_visitor(answer)
                self._app.start()
            code = 0
        except BaseException as error:  # whatever happened, this must not run on as a template
            if isinstance(error, SystemExit) and isinstance(error.code, int):
                code = error.code
            traceback.print_exc()
        finally:
            # Python's own way out would visit every object and so copy all memory that is shared.
            atexit._run_exitfuncs()
            os._exit(code)


def _check_one_thread() -> None:
    from explain.serving.warm.linux import threads

    if len(found := threads()) > 1:
        raise RuntimeError(f"a process must have one thread to be forked, and has {len(found)}: {', '.join(found)}")


def _check_version() -> None:
    """Refuse an ipykernel that was installed since the server began, and that we have not read."""
    import ipykernel  # noqa: F401 so that its files are looked at for the next change

    from explain.serving.warm.possible import impossible

    if (why := impossible()) is not None:
        raise RuntimeError(why)


def _say(answer: socket.socket, **words: object) -> None:
    answer.send(json.dumps(words).encode())


def _announce(answer: socket.socket) -> None:
    from explain.serving.warm.linux import be_called

    be_called("spare")
    pidfd = os.pidfd_open(os.getpid())
    socket.send_fds(answer, [json.dumps({"pid": os.getpid()}).encode()], [pidfd])
    os.close(pidfd)


def _become(request: dict[str, Any]) -> None:
    """Take on what belongs to one page: name, environment, working directory, randomness."""
    from explain.serving.warm.linux import be_called

    be_called(f"kernel-{request['kernel_id'][:8]}")
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["cwd"])
    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):  # asked for as numpy's attribute, it would be imported here
        numpy_random.seed()


def _meet_visitor(answer: socket.socket) -> None:
    """Let every hook meet the visitor, and tell the server how it went."""
    from explain.serving.hooks import welcome
    from explain.serving.visitor import current_visitor

    try:
        welcome(current_visitor())
    except BaseException as error:
        _say(answer, failed=type(error).__name__)
        raise
    _say(answer, ready=True)
    answer.close()


def loaded_files() -> list[str]:
    """Return the files this process was made from: every module's, and all files of packages that are not installed.

    A package in ``site-packages`` changes as a whole; one that is worked on has templates, texts and scripts too.
    """
    modules = {
        Path(file).resolve() for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))
    }
    installed = {Path(folder).resolve() for folder in (sys.prefix, sys.base_prefix)}
    roots = {
        Path(folder).resolve()
        for name, module in list(sys.modules.items())
        if "." not in name
        for folder in getattr(module, "__path__", ())
        if not any(Path(folder).resolve().is_relative_to(place) for place in installed)
    }
    own = {path for root in roots for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    return sorted(str(path) for path in modules | own if path.suffix in {".py", *EXTENSION_SUFFIXES} or path in own)


def main(notebook: str, report: str, line: str, server: str) -> None:
    """Be a template until the line is closed."""
    from explain.serving.warm.linux import be_called, die_with

    die_with(int(server), signal.SIGTERM)
    be_called("template")
    sys.path = [folder for folder in sys.path if folder not in ("", str(Path.cwd()))]  # as ipykernel_launcher does
    with socket.socket(fileno=int(line)) as requests:
        told: dict[str, Any]
        try:
            _check_version()
            template = Template(requests, int(server))
            told = {"shown": template.run(Path(notebook))}
        except BaseException as error:  # a notebook may exit, too
            told = {"failed": f"{type(error).__name__}: {error}"}
        Path(report).write_text(json.dumps({**told, "files": loaded_files()}), encoding="utf-8")
        requests.send(b"reported")
        if "shown" in told:
            template.serve()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
