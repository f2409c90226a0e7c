"""The form of an own case, from the blanks that the casebook's schema has; only the words are ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from explain.casebook.blanks import Blank
from explain.casebook.law import Paragraph
from explain.casebook.own import BLANKS, Problem
from explain.domain.facts import OwnKind
from explain.texts import Sayer
from explain.views.components.messages import Control, Field, When

KIND, CONFIRMED = "kind_of_case", "confirmed"
"""The questions that are no blank of the schema: what kind of case it is, and that it is so."""

ORDER: Final = (
    "age",
    "referral.reasons",
    "referral.referrer",
    "title",
    "body",
    "household",
    "mother",
    "father",
    "siblings",
    "history",
)
"""The order a referral is written down in: child and referral, the text, the family, the time before."""
SECTIONS: Final = {"age": "referral", "title": "text", "household": "family", "history": "history"}
"""Where a section begins, and what it is called in the catalogue."""
FEW: Final = 4
"""So many choices stand side by side; more are chosen from a list."""
LONG: Final = "body"
"""The text with more than one line."""


def questions(say: Sayer, kinds: Sequence[OwnKind]) -> list[Field]:
    """Return the questions of the form.

    Parameters
    ----------
    say
        The participant's language.
    kinds
        The kinds of case she may enter; a single one is not asked about, but confirmed all the same.
    """
    by_name = {blank.name: blank for blank in BLANKS}
    return [*_what_kind(say, kinds), *(field for name in ORDER for field in _fields(by_name[name], say))]


def beside(problem: Problem, say: Sayer) -> str:
    """Say what stands beside a blank that something is wrong with."""
    values = {name: value for name, value in problem.values.items() if name != "code"}
    if "parent" in values:
        values["parent"] = say(f"own.parent.{values['parent']}")
    return say(f"own.problem.{problem.code}", **values)


def _what_kind(say: Sayer, kinds: Sequence[OwnKind]) -> Iterator[Field]:
    heading = say("own.section.kind")
    if len(kinds) > 1:
        options = tuple((kind.value, say(f"own.kind.{kind}")) for kind in kinds)
        yield Field(KIND, "choice", say("own.kind_question"), options=options, heading=heading)
        heading = ""
    for kind in kinds:
        yield Field(
            f"{CONFIRMED}_{kind}",
            "tick",
            say(f"own.confirm.{kind}"),
            say(f"own.confirm_hint.{kind}"),
            heading=heading,
            when=(KIND, (kind.value,)) if len(kinds) > 1 else None,
        )


def _fields(blank: Blank, say: Sayer) -> Iterator[Field]:
    section = SECTIONS.get(blank.name)
    heading = say(f"own.section.{section}") if section else ""
    if blank.kind == "maybe":
        known = f"{blank.name}.known"
        yield Field(known, "choice", say(f"own.label.{known}"), options=_yes_no(say), heading=heading)
        for part in blank.parts:
            yield _field(part, part.name, say, when=(known, ("yes",)))
    elif blank.kind == "list":
        parts = tuple(
            _field(part, f"{blank.name}.{part.name}", say, when=("kind", part.only) if part.only else None)
            for part in blank.parts
        )
        words = {**say.under("own.items"), **say.under(f"own.{blank.name}")}
        along = "days_before" if any(part.name == "days_before" for part in blank.parts) else ""
        title, hint = words["title"], words["hint"]
        yield Field(
            blank.name, "list", title, hint, required=False, heading=heading, parts=parts, words=words, along=along
        )
    else:
        yield _field(blank, blank.name, say, heading=heading)


def _field(blank: Blank, path: str, say: Sayer, *, heading: str = "", when: When | None = None) -> Field:
    """Return the question of one blank; ``path`` is its place in the whole, by which its words are found."""
    options: tuple[tuple[str, str], ...] = ()
    more_from = ""
    control: Control
    match blank.kind:
        case "number":
            control = "number"
        case "text":
            control = "text" if blank.name == LONG else "line"
        case "whose":
            control, more_from = "select", "siblings"
            options = tuple((one, say("history.child")) for one in blank.options)
        case "yes_no":
            control, options = "choice", _yes_no(say, f"own.choice.{path}")
        case _:
            options = tuple((one, _choice(path, one, say)) for one in blank.options)
            control = "several" if blank.kind == "several" else "choice" if len(options) <= FEW else "select"
    return Field(
        blank.name,
        control,
        say(f"own.label.{path}"),
        say(f"own.hint.{path}") if say.has(f"own.hint.{path}") else "",
        blank.required,
        options,
        heading,
        when,
        more_from=more_from,
    )


def _yes_no(say: Sayer, own: str = "") -> tuple[tuple[str, str], ...]:
    """Return yes and no, in words of their own where the catalogue has them."""
    return tuple((one, say(f"{own}.{one}") if say.has(f"{own}.{one}") else say(one)) for one in ("yes", "no"))


def _choice(path: str, option: str, say: Sayer) -> str:
    """Say a choice as the case's page says it."""
    match path.rpartition(".")[2]:
        case "reasons":
            return say(f"reason.{option}")
        case "referrer" | "household" as which:
            return say(f"{which}.{option}")
        case "civil_status":
            return say(f"civil_status.{option}" + (f"_{path.partition('.')[0]}" if option == "widowed" else ""))
        case "paragraph":
            return say(f"paragraph.{Paragraph(option).name.lower()}")
        case _:
            return say(f"own.choice.{path}.{option}")
