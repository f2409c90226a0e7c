"""Who says the sentences: every key once, every placeholder filled, no language that is not there."""

from __future__ import annotations

import re

import pytest

from explain.texts import LANGUAGES, catalogue, sayer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_said_with_its_placeholders_filled(language):
    said = sayer(language)("case.progress", number=3, total=8)
    assert re.findall(r"\d", said) == ["3", "8"]


@pytest.mark.parametrize("language", ["", "DA", "de", "../da", None])
def test_a_language_that_is_not_there_is_told(language):
    with pytest.raises(ValueError, match="must be one of da, en"):
        sayer(language)


def test_a_key_that_is_not_there_and_a_placeholder_that_is_not_filled_are_errors():
    with pytest.raises(KeyError, match="no\\.such\\.key"):
        sayer("da")("no.such.key")
    with pytest.raises(KeyError, match="total"):
        sayer("da")("case.progress", number=3)


def test_what_is_filled_in_is_not_filled_in_again():
    assert "{total}" in sayer("da")("case.progress", number="{total}", total=8)


def test_keys_are_found_whole_and_beneath_a_prefix():
    say = sayer("da")
    assert say.has("yes")
    assert not say.has("y")
    assert not say.has("rating")
    assert list(say.under("rating")) == ["question", "hint", "low", "high"]
    assert say.under("rati") == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_stray_spaces_or_braces(language, looked_at):
    texts = catalogue(language)
    for key, text in texts.items():
        assert text == text.strip(), key
        assert "  " not in text, key
        assert not re.search(r"\{\{|\}\}|\{\}", text), key
    looked_at(f"sentences in {language}", len(texts))


def test_danish_is_quoted_as_danish_is():
    assert not [key for key, text in catalogue("da").items() if re.search('["“”]', text)]
