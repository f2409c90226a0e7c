"""A model's inputs in words: for presence and for absence, never ``placements = 0``."""

from __future__ import annotations

from collections.abc import Collection

from explain.domain.score import Score
from explain.texts import Sayer


def worded(say: Sayer, name: str, value: float, *, short: bool = False) -> str:
    """Say what the model was given for one input.

    Parameters
    ----------
    say
        Who says it.
    name
        An input of Pilot #1.
    value
        A whole number, 0 or more.
    short
        Whether it must fit above a bar at phone width.

    Examples
    --------
    >>> from explain.texts import sayer
    >>> worded(sayer("da"), "placements_1y", 0), worded(sayer("da"), "age", 13)
    ('ingen anbringelser det seneste år', '13 år gammel')
    """
    count = int(value)
    form = {0: "none", 1: "one"}.get(count, "many")
    return say(f"input.{name}.{'short_' if short else ''}{form}", count=count)


def marked_words(score: Score, flagged: Collection[str], say: Sayer) -> str:
    """Say the inputs a participant marked as not fitting, in the model's order; empty where she marked none."""
    return "; ".join(worded(say, name, value) for name, value in score.inputs if name in flagged)
