"""How all figures look: calm, readable on paper and by people who cannot tell red from green."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

INK: Final = "#1d2b33"
SOFT: Final = "#52636d"
GRID: Final = "#d9e0e3"
PAPER: Final = "#ffffff"
RAISES: Final = "#b3541e"
LOWERS: Final = "#1f6f7a"
OWN: Final = "#2b4c7e"
"""Orange against blue-green keeps its contrast for the common colour blindnesses (Okabe and Ito 2008); sign and place
always say the same as the colour."""


def figure(marks: Sequence[BaseTraceType], *, height: int, **layout: object) -> go.Figure:
    """Return a figure of ``height`` pixels that takes the width it is given.

    It is made in one go: plotly looks through a whole layout each time something is added to it.

    Parameters
    ----------
    marks
        What is drawn.
    height
        Pixels.
    **layout
        What plotly takes for a layout, beside what all figures have.
    """
    return go.Figure(
        data=marks,
        layout={
            "height": height,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": 14, "color": INK},
            "showlegend": False,
            "template": None,
            "autosize": True,
            **layout,
        },
    )


def note(text: str, **place: object) -> dict[str, object]:
    """Return a text in a figure, without arrow; no line runs through it."""
    return {"text": text, "showarrow": False, "bgcolor": PAPER, "borderpad": 1, **place}
