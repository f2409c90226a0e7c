"""What the reflection shows, and closing the case."""

from __future__ import annotations

from typing import Literal

from explain.casebook.own import AnyCase
from explain.charts.ratings import Ratings
from explain.domain.encounter import CloseCase, Closed, Reflecting
from explain.domain.judgement import Judgement
from explain.sessions.panels import Panel
from explain.views.components.messages import Sent
from explain.views.desk import Desk

Direction = Literal["higher", "lower", "same", "none"]


class ReflectionPresenter:
    """Keeps the reflection while it is written, and closes the case.

    Parameters
    ----------
    desk
        The participant's desk.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.case = ""
        self.stream = ""

    def keep(self, name: str, value: str, revision: int) -> bool:
        """Keep what is being typed."""
        return self.desk.save_draft(self.stream, f"4/{name}", value, revision)

    def close(self, sent: Sent) -> str:
        """Close the case with what she wrote."""
        return self.desk.take(self.case, CloseCase(sent.values.get("reflection", "")), sent)


def ratings_of(state: Reflecting | Closed, case: AnyCase, panel: Panel | None = None) -> Ratings:
    """Return what stands in the two rows of a case: a real panel's ratings, or else the case's invented example."""
    example = tuple(one.rating for one in case.pedagogy.panel) if case.pedagogy else ()
    return Ratings(
        first=_rating(state.initial),
        final=_rating(state.final),
        score=state.score.value,
        panel=panel.ratings if panel else example,
        colleagues=state.colleagues,
        panel_invented=panel is None,
    )


def direction(ratings: Ratings) -> Direction:
    """Tell how the score lies to the last rating: it chooses the questions, and says nothing of right or wrong.

    Examples
    --------
    >>> direction(Ratings(first=4, final=4, score=8))
    'higher'
    """
    own = ratings.final if ratings.final is not None else ratings.first
    if own is None or ratings.score is None:
        return "none"
    if ratings.score == own:
        return "same"
    return "higher" if ratings.score > own else "lower"


def _rating(judgement: Judgement | None) -> int | None:
    return judgement.rating if judgement else None
