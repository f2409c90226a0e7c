"""A page for everybody and one for trainers: say who the visitor is, and ask the services what she may."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from explain.apps.wiring import access, classes
from explain.domain.errors import Refused
from explain.domain.people import Actor, Role
from explain.serving.hooks import on_visitor
from explain.serving.visitor import Visitor
from explain.store import open_store


def page() -> widgets.VBox:
    """Build the page empty; a press asks for the session whose id stands in the field, under the visitor's role."""
    who, field, answer, press = widgets.Label(), widgets.Text(), widgets.Label(), widgets.Button(description="Spørg")

    def fill(visitor: Visitor) -> None:
        who.value = f"who={visitor.participant},{visitor.person},{visitor.sign_in and 'signed in'}"
        actor = Actor(visitor.person or "nobody", visitor.sign_in or "nothing")
        data, database = Path(visitor.settings["data"]), visitor.settings["database"]

        def pressed(_: widgets.Button) -> None:
            asked = access(database=database, data=data)
            service = classes(open_store(database), asked.roles, new_pin=asked.new_pin, data=data)
            try:
                asked.require(actor, Role.TRAINER)
                answer.value = f"title={service.roster(actor, field.value).plan.title}"
            except Refused as refused:
                answer.value = f"refused={refused.code.value}"

        press.on_click(pressed)

    on_visitor(fill)
    return widgets.VBox([who, field, answer, press])
