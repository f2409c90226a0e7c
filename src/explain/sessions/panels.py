"""Panels: what people of ended panel sessions said of a case, before anybody saw a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from explain.casebook.schema import Case
from explain.domain.facts import CaseOpened, InitialLocked
from explain.domain.judgement import Judgement
from explain.domain.session import session_of
from explain.domain.session_plan import Kind
from explain.sessions.ports import FactStore
from explain.sessions.watch import Watch

FEWEST: Final = 5
"""Fewer people than this are no panel, since one could tell whose ratings they are; shipped examples have as many."""
SMALL: Final = 10
"""A panel of fewer than this is shown with a warning (design: "at least ten, who did not see the score")."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A real panel's word on one case.

    Attributes
    ----------
    judgements
        Ratings with reasons, by rating and then by reasons: not in the order in which people joined.
    """

    judgements: tuple[Judgement, ...]

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.judgements)

    @property
    def ratings(self) -> tuple[int, ...]:
        """Their ratings, 1 to 10, the lowest first."""
        return tuple(judgement.rating for judgement in self.judgements)

    @property
    def spread(self) -> tuple[int, int]:
        """The lowest and the highest rating."""
        return self.ratings[0], self.ratings[-1]

    @property
    def small(self) -> bool:
        """Whether there are fewer than ten, so that it must be said how little that is."""
        return self.n < SMALL


def panel_of(store: FactStore, case: Case) -> Panel | None:
    """Return the panel of a case in its present version, or None where fewer than five people have judged it.

    Counted are people of panel sessions that have ended; not bots, not who was taken out, not trial cases.
    """
    sessions: dict[str, frozenset[str]] = {}
    versions: dict[str, str] = {}
    judgements = []
    for row in store.read_prefix(f"encounter/{case.key}", kinds=(CaseOpened, InitialLocked)):
        its = session_of(row.actor)
        if its is None or row.bot:
            continue
        if its not in sessions:
            sessions[its] = _members(store, its, case.key)
        match row.fact:
            case CaseOpened(version=version):
                versions[row.actor] = version
            case InitialLocked(judgement) if row.actor in sessions[its] and versions.get(row.actor) == case.version:
                judgements.append(judgement)
    if len(judgements) < FEWEST:
        return None
    return Panel(tuple(sorted(judgements, key=lambda one: (one.rating, one.reasons))))


def _members(store: FactStore, session: str, case: str) -> frozenset[str]:
    """Return the participants whose word on a case is a panel's."""
    its = Watch(store, session).now()
    if its.plan.kind is not Kind.PANEL or not its.ended or its.plan.trial == case:
        return frozenset()
    return frozenset(seat.participant for seat in its.people if not seat.removed)
