"""The only place where store, model, cases and pages meet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from explain.casebook.files import read_set, set_folders, shipped
from explain.casebook.schema import CaseSet
from explain.models.scorer import Pilot1Scorer
from explain.sessions.training import Training
from explain.store import open_store


def training(*, database: str, cases: Path | None = None) -> Training:
    """Return the training service over a database and a folder of cases.

    Parameters
    ----------
    database
        The store's URL; ``memory:`` keeps nothing.
    cases
        A case set's folder, or a folder of sets; None for the cases that come along.

    Raises
    ------
    FaultyCasebook
        If a case is missing something or wrong.
    """
    return Training(open_store(database), case_sets(cases), Pilot1Scorer())


def case_sets(cases: Path | None = None) -> Mapping[str, CaseSet]:
    """Return the case sets in a folder by name, in the order they say themselves.

    What has not changed is read once a process.
    """
    return _case_sets(folder := cases or shipped(), _stamps(folder))


@lru_cache(maxsize=1)
def _case_sets(folder: Path, _: frozenset[tuple[Path, int, int]]) -> Mapping[str, CaseSet]:
    sets = [read_set(one) for one in set_folders(folder)]
    return MappingProxyType({one.name: one for one in sorted(sets, key=lambda one: (one.order, one.name))})


def _stamps(folder: Path) -> frozenset[tuple[Path, int, int]]:
    """Return every file with its time of change and its size."""
    files = [(path, path.stat()) for path in folder.rglob("*")]
    return frozenset((path, status.st_mtime_ns, status.st_size) for path, status in files)
