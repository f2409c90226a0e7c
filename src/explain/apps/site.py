"""What ``skoen serve`` serves: the pages of the training, the way in, and who looks after what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from explain.apps.wiring import classes, pin_secret
from explain.domain.people import Role
from explain.entrance.doors import ASSETS, doors
from explain.entrance.gate import EntranceGate
from explain.entrance.passwords import Argon2
from explain.entrance.services import Cookies, Services
from explain.serving.cookies import cookie_secret
from explain.serving.site import Page, Site, Wording
from explain.sessions.access import Access
from explain.sessions.deletion import erase_due
from explain.sessions.keys import AccessStore
from explain.sessions.ports import FactStore, utc_now
from explain.sessions.signing import SignIns
from explain.store import open_access, open_store
from explain.texts import LANGUAGES, sayer
from explain.views.components.script import handed_out

DASHBOARDS: Final = Path(__file__).resolve().parents[3] / "dashboards"
"""The folder of the pages' notebooks: the server serves these and nothing else."""
VIEW_ASSETS: Final = Path(__file__).resolve().parents[1] / "views" / "assets"
"""Where plotly's bundle lies, which figures load by address."""
FOR_ROLES: Final[Mapping[str, frozenset[Role]]] = MappingProxyType({"trainer": frozenset({Role.TRAINER})})
"""The pages that need a role, by path, which is the name of the notebook too, and the roles that open them."""
TRIES_KEPT: Final = timedelta(days=1)
"""How long tries at codes and passwords are remembered after the last; tries at PINs are, as long as the session."""


class Unservable(Exception):
    """The pages cannot be served, and the message says why and what to do."""


@dataclass(frozen=True)
class Served:
    """What is served, and what makes a link for the first trainer (for one more, if asked anyway)."""

    site: Site
    first_link: Callable[[bool], str | None]


def training_site(
    data: Path,
    database: str,
    *,
    cases: Path | None = None,
    preset: str | None = None,
    addresses: tuple[str, ...] = (),
    base: str = "/",
) -> Served:
    """Return what is served: the pages of the training, the way in, and what kernels are told.

    Nothing is opened in the database; whoever serves has prepared it.

    Parameters
    ----------
    data, database
        The data folder and the database's URL.
    cases, preset
        The case sets on offer; what a trainee may see, and when.
    addresses
        Under which this server is found, each with a slash at its end.
    base
        The path before every address.

    Raises
    ------
    Unservable
        If a folder is missing, or its cases cannot be read.
    """
    if cases is not None:
        _check_cases(cases)
    store, keys = open_store(database), open_access(database)
    services, cookies = _services(store, keys, data, cases), Cookies.of(cookie_secret(data), base)
    told = {
        "DATA": data,
        "DATABASE": database,
        "CASES": cases and cases.resolve(),
        "PRESET": preset,
        "ADDRESSES": " ".join(addresses) or None,
        "SCRIPTS": "handed out",
    }
    site = Site(
        pages=_pages(),
        wording={language: Wording(**sayer(language).under("server")) for language in LANGUAGES},
        assets=(VIEW_ASSETS, ASSETS),
        joined=handed_out(),
        environment={f"SKOEN_{name}": str(value) for name, value in told.items() if value is not None},
        gate=EntranceGate(services, cookies),
        doors=doors(services, cookies),
        heartbeat=store.beat_all,
        hourly=lambda: look_after(store, keys, services.access.forget),
    )
    return Served(site, lambda anyway: services.sign_ins.first_link(anyway=anyway))


def look_after(store: FactStore, keys: AccessStore, forget: Callable[[str], None]) -> None:
    """Erase the sessions whose day has come, and forget tries that lie long back."""
    erase_due(store, date.today(), forget)
    for what in ("code", "password"):
        keys.forget_attempts_before(what, utc_now() - TRIES_KEPT)


def _services(store: FactStore, keys: AccessStore, data: Path, cases: Path | None) -> Services:
    asked = Access(store, keys, pin_secret(data))
    return Services(
        access=asked,
        sign_ins=SignIns(store, keys, Argon2(), cookie_secret(data)),
        keys=keys,
        classes=cache(lambda: classes(store, asked.roles, new_pin=asked.new_pin, cases=cases, data=data)),
        pages=FOR_ROLES,
    )


def _pages() -> tuple[Page, ...]:
    """Return the page everybody may open, and those for a role."""
    trainee = DASHBOARDS / "trainee.ipynb"
    if not trainee.is_file():
        raise Unservable(
            f"the pages' notebooks must lie in {DASHBOARDS}, and trainee.ipynb does not: serve from a clone"
        )
    pages = [Page("", trainee, _titles("trainee"))]
    for name in FOR_ROLES:
        if (notebook := DASHBOARDS / f"{name}.ipynb").is_file():
            pages.append(Page(name, notebook, _titles(name), for_role=True))
    return tuple(pages)


def _titles(name: str) -> Mapping[str, str]:
    return {language: sayer(language)(f"pages.{name}") for language in LANGUAGES}


def _check_cases(folder: Path) -> None:
    """Read the cases here, since a page that cannot read them can tell its visitor nothing."""
    from explain.casebook.faults import FaultyCasebook
    from explain.casebook.files import read_set, set_folders

    if not folder.is_dir():
        raise Unservable(f"--cases must be a folder, and {folder} is none")
    sets = set_folders(folder)
    if not sets:
        raise Unservable(
            f"--cases must be a case set or a folder of sets, and {folder} has no set.toml in or right below it"
        )
    try:
        for one in sets:
            read_set(one)
    except FaultyCasebook as faulty:
        raise Unservable(
            f"the cases must be without fault, and have {len(faulty.faults)}: 'skoen check-cases {folder}' lists them"
        ) from faulty
