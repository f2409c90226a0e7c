"""Everything anew: what changed while the line was gone never reached the browser."""

from __future__ import annotations

from typing import Final

from ipywidgets import Widget

from explain.views.components.shared import below

NEVER_CHANGE: Final = frozenset({"_esm", "_css"})
"""Scripts and style sheets, which the browser has had since the page was opened: nine tenths of a page's state, and a
press of two hundred bytes could ask for all of it again and again."""


def send_anew(root: Widget) -> None:
    """Send the browser a page's whole state."""
    for widget in dict.fromkeys(below(root)):  # what many share is sent once
        widget.send_state(set(widget.keys) - NEVER_CHANGE)
