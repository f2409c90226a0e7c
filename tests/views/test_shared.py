"""Widgets with nothing of their own to say share one layout and one style; what is hidden at times keeps its own."""

from __future__ import annotations

import pytest
from ipywidgets import HTML, Box, Layout, VBox

from explain.views.components.shared import below, share_plain


def page() -> tuple[VBox, HTML, Box]:
    hidden = HTML("c", layout=Layout(display="none"))
    inner = Box([HTML("b"), hidden])
    root = VBox([HTML("a"), inner])
    share_plain(root)
    return root, hidden, inner


def test_plain_layouts_and_styles_are_one() -> None:
    root, hidden, _ = page()
    parts = [one for one in below(root) if isinstance(one, (HTML, Box))]
    assert len({one.layout.model_id for one in parts if one is not hidden}) == 1
    assert len({one.style.model_id for one in parts if isinstance(one, HTML)}) == 1


def test_what_says_something_keeps_its_own_and_can_change_it() -> None:
    root, hidden, _ = page()
    assert hidden.layout is not root.layout
    hidden.layout.display = None
    assert root.layout.display is None


def test_what_is_shared_cannot_be_changed() -> None:
    _, _, inner = page()
    with pytest.raises(TypeError, match="many widgets share"):
        inner.layout.display = "none"
