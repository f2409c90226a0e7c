"""A browser without a screen: speaks to the server as a page's scripts and Voilà's front end do.

It fetches the waiting page, asks for a kernel, fetches the page, opens the websocket, asks for the state of every
widget and sends what a person does. It does not fetch scripts and style sheets, and draws nothing.
Everything that comes is kept in :attr:`OpenPage.received`, as it came on the wire.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"
PATIENCE = 60.0
"""Seconds any one step may take before a browser gives up, unless it is told otherwise."""


@dataclass
class Message:
    """One message from a kernel, and when it came (seconds of ``time.perf_counter``)."""

    kind: str
    parent: str
    content: dict[str, Any]
    at: float


class Browser:
    """One browser: an address, a name for each cookie, and how to ask.

    Parameters
    ----------
    address
        The server's base address, with a slash at its end.
    patience
        Seconds any one step may take before it gives up.
    """

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self.patience = patience
        self.cookies: dict[str, str] = {}
        self._http = AsyncHTTPClient(force_instance=True, max_clients=100, max_body_size=1 << 30)

    async def ask(
        self, path: str, *, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None
    ) -> HTTPResponse:
        """Ask for ``path``, relative to the base address; redirects are not followed, errors are answers too."""
        request = HTTPRequest(
            urljoin(self.address, path),
            method=method,
            headers={"Cookie": self.cookie_header(), **(headers or {})},
            body=None if body is None else json.dumps(body),
            follow_redirects=False,
            allow_nonstandard_methods=True,
            request_timeout=self.patience,
        )
        answer = await self._http.fetch(request, raise_error=False)
        for header in answer.headers.get_list("Set-Cookie"):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer

    def cookie_header(self) -> str:
        """Return the cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def start(self, path: str = "") -> str:
        """Do what the waiting page's script does; return the address of the page."""
        waiting = await self.ask(path)
        data = page_data(waiting.body.decode())
        query = urlsplit(urljoin(self.address, path)).query
        started = await self.ask(
            data["start"],
            method="POST",
            body={"page": data["page"], "lang": data["lang"], "query": "?" + query},
            headers={data["header"]: "1", "Content-Type": "application/json"},
        )
        if started.code != 201:
            raise RuntimeError(f"{path!r} must start a kernel (201), and the server answered {started.code}")
        return str(json.loads(started.body)["page"])

    async def leave(self, kernel_id: str) -> None:
        """Say goodbye, as the page's script does."""
        await self.ask(f"api/leave/{kernel_id}", method="POST")

    async def open(self, path: str = "") -> OpenPage:
        """Open a page up to the point where every widget's state has come."""
        began = time.perf_counter()
        page = await self.ask(await self.start(path))
        opened = OpenPage(self, page.body.decode(), began)
        await opened.connect()
        await opened.request_states()
        return opened


