"""Case sets that are kept as they were: a session reads, to its end, the version it was planned with."""

from __future__ import annotations

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from explain.casebook.files import read_set
from explain.casebook.schema import CaseSet


def keep(source: Path, version: str, kept: Path) -> None:
    """Copy a case set's folder to ``kept/<version>/<name>``, unless it is there.

    The copy appears whole or not at all.

    Parameters
    ----------
    source
        The set's folder.
    version
        The version it must have: its content hash (``CaseSet.version``).
    kept
        Where sets are kept; made if it is missing.

    Raises
    ------
    FaultyCasebook
        If the set cannot be read.
    ValueError
        If the folder holds another version by now.
    """
    target = kept / version / source.name
    if target.is_dir():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as folder:
        copy = Path(folder) / source.name
        shutil.copytree(source, copy)
        if (found := read_set(copy).version) != version:
            raise ValueError(f"the case set {source.name} must have version {version}, and has {found} by now")
        try:
            copy.rename(target)
        except OSError:  # somebody else has just kept the same
            if not target.is_dir():
                raise


@lru_cache(maxsize=8)
def kept_set(kept: Path, name: str, version: str) -> CaseSet | None:
    """Return a case set that was kept, or None; what is kept never changes, so it is read once a process.

    Raises
    ------
    FaultyCasebook
        If somebody changed the files.
    """
    folder = kept / version / name
    if not folder.is_dir():
        return None
    its = read_set(folder)
    if its.version != version:
        raise ValueError(f"the kept case set {folder} must have version {version}, and has {its.version}: restore it")
    return its
