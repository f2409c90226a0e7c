"""The blanks of a form, read from the schema: what can be filled in, with which choices and limits.

Pydantic tells its schema as JSON Schema, and this reads it: a choice or limit that changes there changes in the
form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from explain.casebook.base import Part

Kind = Literal["number", "one", "several", "yes_no", "text", "whose", "maybe", "list"]


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank, or several that belong together.

    Attributes
    ----------
    name
        Its place in the schema, with dots; the parts of a list are named from the item on.
    kind
        ``number``; ``one`` or ``several`` of ``options``; ``yes_no``; ``text``; ``whose`` (the child, or a sibling);
        ``maybe``, whose ``parts`` may all be missing; ``list``, whose ``parts`` may come any number of times.
    required
        Whether it must be filled in.
    options
        What can be chosen.
    least, most
        The limits of a number, in the unit the schema says; for a text, ``most`` is its length in characters.
    parts
        The blanks within.
    only
        For a part of a list whose items are of several kinds: the kinds that have it. Empty where all have.
    """

    name: str
    kind: Kind
    required: bool = True
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    parts: tuple[Blank, ...] = ()
    only: tuple[str, ...] = ()


@cache
def blanks(model: type[Part], *, without: frozenset[str] = frozenset()) -> tuple[Blank, ...]:
    """Return the blanks of a model in its order.

    Parameters
    ----------
    model
        A part of a case.
    without
        Fields that are not filled in by a person.

    Examples
    --------
    >>> from explain.casebook.people import Sibling
    >>> [(blank.name, blank.kind, blank.least, blank.most) for blank in blanks(Sibling)]
    [('age', 'number', 0, 50), ('shares', 'one', 0, 0), ('at_home', 'yes_no', 0, 0)]
    """
    schema = model.model_json_schema()
    asked = {name: its for name, its in schema["properties"].items() if name not in without}
    return tuple(_of_object({**schema, "properties": asked}, schema.get("$defs", {}), ""))


def _of_object(schema: Mapping[str, Any], known: Mapping[str, Any], prefix: str) -> Iterator[Blank]:
    for name, its in schema["properties"].items():
        yield from _of(its, known, prefix + name, required=name in schema.get("required", ()))


def _of(schema: Mapping[str, Any], known: Mapping[str, Any], name: str, *, required: bool) -> Iterator[Blank]:
    its = _resolved(schema, known)
    match its:
        case {"anyOf": [other, {"type": "null"}]} if _resolved(other, known).get("type") == "object":
            yield Blank(name, "maybe", parts=tuple(_of_object(_resolved(other, known), known, f"{name}.")))
        case {"anyOf": [other, {"type": "null"}]}:
            yield from _of(other, known, name, required=False)
        case {"anyOf": [{"const": str(child)}, {"type": "integer"}]}:
            yield Blank(name, "whose", options=(child,))
        case {"enum": list(options)}:
            yield Blank(name, "one", required, tuple(options))
        case {"type": "boolean"}:
            yield Blank(name, "yes_no", required)
        case {"type": "integer", "minimum": int(least), "maximum": int(most)}:
            yield Blank(name, "number", required, least=least, most=most)
        case {"type": "string", "maxLength": int(most)}:
            yield Blank(name, "text", required, most=most)
        case {"type": "array", "items": items} if "enum" in _resolved(items, known):
            yield Blank(name, "several", required, tuple(_resolved(items, known)["enum"]))
        case {"type": "array", "items": {"oneOf": list(kinds)}}:
            yield Blank(name, "list", parts=_of_kinds([_resolved(kind, known) for kind in kinds], known))
        case {"type": "array", "items": items}:
            yield Blank(name, "list", parts=tuple(_of_object(_resolved(items, known), known, "")))
        case {"type": "object"}:
            yield from _of_object(its, known, f"{name}.")
        case _:
            raise TypeError(f"a form must have a blank for every field of the schema, and {name} has none: {its}")


def _of_kinds(kinds: list[Mapping[str, Any]], known: Mapping[str, Any]) -> tuple[Blank, ...]:
    """Return the kind, then what every kind has, then what only some have."""
    names = [kind["properties"]["kind"]["const"] for kind in kinds]
    parts: dict[str, Blank] = {}
    for name, kind in zip(names, kinds, strict=True):
        rest = {key: its for key, its in kind["properties"].items() if key != "kind"}
        for blank in _of_object({**kind, "properties": rest}, known, ""):
            there = parts.get(blank.name, blank)
            parts[blank.name] = replace(blank, only=(*there.only, name))
    every = [replace(blank, only=()) for blank in parts.values() if len(blank.only) == len(names)]
    some = [blank for blank in parts.values() if len(blank.only) < len(names)]
    return (Blank("kind", "one", options=tuple(names)), *every, *some)


def _resolved(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        return dict(known[schema["$ref"].rpartition("/")[2]])
    return schema
