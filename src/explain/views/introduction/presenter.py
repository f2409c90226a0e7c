"""What happens before the first case."""

from __future__ import annotations

from typing import Final

from explain.domain.facts import CheckAnswered
from explain.views.components.messages import Sent
from explain.views.desk import Desk

CHECKS: Final = {"meaning": "rank", "unseen": "text", "difference": "look"}
"""The check questions and their right choices; their wording stands in the catalogue under ``check``."""

OFFERED: Final = ("teaching", "pilot1")
"""The presets a person who practises on her own chooses from; a session decides for its participants."""


class IntroductionPresenter:
    """Begins a run, takes the answers to the check questions, and leads on to the first case.

    Parameters
    ----------
    desk
        The participant's desk.

    Attributes
    ----------
    case_set
        The set practised with.
    offered
        The presets to choose from; one alone is not asked about.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.case_set = ""
        self.offered: tuple[str, ...] = OFFERED

    @property
    def answers(self) -> tuple[CheckAnswered, ...]:
        """Her first answer to each check question."""
        return self.desk.progress.participation.answers if self.desk.progress else ()

    def begin(self, sent: Sent) -> str:
        """Begin a run under the chosen preset."""
        chosen = sent.values.get("preset", self.offered[0])
        preset = chosen if chosen in self.offered else self.offered[0]
        return self.desk.begin(self.case_set, preset, sent)

    def answer(self, sent: Sent) -> str:
        """Record her answers; whether they are right is decided here, not in the browser."""
        answers = [
            CheckAnswered(question, sent.values[question], sent.values[question] == right)
            for question, right in CHECKS.items()
            if self.desk.say.has(f"check.{question}.choice.{sent.values.get(question, '')}")
        ]
        if len(answers) < len(CHECKS):
            return self.desk.say("refused.question_missing")
        return self.desk.answer_checks(answers, sent)

    def finish(self, sent: Sent) -> str:
        """Leave the introduction."""
        return self.desk.end_introduction(sent)
