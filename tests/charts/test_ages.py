"""RS at every age as a figure."""

from __future__ import annotations

import pytest

from explain.charts.ages import ages_figure
from explain.explanations.ages import at_every_age
from explain.models.linear import INPUTS, pilot1
from explain.texts import LANGUAGES, sayer

SCORES = at_every_age(pilot1(), dict.fromkeys(INPUTS, 0))


@pytest.mark.parametrize("age", [0, 8, 17])
def test_every_age_is_one_dot_and_the_chosen_one_is_marked(age):
    drawn = ages_figure(SCORES, pilot1().cutoffs, sayer("da"), age=age)
    rest, own = drawn.data
    assert sorted([*rest.x, *own.x]) == list(range(18))
    assert own.x == (age,)
    assert own.y[0] == pytest.approx(100 * SCORES[age].raw)
    assert own.marker.symbol == "diamond"  # told by its form too, not by its colour alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scores_stand_between_the_cutoffs_and_the_own_one_is_bold(language):
    drawn = ages_figure(SCORES, pilot1().cutoffs, sayer(language), age=17)
    _, *numbers = [note.text for note in drawn.layout.annotations]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "<b>8</b>", "9", "10"]
    assert len(drawn.layout.shapes) == 9
    assert drawn.layout.separators == {"da": ",.", "en": ".,"}[language]
