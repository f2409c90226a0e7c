"""Whether a case can be: what no child, family or law allows is named, each with its place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from explain.casebook.base import LANGUAGES
from explain.casebook.counts import pilot1_inputs
from explain.casebook.history import Lasting, PlacementEvent
from explain.casebook.law import Duty
from explain.casebook.referral import Reason
from explain.casebook.teaching import ContentNote, Role

if TYPE_CHECKING:  # the schema asks this module, not the other way round
    from explain.casebook.schema import Case

Place = tuple[str | int, ...]
Objection = tuple[Place, str]

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


def objections(case: Case) -> Iterator[Objection]:
    """Yield everything about the case that cannot be, as place in the case and reason."""
    yield from _history(case)
    yield from _placements(case)
    yield from _parents(case)
    yield from _siblings(case)
    yield from _pedagogy(case)
    for language in LANGUAGES:
        if language not in case.texts:
            yield ("texts", language), "the case must be told in Danish and in English; this language is missing"


def _history(case: Case) -> Iterator[Objection]:
    for index, event in enumerate(case.history):
        if event.whose == "child":
            age = case.age
        elif event.whose <= len(case.siblings):
            age = case.siblings[event.whose - 1].age
        else:
            yield (
                ("history", index, "whose"),
                f"must be 'child' or the number of a sibling, 1 to {len(case.siblings)}, not {event.whose}",
            )
            continue
        if event.days_before > days_of_life(age):
            yield (
                ("history", index, "days_before"),
                f"must be within the life of a child of {age}, "
                f"at most {days_of_life(age)} days, not {event.days_before}",
            )


def _placements(case: Case) -> Iterator[Objection]:
    for whose in {event.whose for event in case.history}:
        own = [
            (index, event)
            for index, event in enumerate(case.history)
            if isinstance(event, PlacementEvent) and event.whose == whose
        ]
        own.sort(key=lambda item: -item[1].days_before)
        for (_, earlier), (index, later) in pairwise(own):
            if earlier.running or (earlier.ended_days_before or 0) < later.days_before:
                yield (
                    ("history", index),
                    f"a child is placed in one home at a time, but the placement {earlier.days_before} days before the "
                    f"referral had not ended when this one began, {later.days_before} days before it",
                )


def _parents(case: Case) -> Iterator[Objection]:
    for name, parent in (("mother", case.mother), ("father", case.father)):
        if name in case.household.parents and (parent is None or not parent.alive):
            yield ("household",), f"the child lives with the {name}, so the {name} must be registered and alive"
        if parent is None:
            continue
        # Both have birthdays between two completed years, so the difference can be one year more.
        since = parent.age - parent.age_at_birth
        if parent.alive and since not in (case.age, case.age + 1):
            yield (
                (name, "age_at_birth"),
                f"must be {parent.age - case.age - 1} or {parent.age - case.age} for a child of {case.age} "
                f"with a {name} of {parent.age}, not {parent.age_at_birth}",
            )
        if name == "mother" and (parent.died_days_before or 0) > days_of_life(case.age):
            yield (name, "died_days_before"), "a mother must have lived when the child was born"


def _siblings(case: Case) -> Iterator[Objection]:
    for name, parent in (("mother", case.mother), ("father", case.father)):
        shared = [index for index, sibling in enumerate(case.siblings) if sibling.shares in ("both", name)]
        if parent is None:
            for index in shared:
                yield ("siblings", index, "shares"), f"no {name} is registered whom they can have in common"
        elif parent.children < 1 + len(shared):
            yield (
                (name, "children"),
                f"must be at least {1 + len(shared)}, the child and {len(shared)} siblings, not {parent.children}",
            )


def _pedagogy(case: Case) -> Iterator[Objection]:
    teaching = case.pedagogy
    abuse = case.referral.has(Reason.CHILD_ABUSE)
    running = any(isinstance(event, Lasting) and event.running and event.whose == "child" for event in case.history)
    owed = {
        Duty.SAFE_WITHIN_24_HOURS: True,
        Duty.CHILD_HEARD: True,
        Duty.SUSPECTED_ABUSE_OR_VIOLENCE: abuse,
        Duty.ONGOING_SUPPORT_NEW_REFERRAL: running,
    }
    for duty, is_owed in owed.items():
        if is_owed and duty not in teaching.duties:
            yield (
                ("pedagogy", "duties"),
                f"must name {duty.value}, which the law asks for in this case ({duty.citation})",
            )
    if (abuse or case.referral.has(Reason.ADULT_CONFLICT)) and not {ContentNote.VIOLENCE, ContentNote.ABUSE} & set(
        teaching.content_notes
    ):
        yield ("pedagogy", "content_notes"), "must warn of violence or abuse, which the referral's reasons name"
    error = teaching.planted_error
    if (error is None) == (Role.ERROR_IN_DATA in teaching.roles):
        yield ("pedagogy", "roles"), "the role error_in_data and a planted error must go together"
    if error is not None:
        registered = pilot1_inputs(case)[error.input]
        if error.registered_value != registered:
            yield (
                ("pedagogy", "planted_error", "registered_value"),
                f"must be {registered}, which is what the registered data give for {error.input}, "
                f"not {error.registered_value}",
            )
        if error.true_value == error.registered_value:
            yield ("pedagogy", "planted_error", "true_value"), "must differ from the registered value"
