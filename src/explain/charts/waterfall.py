"""The waterfall of a Pilot #1 score, in percentage points, from the average referral to RS."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from explain.charts.style import GRID, INK, LOWERS, RAISES, SOFT, figure, note
from explain.charts.wording import worded
from explain.explanations.waterfall import Step, Waterfall
from explain.texts import Sayer
from explain.texts.numbers import decimal, signed

ROW = 46
"""Pixels for one bar with its words above it: room for a line of text at phone width."""
MARGIN = 3.0
"""Percentage points left free at both ends."""


def waterfall_figure(picture: Waterfall, say: Sayer) -> go.Figure:
    """Draw a waterfall.

    Bars run from the average referral's RS at the top to the case's RS at the bottom. The nine cut-offs cross them as
    lines, with the score each stretch of the axis gives, so that one sees how far the next score is.

    Parameters
    ----------
    picture
        The waterfall's numbers, as shares.
    say
        Who says the labels; decides on the decimal sign.
    """
    steps = picture.steps
    ends = [100 * place for step in steps for place in (step.begin, step.end)]
    low, high = min(*ends, 100 * picture.cutoffs[0]) - MARGIN, max(*ends, 100 * picture.cutoffs[-1]) + MARGIN
    rows = len(steps) + 2
    bars = go.Bar(
        x=[100 * step.contribution for step in steps],
        base=[100 * step.begin for step in steps],
        y=list(range(1, len(steps) + 1)),
        orientation="h",
        width=0.42,
        marker={"color": [RAISES if step.contribution > 0 else LOWERS for step in steps]},
        hoverinfo="skip",
    )
    return figure(
        [bars],
        height=ROW * rows + 110,
        margin={"l": 8, "r": 8, "t": 54, "b": 48},
        xaxis={
            "range": [low, high],
            "title": {"text": say("waterfall.axis"), "font": {"size": 13}},
            "gridcolor": "rgba(0,0,0,0)",
            "zeroline": False,
            "tickfont": {"size": 12},
            "nticks": 6,
        },
        yaxis={"range": [rows - 0.4, -0.6], "visible": False},
        shapes=[*_cutoff_lines(picture), *_connectors(steps), *_end_lines(picture, rows)],
        annotations=[*_score_numbers(picture, low, high, say), *_labels(steps, say), *_ends(picture, rows, say)],
    )


def _cutoff_lines(picture: Waterfall) -> list[dict[str, object]]:
    return [
        {
            "type": "line",
            "x0": 100 * cutoff,
            "x1": 100 * cutoff,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": GRID, "width": 1},
        }
        for cutoff in picture.cutoffs
    ]


def _connectors(steps: Sequence[Step]) -> list[dict[str, object]]:
    """Lead the eye from where one bar ends to where the next begins."""
    return [
        {
            "type": "line",
            "x0": 100 * step.begin,
            "x1": 100 * step.begin,
            "y0": row - 0.7,
            "y1": row - 0.2,
            "layer": "below",
            "line": {"color": SOFT, "width": 1, "dash": "dot"},
        }
        for row, step in enumerate(steps, start=1)
    ]


def _end_lines(picture: Waterfall, rows: int) -> list[dict[str, object]]:
    places = ((100 * picture.start, 0.0), (100 * picture.end, float(rows - 1)))
    return [
        {"type": "line", "x0": x, "x1": x, "y0": y - 0.05, "y1": y + 0.38, "line": {"color": INK, "width": 3}}
        for x, y in places
    ]


def _score_numbers(picture: Waterfall, low: float, high: float, say: Sayer) -> list[dict[str, object]]:
    """Put the scores 1 to 10 above the stretches of the axis that give them; the case's own in bold."""
    edges = [low, *(100 * cutoff for cutoff in picture.cutoffs), high]
    numbers = [
        note(
            f"<b>{score}</b>" if score == picture.value else str(score),
            x=(left + right) / 2,
            yref="paper",
            y=1,
            yanchor="bottom",
            font={"size": 15 if score == picture.value else 11, "color": INK if score == picture.value else SOFT},
        )
        for score, (left, right) in enumerate(pairwise(edges), start=1)
    ]
    heading = note(
        say("waterfall.scores"), xref="paper", x=0, xanchor="left", yref="paper", y=1, yanchor="bottom", yshift=22
    )
    return [*numbers, {**heading, "font": {"size": 12, "color": SOFT}}]


def _labels(steps: Sequence[Step], say: Sayer) -> list[dict[str, object]]:
    return [
        note(_label(step, say), xref="paper", x=0, xanchor="left", y=row - 0.42, font={"size": 13})
        for row, step in enumerate(steps, start=1)
    ]


def _label(step: Step, say: Sayer) -> str:
    adds = signed(100 * step.contribution, 2, say.language)
    return f"<b>{adds}</b>  {worded(say, step.name, step.value, short=True)}"


def _ends(picture: Waterfall, rows: int, say: Sayer) -> list[dict[str, object]]:
    start = say("waterfall.start", value=decimal(100 * picture.start, 2, say.language))
    end = say("waterfall.end", value=decimal(100 * picture.end, 2, say.language), score=picture.value)
    return [
        note(text, xref="paper", x=0, xanchor="left", y=y - 0.38, font={"size": 13})
        for text, y in ((start, 0.0), (f"<b>{end}</b>", float(rows - 1)))
    ]
