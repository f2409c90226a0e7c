"""Concern and score are two rows, never one scale."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from explain.charts.ratings import Ratings
from explain.charts.rows import CONCERN, SCORE, movement_figure, two_rows_figure
from explain.texts import sayer

SAY = sayer("da")
FULL = Ratings(4, 6, 8, panel=(2, 3, 3, 3, 9), colleagues=(0, 0, 2, 0, 3, 0, 0, 0, 0, 1))
MIDDLE = (CONCERN + SCORE) / 2 - 0.2
"""Marks of concern stand above it, the score's mark below."""


def marks(ratings):
    """Return every trace by its name, as points."""
    drawn = two_rows_figure(ratings, SAY)
    return {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in drawn.data}


def test_the_score_alone_stands_in_its_row():
    drawn = marks(FULL)
    assert drawn.pop(SAY("rows.tenth")) == [(8, SCORE)]
    assert len(drawn) == 4
    assert all(y > MIDDLE for points in drawn.values() for _, y in points)
    assert SCORE < MIDDLE < CONCERN


def test_both_rows_are_named():
    texts = [note.text for note in two_rows_figure(FULL, SAY).layout.annotations]
    assert texts == ["<b>Din bekymring 1-10</b>", "<b>Scorens tiendedel 1-10</b>"]


def test_own_ratings_stand_on_the_line_of_concern():
    drawn = marks(FULL)
    assert drawn[SAY("rows.first")] == [(4, CONCERN)]
    assert drawn[SAY("rows.final")] == [(6, CONCERN)]


def test_equal_ratings_of_the_panel_stand_above_one_another():
    points = marks(FULL)[SAY("rows.panel")]
    assert [x for x, _ in points] == [2, 3, 3, 3, 9]
    assert len(set(points)) == 5
    assert all(y > CONCERN for _, y in points)


def test_each_colleague_is_one_mark_below_the_line():
    points = marks(FULL)[SAY("rows.colleagues")]
    assert sorted(x for x, _ in points) == [3, 3, 5, 5, 5, 10]
    assert len(set(points)) == 6
    assert all(y < CONCERN for _, y in points)


@pytest.mark.parametrize("most", [1, 4, 40, 400])
def test_many_colleagues_never_reach_the_scores_row(most):
    points = marks(Ratings(5, 5, 5, colleagues=(most, *[0] * 9)))[SAY("rows.colleagues")]
    assert len(points) == most
    assert all(MIDDLE < y < CONCERN for _, y in points)


def test_what_is_not_there_is_not_drawn_and_not_in_the_legend():
    assert set(marks(Ratings(4, 6, 8))) == {SAY("rows.first"), SAY("rows.final"), SAY("rows.tenth")}
    assert set(marks(Ratings(None, 6, 8))) == {SAY("rows.final"), SAY("rows.tenth")}
    assert set(marks(Ratings(None, None, 8))) == {SAY("rows.tenth")}
    assert SAY("rows.colleagues") not in marks(Ratings(4, 6, 8, colleagues=()))


def test_both_rows_have_the_whole_scale():
    low, high = two_rows_figure(FULL, SAY).layout.xaxis.range
    assert low < 1
    assert high > 10


RUN = [("1. Ude", Ratings(4, 6, 8)), ("2. Hjemme", Ratings(9, 9, 1)), ("3. Først scoren", Ratings(None, 5, 3))]


def test_a_run_draws_ratings_and_scores_on_axes_of_their_own():
    drawn = movement_figure(RUN, SAY)
    by_axis = {axis: [trace.name for trace in drawn.data if (trace.xaxis or "x") == axis] for axis in ("x", "x2")}
    assert by_axis["x2"] == [SAY("rows.tenth")]
    assert SAY("rows.tenth") not in by_axis["x"]
    left, right = drawn.layout.xaxis, drawn.layout.xaxis2
    assert left.domain[1] < right.domain[0]
    assert left.range == right.range


def test_a_run_draws_each_move_and_each_score():
    drawn = movement_figure(RUN, SAY)
    moves = [(tuple(trace.x), tuple(trace.y)) for trace in drawn.data if trace.mode == "lines"]
    assert moves == [((4, 6), (0, 0)), ((9, 9), (1, 1))]  # nothing to move from where the score came first
    named = {trace.name: list(trace.x) for trace in drawn.data if trace.mode == "markers"}
    assert named[SAY("rows.first")] == [4, 9, None]
    assert named[SAY("rows.final")] == [6, 9, 5]
    assert named[SAY("rows.tenth")] == [8, 1, 3]


def test_a_run_names_its_cases():
    texts = [note.text for note in movement_figure(RUN, SAY).layout.annotations]
    assert [title for title, _ in RUN] == [text for text in texts if text[0].isdigit()]


@pytest.mark.parametrize("figure", [two_rows_figure(FULL, SAY), movement_figure(RUN, SAY)], ids=["rows", "run"])
def test_a_browser_can_be_sent_the_figure(figure):
    assert json.loads(json.dumps(figure.to_plotly_json(), default=list, allow_nan=False))["data"]


def test_an_invented_panel_says_so_and_a_real_one_how_many_it_is():
    assert SAY("rows.panel") in marks(FULL)
    real = marks(replace(FULL, panel_invented=False))
    assert "Panel (n = 5)" in real
    assert SAY("rows.panel") not in real


@pytest.mark.parametrize("most", [1, 5, 40])
def test_a_panel_that_agrees_never_reaches_the_heading(most):
    points = marks(Ratings(5, 5, 5, panel=(5,) * most))[SAY("rows.panel")]
    assert len(set(points)) == most
    assert max(y for _, y in points) < CONCERN + 0.75
