"""Whatever somebody types: places are right, nothing overlaps, nothing takes for ever."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explain.guards import Action, find, refused
from explain.guards.plain import plain

PIECES = st.sampled_from(
    [
        "Mette",
        "bo",
        " ",
        "\n",
        "-",
        ".",
        "12",
        "45",
        "+45",
        "@",
        "www.",
        "vej 3",
        "å",
        "a\u030a",
        "\u200b",
        "４",
        "🙂",
        "§",
        "født",
        "i",
        "Vejen",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map("".join))


@settings(deadline=None)  # the machine may be busy
@given(TEXTS)
def test_places_are_in_the_text_and_nothing_overlaps(text: str) -> None:
    end = 0
    for found in find(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
    assert refused(text) == [found for found in find(text) if found.action is Action.REFUSE]


@settings(deadline=None)  # the machine may be busy
@given(TEXTS)
def test_what_is_plain_leads_back(text: str) -> None:
    read = plain(text)
    assert len(read.places) == len(read.text) + 1
    assert list(read.places) == sorted(read.places)
    if text.isascii():
        assert read.text == text


def test_a_text_of_another_alphabet_that_looks_latin() -> None:
    assert [found.kind.value for found in find("M\u0435tt\u0435 sover")] == ["name"]  # Cyrillic е


LONG = 20_000


HARD = [
    *("a", "A ", "1", "1 ", "12-", "a.", "a@", "www.", "vej ", "A. ", "Bo ", "Mette ", "1.", "1/1 ", "født ", "'", "("),
    *("å\u0300", "\u200b", "nr. ", "-", "Skole ", "i Vejen ", "a-", "Ny ", "d. "),
]


@pytest.mark.parametrize("piece", HARD)
def test_no_text_takes_for_ever(piece: str) -> None:
    """Text made to make patterns try everything; where one would, this test would not end."""
    for found in find((piece * LONG)[:LONG] + "x"):
        assert found.end <= LONG + 1
