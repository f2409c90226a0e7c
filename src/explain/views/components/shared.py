"""One layout and one style for all widgets that have nothing of their own to say about them.

ipywidgets makes a layout for every widget, and a style for many: two thirds of all that a page has to send, each of
forty traits, and nearly all of them empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipywidgets import Box, DOMWidget, Widget

OF_ITS_OWN = ("layout", "style")


def below(widget: Widget) -> Iterator[Widget]:
    """Yield a widget and all that is in it, with their layouts and styles."""
    yield widget
    for name in OF_ITS_OWN:
        if isinstance(part := getattr(widget, name, None), Widget):
            yield part
    for child in widget.children if isinstance(widget, Box) else ():
        yield from below(child)


def share_plain(root: Widget) -> None:
    """Let all widgets of a page that was just built share one empty layout, and those of a kind one empty style.

    What says something already keeps its own; so whatever is to be hidden later must be hidden when this is called.
    A change of what is shared raises a TypeError, so that it is found by whoever writes it.
    """
    shared: dict[type[Widget], Widget] = {}
    for widget in [one for one in below(root) if isinstance(one, DOMWidget)]:
        for name in OF_ITS_OWN:
            own = getattr(widget, name, None)
            if not isinstance(own, Widget) or own in shared.values() or not _is_plain(own):
                continue
            if type(own) not in shared:
                shared[type(own)] = own
                own.observe(_refuse, [name for name in own.keys if not name.startswith("_")])
                continue
            setattr(widget, name, shared[type(own)])
            own.close()


def _is_plain(part: Widget) -> bool:
    return not any(getattr(part, name) for name in part.keys if not name.startswith("_"))


def _refuse(change: dict[str, Any]) -> None:
    raise TypeError(
        f"what many widgets share must not be changed, and {change['name']!r} of {change['owner']!r} was; "
        "hide a widget that is to be hidden later before its page shares what is plain"
    )
