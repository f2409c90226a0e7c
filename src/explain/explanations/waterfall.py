"""The numbers of a waterfall: how the score of one case comes about, step by step from the average referral to RS.

All in fractions; charts and pages turn them into percentage points. Counts that hold one another (90 and 180 days, one
and five years) stand together, since one more referral in 90 days is always one more in 180 too.
"""

from __future__ import annotations

from dataclasses import dataclass

from explain.domain.score import Score
from explain.models.linear import LinearModel


@dataclass(frozen=True, slots=True)
class Step:
    """One input's bar.

    Attributes
    ----------
    name
        The input.
    value
        What the model was given, in the input's unit.
    contribution
        What it adds to RS.
    begin, end
        Where the bar begins and ends on the axis of RS.
    """

    name: str
    value: float
    contribution: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together; mostly one alone."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A waterfall's numbers.

    Attributes
    ----------
    start
        RS of the average referral, where the first bar begins (0.1175 for Pilot #1).
    end
        RS of the case, where the last bar ends.
    value
        The score, 1 to 10.
    cutoffs
        The highest RS of scores 1 to 9: the ticks of the axis.
    groups
        The bars, the group that moves RS most first.
    age_alone
        Whether every input but the age is zero: the score then rests on age alone.
    """

    start: float
    end: float
    value: int
    cutoffs: tuple[float, ...]
    groups: tuple[Group, ...]
    age_alone: bool

    @property
    def steps(self) -> tuple[Step, ...]:
        """All bars in the order they are drawn."""
        return tuple(step for group in self.groups for step in group.steps)


def waterfall(score: Score, model: LinearModel) -> Waterfall:
    """Return the waterfall of a score.

    Parameters
    ----------
    score
        A score of ``model``; its contributions are drawn as they were recorded.
    model
        The model, for its cut-offs and for which counts hold one another.

    Raises
    ------
    ValueError
        If the score is another model's.

    Examples
    --------
    >>> from explain.models.linear import INPUTS, pilot1
    >>> model = pilot1()
    >>> picture = waterfall(model.score(dict.fromkeys(INPUTS, 0) | {"age": 16, "referrals_180d": 1}), model)
    >>> [step.name for step in picture.steps][:3], picture.age_alone
    (['age', 'misuse_parents', 'abuse_child'], False)
    """
    if score.model != model.name:
        raise ValueError(f"the score must be by the model {model.name}, but is by {score.model}")
    groups = sorted(_together(model), key=lambda names: -abs(sum(dict(score.contributions)[name] for name in names)))
    return Waterfall(
        start=score.baseline,
        end=score.raw,
        value=score.value,
        cutoffs=model.cutoffs,
        groups=_drawn(groups, score),
        age_alone=all(value == 0 for name, value in score.inputs if name != "age"),
    )


def _together(model: LinearModel) -> list[tuple[str, ...]]:
    """Return the inputs' names, each count beside the one that holds it, the longer time first."""
    held = {term.within: term.name for term in model.terms if term.within}
    return [
        (term.name, held[term.name]) if term.name in held else (term.name,) for term in model.terms if not term.within
    ]


def _drawn(groups: list[tuple[str, ...]], score: Score) -> tuple[Group, ...]:
    """Return the groups with each bar beginning where the one before it ended."""
    values, contributions = dict(score.inputs), dict(score.contributions)
    place = score.baseline
    drawn = []
    for names in groups:
        steps = []
        for name in names:
            begin, place = place, place + contributions[name]
            steps.append(Step(name, values[name], contributions[name], begin, place))
        drawn.append(Group(tuple(steps)))
    return tuple(drawn)
