"""An IPython kernel in two halves: first everything that needs no sockets, later, in a fork, the sockets.

This is where ipykernel's own parts are used: what :class:`ipykernel.kernelapp.IPKernelApp` does in ``initialize`` is
done here in another order. :data:`explain.serving.warm.possible.KNOWN` names the versions it was written against.
"""

# mypy: disable-error-code="no-untyped-call, union-attr"
# (most of ipykernel has no types, and what it calls optional is there after warm())

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import uuid4

import tornado.platform.asyncio  # noqa: F401 every event loop needs it, and a fork should find it here
import zmq
from ipykernel.iostream import BackgroundSocket, IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.connect import write_connection_file
from jupyter_client.session import DELIM, Session
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

PORTS: Final = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")
COPIED_BYTES: Final = 1 << 30
"""Messages up to this size are copied to be sent, which is all: one sent from where it lies costs pyzmq three threads
and a context, to find out when it may be forgotten; the largest of a page has 0.2 MB."""
SHOWN: Final = ("execute_result", "display_data")
"""The messages of a notebook that become part of a page."""


class Nowhere:
    """Stands in for the socket on which a kernel publishes, while there is nobody to hear; keeps what was said."""

    def __init__(self) -> None:
        self.sent: list[list[bytes]] = []

    def send_multipart(self, parts: Iterable[Any], **_: Any) -> None:
        """Keep a message."""
        self.sent.append([bytes(part) for part in parts])

    def take(self) -> list[dict[str, Any]]:
        """Return what was :data:`SHOWN` since the last time, as a notebook's outputs, and forget everything."""
        said, self.sent = self.sent, []
        return [output for parts in said if (output := _output(parts)) is not None]


def _output(parts: list[bytes]) -> dict[str, Any] | None:
    header, _, _, content = (json.loads(part) for part in parts[parts.index(DELIM) + 2 :][:4])
    if header["msg_type"] not in SHOWN:
        return None
    kept = {"data": content["data"], "metadata": content["metadata"]}
    if header["msg_type"] == "execute_result":
        kept["execution_count"] = None
    return {"output_type": header["msg_type"], **kept}


class OwnVoice(IOPubThread):
    """Publishes from the kernel's one thread, without the thread of its own that ipykernel has for it.

    That thread has a loop, a pipe to be woken by, and two switches for every message and twice that for every flush;
    all to be heard while code runs for long, and here nobody runs code. Other threads, if a notebook's hook makes some,
    hand over what they publish.
    """

    def __init__(self, socket: Any, session: Session) -> None:
        self.socket, self.session = socket, session
        self.io_loop = IOLoop.current()
        self.thread = threading.current_thread()
        self.background_socket = BackgroundSocket(self)
        self._master_pid, self._pipe_flag = os.getpid(), False
        self._setup_xpub_listener()

    def schedule(self, f: Callable[[], object]) -> None:
        """Do it now; for another thread, when it is its turn."""
        if threading.current_thread() is self.thread:
            f()
        else:
            self.io_loop.add_callback(f)

    def start(self) -> None:
        """There is nothing to start."""

    def stop(self) -> None:
        """There is nothing to stop."""


class WarmKernel(IPKernelApp):
    """A kernel application that runs code before it has sockets."""

    def warm(self) -> Nowhere:
        """Make kernel and shell without a socket and without a thread; return what stands in for the sockets."""
        super(IPKernelApp, self).initialize(["--HistoryManager.enabled=False"])
        self.init_blackhole()
        nowhere = Nowhere()
        self.session = Session(parent=self, username="kernel", copy_threshold=COPIED_BYTES)
        # No debugger: nobody may run code here, and it holds sockets and tens of megabytes.
        sys.modules["debugpy"] = None  # type: ignore[assignment]
        self.kernel = IPythonKernel.instance(
            parent=self,
            session=self.session,
            iopub_socket=nowhere,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        return nowhere

    def run(self, source: str) -> None:
        """Run a cell; what it raises is raised here."""
        result = self.shell.run_cell(source, store_history=False)
        result.raise_error()

    def try_opening(self) -> None:
        """Open sockets that nobody will connect to, and close them: what that takes is then ready in every fork.

        The threads it starts have ended when it returns.
        """
        with tempfile.TemporaryDirectory(prefix="try-") as folder:
            file, _ = write_connection_file(f"{folder}/kernel.json", ip=f"{folder}/kernel", transport="ipc")
            self.open(file)
            self.close()
        self.context = None
        for name in PORTS:
            setattr(self, name, 0)
        asyncio.get_event_loop_policy().get_event_loop().close()

    def open(self, connection_file: str) -> None:
        """Open the sockets that a connection file names, with a session of its own, and be ready to start."""
        asyncio.set_event_loop(asyncio.new_event_loop())
        # Made ahead, since it costs a megabyte; its name and process are its own, its key comes with the file.
        self.session.session, self.session.pid = uuid4().hex, os.getpid()
        self.connection_file = connection_file
        self.init_connection_file()
        self.init_sockets()
        self.init_heartbeat()
        self.capture_fd_output = False
        self.init_io()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._connect()

    def init_control(self, context: Any) -> None:
        """Bind the control channel, to be read by the one thread there is.

        There are no subshells and no debugger, which cost three sockets and a thread. What is said on this channel
        waits while the kernel is busy; the server does not ask whether it lives, and interrupts and ends it by signals.
        """
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = 1000
        self.control_port = self._bind_socket(self.control_socket, self.control_port)
        self.control_socket.router_handover = 1

    def init_heartbeat(self) -> None:
        """Beat for nobody: the server, whose child this is, sees it end. It would be three threads and a context."""

    def init_iopub(self, context: Any) -> None:
        """Bind the channel on which the kernel publishes, without the TCP port that ipykernel opens beside it."""
        socket = context.socket(zmq.XPUB)
        socket.linger = 1000
        # Whoever listens is greeted, not only the first: a line that broke may still be held by the server.
        socket.setsockopt(zmq.XPUB_VERBOSE, 1)
        self.iopub_port = self._bind_socket(socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = OwnVoice(socket, self.session)
        self.iopub_socket = self.iopub_thread.background_socket

    def _connect(self) -> None:
        """Give the kernel that was made without sockets what ``init_kernel`` gives to a new one."""
        kernel, shell = self.kernel, self.shell
        kernel.ident = os.urandom(16).hex()
        kernel.shell_stream = ZMQStream(self.shell_socket)
        kernel.control_stream = ZMQStream(self.control_socket)
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        kernel.stdin_socket = self.stdin_socket
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        kernel.record_ports({name: getattr(self, name) for name in PORTS})
        for speaker in (shell.displayhook, shell.display_pub):
            speaker.session, speaker.pub_socket = self.session, self.iopub_socket
        shell.displayhook.topic = kernel._topic("execute_result")
        self.displayhook.get_execution_count = lambda: kernel.execution_count