@dataclass
class OpenPage:
    """One open page: its html, its websocket, its widgets' states, answers to presses, and all that came by wire."""

    browser: Browser
    html: str
    began: float
    kernel_id: str = ""
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    received: list[bytes | str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    closed: bool = False
    _socket: WebSocketClientConnection | None = None
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _listener: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.received.append(self.html)
        self.kernel_id = json_block(self.html, "jupyter-config-data")["kernelId"]
        self._session = uuid.uuid4().hex
        self._done("page")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def connect(self) -> None:
        """Ask for the kernel and open its websocket, as the front end does."""
        await self.browser.ask(f"api/kernels/{self.kernel_id}")
        # Browsers offer compression; whether it is used is the server's choice.
        self._socket = await websocket_connect(
            self._socket_request(), subprotocols=[PROTOCOL], compression_options={}, max_message_size=1 << 30
        )
        self._listener = asyncio.create_task(self._listen())
        await self.send("kernel_info_request", {})
        self._done("socket")

    async def request_states(self) -> None:
        """Ask for the state of every widget and wait until it has come."""
        comm = uuid.uuid4().hex
        opening = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        await self.send("comm_open", opening, metadata={"version": "1.0.0"})
        await self.answered(await self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}}))
        if not self.states:
            raise RuntimeError("the kernel must answer with the states of its widgets, and it sent none")
        self._done("states")

    async def send(self, kind: str, content: dict[str, Any], *, metadata: dict[str, Any] | None = None) -> str:
        """Send a message on the shell channel and return its id."""
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "date": "2020-01-01T00:00:00Z",
            "version": "5.3",
        }
        parts = [json.dumps(part).encode() for part in (header, {}, metadata or {}, content)]
        assert self._socket is not None, "connect() first"
        await self._socket.write_message(serialize_msg_to_ws_v1(parts, "shell"), binary=True)
        return header["msg_id"]

    async def set_traits(self, model_id: str, **traits: Any) -> str:
        """Set a widget's traits, as its view does, and return the message's id."""
        data = {"method": "update", "state": traits, "buffer_paths": []}
        return await self.send("comm_msg", {"comm_id": model_id, "data": data})

    async def say(self, model_id: str, **content: Any) -> str:
        """Send a widget a custom message, as its view does, and return the message's id."""
        data = {"method": "custom", "content": content}
        return await self.send("comm_msg", {"comm_id": model_id, "data": data})

    async def click(self, model_id: str) -> str:
        """Click a button and return the message's id."""
        return await self.say(model_id, event="click")

    async def answered(self, message_id: str, patience: float | None = None) -> list[Message]:
        """Wait until the kernel has dealt with a message; return what it said meanwhile about it."""

        def idle(message: Message) -> bool:
            return message.parent == message_id and message.content.get("execution_state") == "idle"

        await self.until(lambda: any(idle(message) for message in self.messages), patience)
        return [message for message in self.messages if message.parent == message_id]

    async def heard(self, one: Callable[[Message], bool]) -> Message:
        """Wait for the newest message that is ``one``, and return it."""
        await self.until(lambda: any(one(message) for message in reversed(self.messages)))
        return next(message for message in reversed(self.messages) if one(message))

    async def until(self, true: Any, patience: float | None = None) -> None:
        """Wait until ``true()`` is true of what has come so far.

        Raises
        ------
        TimeoutError
            If it does not become true in ``patience`` seconds (else the browser's), or the websocket closes first.
        """
        async with asyncio.timeout(patience or self.browser.patience), self._news:
            while not true():
                if self.closed:
                    raise TimeoutError("the websocket was closed before it came true")
                await self._news.wait()

    def models(self, name: str) -> list[str]:
        """Return the ids of all widgets whose ``_model_name`` is ``name``."""
        return [model for model, state in self.states.items() if state.get("_model_name") == name]

    @property
    def bytes_received(self) -> int:
        """Bytes of page and websocket messages so far."""
        return sum(len(part.encode() if isinstance(part, str) else part) for part in self.received)

    async def close(self) -> None:
        """Close the page as a browser does: the goodbye, then the websocket."""
        await self.browser.leave(self.kernel_id)
        await self.vanish()

    async def reconnect(self) -> None:
        """Open the websocket anew to the same kernel, as the front end does when it was closed."""
        await self.vanish()
        self.closed = False
        try:
            await self.connect()
        except BaseException:
            self.closed = True
            raise

    async def vanish(self) -> None:
        """Close the websocket without a goodbye, as a browser that crashed."""
        if self._socket is not None:
            self._socket.close()
        if self._listener is not None:
            await self._listener

    def _done(self, step: str) -> None:
        self.seconds[step] = time.perf_counter() - self.began

    def _socket_request(self) -> HTTPRequest:
        address = urljoin(self.browser.address, f"api/kernels/{self.kernel_id}/channels?session_id={self._session}")
        origin = urlsplit(self.browser.address)
        return HTTPRequest(
            re.sub("^http", "ws", address),
            headers={"Cookie": self.browser.cookie_header(), "Origin": f"{origin.scheme}://{origin.netloc}"},
            connect_timeout=self.browser.patience,
            request_timeout=self.browser.patience,
        )

    async def _listen(self) -> None:
        assert self._socket is not None
        while (raw := await self._socket.read_message()) is not None:
            async with self._news:
                self.received.append(raw)
                self._take(raw)
                self._news.notify_all()
        async with self._news:
            self.closed = True
            self._news.notify_all()

    def _take(self, raw: bytes | str) -> None:
        assert isinstance(raw, bytes), "in the v1 protocol every message is binary"
        _, parts = deserialize_msg_from_ws_v1(raw)
        header, parent, _, content = (json.loads(part) for part in parts[:4])
        self.messages.append(Message(header["msg_type"], parent.get("msg_id", ""), content, time.perf_counter()))
        data = content.get("data") or {}
        if header["msg_type"] == "comm_msg":
            if command := (data.get("content") or {}).get("command_id"):
                self.answers[command] = data["content"]
            if data.get("method") == "update_states":
                self.states |= {model: dict(whole["state"]) for model, whole in data["states"].items()}
            elif data.get("method") in ("update", "echo_update"):
                self.states.setdefault(content["comm_id"], {}).update(data["state"])
        elif header["msg_type"] == "comm_open" and data.get("state"):
            self.states[content["comm_id"]] = dict(data["state"])


def page_data(html: str) -> dict[str, Any]:
    """Return what the server's own script finds in a page."""
    return json_block(html, "page-data")


def json_block(html: str, name: str) -> dict[str, Any]:
    """Return a page's JSON block by its id."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html, re.DOTALL)
    if found is None:
        raise ValueError(f"the page must hold a JSON block {name!r}, and begins with {html[:200]!r}")
    block: dict[str, Any] = json.loads(found[1])
    return block
