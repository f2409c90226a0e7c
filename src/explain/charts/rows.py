"""Concern and score as two aligned rows: one scale's length each, never one scale, since they are not one quantity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import plotly.graph_objects as go

from explain.charts.ratings import Ratings
from explain.charts.style import GRID, INK, OWN, RAISES, SOFT, figure, note
from explain.texts import Sayer

CONCERN, SCORE = 1.0, -0.35
"""How high the rows stand: far enough apart for colleagues below the one and the heading above the other."""


def two_rows_figure(ratings: Ratings, say: Sayer) -> go.Figure:
    """Draw one case: concern (own, panel, colleagues) above, the score's tenth below."""
    return figure(
        [*_colleagues(ratings, say), *_panel(ratings, say), *_own(ratings, say), _score(ratings, say)],
        height=365,
        margin={"l": 12, "r": 12, "t": 16, "b": 90},
        showlegend=True,
        legend={"orientation": "h", "y": -0.2, "x": 0, "font": {"size": 13}},
        xaxis={"range": [0.4, 10.6], "dtick": 1, "tick0": 1, "gridcolor": GRID, "zeroline": False, "side": "bottom"},
        yaxis={"range": [SCORE - 0.5, 2.1], "visible": False},
        annotations=[
            note(f"<b>{say('rows.concern')}</b>", xref="paper", x=0, xanchor="left", y=CONCERN + 0.85),
            note(f"<b>{say('rows.score')}</b>", xref="paper", x=0, xanchor="left", y=SCORE + 0.38),
        ],
    )


def movement_figure(cases: Sequence[tuple[str, Ratings]], say: Sayer) -> go.Figure:
    """Draw a whole run: at the left the move from first to final rating, at the right the score's tenth."""
    drawn: list[go.Scatter] = []
    for row, (_, ratings) in enumerate(cases):
        if ratings.first is not None and ratings.final is not None:
            line = {"color": OWN, "width": 3}
            drawn.append(
                go.Scatter(x=[ratings.first, ratings.final], y=[row, row], mode="lines", line=line, showlegend=False)
            )
    labels = range(len(cases))
    for values, name, marker in (
        ([r.first for _, r in cases], say("rows.first"), {"color": "white", "line": {"color": OWN, "width": 2}}),
        ([r.final for _, r in cases], say("rows.final"), {"color": OWN}),
    ):
        drawn.append(go.Scatter(x=values, y=list(labels), mode="markers", name=name, marker={"size": 13, **marker}))
    score = {"size": 12, "symbol": "square", "color": RAISES}
    drawn.append(
        go.Scatter(
            x=[r.score for _, r in cases],
            y=list(labels),
            xaxis="x2",
            mode="markers",
            name=say("rows.tenth"),
            marker=score,
        )
    )
    axis = {
        "range": [0.4, 10.6],
        "tickvals": list(range(1, 11)),
        # All ten numbers have no room beside each other at phone width.
        "ticktext": [str(rating) if rating in (1, 5, 10) else "" for rating in range(1, 11)],
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": {"size": 11},
    }
    heads = ((0.0, say("picture.head_concern")), (0.54, say("picture.head_score")))
    return figure(
        drawn,
        height=70 * len(cases) + 130,
        margin={"l": 8, "r": 8, "t": 40, "b": 70},
        showlegend=True,
        legend={"orientation": "h", "y": -0.16, "x": 0, "font": {"size": 13}},
        xaxis={**axis, "domain": [0, 0.46]},
        xaxis2={**axis, "domain": [0.54, 1], "anchor": "y"},
        yaxis={"range": [len(cases) - 0.5, -0.75], "visible": False},
        annotations=[
            *(
                note(f"<b>{t}</b>", xref="paper", x=x, xanchor="left", yref="paper", y=1, yshift=24, font={"size": 12})
                for x, t in heads
            ),
            *(
                note(title, xref="paper", x=0, xanchor="left", y=row - 0.38, font={"size": 12, "color": SOFT})
                for row, (title, _) in enumerate(cases)
            ),
        ],
    )


def _own(ratings: Ratings, say: Sayer) -> list[go.Scatter]:
    drawn = []
    if ratings.first is not None:
        hollow = {"size": 20, "color": "rgba(255,255,255,0.9)", "line": {"color": OWN, "width": 3}}
        drawn.append(_marks([ratings.first], [CONCERN], say("rows.first"), hollow))
    if ratings.final is not None:
        drawn.append(_marks([ratings.final], [CONCERN], say("rows.final"), {"size": 11, "color": OWN}))
    return drawn


def _panel(ratings: Ratings, say: Sayer) -> list[go.Scatter]:
    """Equal ratings stand above one another."""
    if not ratings.panel:
        return []
    # A panel of many who agree must stay below the heading.
    each = min(0.14, 0.42 / max(Counter(ratings.panel).values()))
    heights = [CONCERN + 0.28 + each * ratings.panel[:place].count(r) for place, r in enumerate(ratings.panel)]
    name = say("rows.panel") if ratings.panel_invented else say("rows.panel_real", n=len(ratings.panel))
    diamond = {"size": 10, "symbol": "diamond", "color": SOFT}
    return [_marks(list(ratings.panel), heights, name, diamond)]


def _colleagues(ratings: Ratings, say: Sayer) -> list[go.Scatter]:
    """Colleagues below the line, one small mark each up to what fits, so that nobody reads the marks as one person."""
    if not ratings.colleagues:
        return []
    counts = Counter(dict(enumerate(ratings.colleagues, start=1)))
    most = max(ratings.colleagues)
    each = 0.4 / max(most, 4)
    places = [(rating, CONCERN - 0.22 - each * nth) for rating, n in counts.items() for nth in range(n)]
    small = {"size": 7, "color": "#8aa0ad"}
    return [_marks([x for x, _ in places], [y for _, y in places], say("rows.colleagues"), small)]


def _score(ratings: Ratings, say: Sayer) -> go.Scatter:
    square = {"size": 18, "symbol": "square", "color": RAISES, "line": {"color": INK, "width": 1}}
    return _marks([ratings.score], [SCORE], say("rows.tenth"), square)


def _marks(x: Sequence[float | None], y: Sequence[float], name: str, marker: dict[str, object]) -> go.Scatter:
    return go.Scatter(x=list(x), y=list(y), mode="markers", name=name, marker=marker)
