"""Reading one file of the casebook as far as it can be read; what is wrong becomes a fault with its place."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from explain.casebook.base import Part
from explain.casebook.faults import Fault

P = TypeVar("P", bound=Part)


def text_of(file: Path) -> tuple[str | None, list[Fault]]:
    """Read a file in UTF-8; every line ends alike."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), []
    except FileNotFoundError:
        return None, [Fault(file, "file", "must be there, but is missing")]
    except UnicodeDecodeError as error:
        return None, [Fault(file, f"byte {error.start}", "must be written in UTF-8; save it anew in that encoding")]


def toml_of(file: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Read a TOML file; empty if it cannot be read."""
    text, faults = text_of(file)
    if text is None:
        return {}, faults
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).removesuffix(")").rpartition(" (at ")  # the place is said once, as the fault's
        return {}, [Fault(file, where.removesuffix(" of document"), f"must be TOML: {what}")]


def title_and_body(file: Path) -> tuple[dict[str, str] | None, list[Fault]]:
    """Part a text into its title, the first heading, and what stands below it."""
    text, faults = text_of(file)
    if text is None:
        return None, faults
    head, _, body = text.strip().partition("\n")
    if not re.match(r"# +\S", head):
        return None, [Fault(file, "line 1", f"must begin with the title as a heading, '# ...', not {head[:40]!r}")]
    if not body.strip():
        return None, [Fault(file, "text", "must hold the referral below its title, but is empty")]
    return {"title": head[1:].strip(), "body_markdown": body.strip()}, []


def validated(schema: type[P], data: Mapping[str, Any]) -> tuple[P | None, list[ErrorDetails]]:
    """Validate; what lies behind an unknown key is looked for too, by taking the key away and looking again."""
    try:
        return schema.model_validate(data), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    unknown = [error for error in errors if error["type"] == "extra_forbidden"]
    if not unknown:
        return None, errors
    rest = copy.deepcopy(dict(data))
    for error in unknown:
        _remove(rest, error["loc"])
    _, further = validated(schema, rest)
    return None, unknown + further


def _remove(data: Any, loc: Sequence[str | int]) -> None:
    for step in loc[:-1]:
        if isinstance(data, dict) and step not in data:
            continue  # the name of a union's kind, which the file does not hold
        data = data[step]
    del data[loc[-1]]


def place_of(loc: Sequence[str | int]) -> str:
    """Name a place as a person would: keys with dots between them, entries of a list counted from 1."""
    kinds = {"referral", "measure", "placement", "move"}
    steps = [
        str(step + 1) if isinstance(step, int) else step
        for index, step in enumerate(loc)
        if not (index == 2 and loc[0] == "history" and step in kinds)
    ]
    return ".".join(steps)


def message_of(error: ErrorDetails) -> str:
    """Say what must be and what came."""
    if error["type"] == "extra_forbidden":
        return "is not a key of the schema; remove it, or mind its spelling"
    if error["type"] == "missing":
        return "must be there, but is missing"
    message = error["msg"].removeprefix("Value error, ").replace("Input should", "must")
    came = error["input"]
    plain = isinstance(came, str | int | float | bool) and error["type"] not in ("value_error", "impossible")
    return f"{message}, not {came!r}" if plain else message
