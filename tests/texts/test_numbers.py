"""Numbers and times as the reader writes them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from explain.texts import sayer
from explain.texts.numbers import ago, decimal, signed


@pytest.mark.parametrize(
    ("value", "places", "danish", "english"),
    [
        (11.75, 2, "11,75", "11.75"),
        (0, 0, "0", "0"),
        (-0.5, 1, "−0,5", "−0.5"),
        (-0.04, 1, "0,0", "0.0"),  # no minus before nothing
        (0.05, 1, "0,1", "0.1"),
        (1234.5, 1, "1234,5", "1234.5"),
        (100.0, 0, "100", "100"),
    ],
)
def test_decimal(value, places, danish, english):
    assert (decimal(value, places, "da"), decimal(value, places, "en")) == (danish, english)


@pytest.mark.parametrize(
    ("value", "said"), [(2.5, "+2,5"), (-2.5, "−2,5"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0"), (0.06, "+0,1")]
)
def test_signed(value, said):
    assert signed(value, 1, "da") == said


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (0, "0 dage før", "0 days before"),
        (1, "1 dag før", "1 day before"),
        (2, "2 dage før", "2 days before"),
        (59, "59 dage før", "59 days before"),
        (60, "ca. 2 måneder før", "about 2 months before"),
        (365, "ca. 12 måneder før", "about 12 months before"),
        (699, "ca. 23 måneder før", "about 23 months before"),
        (700, "ca. 2 år før", "about 2 years before"),
        (913, "ca. 2½ år før", "about 2½ years before"),
        (1096, "ca. 3 år før", "about 3 years before"),
        (6574, "ca. 18 år før", "about 18 years before"),
    ],
)
def test_ago(days, danish, english):
    assert (ago(days, sayer("da")), ago(days, sayer("en"))) == (danish, english)


def test_longer_ago_never_reads_as_shorter():
    """Each wording covers days that stand together."""
    said = [ago(days, sayer("da")) for days in range(7000)]
    changes = [after for before, after in pairwise(said) if before != after]
    assert len(changes) == len(set(said)) - 1
