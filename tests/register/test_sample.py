from __future__ import annotations

import numpy as np
import pytest

from explain.register.sample import PUBLISHED, choose, size_of


def test_the_published_sizes_follow_from_the_published_number_of_referrals() -> None:
    assert size_of(173_044) == PUBLISHED
    assert PUBLISHED.referrals - PUBLISHED.training_referrals == 52_649
    assert PUBLISHED.children - PUBLISHED.training_children == 27_341


def test_the_published_counts_are_met_exactly() -> None:
    counts = np.random.default_rng(5).geometric(1 / 1.9, size=104_000)
    rng = np.random.default_rng(6)
    chosen = choose(counts, PUBLISHED.children, PUBLISHED.referrals, rng)
    assert (chosen.sum(), counts[chosen].sum()) == (PUBLISHED.children, PUBLISHED.referrals)
    training = choose(counts[chosen], PUBLISHED.training_children, PUBLISHED.training_referrals, rng)
    assert (training.sum(), counts[chosen][training].sum()) == (63_303, 120_395)


def test_what_cannot_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot"):
        choose(np.array([1, 1, 1]), 2, 5, np.random.default_rng(0))
    with pytest.raises(ValueError, match="at least 500"):
        size_of(100)
