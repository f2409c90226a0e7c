"""Scripts and style sheets of the widgets, as real files beside this package.

Our own server hands them out by address, and browsers keep them; a widget then brings only a few lines that fetch them
(``assets/fetch.js``). Anywhere else, in JupyterLab or a plain Voilà, nobody hands them out: the widget brings them
whole, through its kernel, and every form its own copy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

ASSETS: Final = Path(__file__).parents[1] / "assets"
HANDED_OUT: Final = "SKOEN_SCRIPTS"
"""Set in a kernel's environment where the server hands out :func:`handed_out`."""

_PRESS: Final = ("memory", "outbox", "press")
PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "actions": (*_PRESS, "actions"),
        "board": (*_PRESS, "board"),
        "download": ("download",),
        "figure": ("figure",),
        "flags": ("memory", "outbox", "flags"),
        "form": ("memory", "outbox", "fields", "items", "remarks", "form"),
        "pulse": ("pulse",),
        "rescue": ("memory", "mask", "rescue"),
        "stage": ("memory", "outbox", "stage"),
    }
)
"""The files each widget's script is put together from, in order: what a widget imports must be one module."""


def script(widget: str) -> str:
    """Return a widget's script, or, where the server hands it out, what fetches it.

    Examples
    --------
    >>> script("pulse") == (ASSETS / "pulse.js").read_text(encoding="utf-8")
    True
    """
    if not os.environ.get(HANDED_OUT):
        return "\n".join(path.read_text(encoding="utf-8") for path in _parts(widget))
    names = {"script": f"{widget}.js", "style": f"{widget}.css" if _sheet(widget).is_file() else None}
    return f"const names = {json.dumps(names)};\n{(ASSETS / 'fetch.js').read_text(encoding='utf-8')}"


def style(widget: str) -> str:
    """Return a widget's style sheet, or nothing where its script fetches that too."""
    return "" if os.environ.get(HANDED_OUT) else _sheet(widget).read_text(encoding="utf-8")


def handed_out() -> dict[str, tuple[Path, ...]]:
    """Return what the server is to hand out below ``assets/``: for each name the files it is put together from.

    Examples
    --------
    >>> [path.name for path in handed_out()["widgets/flags.js"]]
    ['memory.js', 'outbox.js', 'flags.js']
    """
    scripts = {f"widgets/{widget}.js": _parts(widget) for widget in PARTS}
    sheets = {f"widgets/{widget}.css": (_sheet(widget),) for widget in PARTS if _sheet(widget).is_file()}
    return scripts | sheets


def _parts(widget: str) -> tuple[Path, ...]:
    return tuple(ASSETS / f"{part}.js" for part in PARTS[widget])


def _sheet(widget: str) -> Path:
    return ASSETS / f"{widget}.css"
