"""A case in the reader's words: what a template needs, and nothing of what comes after the first lock.

Learning objective, trainer's note, panel and planted errors belong to the reflection; none of them is touched here.
"""

from __future__ import annotations

from dataclasses import dataclass

from explain.casebook.own import AnyCase
from explain.casebook.schema import (
    CivilStatus,
    HistoryEvent,
    MeasureEvent,
    MoveEvent,
    Parent,
    PlacementEvent,
    ReferralEvent,
    Sibling,
)
from explain.texts import Sayer
from explain.texts.numbers import ago


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: when, whose, and what."""

    when: str
    whose: str
    what: str


@dataclass(frozen=True, slots=True)
class CaseWords:
    """A case as the page shows it."""

    title: str
    body: str
    facts: tuple[tuple[str, str], ...]
    family: tuple[str, ...]
    timeline: tuple[Moment, ...]
    tag: str


def words_of(case: AnyCase, say: Sayer) -> CaseWords:
    """Put a case into the words of ``say``'s language."""
    text = case.text(say.language)
    return CaseWords(
        title=text.title,
        body=text.body_markdown,
        facts=(
            (say("case.age"), _age(case.age, say)),
            (say("case.reasons"), _reasons(case.referral.reasons, say)),
            (say("case.referrer"), say(f"referrer.{case.referral.referrer}")),
            (say("case.household"), say(f"household.{case.household}")),
        ),
        family=(
            _parent(case.mother, "mother", say),
            _parent(case.father, "father", say),
            *(_sibling(number, sibling, say) for number, sibling in enumerate(case.siblings, start=1)),
        ),
        timeline=tuple(
            Moment(ago(event.days_before, say), _whose(event, say), _what(event, say))
            for event in sorted(case.history, key=lambda event: event.days_before)
        ),
        tag=_tag(case, say),
    )


def _tag(case: AnyCase, say: Sayer) -> str:
    """Say what kind of case it is, and that nobody has reviewed it; nothing where two practitioners have."""
    if case.pedagogy is None:
        return say("case.own")
    return "" if case.pedagogy.reviewed else say("case.not_reviewed")


def _age(years: int, say: Sayer) -> str:
    return say(f"input.age.{ {0: 'none', 1: 'one'}.get(years, 'many') }", count=years)


def _reasons(reasons: tuple[str, ...], say: Sayer) -> str:
    return "; ".join(say(f"reason.{reason}") for reason in reasons)


def _parent(parent: Parent | None, which: str, say: Sayer) -> str:
    if parent is None:
        return say(f"family.{which}_not_registered")
    if parent.died_days_before is not None:
        return say(f"family.{which}_dead", when=ago(parent.died_days_before, say))
    return say(
        f"family.{which}",
        age=parent.age,
        status=_status(parent.civil_status, which, say),
        children=say("family.one_child" if parent.children == 1 else "family.children", count=parent.children),
    )


def _status(status: CivilStatus, which: str, say: Sayer) -> str:
    """Say a civil status; Danish has one word for a widow and another for a widower."""
    return say(f"civil_status.widowed_{which}" if status is CivilStatus.WIDOWED else f"civil_status.{status}")


def _sibling(number: int, sibling: Sibling, say: Sayer) -> str:
    return say(
        "family.sibling",
        number=number,
        age=_age(sibling.age, say),
        shares=say(f"family.shares_{sibling.shares}"),
        home=say("family.at_home" if sibling.at_home else "family.not_at_home"),
    )


def _whose(event: HistoryEvent, say: Sayer) -> str:
    return say("history.child") if event.whose == "child" else say("history.sibling", number=event.whose)


def _what(event: HistoryEvent, say: Sayer) -> str:
    match event:
        case ReferralEvent():
            return say("history.referral", reasons=_reasons(event.reasons, say))
        case MeasureEvent():
            support = say(f"paragraph.{event.paragraph.name.lower()}", citation=event.paragraph.citation)
            return say("history.measure", support=support, until=_until(event, say))
        case PlacementEvent():
            consent = say("history.forced" if event.forced else "history.voluntary")
            return say("history.placement", consent=consent, until=_until(event, say))
        case MoveEvent():
            return say("history.move_away" if event.new_municipality else "history.move")


def _until(event: MeasureEvent | PlacementEvent, say: Sayer) -> str:
    if event.ended_days_before is None:
        return say("history.running")
    return say("history.ended", when=ago(event.ended_days_before, say))
