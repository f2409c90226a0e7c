"""The waterfall as it is drawn: its bars are the contributions, its lines the cut-offs."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from explain.charts.style import LOWERS, RAISES
from explain.charts.waterfall import waterfall_figure
from explain.explanations.waterfall import waterfall
from explain.models.linear import INPUTS, pilot1
from explain.texts import sayer

PROFILES = {
    "newborn": {},
    "age alone": {"age": 17.0},
    "referrals": {"age": 10.0, "referrals_90d": 3.0, "referrals_180d": 4.0},
    "highest": {"age": 17.0, "abuse_child": 1.0, "measures_180d": 3.0, "referrals_180d": 9.0, "placements_5y": 4.0},
}


def picture(inputs):
    return waterfall(pilot1().score(dict.fromkeys(INPUTS, 0.0) | inputs), pilot1())


@pytest.fixture(params=PROFILES.values(), ids=PROFILES.keys())
def numbers(request):
    return picture(request.param)


@pytest.fixture
def drawn(numbers):
    return waterfall_figure(numbers, sayer("da"))


def lines(figure, **like):
    return [shape for shape in figure.layout.shapes if all(shape[name] == value for name, value in like.items())]


def test_bars_are_the_contributions_in_percentage_points(numbers, drawn):
    (bars,) = drawn.data
    assert bars.orientation == "h"
    assert list(bars.base) == [100 * step.begin for step in numbers.steps]
    assert list(bars.x) == [100 * step.contribution for step in numbers.steps]
    assert list(bars.y) == list(range(1, 10))


def test_bars_lead_from_the_average_to_rs(numbers, drawn):
    (bars,) = drawn.data
    assert bars.base[0] == 11.75
    ends = [base + width for base, width in zip(bars.base, bars.x, strict=True)]
    assert ends[-1] == pytest.approx(100 * numbers.end)
    for end, (_, begins) in zip(ends, pairwise(bars.base), strict=False):
        assert end == pytest.approx(begins)


def test_what_raises_and_what_lowers_has_its_colour(numbers, drawn):
    colours = [RAISES if step.contribution > 0 else LOWERS for step in numbers.steps]
    assert list(drawn.data[0].marker.color) == colours


def test_nine_lines_stand_at_the_cutoffs_through_the_whole_figure(numbers, drawn):
    through = lines(drawn, yref="paper")
    assert [line.x0 for line in through] == [100 * cutoff for cutoff in pilot1().cutoffs]
    assert len(through) == 9
    assert all((line.x1, line.y0, line.y1) == (line.x0, 0, 1) for line in through)


def test_the_ten_scores_stand_between_the_lines_and_the_cases_own_is_bold(numbers, drawn):
    names = [str(score) for score in range(1, 11)]
    stand = [note for note in drawn.layout.annotations if note.text.removeprefix("<b>").removesuffix("</b>") in names]
    assert [note.text for note in stand] == [f"<b>{n}</b>" if int(n) == numbers.value else n for n in names]
    places = [note.x for note in stand]
    cutoffs = [100 * cutoff for cutoff in numbers.cutoffs]
    assert all(left < cutoff < right for (left, right), cutoff in zip(pairwise(places), cutoffs, strict=True))


def test_the_own_score_stands_where_rs_ends(numbers, drawn):
    (own,) = [note for note in drawn.layout.annotations if note.text == f"<b>{numbers.value}</b>"]
    edges = [drawn.layout.xaxis.range[0], *(100 * cutoff for cutoff in numbers.cutoffs), drawn.layout.xaxis.range[1]]
    left, right = edges[numbers.value - 1], edges[numbers.value]
    assert left < 100 * numbers.end <= right
    assert left < own.x < right


def test_everything_is_within_the_axis(numbers, drawn):
    low, high = drawn.layout.xaxis.range
    places = [100 * place for step in numbers.steps for place in (step.begin, step.end)]
    places += [line.x0 for line in drawn.layout.shapes]
    assert low < min(places)
    assert max(places) < high


def test_thick_lines_mark_the_average_and_rs(numbers, drawn):
    thick = [line for line in drawn.layout.shapes if line.line.width == 3]
    assert [line.x0 for line in thick] == [11.75, 100 * numbers.end]


@pytest.mark.parametrize(("language", "start", "minus"), [("da", "11,75", "−0,"), ("en", "11.75", "−0.")])
def test_words_and_numbers_are_the_readers(language, start, minus):
    texts = [note.text for note in waterfall_figure(picture({}), sayer(language)).layout.annotations]
    assert any(start in text for text in texts)
    assert any(minus in text for text in texts)
    assert not any("{" in text or "=" in text for text in texts)


def test_every_bar_has_its_words(numbers, drawn):
    texts = " ".join(note.text for note in drawn.layout.annotations)
    labels = [note for note in drawn.layout.annotations if note.xref == "paper" and note.yref is None]
    assert len(labels) == 9 + 2  # and the two ends
    assert "i alt" in texts.lower()


def test_a_browser_can_be_sent_the_figure(drawn):
    assert json.loads(json.dumps(drawn.to_plotly_json(), default=list, allow_nan=False))["data"]
