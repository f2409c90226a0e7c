"""What stands in the two rows of a case, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratings:
    """What stands in the two rows of one case.

    Attributes
    ----------
    first, final
        The person's own ratings, 1 to 10, or None where none was asked.
    score
        The model's, 1 to 10; None where none was shown to her.
    panel
        The panel's ratings.
    panel_invented
        Whether the panel is the case's example, which must be said wherever it is shown.
    colleagues
        How many colleagues gave 1, 2, ... 10; empty where too few have.
    """

    first: int | None
    final: int | None
    score: int | None
    panel: tuple[int, ...] = ()
    colleagues: tuple[int, ...] = ()
    panel_invented: bool = True
