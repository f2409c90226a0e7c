"""Everything anew: what changed while the line was gone never reached the browser."""

from __future__ import annotations

from collections.abc import Iterator

from ipywidgets import Box, DOMWidget, Widget


def send_anew(root: Widget) -> None:
    """Send the browser a page's whole state."""
    for widget in below(root):
        widget.send_state()


def below(widget: Widget) -> Iterator[Widget]:
    """Yield a widget and all that is in it, with their layouts."""
    yield widget
    if isinstance(widget, DOMWidget) and widget.layout is not None:
        yield widget.layout
    for child in widget.children if isinstance(widget, Box) else ():
        yield from below(child)
