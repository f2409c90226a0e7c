"""The questions a new class is made from, with an answer to each beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from explain.casebook.schema import CaseSet
from explain.texts import Sayer
from explain.texts.numbers import day
from explain.views.components.messages import Field, When

DEFAULTS: Final = {
    "kind": "training",
    "preset": "teaching",
    "pace": "free",
    "compare": "score",
    "number": "five",
    "trial": "yes",
    "feedback": "own",
    "delete": "30",
}
"""What is chosen beforehand (design: a session in under a minute; the programme's trial case and five cases)."""
KINDS: Final = ("training", "panel", "research")
PRESETS_OFFERED: Final = ("teaching", "pilot1", "score_first", "control")
PACES: Final = ("free", "score_together", "step_by_step")
FEEDBACKS: Final = ("own", "after_case", "after_set", "at_debrief")
DAYS_KEPT: Final = (7, 30, 90, 365)
RESEARCH: Final = ("controller", "legal_basis", "approval", "purpose")
OWN: Final = ("own_controller", "own_legal_basis")
"""What must be known where real referrals may be entered."""
TRAINING_ALONE: Final = ("kind", ("training",))
RESEARCH_ALONE: Final = ("kind", ("research",))


def questions(sets: Mapping[str, CaseSet], today: date, say: Sayer) -> Iterator[Field]:
    """Yield the form's fields: what most will look at first, the rest folded away."""

    def choice(name: str, values: tuple[str, ...], **more: object) -> Field:
        options = tuple((value, say(f"planning.{name}_{value}")) for value in values)
        return Field(name, "choice", say(f"planning.{name}"), options=options, **more)  # type: ignore[arg-type]

    yield choice("kind", KINDS)
    titles = tuple(
        (name, say("planning.set", title=one.title.say(say.language), cases=len(one.cases)))
        for name, one in sets.items()
    )
    yield Field("case_set", "choice", say("planning.case_set"), options=titles)
    yield choice("preset", PRESETS_OFFERED, when=TRAINING_ALONE)
    yield choice("pace", PACES, when=TRAINING_ALONE)
    yield choice("compare", ("score", "three"), when=RESEARCH_ALONE)
    for name in RESEARCH:
        hint = say("planning.legal_basis_hint") if name == "legal_basis" else ""
        yield Field(name, "line", say(f"planning.{name}"), hint=hint, when=RESEARCH_ALONE, guarded=False)
    yield Field("title", "line", say("planning.name"), hint=say("planning.name_hint"), folded=True, guarded=False)
    yield choice("number", ("five", "all"), folded=True)
    yield Field("trial", "tick", say("planning.trial"), required=False, folded=True)
    yield choice("feedback", FEEDBACKS, when=TRAINING_ALONE, folded=True)
    yield from _own_cases(say)
    yield choice("language", ("da", "en"), folded=True)
    yield Field(
        "minutes",
        "line",
        say("planning.minutes"),
        hint=say("planning.minutes_hint"),
        required=False,
        folded=True,
        guarded=False,
    )
    kept = tuple(
        (str(days), say(f"planning.delete_{days}", date=day((today + timedelta(days)).isoformat(), say)))
        for days in DAYS_KEPT
    )
    yield Field("delete", "choice", say("planning.delete"), options=kept, folded=True)


def _own_cases(say: Sayer) -> Iterator[Field]:
    """Yield what is asked about participants' own cases: on what basis only where real ones are to be taken."""

    def tick(name: str, when: When) -> Field:
        words = say(f"planning.{name}"), say(f"planning.{name}_hint")
        return Field(name, "tick", *words, required=False, when=when, folded=True)

    yield tick("own", TRAINING_ALONE)
    yield tick("own_real", ("own", ("yes",)))
    for name in OWN:
        when = ("own_real", ("yes",))
        yield Field(name, "line", say(f"planning.{name}"), when=when, folded=True, guarded=False)
