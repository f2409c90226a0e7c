"""A score in words, and the participant's flags on what it was given."""

from __future__ import annotations

from typing import Final

from explain.casebook.situation import Situation
from explain.charts.wording import worded
from explain.domain.encounter import EndReading, FlagInput, Reconsider
from explain.domain.score import Score
from explain.texts import Sayer
from explain.texts.numbers import ago
from explain.views.components.messages import Row, Sent
from explain.views.desk import Desk

COUNTED: Final = {
    "referrals_90d": "referral",
    "referrals_180d": "referral",
    "measures_180d": "measure",
    "placements_1y": "placement",
    "placements_5y": "placement",
}
"""Which history events an input counts (impact assessment 2021, annex: the variables of Pilot #1)."""


class ScorePresenter:
    """Takes the participant on from the score, and records what she says does not fit.

    Parameters
    ----------
    desk
        The participant's desk.

    Attributes
    ----------
    case
        The case that is shown.
    rated
        Whether a rating follows.
    held
        Whether her class waits before it.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.case = ""
        self.rated = True
        self.held = False

    def flag(self, name: str, fits: bool, sent: Sent) -> str:
        """Record that an input does not fit the case, or that it does after all."""
        return self.desk.take(self.case, FlagInput(name, fits), sent)

    def onward(self, sent: Sent) -> str:
        """Go on to judging again; where no rating is asked, to the end of the reading."""
        return self.desk.take(self.case, Reconsider() if self.rated else EndReading(), sent)


def overview(case: Situation, score: Score, flagged: frozenset[str], say: Sayer) -> list[Row]:
    """Say every input of a score, where it came from and how old it is, in the model's order."""
    return [
        Row(name, worded(say, name, value), _source(case, name, value, say), name in flagged)
        for name, value in score.inputs
    ]


def _source(case: Situation, name: str, value: float, say: Sayer) -> str:
    source = say(f"input.{name}.source")
    kind = COUNTED.get(name)
    if kind is None or value == 0:
        return source
    newest = min(
        event.days_before
        for event in case.history
        if event.kind == kind
        and event.whose == "child"
        and (event.kind != "measure" or event.paragraph.preventive)  # as they are counted (Case.own)
    )
    return f"{source} {say('overview.newest', when=ago(newest, say))}"
