"""``skoen serve``: serve the training to browsers, on this machine or to a class."""

from __future__ import annotations

import argparse
import errno
import socket
import ssl
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from platformdirs import user_data_path

from explain.apps.addresses import machine_addresses
from explain.apps.daily import daily
from explain.apps.site import Served, Unservable, training_site
from explain.domain.conditions import PRESETS
from explain.serving.kernels import KEPT_SEATS, READY, READY_FOR_A_CLASS, SEATS
from explain.serving.listening import address, listening, serve

PORT: Final = 8866
"""Where the pages are unless told otherwise; Voilà's own port."""
EVERYWHERE: Final = ("", "0.0.0.0", "::")
"""Hosts that stand for all addresses of this machine."""


class Refused(Exception):
    """The server cannot start, and the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--class", dest="whole_class", action="store_true", help="let a class in: listen to the network, list addresses"
    )
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1, with --class 0.0.0.0)")
    parser.add_argument(
        "--public-url", type=_url, metavar="URL", help="the one address a class uses: that of a proxy with TLS"
    )
    parser.add_argument("--certfile", type=Path, metavar="FILE", help="certificate (PEM): speak TLS; with --keyfile")
    parser.add_argument("--keyfile", type=Path, metavar="FILE", help="the certificate's key (PEM)")
    parser.add_argument(
        "--trainer-link", action="store_true", help="print a one-time link for a trainer though there is one already"
    )
    parser.add_argument("--port", type=_port, default=PORT, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument(
        "--data",
        type=Path,
        default=_own_folder(),
        metavar="DIR",
        help="folder for everything kept (default: %(default)s)",
    )
    parser.add_argument("--database", metavar="URL", help="database (default: an SQLite file in the data folder)")
    parser.add_argument("--cases", type=Path, metavar="DIR", help="case set (default: the one that comes along)")
    parser.add_argument("--preset", choices=sorted(PRESETS), help="what a trainee may see, and when")
    parser.add_argument(
        "--seats",
        type=_seats,
        default=SEATS,
        metavar="N",
        help="pages open at once; three of them are kept for roles (default: %(default)s)",
    )
    parser.add_argument(
        "--ready",
        type=_count,
        metavar="N",
        help=f"pages kept ready for whoever comes next (default: {READY}, with --class {READY_FOR_A_CLASS})",
    )
    parser.add_argument("--stock", action="store_true", help="an ordinary, slow kernel for every page, as Voilà has it")
    parser.add_argument("--base-url", default="/", metavar="PATH", help="path before every address, behind a proxy")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; return 2 if the server cannot start."""
    host = args.host or ("0.0.0.0" if args.whole_class else "127.0.0.1")
    try:
        with ExitStack() as stack:
            tls = _tls(args.certfile, args.keyfile)
            sockets = [stack.enter_context(bound) for bound in _listen(host, args.port)]
            base = f"/{inner}/" if (inner := args.base_url.strip("/")) else "/"
            addresses = (args.public_url,) if args.public_url else _addresses(host, sockets, base, tls is not None)
            data = _data_folder(args.data)
            database = args.database or f"sqlite:///{data / 'skoen.sqlite'}"
            _prepare(database)
            served = training_site(data, database, cases=args.cases, preset=args.preset, addresses=addresses, base=base)
            stack.enter_context(daily(lambda: _sweep(database)))
            serve(
                served.site,
                sockets,
                data=data,
                base_url=base,
                announce=lambda: _announce(addresses, args.whole_class, served, anyway=args.trainer_link),
                stock=args.stock,
                seats=args.seats,
                ready=(READY_FOR_A_CLASS if args.whole_class else READY) if args.ready is None else args.ready,
                tls=tls,
                proxied=bool(args.public_url) or base != "/",
            )
    except (Refused, Unservable) as refusal:
        print(f"skoen serve: {refusal}", file=sys.stderr)
        return 2
    return 0


def _addresses(host: str, sockets: list[socket.socket], base: str, encrypted: bool) -> tuple[str, ...]:
    """Return the addresses to open in a browser, each with a slash at its end."""
    names = machine_addresses() if host in EVERYWHERE else ()
    plain = [address(name, sockets) for name in names] or [address(host, sockets)]
    return tuple((one.replace("http:", "https:", 1) if encrypted else one) + base for one in plain)


def _announce(addresses: tuple[str, ...], whole_class: bool, served: Served, *, anyway: bool) -> None:
    """Say where the pages are, and how the first trainer gets in."""
    lines = [f"Åbn i en browser / Open in a browser: {addresses[0]}"]
    lines += [f"eller / or: {one}" for one in addresses[1:]]
    lines.append(f"Underviserens side / Trainer's page: {addresses[0]}trainer")
    if whole_class and any(one.startswith("http:") for one in addresses):
        lines.append(
            "Uden TLS kan netværket læse det, der skrives / Without TLS the network can read what is typed: "
            "--certfile, --keyfile"
        )
    if token := served.first_link(anyway):
        lines.append(
            "Link til underviseren, gælder én gang i 24 timer / "
            f"Link for the trainer, good once within 24 hours: {addresses[0]}welcome#{token}"
        )
    print("\n".join(lines), flush=True)


def _tls(certfile: Path | None, keyfile: Path | None) -> ssl.SSLContext | None:
    """Return what speaks TLS with a certificate, if there is one."""
    if certfile is None and keyfile is None:
        return None
    if certfile is None or keyfile is None:
        raise Refused("--certfile and --keyfile must be given together")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certfile, keyfile)
    except OSError as error:  # an SSLError is one
        raise Refused(f"{certfile} and {keyfile} must hold a certificate and its key, in PEM ({error})") from error
    return context


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"a public address must be https:// or http:// and a name, not {text!r}")
    return text.rstrip("/") + "/"


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port must be a whole number from 0 to 65535, not {text!r}")
    return int(text)


def _seats(text: str) -> int:
    if not text.isdecimal() or int(text) <= KEPT_SEATS:
        raise argparse.ArgumentTypeError(f"seats must be a whole number above {KEPT_SEATS}, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"pages kept ready must be a whole number, not {text!r}")
    return int(text)


def _listen(host: str, port: int) -> list[socket.socket]:
    try:
        return listening(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"port {port} is taken: stop what uses it, or choose another with --port (0 takes a free one)"
        elif error.errno == errno.EACCES:
            why = f"port {port} is not allowed to you: choose one above 1023 with --port"
        else:
            why = f"cannot listen on {host}: give an address of this machine with --host ({error})"
        raise Refused(why) from error


def _own_folder() -> Path:
    """Return where this system keeps the data of a user's programs; nothing is made there yet."""
    return user_data_path("skoen", appauthor=False)


def _data_folder(asked: Path) -> Path:
    """Return the data folder, made for its owner's eyes only if it was not there."""
    folder = asked.expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the data folder {folder} cannot be made: choose another with --data ({error})") from error
    return folder


def _prepare(database: str) -> None:
    """Bring the store to this version, once, before any kernel opens it."""
    from explain.store import prepare

    try:
        prepare(database)
    except Exception as error:  # a driver's errors are its own, and the address may hold a password: say the first line
        raise Refused(f"the database cannot be used: {str(error).splitlines()[0]}") from error


def _sweep(database: str) -> None:
    """Delete own cases that nobody uses any more."""
    from explain.sessions.expiry import sweep_own_cases
    from explain.store import open_store

    store = open_store(database)
    try:
        sweep_own_cases(store, datetime.now(UTC))
    finally:
        store.close()
