"""From the answers to a plan, and from the plan to plain words."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from explain.casebook.schema import CaseSet
from explain.domain.basis import NO_BASIS, Basis
from explain.domain.conditions import CONTROL, PANEL, PILOT1, PRESETS, TEACHING, Condition, Feedback
from explain.domain.session_plan import LONGEST_SESSION, LONGEST_TITLE, CaseOrder, Kind, Pace, Research, SessionPlan
from explain.texts.numbers import day
from explain.views.components.messages import Field, Sent
from explain.views.office import Office
from explain.views.planning.questions import DAYS_KEPT, DEFAULTS, FEEDBACKS, OWN, RESEARCH, questions

INTRODUCTION_MINUTES: Final = 20
TRIAL_MINUTES: Final = 10
CASE_MINUTES: Final = 11
"""What introduction, trial case and a case take (design: the three-hour programme: 20, 10, and 55 for five cases)."""
FIVE: Final = 5
COMPARED: Final = {"score": (TEACHING, CONTROL), "three": (TEACHING, PILOT1, CONTROL)}
"""What a trial compares; the reflection comes after the set in every arm, so that none learns from it on the way."""


class Unanswered(Exception):
    """An answer cannot be used; the message is the sentence for the trainer."""


class PlanningPresenter:
    """Keeps the plan between the form and the press that makes the class.

    Parameters
    ----------
    office
        The trainer's office.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.plan: SessionPlan | None = None

    def fields(self) -> list[Field]:
        """Return the questions."""
        return list(questions(self.office.classes.sets, self.office.now().date(), self.office.say))

    def answers(self) -> dict[str, str]:
        """Return the answers that are there beforehand."""
        number = len(self.office.mine()) + 1
        named = {"title": self.office.say("planning.name_given", number=number), "language": self.office.say.language}
        return DEFAULTS | named | {"case_set": next(iter(self.office.classes.sets))}

    def look(self, sent: Sent) -> str:
        """Make a plan of the answers, to be stated back; return what is wrong with them."""
        try:
            self.plan = self._plan(self.answers() | {"trial": ""} | dict(sent.values))
        except Unanswered as why:
            return str(why)
        self.office.turns += 1
        return ""

    def change(self, _: str, __: str, ___: Sent) -> str:
        """Go back to the form, whose answers are still there."""
        self.plan = None
        self.office.turns += 1
        return ""

    def make(self, _: str, __: str, sent: Sent) -> str:
        """Make the class, and go to it."""
        plan = self.plan
        if plan is None:
            return ""
        made: list[str] = []
        problem = self.office.do(
            lambda envelope: made.append(self.office.classes.plan(self.office.actor, plan, envelope)), sent
        )
        if made:
            self.plan = None
            self.office.go("live", made[0])
        return problem

    def leave(self, _: str, __: str, ___: Sent) -> str:
        """Go back to the classes."""
        self.plan = None
        self.office.go("home")
        return ""

    def stated(self) -> Iterator[str]:
        """Yield the plan in plain words, a sentence at a time."""
        plan, say = self.plan, self.office.say
        assert plan is not None
        yield say("review.name", title=plan.title)
        yield say(f"review.kind_{plan.kind.value}")
        if plan.kind is Kind.TRAINING:
            yield say(f"review.preset_{plan.conditions[0].name}")
            yield say(f"review.pace_{plan.pace.value}")
            yield say(f"review.feedback_{plan.conditions[0].feedback.value}")
        if plan.research is not None:
            yield say("review.compare", conditions=self._compared(plan))
            yield say("review.purpose", purpose=plan.research.purpose)
            named = {name: getattr(plan.research, name) for name in RESEARCH if name != "purpose"}
            yield say("review.controller", **named)
            yield say("review.consent")
        own = plan.own_cases
        if own is not None:
            on = {"controller": own.controller, "legal_basis": own.legal_basis}
            yield say("review.own_real", **on) if own.recorded else say("review.own_invented")
        if plan.trial:
            yield say("review.trial", title=self._title(plan.trial))
        yield say("review.minutes", minutes=plan.minutes)
        yield say(f"review.language_{plan.language}")
        if plan.kind is Kind.PANEL:
            yield say("review.seen_panel")
            yield say("review.shown_panel")
            yield say("review.delete_panel", date=day(plan.delete_on, say))
        else:
            yield say("review.seen_real" if own and own.recorded else "review.seen")
            yield say("review.delete", date=day(plan.delete_on, say))

    def cases(self) -> tuple[str, list[str], str]:
        """Return how many cases are met and of which set, their titles, and a note where some are hard to read."""
        plan, say = self.plan, self.office.say
        assert plan is not None
        chosen = self._set(plan)
        words = {"cases": len(plan.cases), "set": chosen.title.say(say.language)}
        noted = sum(bool(chosen.case(key).pedagogy.content_notes) for key in plan.met)
        lead = say("review.cases_one", set=words["set"]) if len(plan.cases) == 1 else say("review.cases", **words)
        return lead, [self._title(key) for key in plan.cases], say("review.noted", count=noted) if noted else ""

    # --- inside ---

    def _plan(self, given: Mapping[str, str]) -> SessionPlan:
        chosen = self.office.classes.sets.get(given["case_set"])
        if chosen is None:
            raise Unanswered(self.office.say("planning.no_sets"))
        kind = Kind(given["kind"]) if given["kind"] in tuple(Kind) else Kind.TRAINING
        keys = [case.key for case in chosen.cases]
        # A set of one case has none to spare for trying.
        trial = keys.pop(0) if given["trial"] and len(keys) > 1 else None
        cases = tuple(keys[:FIVE] if given["number"] == "five" else keys)
        title = given["title"].strip()
        if len(title) > LONGEST_TITLE:
            raise Unanswered(self.office.say("planning.long_title"))
        return SessionPlan(
            title=title or self.answers()["title"],
            kind=kind,
            conditions=_conditions(kind, given),
            case_set=chosen.name,
            version=chosen.version,
            cases=cases,
            trial=trial,
            pace=Pace(given["pace"]) if kind is Kind.TRAINING and given["pace"] in tuple(Pace) else Pace.FREE,
            order=CaseOrder.SQUARE if kind is Kind.RESEARCH else CaseOrder.FIXED,
            language="en" if given["language"] == "en" else "da",
            minutes=self._minutes(given.get("minutes", ""), len(cases), trial is not None),
            delete_on=self._deleted(given["delete"]),
            seed=secrets.randbelow(2**31),
            research=self._research(given) if kind is Kind.RESEARCH else None,
            own_cases=self._own_cases(given) if kind is Kind.TRAINING and given.get("own") == "yes" else None,
        )

    def _minutes(self, given: str, cases: int, trial: bool) -> int:
        if not given.strip():
            estimate = INTRODUCTION_MINUTES + TRIAL_MINUTES * trial + CASE_MINUTES * cases
            return min(LONGEST_SESSION, estimate)
        if not given.strip().isdecimal() or not 1 <= int(given) <= LONGEST_SESSION:
            raise Unanswered(self.office.say("planning.bad_minutes"))
        return int(given)

    def _deleted(self, given: str) -> str:
        days = int(given) if given in map(str, DAYS_KEPT) else int(DEFAULTS["delete"])
        return (self.office.now().date() + timedelta(days)).isoformat()

    def _research(self, given: Mapping[str, str]) -> Research:
        said = {name: given.get(name, "").strip() for name in RESEARCH}
        if not all(said.values()):
            raise Unanswered(self.office.say("refused.question_missing"))
        return Research(**said)

    def _own_cases(self, given: Mapping[str, str]) -> Basis:
        if given.get("own_real") != "yes":
            return NO_BASIS
        said = [given.get(name, "").strip() for name in OWN]
        if not all(said):
            raise Unanswered(self.office.say("refused.question_missing"))
        return Basis(*said)

    def _set(self, plan: SessionPlan) -> CaseSet:
        return self.office.classes.sets[plan.case_set]

    def _title(self, key: str) -> str:
        assert self.plan is not None
        return self._set(self.plan).case(key).text(self.office.say.language).title

    def _compared(self, plan: SessionPlan) -> str:
        its = tuple(condition.name for condition in plan.conditions)
        names = {tuple(one.name for one in arms): name for name, arms in COMPARED.items()}
        return self.office.say(f"planning.compare_{names[its]}").lower()


def _conditions(kind: Kind, given: Mapping[str, str]) -> tuple[Condition, ...]:
    if kind is Kind.PANEL:
        return (PANEL,)
    if kind is Kind.RESEARCH:
        arms = COMPARED.get(given["compare"], COMPARED["score"])
        return tuple(replace(arm, feedback=Feedback.AFTER_SET) for arm in arms)
    chosen = PRESETS.get(given["preset"], TEACHING)
    feedback = given["feedback"]
    return (chosen if feedback == "own" or feedback not in FEEDBACKS else replace(chosen, feedback=Feedback(feedback)),)
