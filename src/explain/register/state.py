"""The state of a simulated family: an array of numbers per family and one per child, each place with a name.

Plain arrays, because a family is copied thousands of times when its possible futures are run.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

MOST_CHILDREN: Final = 6
NEVER: Final = 999.0
"""Months since what has never been."""
MOST_FATHERS: Final = 3

# the family
(
    SES,  # socio-economic status, standard normal
    ORIGIN,  # 1 non-western
    LOAD,  # how burdened the family is, standard normal
    ADDICTION,  # 0 or 1, the next three too
    VIOLENCE,
    ILLNESS,  # psychiatric illness of a parent
    CRISIS,
    SPLIT,  # months since the parents separated
    PARTNER,  # 0 none, 1 to 3 the father she lives with, 9 somebody without children here
    MARRIED,  # whether she is married to the partner
    WAS_MARRIED,  # 0 never, 1 divorced, 2 widowed
    FATHERS,  # how many there are so far
    MOTHER,  # 0 none registered, 1 alive, 2 dead
    MOTHER_BORN,  # month
    MUNICIPALITY,
    CHILDREN,  # how many will be born
    SLOPE,  # how much likelier bad states are than at average load; from here on, worked out once
    PARTING,  # the same of a separation, ...
    MARRYING,
    DYING,
    MOVING,
) = range(21)
FAMILY_SIZE: Final = 21
FATHER_STATE: Final = FAMILY_SIZE  # then, for each father: 0 none, 1 alive, 2 dead
FATHER_BORN: Final = FATHER_STATE + MOST_FATHERS
FATHER_STATUS: Final = FATHER_BORN + MOST_FATHERS  # civil status, 1 unmarried to 4 widowed
MOTHER_STATUS: Final = FATHER_STATUS + MOST_FATHERS
FAMILY_WIDTH: Final = MOTHER_STATUS + 1

# a child
(
    BORN,  # month
    FATHER,  # 0 none registered, else 1 to 3
    BOY,
    EXTERNALISING,  # standard normal, about
    ILL,  # disability or lasting illness
    NOISE,  # what makes the child's referrals differ from others' for no known reason, log
    FRAILTY,  # the same, of the hazard of placement
    CONDUCT,  # 0 or 1: a time of crime, misuse, absence
    WITH_FATHER,
    EXCITED,  # what earlier referrals add to the rate of the next
    GRAVENESS,  # of the referrals so far, fading slowly
    LATEST,  # the same, fading fast
    CONDUCT_REFERRED,  # of it what was about the child's conduct
    CARE_REFERRED,  # of it what was about neglect, misuse, care
    REFERRED,  # whether in this month
    PLACED,  # 0 or 1
    FORCED,  # whether without consent
    SINCE,  # months since the last placement ended; 999 never placed
    MEASURE_TO,  # month in which the preventive measures that run will have ended
    GRAVE_TO,  # the same, of the grave ones
    HOUSEHOLD,  # FM_MARK, 1 to 6; 0 not yet born
    OWN_RATE,  # factor of the child's referrals; worked out once, like the next
    OWN_HAZARD,  # factor of its hazard of placement
) = range(23)
CHILD_WIDTH: Final = 23

# what is recorded
REFERRAL, MEASURE, PLACEMENT, SHIFT, PLACEMENT_END, MOVE, HOUSEHOLD_CHANGE, STATUS_CHANGE, DEATH = range(1, 10)
MOTHER_ROLE: Final = 10  # who, beside children 0 to 5; fathers are 11 to 13
COLUMNS: Final = ("family", "who", "kind", "day", "what", "more")
