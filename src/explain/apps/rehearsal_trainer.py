"""A rehearsal of the trainer's page: a trainer who is nobody makes a class and lets one participant in.

As in :mod:`explain.apps.rehearsal`, what is read and compiled on the way is there in every fork afterwards; the
database, the accounts and the class are thrown away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final, Protocol

from ipywidgets import Box, Widget

from explain.domain.people import Actor, PersonInvited, Role
from explain.serving.visitor import Visitor
from explain.sessions.access import record
from explain.sessions.ports import utc_now
from explain.store import open_access, open_store, prepare
from explain.texts import LANGUAGES
from explain.views.components.actions import Actions
from explain.views.components.form import Form
from explain.views.office import Office

ADDRESS: Final = "http://127.0.0.1/"
WAY: Final = ("planning", "send", "make", "start", "pause", "resume", "projector", "back", "home", "staff")
"""What is pressed: from the first page to the last, by the names of the buttons."""
NUMBERS = count()


class Run(Protocol):
    """The trainer's page, as far as it is walked."""

    root: Box
    office: Office

    def welcome(self, visitor: Visitor) -> None:
        """Fill the page."""
        ...


def rehearse_trainer(make: Callable[[], Run], settings: Mapping[str, str]) -> None:
    """Walk through the trainer's page in every language.

    Parameters
    ----------
    make
        Makes the page.
    settings
        What the application gives every kernel; its database and its data folder are not touched.

    Raises
    ------
    RuntimeError
        If a button on the way is not there.
    """
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        own = {"data": folder, "database": f"sqlite:///{Path(folder) / 'rehearsal.sqlite'}", "addresses": ADDRESS}
        prepare(own["database"])
        actor = nobody(own["database"])
        for language in LANGUAGES:
            page = make()
            page.welcome(
                Visitor(
                    f"rehearsal-{language}",
                    language,
                    settings={**settings, **own},
                    person=actor.person,
                    sign_in=actor.sign_in,
                )
            )
            for name in WAY:
                press(page.root, name)
                if name == "make":
                    page.office.classes.join(page.office.mine()[0].code, f"rehearsal-{next(NUMBERS)}")
    Widget.close_all()


def nobody(database: str, person: str = "rehearsal") -> Actor:
    """Give somebody the trainer's role and a sign-in for an hour, and return who she is."""
    actor = Actor(person, f"{person}-sign-in")
    record(open_store(database), person, PersonInvited(Role.TRAINER), person)
    open_access(database).add_sign_in(actor.sign_in, person, utc_now() + timedelta(hours=1))
    return actor


def press(root: Box, name: str, **values: str) -> None:
    """Press the button of this name, the way a browser's message comes; ``send`` is the button of the form."""
    for widget in furniture(root):
        if isinstance(widget, Form) and name == "send" and widget.key:
            before = {field: draft["value"] for field, draft in widget.drafts.items()}
            _deliver(widget, {"type": "send", "key": widget.key, "values": before | values})
            return
        if isinstance(widget, Actions):
            for action in widget.actions:
                if action["name"] == name:
                    _deliver(widget, {"type": "press", "key": widget.key, "name": name, "value": action["value"]})
                    return
    raise RuntimeError(f"the page must have a button {name} at this place, and has none")


def furniture(box: Box) -> Iterator[Widget]:
    """Yield every widget of a page."""
    for child in box.children:
        if isinstance(child, Box):
            yield from furniture(child)
        else:
            yield child


def _deliver(widget: Widget, content: dict[str, Any]) -> None:
    content |= {"command_id": f"rehearsal-{next(NUMBERS)}"}
    widget.comm.handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
