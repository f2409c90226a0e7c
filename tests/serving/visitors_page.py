"""A page that says what its visitor was given: everything that two visitors must never share."""

import json
import os
import random
import sqlite3
import time
import uuid

import ipywidgets as widgets
import numpy as np

from explain.serving.hooks import on_visitor
from explain.serving.visitor import Visitor

BUILT_IN = os.getpid()


def visitors_page() -> widgets.VBox:
    """Build the page empty and fill it when the visitor is known."""
    given, button, connections = widgets.Label(), widgets.Button(), []

    def fill(visitor: Visitor) -> None:
        connections.append(sqlite3.connect(":memory:"))
        connections[0].execute("CREATE TABLE made_in (pid)")
        connections[0].execute("INSERT INTO made_in VALUES (?)", (os.getpid(),))
        if visitor.query.get("fails"):
            raise KeyError("written by a person")
        tell()

    def tell(*_: object) -> None:
        given.value = json.dumps(
            {
                "built_in": BUILT_IN,
                "pid": os.getpid(),
                "random": random.random(),
                "numpy": float(np.random.random()),
                "uuid": str(uuid.uuid4()),
                "clock": time.time_ns(),
                "environment": {name: value for name, value in os.environ.items() if name.startswith("SKOEN_")},
                "database": connections[0].execute("SELECT pid FROM made_in").fetchall(),
            }
        )

    button.on_click(tell)
    on_visitor(fill)
    return widgets.VBox([given, button])
