"""From a host and a port to a server that answers there."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

from tornado.netutil import bind_sockets

from explain.serving.kernels import READY, SEATS
from explain.serving.server import ClassServer
from explain.serving.site import Site


def serve(
    site: Site,
    sockets: list[socket.socket],
    *,
    data: Path,
    base_url: str = "/",
    announce: Callable[[], None] = lambda: None,
    stock: bool = False,
    seats: int = SEATS,
    ready: int = READY,
    tls: ssl.SSLContext | None = None,
    proxied: bool = False,
) -> None:
    """Serve ``site`` until SIGINT or SIGTERM, then end every kernel.

    Parameters
    ----------
    site
        What is served.
    sockets
        Where to listen, from :func:`listening`.
    data
        An existing folder of this installation.
    base_url
        The path before every address, behind a proxy.
    announce
        Called once, when pages can be opened.
    stock
        Start an ordinary kernel for every page, where else it would be forked from a template.
    seats
        How many kernels may live at once, three of them for those with a role.
    ready
        How many kernels of the first page are kept forked and waiting for whoever comes next.
    tls
        Certificate and key, if the server itself is to speak TLS.
    proxied
        Whether a proxy in front says how and whence somebody came (``X-Forwarded-Proto``, ``X-Real-Ip``).
    """
    server = ClassServer(
        site,
        sockets=sockets,
        data=data,
        base_url=base_url,
        announce=announce,
        stock=stock,
        seats=seats,
        ready=ready,
        tls=tls,
        proxied=proxied,
    )
    server.initialize([])
    server.start()


def listening(host: str, port: int) -> list[socket.socket]:
    """Bind ``host`` and ``port`` before anything else is begun.

    Raises
    ------
    OSError
        If the port cannot be had.
    """
    return bind_sockets(port, host)


def address(host: str, sockets: list[socket.socket]) -> str:
    """Return the address to open in a browser on this machine, without a path.

    Examples
    --------
    >>> with socket.create_server(("127.0.0.1", 0)) as bound:
    ...     address("127.0.0.1", [bound]) == f"http://127.0.0.1:{bound.getsockname()[1]}"
    True
    """
    port = sockets[0].getsockname()[1]
    name = socket.gethostname() if host in ("", "0.0.0.0", "::") else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
