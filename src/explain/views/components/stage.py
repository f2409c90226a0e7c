"""The stage: the whole page's look, and the care that a change of step is seen, heard and begun at its top."""

from __future__ import annotations

import anywidget
import traitlets

from explain.views.components.script import ASSETS


class Stage(anywidget.AnyWidget):
    """Brings the page's style, and moves sight and focus to the heading of a new step."""

    _esm = ASSETS / "stage.js"
    _css = ASSETS / "page.css"

    place = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
