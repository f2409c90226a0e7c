"""A model's inputs in words: none, one and many, and never ``placements = 0``."""

from __future__ import annotations

import re

import pytest

from explain.charts.wording import worded
from explain.models.linear import INPUTS
from explain.texts import sayer

FLAGS = ("crime_child", "abuse_child", "misuse_parents")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("name", INPUTS)
def test_every_input_is_worded_for_none_one_and_many(name, short, language):
    none, one, five = (worded(sayer(language), name, float(count), short=short) for count in (0, 1, 5))
    assert none != one
    for text in (none, one, five):
        assert not re.search(r"[={}_]|0", text.replace("180", "").replace("90", ""))
    if name not in FLAGS:
        assert "5" in five
        assert "5" not in one.replace("5 years", "").replace("5 år", "")


@pytest.mark.parametrize(
    ("name", "value", "danish"),
    [
        ("age", 0, "under 1 år gammel"),
        ("age", 1, "1 år gammel"),
        ("age", 13, "13 år gammel"),
        ("referrals_90d", 0, "ingen tidligere underretninger de seneste 90 dage"),
        ("referrals_90d", 1, "1 tidligere underretning de seneste 90 dage"),
        ("referrals_90d", 3, "3 tidligere underretninger de seneste 90 dage"),
        ("placements_1y", 0, "ingen anbringelser det seneste år"),
        ("placements_1y", 1, "1 anbringelse det seneste år"),
        ("placements_1y", 2, "2 anbringelser det seneste år"),
    ],
)
def test_danish_plurals(name, value, danish):
    assert worded(sayer("da"), name, value) == danish


@pytest.mark.parametrize(
    ("value", "english"),
    [(0, "no placements in the last year"), (1, "1 placement in the last year"), (2, "2 placements in the last year")],
)
def test_english_plurals(value, english):
    assert worded(sayer("en"), "placements_1y", value) == english


@pytest.mark.parametrize("name", FLAGS)
def test_a_flag_says_what_the_referral_is_about(name):
    say = sayer("da")
    assert "ikke" in worded(say, name, 0)
    assert "ikke" not in worded(say, name, 1)


def test_what_stands_above_a_bar_is_short():
    for language in ("da", "en"):
        longest = max(len(worded(sayer(language), name, count, short=True)) for name in INPUTS for count in (0, 1, 12))
        assert longest <= 40
