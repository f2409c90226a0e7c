"""The websocket between a page and its kernel: who may open it and what may pass.

A browser is hostile until shown otherwise. It may ask for the widgets there are and set their traits; it may not run
code, open widgets of its own choosing, interrupt or shut down. The kernel's answers pass, what a kernel prints does
not: it may hold a traceback, and a traceback may hold what a person wrote.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

from explain.serving.handlers import WithVisitor
from explain.serving.warm.forked import Forked

INCOMING: Final = ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")
"""What a page may send."""
WITHHELD: Final = ("stream", "error", "execute_input")
"""What a kernel says that is not for the page. (jupyter_server's own ``allow_tracebacks = False`` breaks the line.)"""
CONTROL_COMM: Final = "jupyter.widget.control"
"""The one comm a page may open: over it, it asks for the state of the widgets there are."""

PING_MS: Final = 10_000
"""Milliseconds between two pings of an open websocket."""

GREETING_SECONDS: Final = 10.0
"""A kernel that is not busy greets its page at once; one that has ended meanwhile never will."""

_V1: Final = "v1.kernel.websocket.jupyter.org"


def allowed(message: str | bytes, subprotocol: str | None) -> bool:
    """Tell whether a page's message may pass to its kernel.

    Anything that cannot be read is refused.

    Examples
    --------
    >>> ask = {"channel": "shell", "header": {"msg_type": "kernel_info_request"}, "content": {}}
    >>> allowed(json.dumps(ask), None)
    True
    >>> run = {"channel": "shell", "header": {"msg_type": "execute_request"}, "content": {"code": "1"}}
    >>> allowed(json.dumps(run), None)
    False
    """
    try:
        channel, header, content = _parts(message, subprotocol)
        kind = header["msg_type"]
        opens_other = kind == "comm_open" and content["target_name"] != CONTROL_COMM
    except (ValueError, KeyError, TypeError, IndexError):
        return False
    return channel in ("shell", "control") and kind in INCOMING and not opens_other


def _parts(message: str | bytes, subprotocol: str | None) -> tuple[str, dict[str, Any], dict[str, Any]]:
    if subprotocol == _V1:
        if isinstance(message, str) or int.from_bytes(message[:8], "little") > len(message) // 8:
            # the reader below believes the number of parts, and a wrong one keeps the server busy for ever
            raise ValueError("a message must be binary and at least as long as the table of its parts")
        channel, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call] # no types there
        return channel, json.loads(parts[0]), json.loads(parts[3])
    if isinstance(message, bytes):
        # the older protocol with buffers: no front end we serve speaks it
        raise ValueError("a message with buffers must come in the v1 protocol")  # noqa: TRY004 a message is a value
    whole = json.loads(message)
    return whole["channel"], whole["header"], whole["content"]


class FilteredConnection(ZMQChannelsWebsocketConnection):
    """Hands a page's message on only if it is :func:`allowed`. Refused ones are dropped, and never logged.

    A forked kernel is known to be up and greets whoever listens to it, so that it is not asked three times who it is,
    over three sockets more, before the page may speak.
    """

    _is_new = False

    async def prepare(self) -> None:
        """Open the connection once the kernel is known; of a forked one, which version it speaks is known too."""
        kernel: Any = self.kernel_manager
        if isinstance(kernel.provisioner.process, Forked) and not hasattr(kernel, "_kernel_info_future"):
            kernel._kernel_info_future = asyncio.get_running_loop().create_future()
            kernel._kernel_info_future.set_result({})  # the version that jupyter_client speaks itself
        await super().prepare()  # type: ignore[no-untyped-call]

    def create_stream(self) -> None:
        """Open the channels."""
        super().create_stream()  # type: ignore[no-untyped-call] # no types there
        self._is_new = True

    def nudge(self) -> asyncio.Future[None]:
        """Return what is done when the channel of what the kernel publishes stands."""
        kernel: Any = self.kernel_manager
        if not isinstance(kernel.provisioner.process, Forked):
            asked: asyncio.Future[None] = super().nudge()
            return asked
        return asyncio.ensure_future(self._greeted(self.channels["iopub"] if self._is_new else None))

    async def _greeted(self, published: Any) -> None:
        """Wait for the first message; channels that stood before are not greeted again."""
        if published is None:
            return
        greeted = asyncio.Event()

        def first(_: object) -> None:
            published.stop_on_recv()  # what follows is for the page
            greeted.set()

        published.on_recv(first)
        try:
            await asyncio.wait_for(greeted.wait(), GREETING_SECONDS)
        except TimeoutError:
            self.log.warning("a kernel has not greeted its page in %s seconds", GREETING_SECONDS)
            if not published.closed():
                published.stop_on_recv()

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Pass the message to the kernel and note that the page is used, or drop it."""
        if allowed(incoming_msg, self.subprotocol):
            handler: Any = self.websocket_handler
            handler.kernels.use(self.kernel_id)
            super().handle_incoming_message(incoming_msg)


class ChannelsHandler(WithVisitor, VoilaKernelWebsocketHandler):  # type: ignore[misc] # voila has no types
    """Opens the websocket of a kernel to the visitor it belongs to; to others there is no such kernel."""

    @property
    def ping_interval(self) -> float:
        """Milliseconds between pings, which find out that a browser has gone without a word."""
        return PING_MS

    @property
    def ping_timeout(self) -> float:
        """Milliseconds without an answer after which the websocket is closed.

        While it is not open yet, tornado reads this too, and must not be told more than the interval.
        """
        return PING_MS if self.ws_connection is None else 3 * PING_MS

    async def get(self, kernel_id: str) -> None:
        """Answer the handshake."""
        if self.lease(kernel_id) is None:
            raise HTTPError(404)
        await ensure_async(super().get(kernel_id))

    async def open(self, kernel_id: str) -> None:
        """Open the channels. Without Nagle's delay a slider is answered in 7 ms, with it in 48."""
        self.set_nodelay(True)
        await super().open(kernel_id)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> Any:
        """Send the page what its kernel says, unless it is :data:`WITHHELD` or the line has just gone."""
        if isinstance(message, bytes):
            header = read_header_from_binary_message(message)
        elif isinstance(message, str):
            header = json.loads(message).get("header")
        else:
            header = message.get("header")
        if (header or {}).get("msg_type") in WITHHELD:
            return None
        try:
            written = super().write_message(message, binary)
        except WebSocketClosedError:
            return None  # the page comes back, and asks again for what it was not answered
        if isinstance(written, asyncio.Future):
            written.add_done_callback(_look_at)  # nobody waits for it, and asyncio would log that it failed
        return written


def _look_at(written: asyncio.Future[None]) -> None:
    if not written.cancelled():
        written.exception()
