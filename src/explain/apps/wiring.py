"""The only place where store, model, cases and pages meet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType

from explain.casebook.files import read_set, set_folders, shipped
from explain.casebook.kept import keep, kept_set
from explain.casebook.schema import CaseSet
from explain.domain.errors import Refusal, Refused
from explain.domain.session import session_of
from explain.models.scorer import Pilot1Scorer
from explain.serving.secret import kept_secret
from explain.sessions.access import Access
from explain.sessions.classes import Classes, NewPin, Roles
from explain.sessions.own_cases import OwnCases
from explain.sessions.ports import FactStore
from explain.sessions.training import Training
from explain.store import SqlStore, open_access, open_store

_made_ahead: dict[str, FactStore] = {}  # by address; made before a fork, opened after it


def training(
    *, database: str, cases: Path | None = None, data: Path | None = None, participant: str | None = None
) -> Training:
    """Return the training service over a database and a folder of cases.

    Parameters
    ----------
    database
        The store's URL; ``memory:`` keeps nothing.
    cases
        A case set's folder, or a folder of sets; None for the cases that come along.
    data
        The data folder, where sessions' case sets are kept.
    participant
        For a session's participant, the service of that session alone; None for somebody who practises alone.

    Raises
    ------
    FaultyCasebook
        If a case is missing something or wrong.
    Refused
        If the participant's session is not there.
    """
    alone = Training(_made_ahead.get(database) or open_store(database), case_sets(cases), Pilot1Scorer())
    if participant is None:
        return alone
    return alone.within(session_of(participant) or "", partial(kept_set, kept_sets(data)) if data else _none_kept)


def classes(store: FactStore, roles: Roles, *, new_pin: NewPin, cases: Path | None = None, data: Path) -> Classes:
    """Return the service of trainers and of those who join; see ``Classes``."""
    folders = {folder.name: folder for folder in set_folders(cases or shipped())}

    def keep_now(chosen: CaseSet) -> None:
        try:
            keep(folders[chosen.name], chosen.version, kept_sets(data))
        except (ValueError, FileNotFoundError) as error:
            # Somebody has worked on the cases since they were read.
            raise Refused(Refusal.SET_CHANGED, str(error)) from error

    return Classes(store, roles, case_sets(cases), keep=keep_now, new_pin=new_pin)


def access(*, database: str, data: Path) -> Access:
    """Return the service of roles, invitations and PINs."""
    return Access(open_store(database), open_access(database), pin_secret(data))


def pin_secret(data: Path) -> bytes:
    """Return the key of the PINs' hashes, which lies in the data folder: the database alone gives no PIN away."""
    return kept_secret(data / "pin_secret")


def kept_sets(data: Path) -> Path:
    """Return the folder in the data folder where sessions' case sets are kept."""
    return data / "sets"


@contextmanager
def tried_out(database: str, empty: Path) -> Iterator[str]:
    """Give a database's address under which everything happens in the file ``empty``, for the length of the block.

    For a SQLite file it is its own, and its store is kept for :func:`training`: so what the store has compiled by then
    is there in every fork. Nothing of it is open after the block.
    """
    store = open_store(database)
    if not isinstance(store, SqlStore) or not database.startswith("sqlite:"):
        yield f"sqlite:///{empty}"
        return
    with store.elsewhere(empty):
        _made_ahead[database] = store
        yield database


def own_cases(practice: Training, owner: str) -> OwnCases:
    """Return the service of one participant's own case, over the store and in the session that she practises in.

    Parameters
    ----------
    practice
        The training service she practises with.
    owner
        The participant's id.
    """
    return OwnCases(practice.store, Pilot1Scorer(), owner, watch=practice.watch)


def case_sets(cases: Path | None = None) -> Mapping[str, CaseSet]:
    """Return the case sets in a folder by name, in the order they say themselves.

    What has not changed is read once a process.
    """
    return _case_sets(folder := cases or shipped(), _stamps(folder))


@lru_cache(maxsize=1)
def _case_sets(folder: Path, _: frozenset[tuple[str, int, int]]) -> Mapping[str, CaseSet]:
    sets = [read_set(one) for one in set_folders(folder)]
    return MappingProxyType({one.name: one for one in sorted(sets, key=lambda one: (one.order, one.name))})


def _stamps(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return every file with its time of change and its size."""
    found = [
        (name, os.stat(name)) for place, _, names in os.walk(folder) for name in (f"{place}/{one}" for one in names)
    ]
    return frozenset((file, status.st_mtime_ns, status.st_size) for file, status in found)


def _none_kept(_name: str, _version: str) -> None:
    """Find no set: without a data folder nothing is kept."""
