"""The register's calendar: months are counted from January 1990, days from 1 January 1970.

Within a month things have their days: what changes of itself, and the end of a placement, on the 1st; referrals on days
2 to 10 or 11 to 20; decisions of the authorities (measures, placements, shifts) on days 21 to 28. So exactly twelve
monthly decisions fall within the 365 days after any referral, and the probability of a placement within twelve months
can be computed from twelve hazards.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

FIRST_YEAR: Final = 1990


def month(year: int, number: int) -> int:
    """Return the month's count.

    Examples
    --------
    >>> month(1990, 1), month(2016, 4)
    (0, 315)
    """
    return (year - FIRST_YEAR) * 12 + number - 1


LIVES_FROM: Final = month(2007, 1)
"""From here on children can be referred and placed; nine years before the development data begin."""
COVERED_FROM: Final = month(2014, 4)
"""BUU begins (facts: referrals in the registers from April 2014)."""
DEVELOPED_FROM: Final = month(2016, 4)
"""The development data begin: April 2016, so that each referral has two years of history."""
DEVELOPED_TO: Final = month(2017, 12)
"""The development data end, this month included."""
END: Final = month(2018, 12)
"""The registers end, this month included."""
MONTHS: Final = END + 1
ADULT: Final = 18 * 12
"""Age in months at which childhood ends."""


def month_starts() -> NDArray[np.int32]:
    """Return the first day of every month, and of one more.

    Examples
    --------
    >>> int(month_starts()[0]), len(month_starts())
    (7305, 349)
    """
    months = np.datetime64(f"{FIRST_YEAR}-01", "M") + np.arange(MONTHS + 1)
    return months.astype("datetime64[D]").astype(np.int32)
