"""The data overview (*dataoversigt*): every input of Pilot #2, its value, and the history events it comes from.

A worker who knows the child can see there that an event is wrong, or missing. Which events an input comes from is not
written down a second time: an input comes from an event if the event, alone in the history, makes the input other than
it is without any history.
"""

from __future__ import annotations

from dataclasses import dataclass

from explain.casebook.history import HistoryEvent
from explain.casebook.schema import Case
from explain.models.case_variables import case_variables
from explain.register.variables import Variable, variables


@dataclass(frozen=True, slots=True)
class Line:
    """One input.

    Attributes
    ----------
    variable
        What it is, with its labels for presence and absence, and the register it comes from.
    value
        What the model was given.
    events
        The history events it comes from, as in the case; empty for what is not counted from the history.
    """

    variable: Variable
    value: float
    events: tuple[HistoryEvent, ...]


def overview(case: Case) -> tuple[Line, ...]:
    """Return all 126 inputs of a case, in the model's order."""
    values = case_variables(case)
    empty = case_variables(_with(case, ()))
    touched = [
        {name for name, value in case_variables(_with(case, (e,))).items() if value != empty[name]}
        for e in case.history
    ]
    return tuple(
        Line(
            one,
            values[one.name],
            tuple(event for event, names in zip(case.history, touched, strict=True) if one.name in names),
        )
        for one in variables()
    )


def _with(case: Case, history: tuple[HistoryEvent, ...]) -> Case:
    """Return the case with another history; it is not checked again, since a part of a possible one is possible."""
    return case.model_copy(update={"history": history})
