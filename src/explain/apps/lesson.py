"""A lesson for JupyterLab: the same child at every age, with a slider.

It lives among the apps because it joins model, figures and widgets; the notebook that shows it holds no logic.
"""

from __future__ import annotations

import json
from typing import Any

from ipywidgets import HTML, IntSlider, Layout, Output, VBox

from explain.charts.ages import ages_figure
from explain.charts.waterfall import waterfall_figure
from explain.explanations.ages import AGES, at_every_age
from explain.explanations.waterfall import waterfall
from explain.models.linear import INPUTS, pilot1
from explain.texts import sayer
from explain.texts.numbers import decimal

PLOTLY = "application/vnd.plotly.v1+json"
"""The form in which JupyterLab's own plotly extension draws a figure; nothing is fetched for it."""


class SameChild(VBox):  # type: ignore[misc]  # ipywidgets carries no types
    """A slider over the ages 0 to 17, a sentence, and two figures: RS at every age, and the waterfall at this one.

    Parameters
    ----------
    language
        ``"da"`` or ``"en"``.
    age
        Where the slider begins, in completed years.
    **inputs
        What else Pilot #1 is given of the child, by name; what is left out is zero.

    Raises
    ------
    TypeError
        For an input that Pilot #1 does not have.

    Examples
    --------
    >>> lesson = SameChild("en", age=16)
    >>> lesson.slider.value = 4
    >>> "the score is 1" in lesson.sentence.value
    True
    """

    def __init__(self, language: str = "da", *, age: int = 4, **inputs: float) -> None:
        unknown = set(inputs) - set(INPUTS)
        if unknown:
            raise TypeError(f"inputs must be among {', '.join(INPUTS)}, not {', '.join(sorted(unknown))}")
        self._say = sayer(language)
        self.scores = at_every_age(pilot1(), {**dict.fromkeys(INPUTS, 0.0), **inputs})
        self.slider = IntSlider(
            value=age,
            min=AGES[0],
            max=AGES[-1],
            description=self._say("lesson.age"),
            style={"description_width": "initial"},
            layout=Layout(width="100%", max_width="40rem"),
        )
        self.sentence = HTML()
        self.curve, self.waterfall = Output(), Output()
        self.slider.observe(self._show, "value")
        super().__init__([HTML(self._say("teaching_only")), self.slider, self.sentence, self.curve, self.waterfall])
        self._show(None)

    def _show(self, _change: object) -> None:
        say, age = self._say, int(self.slider.value)
        score = self.scores[age]
        self.sentence.value = say(
            "lesson.says",
            child=say(f"input.age.{ {0: 'none', 1: 'one'}.get(age, 'many') }", count=age),
            raw=decimal(100 * score.raw, 2, say.language),
            score=score.value,
        )
        self.curve.outputs = (_output(ages_figure(self.scores, pilot1().cutoffs, say, age=age)),)
        self.waterfall.outputs = (_output(waterfall_figure(waterfall(score, pilot1()), say)),)


def _output(figure: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {PLOTLY: json.loads(figure.to_json())}}
