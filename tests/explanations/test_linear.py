"""Our exact SHAP values against shap's own explainer of linear models."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shap

from explain.explanations.linear import shap_values
from explain.models.linear import INPUTS, pilot1


def children(count: int) -> np.ndarray:
    """Return children with all sorts of histories, from seed 2."""
    rng = np.random.default_rng(2)
    highest = [17, 6, 6, 1, 1, 1, 4, 3, 3]
    return rng.integers(0, np.array(highest) + 1, (count, len(INPUTS))).astype(float)


def theirs(background: np.ndarray) -> shap.LinearExplainer:
    """Return shap's explainer of Pilot #1, interventional, in the form ``weights @ x + constant``."""
    terms = pilot1().terms
    weights = np.array([term.coefficient / term.sd for term in terms])
    constant = pilot1().intercept - sum(term.coefficient * term.mean / term.sd for term in terms)
    return shap.LinearExplainer((weights, constant), shap.maskers.Independent(background[None, :]))


def test_equal_to_shaps_linear_explainer_and_its_expected_value() -> None:
    means = np.array([term.mean for term in pilot1().terms])
    explainer, cases = theirs(means), children(200)
    assert explainer.expected_value == pytest.approx(0.1175, abs=1e-12)
    for case, values in zip(cases, explainer.shap_values(cases), strict=True):
        ours = shap_values(pilot1(), dict(zip(INPUTS, case, strict=True)))
        assert list(ours.values) == list(INPUTS)
        assert list(ours.values.values()) == pytest.approx(values.tolist(), abs=1e-12)
        assert ours.expected == 0.1175


def test_equal_to_shap_against_another_background() -> None:
    background = children(1)[0]
    explainer, cases = theirs(background), children(50)
    for case, values in zip(cases, explainer.shap_values(cases), strict=True):
        against = dict(zip(INPUTS, background, strict=True))
        ours = shap_values(pilot1(), dict(zip(INPUTS, case, strict=True)), background=against)
        assert list(ours.values.values()) == pytest.approx(values.tolist(), abs=1e-12)
        assert ours.expected == pytest.approx(explainer.expected_value, abs=1e-12)


def test_the_models_contributions_are_its_shap_values_bit_for_bit() -> None:
    for case in children(50):
        inputs = dict(zip(INPUTS, case.tolist(), strict=True))
        assert shap_values(pilot1(), inputs).values == pilot1().contributions(inputs)


def test_shap_itself_is_not_imported() -> None:
    script = (
        "import sys, explain.explanations.linear, explain.explanations.waterfall;"
        "sys.exit(bool({'shap', 'numba', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
