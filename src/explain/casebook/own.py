"""A participant's own case: the casebook's schema, filled in by hand, with one text and nobody to teach by it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from explain.casebook.answers import Answers, filled, is_name, names, place
from explain.casebook.base import IMPOSSIBLE, Text
from explain.casebook.blanks import blanks
from explain.casebook.law import Duty
from explain.casebook.possible import owed
from explain.casebook.schema import Case, CaseText
from explain.casebook.situation import Situation

LONGEST_TITLE: Final = 120
LONGEST_BODY: Final = 10_000
"""Characters; a shipped case has some 2,000 (our own limits)."""


class OwnCase(Situation):
    """A case that a participant entered. It has no panel, no trainer's note and no review."""

    key: Text
    version: Text
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE)] = Field(
        title="Title"
    )
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_BODY)] = Field(
        title="Text", description="The referral as a professional would write it."
    )

    @property
    def pedagogy(self) -> None:
        """Nothing: a trainer's words belong to the casebook's cases."""

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the law asks for here, whatever the score."""
        return owed(self)

    def text(self, _language: str) -> CaseText:
        """Return what is read, in the language it was written in; every line she began is a paragraph."""
        return CaseText(title=self.title, body_markdown=re.sub(r"\s*\n\s*", "\n\n", self.body))


AnyCase = Case | OwnCase
"""What the steps are walked with."""

BLANKS: Final = blanks(OwnCase, without=frozenset({"key", "version"}))
"""All that is filled in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why what was filled in makes no case.

    Attributes
    ----------
    name
        The blank it stands beside, as a form names it: ``history.b.days_before`` for the item ``b``.
    code
        ``missing``, ``number``, ``too_long``, or the code of what cannot be.
    values
        What the sentence speaks of.
    """

    name: str
    code: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Impossible(ValueError):
    """What was filled in makes no case; ``problems`` say why, in the form's order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.name}: {one.code}" for one in problems))


def own_case(answers: Answers, *, key: str, version: str) -> OwnCase:
    """Make a case of what was filled in.

    Parameters
    ----------
    answers
        By the name of the blank (``explain.casebook.answers``).
    key, version
        What the case is called.

    Raises
    ------
    Impossible
        If a blank is empty, holds what it cannot hold, or all together cannot be.

    Examples
    --------
    >>> own_case({"age": "18", "mother.known": "no"}, key="own/p1/1", version="1")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    explain.casebook.own.Impossible: age: number; referral.reasons: missing; referral.referrer: missing; ...
    """
    unanswered = [
        Problem(f"{blank.name}.known", "missing")
        for blank in BLANKS
        if blank.kind == "maybe" and answers.get(f"{blank.name}.known") not in ("yes", "no")
    ]
    try:
        case = OwnCase.model_validate(filled(BLANKS, answers) | {"key": key, "version": version})
    except ValidationError as refused:
        unanswered += [_problem(error, answers) for error in refused.errors(include_url=False)]
    if unanswered:
        raise Impossible(_in_order(unanswered, answers))
    return case


def filled_in(answers: Answers) -> tuple[tuple[str, str], ...]:
    """Return the answers that a case is made of, in the form's order."""
    return tuple((name, answers[name]) for name in names(BLANKS, answers) if answers.get(name))


def is_blank(name: str) -> bool:
    """Tell whether a form may hold an answer of this name.

    Examples
    --------
    >>> is_blank("history.b.days_before"), is_blank("history.B7.days_before"), is_blank("key")
    (True, False, False)
    """
    return is_name(name, BLANKS)


BESIDE: Final = {
    "ended_before_it_began": "ended_days_before",
    "more_partners_than_children": "partners",
    "two_placements": "days_before",
}
"""The blank beside which it is said, where the schema names only the whole that cannot be."""


def _problem(error: ErrorDetails, answers: Answers) -> Problem:
    name, blank = place(error["loc"], BLANKS, answers)
    values: Mapping[str, object] = error.get("ctx", {})
    if error["type"] == IMPOSSIBLE:
        code = str(values["code"])
        return Problem(f"{name}.{BESIDE[code]}" if blank is None and code in BESIDE else name, code, values)
    if blank is None:
        return Problem(f"{name}.kind" if error["type"].startswith("union_tag") else name, "missing")
    if error["type"] == "string_too_long":
        return Problem(name, "too_long", {"most": blank.most})
    if blank.kind == "number" and error["type"] != "missing":
        return Problem(name, "number", {"least": blank.least, "most": blank.most})
    return Problem(name, "missing")


def _in_order(problems: Sequence[Problem], answers: Answers) -> list[Problem]:
    """Return the first problem of every blank, in the form's order."""
    first = {problem.name: problem for problem in reversed(problems)}
    order = {name: number for number, name in enumerate(names(BLANKS, answers))}
    return sorted(first.values(), key=lambda problem: order.get(problem.name, len(order)))
