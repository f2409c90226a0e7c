"""RS of the same child at every age, with the cut-offs between the scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from explain.charts.style import GRID, INK, OWN, RAISES, SOFT, figure, note
from explain.domain.score import Score
from explain.texts import Sayer

MARGIN = 3.0
"""Percentage points left free above and below."""


def ages_figure(scores: Sequence[Score], cutoffs: Sequence[float], say: Sayer, *, age: int) -> go.Figure:
    """Draw RS by age as dots; the cut-offs cross as lines, and the scores stand between them at the right.

    Parameters
    ----------
    scores
        The same child's scores at the ages 0, 1, 2, ...
    cutoffs
        The highest RS of scores 1 to 9, as shares.
    say
        Who says the labels.
    age
        The age that is marked, a place in ``scores``.
    """
    values = [100 * score.raw for score in scores]
    low, high = min(*values, 100 * cutoffs[0]) - MARGIN, max(*values, 100 * cutoffs[-1]) + MARGIN
    drawn = []
    for picked, marker in (
        ([n for n in range(len(scores)) if n != age], {"size": 9, "color": OWN}),
        ([age], {"size": 17, "color": RAISES, "symbol": "diamond", "line": {"color": INK, "width": 1}}),
    ):
        points = [values[n] for n in picked]
        drawn.append(go.Scatter(x=picked, y=points, mode="markers", marker=marker, hoverinfo="skip"))
    edges = [low, *(100 * cutoff for cutoff in cutoffs), high]
    return figure(
        drawn,
        height=420,
        margin={"l": 60, "r": 70, "t": 30, "b": 56},
        separators=",." if say.language == "da" else ".,",
        xaxis={
            "title": {"text": say("lesson.age"), "font": {"size": 13}},
            "dtick": 1,
            "range": [-0.6, len(scores) - 0.4],
            "showgrid": False,
        },
        yaxis={
            "title": {"text": say("waterfall.axis"), "font": {"size": 13}},
            "range": [low, high],
            "showgrid": False,
            "zeroline": False,
        },
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": y,
                "y1": y,
                "layer": "below",
                "line": {"color": GRID},
            }
            for y in edges[1:-1]
        ],
        annotations=[
            note(
                say("waterfall.scores"), xref="paper", x=1.02, xanchor="left", yref="paper", y=1.07, font={"size": 12}
            ),
            *(
                _number(score, (below + above) / 2, own=score == scores[age].value)
                for score, (below, above) in enumerate(pairwise(edges), start=1)
            ),
        ],
    )


def _number(score: int, y: float, *, own: bool) -> dict[str, object]:
    font = {"size": 15 if own else 12, "color": INK if own else SOFT}
    return note(f"<b>{score}</b>" if own else str(score), xref="paper", x=1.03, xanchor="left", y=y, font=font)
