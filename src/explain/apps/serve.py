"""``skoen serve``: serve the training to browsers."""

from __future__ import annotations

import argparse
import errno
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from explain.domain.conditions import PRESETS
from explain.serving.kernels import KEPT_SEATS, SEATS
from explain.serving.listening import address, listening, serve
from explain.serving.site import Page, Site, Wording
from explain.texts import LANGUAGES, sayer

PORT: Final = 8866
"""Where the pages are unless told otherwise; Voilà's own port."""
DASHBOARDS: Final = Path(__file__).resolve().parents[3] / "dashboards"
"""The folder of the pages' notebooks: the server serves these and nothing else."""
VIEW_ASSETS: Final = Path(__file__).resolve().parents[1] / "views" / "assets"
"""Where plotly's bundle lies, which figures load by address."""


class Refused(Exception):
    """The server cannot start, and the message says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 lets a whole class in (default: %(default)s)"
    )
    parser.add_argument("--port", type=_port, default=PORT, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder for everything that is kept (default: yours)")
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
    parser.add_argument("--stock", action="store_true", help="an ordinary, slow kernel for every page, as Voilà has it")
    parser.add_argument("--base-url", default="/", metavar="PATH", help="path before every address, behind a proxy")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; return 2 if the server cannot start."""
    try:
        with ExitStack() as stack:
            sockets = [stack.enter_context(bound) for bound in _listen(args.host, args.port)]
            data = _data_folder(args.data)
            database = args.database or f"sqlite:///{data / 'skoen.sqlite'}"
            site = training_site(data, database, cases=args.cases, preset=args.preset)
            _prepare(database)
            base = f"/{inner}/" if (inner := args.base_url.strip("/")) else "/"
            line = f"Åbn i en browser / Open in a browser: {address(args.host, sockets)}{base}"
            serve(
                site,
                sockets,
                data=data,
                base_url=base,
                announce=lambda: print(line, flush=True),
                stock=args.stock,
                seats=args.seats,
            )
    except Refused as refusal:
        print(f"skoen serve: {refusal}", file=sys.stderr)
        return 2
    return 0


def training_site(data: Path, database: str, *, cases: Path | None = None, preset: str | None = None) -> Site:
    """Return what is served: the pages of the training, and what their kernels are told.

    Raises
    ------
    Refused
        If a folder is missing, or its cases cannot be read.
    """
    if cases is not None:
        _check_cases(cases)
    notebook = DASHBOARDS / "trainee.ipynb"
    if not notebook.is_file():
        raise Refused(f"the pages' notebooks must lie in {DASHBOARDS}, and trainee.ipynb does not: serve from a clone")
    told = {"DATA": data, "DATABASE": database, "CASES": cases and cases.resolve(), "PRESET": preset}
    return Site(
        pages=(Page("", notebook, {language: sayer(language)("pages.trainee") for language in LANGUAGES}),),
        wording={language: Wording(**sayer(language).under("server")) for language in LANGUAGES},
        assets=(VIEW_ASSETS,),
        environment={f"SKOEN_{name}": str(value) for name, value in told.items() if value is not None},
    )


def _check_cases(folder: Path) -> None:
    """Read the cases here, since a page that cannot read them can tell its visitor nothing."""
    from explain.casebook.faults import FaultyCasebook
    from explain.casebook.files import read_set, set_folders

    if not folder.is_dir():
        raise Refused(f"--cases must be a folder, and {folder} is none")
    sets = set_folders(folder)
    if not sets:
        raise Refused(
            f"--cases must be a case set or a folder of sets, and {folder} has no set.toml in or right below it"
        )
    try:
        for one in sets:
            read_set(one)
    except FaultyCasebook as faulty:
        raise Refused(
            f"the cases must be without fault, and have {len(faulty.faults)}: 'skoen check-cases {folder}' lists them"
        ) from faulty


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port must be a whole number from 0 to 65535, not {text!r}")
    return int(text)


def _seats(text: str) -> int:
    if not text.isdecimal() or int(text) <= KEPT_SEATS:
        raise argparse.ArgumentTypeError(f"seats must be a whole number above {KEPT_SEATS}, not {text!r}")
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


def _data_folder(asked: Path | None) -> Path:
    """Return the data folder, made for its owner's eyes only if it was not there."""
    folder = (asked or user_data_path("skoen", appauthor=False)).expanduser().resolve()
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
