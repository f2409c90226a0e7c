"""A fault in the casebook's files, with file and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be put right in a file.

    Attributes
    ----------
    file
        The file.
    place
        Where in the file: keys with dots between them, entries of a list counted from 1; or a line.
    message
        What must be, what came, and where it helps what to do.

    Examples
    --------
    >>> print(Fault(Path("sag-1/case.toml"), "history.2.days_before", "must be 1 or more, not 0"))
    sag-1/case.toml:history.2.days_before: must be 1 or more, not 0
    """

    file: Path
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file.as_posix()}:{self.place}: {self.message}"


class FaultyCasebook(ValueError):
    """Cases cannot be read; the faults say why.

    Attributes
    ----------
    faults
        Every fault that was found.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("the cases must be without fault:\n" + "\n".join(str(fault) for fault in faults))
