"""A rehearsal: somebody who is nobody walks through the training before the first visitor comes.

A page's kernel is forked from a process that has built the page (:mod:`explain.serving.warm`). Whatever that process
has read, compiled and imported by then is there in every fork; what is first needed in a fork is made anew in each.
So the whole way is walked once ahead, over a database that is thrown away; nothing of it remains but what Python keeps.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from ipywidgets import Box, Widget

from explain.apps.wiring import tried_out
from explain.serving.visitor import Visitor
from explain.store import prepare
from explain.texts import LANGUAGES
from explain.views.components.form import Form

PRESSES: Final = 200
"""More than any training needs; a walk that does not end is an error in the page."""
RATING: Final = "5"
"""The rating that is given."""


class Walked(Protocol):
    """A page that can be walked: filled by a visitor, and telling when its last room is reached."""

    root: Box

    def welcome(self, visitor: Visitor) -> None:
        """Fill the page."""
        ...

    @property
    def at_end(self) -> bool:
        """Whether there is nothing more to come."""
        ...


def rehearse(make: Callable[[], Walked], settings: Mapping[str, str]) -> None:
    """Walk through a page in every language.

    Parameters
    ----------
    make
        Makes the page.
    settings
        What the application gives every kernel; its database is not touched.

    Raises
    ------
    RuntimeError
        If the last room is not reached.
    """
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        empty = Path(folder) / "rehearsal.sqlite"
        prepare(f"sqlite:///{empty}")
        with tried_out(settings["database"], empty) as database:
            for language in LANGUAGES:
                page = make()
                page.welcome(Visitor(f"rehearsal-{language}", language, settings={**settings, "database": database}))
                _walk(page)
    Widget.close_all()


def _walk(page: Walked) -> None:
    for press in range(PRESSES):
        if page.at_end:
            return
        form = next(form for form in _forms(page.root) if form.key)
        content = {"type": "send", "key": form.key, "values": _filled(form), "command_id": f"rehearsal-{press}"}
        # The way a browser's message comes.
        form.comm.handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
    raise RuntimeError(f"a walk through the page must end, and did not after {PRESSES} presses")


def _filled(form: Form) -> dict[str, Any]:
    drafts = {name: draft["value"] for name, draft in form.drafts.items()}
    return {field["name"]: drafts.get(field["name"]) or _answer(field) for field in form.fields}


def _answer(field: Mapping[str, Any]) -> str:
    """Answer a question; a text says the question back, so that the guards have a sentence to read."""
    match field["kind"]:
        case "rating":
            return RATING
        case "text":
            return str(field["label"])
        case _:
            return str(field["options"][0]["value"])


def _forms(box: Box) -> Iterator[Form]:
    for child in box.children:
        if isinstance(child, Form):
            yield child
        elif isinstance(child, Box):
            yield from _forms(child)
