"""Own cases that nobody uses any more go by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from explain.domain.facts import CaseClosed
from explain.sessions.own_cases import ENCOUNTER
from explain.sessions.ports import FactStore
from explain.sessions.seating import OWN

UNUSED: Final = timedelta(days=30)
"""How long a case is kept after something was last written or pressed (design: "30 days after last use")."""
ENDED: Final = timedelta(days=1)
"""How long a case is kept after its last step: it is over, and she may want to read her answers once more."""


def sweep_own_cases(store: FactStore, now: datetime) -> int:
    """Erase own cases that were not used for thirty days, or ended a day ago; return how many.

    Parameters
    ----------
    store
        Where they are kept.
    now
        The time, in UTC.
    """
    last: dict[str, datetime] = {}
    for stream, at in store.touched(OWN).items():
        case = stream.removesuffix(f"/{ENCOUNTER}")
        last[case] = max(at, last.get(case, at))
    gone = [case for case, at in last.items() if now - at >= (ENDED if _is_over(store, case) else UNUSED)]
    for case in gone:
        store.erase(case, actor="sweep", reason="not used for long")
    return len(gone)


def _is_over(store: FactStore, case: str) -> bool:
    return any(isinstance(row.fact, CaseClosed) for row in store.read_prefix(case))
