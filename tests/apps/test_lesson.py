"""The lesson with the slider."""

from __future__ import annotations

import pytest

from explain.apps.lesson import PLOTLY, SameChild
from explain.models.linear import INPUTS, pilot1
from explain.texts import LANGUAGES, sayer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slider_moves_sentence_and_figures(language):
    lesson = SameChild(language, age=2, abuse_child=1)
    for age in (0, 1, 17):
        lesson.slider.value = age
        score = pilot1().decile(pilot1().raw(dict.fromkeys(INPUTS, 0) | {"age": age, "abuse_child": 1}))
        assert lesson.sentence.value.endswith(f"{score}.")
        (curve,), (waterfall,) = lesson.curve.outputs, lesson.waterfall.outputs
        assert curve["data"][PLOTLY]["data"][1]["x"] == [age]
        assert len(waterfall["data"][PLOTLY]["data"][0]["x"]) == 9


def test_it_says_that_it_is_for_teaching():
    assert SameChild("en").children[0].value == sayer("en")("teaching_only")


def test_an_unknown_input_is_refused():
    with pytest.raises(TypeError, match="weather"):
        SameChild("da", weather=1)
