"""What must be said of a model wherever it scores: its data, its outcome, its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The facts of a model card, each with its source.

    Attributes
    ----------
    method
        How the model was made.
    data_from, data_to
        First and last month of the referrals it was made from, as ``YYYY-MM``.
    referrals
        How many referrals that were, about.
    training_share
        The share of them it was fitted on, 0 to 1; the rest was for validation.
    auc
        Area under the ROC curve on the validation part, 0.5 to 1.
    outcomes
        What it foretells: at least one of these.
    horizon_days
        Within how many days of the referral.
    base_rate
        The share of all referrals followed by the outcome, 0 to 1.
    tried_from, tried_to
        First and last month in which it was tried in practice, as ``YYYY-MM``.
    use
        What its scores may be used for.
    source
        Where each of these comes from, by attribute.
    """

    method: str
    data_from: str
    data_to: str
    referrals: int
    training_share: float
    auc: float
    outcomes: tuple[str, ...]
    horizon_days: int
    base_rate: float
    tried_from: str
    tried_to: str
    use: str
    source: Mapping[str, str]
