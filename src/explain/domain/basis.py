"""On what a session may hold pseudonymised referrals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Basis:
    """What a session's trainer has recorded; empty where only invented cases are taken.

    Attributes
    ----------
    controller
        Who answers for the data (*dataansvarlig*).
    legal_basis
        The law that allows it.

    Examples
    --------
    >>> Basis("Byens Kommune", "databeskyttelsesloven § 10").recorded, Basis("Byens Kommune", " ").recorded
    (True, False)
    """

    controller: str = ""
    legal_basis: str = ""

    @property
    def recorded(self) -> bool:
        """Whether both are there, which a real referral needs."""
        return bool(self.controller.strip() and self.legal_basis.strip())


NO_BASIS: Final = Basis()
"""Nobody answers for anything but invented cases: practice without a session, and most sessions."""
