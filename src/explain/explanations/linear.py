"""The SHAP values of a linear model, exact and without sampling.

The SHAP value of an input is what it adds to the prediction on average over all orders in which the inputs can become
known; what is not yet known stands at the background. In a linear model the order makes no difference, and so the value
is ``coefficient * (x - background) / sd`` (Lundberg and Lee, "A Unified Approach to Interpreting Model Predictions",
NeurIPS 2017, corollary 1). With the published means as background this is the model's own contribution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explain.models.linear import LinearModel


@dataclass(frozen=True, slots=True)
class ShapValues:
    """SHAP values of one prediction.

    Attributes
    ----------
    expected
        The model's RS at the background, a share from 0 to 1.
    values
        What each input moves RS from there, by name, in the model's order; with ``expected`` they add up to RS.
    """

    expected: float
    values: Mapping[str, float]


def shap_values(
    model: LinearModel, inputs: Mapping[str, float], *, background: Mapping[str, float] | None = None
) -> ShapValues:
    """Return the exact (interventional) SHAP values of one case.

    Parameters
    ----------
    model
        A linear model.
    inputs
        The case's inputs by name.
    background
        Whom the case is compared with: the mean of each input. Without it, the average referral of the model's data.

    Raises
    ------
    ValueError
        If an input is missing, in the case or in the background.

    Examples
    --------
    Against the average referral a child of 17 stands out by age; against others of 17 without history, by nothing:

    >>> from explain.models.linear import INPUTS, pilot1
    >>> child = dict.fromkeys(INPUTS, 0.0) | {"age": 17.0}
    >>> round(shap_values(pilot1(), child).values["age"], 4)
    0.0826
    >>> sorted(set(shap_values(pilot1(), child, background=child).values.values()))
    [0.0]
    """
    background = {term.name: term.mean for term in model.terms} if background is None else background
    here, there = model.contributions(inputs), model.contributions(background)
    return ShapValues(model.raw(background), {name: here[name] - there[name] for name in here})
