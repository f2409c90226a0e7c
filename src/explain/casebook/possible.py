"""Whether a case can be: what no child, family or law allows is named, each with its place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from explain.casebook.base import LANGUAGES, impossible
from explain.casebook.counts import pilot1_inputs
from explain.casebook.history import Lasting, PlacementEvent
from explain.casebook.law import Duty
from explain.casebook.referral import Reason
from explain.casebook.teaching import ContentNote, Role

if TYPE_CHECKING:  # the schema asks this module, not the other way round
    from explain.casebook.schema import Case
    from explain.casebook.situation import Situation

Place = tuple[str | int, ...]
Objection = tuple[Place, PydanticCustomError]

DAYS_IN_A_YEAR = 365.25
"""The Julian year: over a childhood the calendar never differs from it by a whole day or more."""


def days_of_life(age: int) -> int:
    """Return how many days a child of ``age`` completed years has lived at most.

    Examples
    --------
    >>> days_of_life(0), days_of_life(3)
    (365, 1461)
    """
    return math.floor((age + 1) * DAYS_IN_A_YEAR)


def objections(situation: Situation) -> Iterator[Objection]:
    """Yield everything about child, family and history that cannot be, as place and reason."""
    yield from _history(situation)
    yield from _placements(situation)
    yield from _parents(situation)
    yield from _siblings(situation)


def teaching_objections(case: Case) -> Iterator[Objection]:
    """Yield everything that a case for teaching lacks or contradicts, as place in the case and reason."""
    yield from _pedagogy(case)
    for language in LANGUAGES:
        if language not in case.texts:
            yield (
                ("texts", language),
                impossible("one_language", "the case must be told in Danish and in English; this language is missing"),
            )


def owed(situation: Situation) -> tuple[Duty, ...]:
    """Return the duties that the law asks for in this situation, whatever a score says."""
    running = any(
        isinstance(event, Lasting) and event.running and event.whose == "child" for event in situation.history
    )
    asked = {
        Duty.SAFE_WITHIN_24_HOURS: True,
        Duty.CHILD_HEARD: True,
        Duty.SUSPECTED_ABUSE_OR_VIOLENCE: situation.referral.has(Reason.CHILD_ABUSE),
        Duty.ONGOING_SUPPORT_NEW_REFERRAL: running,
    }
    return tuple(duty for duty, is_owed in asked.items() if is_owed)


def _history(situation: Situation) -> Iterator[Objection]:
    for index, event in enumerate(situation.history):
        if event.whose == "child":
            age = situation.age
        elif event.whose <= len(situation.siblings):
            age = situation.siblings[event.whose - 1].age
        else:
            yield (
                ("history", index, "whose"),
                impossible(
                    "no_such_sibling",
                    "must be 'child' or the number of a sibling, 1 to {siblings}, not {number}",
                    siblings=len(situation.siblings),
                    number=event.whose,
                ),
            )
            continue
        if event.days_before > days_of_life(age):
            yield (
                ("history", index, "days_before"),
                impossible(
                    "before_birth",
                    "must be within the life of a child of {age}, at most {most} days, not {days}",
                    age=age,
                    most=days_of_life(age),
                    days=event.days_before,
                ),
            )


def _placements(situation: Situation) -> Iterator[Objection]:
    for whose in {event.whose for event in situation.history}:
        own = [
            (index, event)
            for index, event in enumerate(situation.history)
            if isinstance(event, PlacementEvent) and event.whose == whose
        ]
        own.sort(key=lambda item: -item[1].days_before)
        for (_, earlier), (index, later) in pairwise(own):
            if earlier.running or (earlier.ended_days_before or 0) < later.days_before:
                yield (
                    ("history", index),
                    impossible(
                        "two_placements",
                        "a child is placed in one home at a time, but the placement {earlier} days before the "
                        "referral had not ended when this one began, {later} days before it",
                        earlier=earlier.days_before,
                        later=later.days_before,
                    ),
                )


def _parents(situation: Situation) -> Iterator[Objection]:
    age = situation.age
    for name, parent in (("mother", situation.mother), ("father", situation.father)):
        if name in situation.household.parents and (parent is None or not parent.alive):
            yield (
                ("household",),
                impossible(
                    f"lives_with_{name}",
                    "the child lives with the {parent}, so the {parent} must be registered and alive",
                    parent=name,
                ),
            )
        if parent is None:
            continue
        # Both have birthdays between two completed years, so the difference can be one year more.
        since = parent.age - parent.age_at_birth
        if parent.alive and since not in (age, age + 1):
            yield (
                (name, "age_at_birth"),
                impossible(
                    "age_at_birth",
                    "must be {least} or {most} for a child of {age} with a {parent} of {parents_age}, not {came}",
                    least=parent.age - age - 1,
                    most=parent.age - age,
                    age=age,
                    parent=name,
                    parents_age=parent.age,
                    came=parent.age_at_birth,
                ),
            )
        if name == "mother" and (parent.died_days_before or 0) > days_of_life(age):
            yield (
                (name, "died_days_before"),
                impossible("died_before_birth", "a mother must have lived when the child was born"),
            )


def _siblings(situation: Situation) -> Iterator[Objection]:
    for name, parent in (("mother", situation.mother), ("father", situation.father)):
        shared = [index for index, sibling in enumerate(situation.siblings) if sibling.shares in ("both", name)]
        if parent is None:
            for index in shared:
                yield (
                    ("siblings", index, "shares"),
                    impossible(
                        f"no_{name}_to_share", "no {parent} is registered whom they can have in common", parent=name
                    ),
                )
        elif parent.children < 1 + len(shared):
            yield (
                (name, "children"),
                impossible(
                    "too_few_children",
                    "must be at least {least}, the child and {siblings} siblings, not {came}",
                    least=1 + len(shared),
                    siblings=len(shared),
                    came=parent.children,
                ),
            )


def _pedagogy(case: Case) -> Iterator[Objection]:
    teaching = case.pedagogy
    for duty in owed(case):
        if duty not in teaching.duties:
            yield (
                ("pedagogy", "duties"),
                impossible(
                    "duty",
                    "must name {duty}, which the law asks for in this case ({citation})",
                    duty=duty.value,
                    citation=duty.citation,
                ),
            )
    warned = {ContentNote.VIOLENCE, ContentNote.ABUSE} & set(teaching.content_notes)
    if (case.referral.has(Reason.CHILD_ABUSE) or case.referral.has(Reason.ADULT_CONFLICT)) and not warned:
        yield (
            ("pedagogy", "content_notes"),
            impossible("content_note", "must warn of violence or abuse, which the referral's reasons name"),
        )
    error = teaching.planted_error
    if (error is None) == (Role.ERROR_IN_DATA in teaching.roles):
        yield (
            ("pedagogy", "roles"),
            impossible("role", "the role error_in_data and a planted error must go together"),
        )
    if error is not None:
        registered = pilot1_inputs(case)[error.input]
        if error.registered_value != registered:
            yield (
                ("pedagogy", "planted_error", "registered_value"),
                impossible(
                    "registered_value",
                    "must be {registered}, which is what the registered data give for {input}, not {came}",
                    registered=registered,
                    input=error.input,
                    came=error.registered_value,
                ),
            )
        if error.true_value == error.registered_value:
            yield (
                ("pedagogy", "planted_error", "true_value"),
                impossible("true_value", "must differ from the registered value"),
            )
