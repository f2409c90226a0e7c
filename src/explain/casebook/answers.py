"""From the answers of a form to the data of the schema, and from a place in the schema back to its blank.

Answers are texts by name. A list's own answer names its items (``"a b"``), and an item's blanks stand beneath it
(``siblings.a.age``); what may be missing as a whole has ``known``, yes or no (``mother.known``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from explain.casebook.blanks import Blank

Answers = Mapping[str, str]

ITEM: Final = re.compile(r"[a-z]{1,12}")
"""What an item of a list may be called. No digits, so that no number can hide in a name."""
MOST_ITEMS: Final = 60
"""Siblings or history events; more than any register holds of one child (our own limit)."""


def items(name: str, answers: Answers) -> list[str]:
    """Return the items of a list in order.

    Examples
    --------
    >>> items("siblings", {"siblings": "b a B7 b"})
    ['b', 'a']
    """
    named = dict.fromkeys(answers.get(name, "").split())
    return [one for one in named if ITEM.fullmatch(one)][:MOST_ITEMS]


def names(blanks: Sequence[Blank], answers: Answers) -> list[str]:
    """Return the names of all blanks there are, in the form's order, those of every item among them.

    Leftovers of removed items, and of a parent who is not registered, are not.
    """
    found = []
    for blank in blanks:
        found.append(f"{blank.name}.known" if blank.kind == "maybe" else blank.name)
        if blank.kind == "maybe" and _known(blank, answers):
            found += names(blank.parts, answers)
        if blank.kind == "list":
            for item in items(blank.name, answers):
                start = f"{blank.name}.{item}."
                kind = answers.get(f"{start}kind", "")
                found += [start + one.name for one in _of_kind(blank.parts, kind)]
    return found


def is_name(name: str, blanks: Sequence[Blank]) -> bool:
    """Tell whether a form of these blanks may hold an answer of this name."""
    top, item, part = (*name.split(".", 2), "", "")[:3]
    for blank in blanks:
        if blank.kind == "list" and top == blank.name and item:
            return bool(ITEM.fullmatch(item)) and part in {one.name for one in blank.parts}
        inner = {f"{blank.name}.known", *(one.name for one in blank.parts)} if blank.kind == "maybe" else {blank.name}
        if name in inner:
            return True
    return False


def filled(blanks: Sequence[Blank], answers: Answers) -> dict[str, Any]:
    """Put answers where the schema wants them; what is not answered is left out, and the schema misses it."""
    data: dict[str, Any] = {}
    for blank in blanks:
        if blank.kind == "maybe":
            if _known(blank, answers):
                data |= {blank.name: {}} | filled(blank.parts, answers)
        elif blank.kind == "list":
            data[blank.name] = [_item(blank, item, answers) for item in items(blank.name, answers)]
        else:
            _put(data, blank.name, _value(blank, answers.get(blank.name, "").strip(), answers))
    return data


def place(loc: Sequence[str | int], blanks: Sequence[Blank], answers: Answers) -> tuple[str, Blank | None]:
    """Name the blank that a place in the schema is; None for a whole (a parent, an item) that has several."""
    parts, item, name = blanks, "", ""
    for step in loc:
        if isinstance(step, int):
            if (holder := _named(name, parts)) and holder.kind == "list":
                item, parts, name = f"{name}.{items(name, answers)[step]}.", holder.parts, ""
            continue
        name = f"{name}.{step}" if name else step
        found = _named(name, parts)
        if found and found.kind == "maybe":
            parts = found.parts
        elif found and found.kind != "list":
            return item + name, found
        elif not any(one.name.startswith(name) for one in parts):
            name = ""  # what an item's kind is called, which is no blank's name
    return (item + name).rstrip("."), None


def _named(name: str, blanks: Sequence[Blank]) -> Blank | None:
    return next((one for one in blanks if one.name == name), None)


def _known(blank: Blank, answers: Answers) -> bool:
    return answers.get(f"{blank.name}.known") == "yes"


def _of_kind(parts: Sequence[Blank], kind: str) -> list[Blank]:
    return [one for one in parts if not one.only or kind in one.only]


def _item(blank: Blank, item: str, answers: Answers) -> dict[str, Any]:
    start = f"{blank.name}.{item}."
    parts = _of_kind(blank.parts, answers.get(f"{start}kind", ""))
    data: dict[str, Any] = {}
    for part in parts:
        _put(data, part.name, _value(part, answers.get(start + part.name, "").strip(), answers))
    return data


def _value(blank: Blank, answer: str, answers: Answers) -> Any:
    match blank.kind:
        case _ if not answer:
            return None
        case "number":
            return int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 10 else answer
        case "several":
            return tuple(answer.split())
        case "yes_no":
            return {"yes": True, "no": False}.get(answer, answer)
        case "whose" if answer not in blank.options:
            siblings = items("siblings", answers)
            return siblings.index(answer) + 1 if answer in siblings else MOST_ITEMS + 1
        case _:
            return answer


def _put(data: dict[str, Any], name: str, value: Any) -> None:
    *above, last = name.split(".")
    for step in above:
        data = data.setdefault(step, {})
    if value is not None:
        data[last] = value
