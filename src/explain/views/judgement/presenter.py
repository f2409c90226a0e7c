"""Turns what a form sent into a judgement, and locks it."""

from __future__ import annotations

from collections.abc import Mapping

from explain.domain.conditions import Condition, Order, Question
from explain.domain.encounter import LockFinal, LockInitial
from explain.domain.judgement import Judgement, NextStep
from explain.views.components.messages import Sent
from explain.views.desk import Desk


class JudgementPresenter:
    """Makes and locks the first or the final judgement of the encounter the participant is in.

    Parameters
    ----------
    desk
        The participant's desk.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.case = ""
        self.stream = ""
        self.step = 1

    def keep(self, name: str, value: str, revision: int) -> bool:
        """Keep what is being typed in this step."""
        return self.desk.save_draft(self.stream, f"{self.step}/{name}", value, revision)

    def lock(self, sent: Sent) -> str:
        """Lock what was sent, for ever."""
        try:
            judgement = judgement_from(sent.values)
        except ValueError:
            return self.desk.say("refused.question_missing")
        command = LockInitial(judgement) if self.step == 1 else LockFinal(judgement)
        return self.desk.take(self.case, command, sent)


def questions(condition: Condition, step: int) -> tuple[Question, ...]:
    """Return what this step asks beyond rating and reasons, in the order of the page.

    The first judgement asks it, whether it stands in step 1 or, where the score comes first, in step 3.
    """
    first = step == 1 or condition.order is Order.SCORE_FIRST
    return tuple(question for question in Question if first and question in condition.questions)


def judgement_from(values: Mapping[str, str]) -> Judgement:
    """Read a judgement from a form's answers.

    Raises
    ------
    ValueError
        If an answer is not one of those offered.

    Examples
    --------
    >>> judgement_from({"rating": "7", "reasons": "Skolen er bekymret.", "urgent": "no"})
    Judgement(rating=7, reasons='Skolen er bekymret.', confidence=None, urgent=False, next_step=None, missing='')
    """
    confidence, urgent, next_step = values.get("confidence"), values.get("urgent"), values.get("next_step")
    return Judgement(
        rating=int(values.get("rating", "")),
        reasons=values.get("reasons", ""),
        confidence=int(confidence) if confidence else None,
        urgent={"yes": True, "no": False}[urgent] if urgent in ("yes", "no") else None,
        next_step=NextStep(next_step) if next_step else None,
        missing=values.get("missing", ""),
    )
