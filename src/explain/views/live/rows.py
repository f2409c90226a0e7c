"""One participant's row in words."""

from __future__ import annotations

from datetime import datetime

from explain.domain.session import Session
from explain.domain.session_plan import Step
from explain.sessions.live import LiveRow
from explain.texts import Sayer
from explain.views.components.messages import Action, BoardRow

BOTS_FROM = 100_000
"""Rows of bots are numbered from here in the table, beyond every participant's number (five digits at most)."""


def row_of(row: LiveRow, session: Session, now: datetime, say: Sayer) -> BoardRow:
    """Return a participant's row in words."""
    name = name_of(row.number, row.bot, say)
    return BoardRow(
        number=row.number + BOTS_FROM * row.bot,
        name=name[:1].upper() + name[1:],
        case=_case(row, session, say),
        step=_step(row, session, say),
        seen="" if row.bot and not row.removed else _seen(row, now, say),
        here=row.online,
        note=row.note,
        removed=row.removed,
        actions=() if session.ended else tuple(_actions(row, name, say)),
    )


def number_of(number: int) -> tuple[int, bool]:
    """Return the participant's own number behind a row's, and whether it is a bot's.

    Examples
    --------
    >>> number_of(7), number_of(100_007)
    ((7, False), (7, True))
    """
    return number % BOTS_FROM, number >= BOTS_FROM


def name_of(number: int, bot: bool, say: Sayer) -> str:
    """Name a participant by her number, as within a sentence."""
    return say("board.bot" if bot else "board.person", number=number)


def case_of(place: int, session: Session, say: Sayer) -> str:
    """Name the case at a place of the plan; the trial case is none of those that are counted."""
    trial = session.plan.trial is not None
    if trial and place == 1:
        return say("board.trial")
    return say("board.of", number=place - trial, total=len(session.plan.cases))


def _case(row: LiveRow, session: Session, say: Sayer) -> str:
    if not row.introduced:
        return say("board.introduction")
    return say("board.finished") if row.done else case_of(row.case, session, say)


def _step(row: LiveRow, session: Session, say: Sayer) -> str:
    if not row.introduced or row.done:
        return ""
    if not row.step:
        return say("board.waits_case" if row.waiting else "board.at_gate")
    if row.waiting and row.locked:
        return say("board.locked")
    if row.waiting and row.step == 1:
        return say("board.waits_score")
    return f"{row.step}. {step_name(row.step, session, say)}"


def step_name(step: int, session: Session, say: Sayer) -> str:
    """Name a step of a case; where the score is not shown, its step is another."""
    unseen = step == Step.SCORE.value and not session.plan.conditions[0].shows_score
    return say("board.steps.unseen" if unseen else f"board.steps.{step}")


def _seen(row: LiveRow, now: datetime, say: Sayer) -> str:
    if row.removed:
        return say("board.removed")
    if row.online:
        return say("board.here")
    if row.seen is None:
        return say("board.never")
    minutes = int((now - row.seen).total_seconds()) // 60
    return say("board.away", minutes=minutes) if minutes else say("board.away_now")


def _actions(row: LiveRow, name: str, say: Sayer) -> list[Action]:
    if row.bot:
        return []
    if row.removed:
        return [Action("let_in", say("board.let_in_again"), about=name)]
    asks = say("board.let_in_asks", name=name)
    return [
        Action("let_in", say("board.let_in"), asks=asks, about=name),
        Action("remove", say("board.remove"), asks=say("board.remove_asks", name=name), about=name),
    ]
