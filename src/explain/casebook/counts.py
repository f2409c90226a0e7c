"""The nine inputs of Pilot #1, counted from a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explain.casebook.referral import Reason
from explain.casebook.teaching import Pilot1Input

if TYPE_CHECKING:  # the schema uses this module
    from explain.casebook.situation import Situation

YEAR, FIVE_YEARS = 365, 1826
"""One and five years in days (five years hold one leap day or two; the one that is certain is counted)."""


def pilot1_inputs(case: Situation) -> dict[Pilot1Input, int]:
    """Count what Pilot #1 asks of a case, in the order of its formula.

    The present referral is not among the earlier ones, and only the child's own history counts. The three flags follow
    from the reasons of the present referral: 2 crime of the child, 7 abuse of the child, 9 substance misuse of the
    parents. Source: impact assessment of 11 March 2021, annex with the formula.

    Returns
    -------
    dict of str to int
        Years for ``age``, 0 or 1 for the three flags, counts for the rest.
    """
    return {
        "age": case.age,
        "referrals_90d": case.own("referral", within_days=90),
        "referrals_180d": case.own("referral", within_days=180),
        "crime_child": int(case.referral.has(Reason.CHILD_CRIME)),
        "abuse_child": int(case.referral.has(Reason.CHILD_ABUSE)),
        "misuse_parents": int(case.referral.has(Reason.PARENTS_MISUSE)),
        "measures_180d": case.own("measure", within_days=180),
        "placements_1y": case.own("placement", within_days=YEAR),
        "placements_5y": case.own("placement", within_days=FIVE_YEARS),
    }
