"""The only place where store, model, cases and pages meet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
    """Return the case sets in a folder by name, in the order that they say themselves."""
    sets = [read_set(folder) for folder in set_folders(cases or shipped())]
    return {one.name: one for one in sorted(sets, key=lambda one: (one.order, one.name))}
