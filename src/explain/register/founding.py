"""How a family begins: its latents, its parents, and when its children will be born."""

from __future__ import annotations

import math
from typing import Any

from explain.register import state as s
from explain.register.chance import Stream, flag, happens, normal, uniform, whole
from explain.register.compiled import compiled
from explain.register.months import ADULT, COVERED_FROM, END
from explain.register.state import Numbers

FERTILE = 46 * 12
"""The mother's age in months after which no child is born."""


@compiled
def found(family: Numbers, children: Numbers, stream: Stream, p: Any) -> int:
    """Found a family in place; return how many children it will have by the end of the registers.

    The first child is born between 18 years before the registers of referrals begin and their end.
    """
    family[:] = 0.0
    children[:] = 0.0
    ses = normal(stream)
    of_ses = p.family_load_of_ses
    load = of_ses * ses + math.sqrt(1.0 - of_ses * of_ses) * normal(stream)
    origin = 1.0 / (1.0 + math.exp(-(p.family_origin_at_mean + p.family_origin_of_ses * ses)))
    first = whole(stream, COVERED_FROM - ADULT, END - 3)
    age = p.family_mothers_age + p.family_mothers_age_load * load + p.family_mothers_age_sd * normal(stream)
    family[s.SES], family[s.LOAD], family[s.ORIGIN] = ses, load, flag(stream, origin)
    family[s.MOTHER] = 0.0 if happens(stream, p.family_no_mother) else 1.0
    family[s.MOTHER_BORN] = first - math.floor(min(max(age, 15.0), 44.0) * 12.0)
    family[s.MOTHER_STATUS] = 1.0
    family[s.MUNICIPALITY] = whole(stream, 1, 98)
    family[s.SPLIT] = s.NEVER
    _work_out(family, p)
    _begin_states(family, stream, p)
    return _plan_children(family, children, first, stream, p)


@compiled
def _work_out(family: Numbers, p: Any) -> None:
    """Work out the factors that follow from the load and origin, which never change."""
    load = family[s.LOAD]
    family[s.SLOPE] = math.exp(p.state_state_load * load)
    family[s.PARTING] = p.state_split * math.exp(0.35 * load)
    family[s.MARRYING] = p.state_marries * math.exp(-0.3 * load + 0.5 * family[s.ORIGIN])
    family[s.DYING] = p.state_death * math.exp(0.4 * load)
    family[s.MOVING] = p.state_move * math.exp(0.3 * load)


@compiled
def _begin_states(family: Numbers, stream: Stream, p: Any) -> None:
    """Begin misuse, violence and illness where they would be in the long run."""
    slope = family[s.SLOPE]
    for place, on, off in (
        (s.ADDICTION, p.state_addiction_on, p.state_addiction_off),
        (s.VIOLENCE, p.state_violence_on, p.state_violence_off),
        (s.ILLNESS, p.state_illness_on, p.state_illness_off),
    ):
        rate = on * slope
        family[place] = flag(stream, 0.5 * rate / (rate + off))


@compiled
def _plan_children(family: Numbers, children: Numbers, first: int, stream: Stream, p: Any) -> int:
    """Fix births and the children's latents; who the fathers are shows when they are born."""
    born, count = first, 0
    while count < s.MOST_CHILDREN and born <= END - 3 and born - family[s.MOTHER_BORN] <= FERTILE:
        child = children[count]
        child[s.BORN] = born
        child[s.BOY] = flag(stream, 0.513)
        own = normal(stream) * math.sqrt(1.0 - p.family_ext_of_load * p.family_ext_of_load)
        lean = -p.family_girls_ext if child[s.BOY] == 1.0 else p.family_girls_ext
        child[s.EXTERNALISING] = lean + p.family_ext_of_load * family[s.LOAD] + own
        child[s.ILL] = flag(stream, p.family_ill_child)
        child[s.NOISE] = p.referral_noise * normal(stream)
        child[s.FRAILTY] = p.placement_frailty * normal(stream)
        child[s.SINCE] = s.NEVER
        child[s.OWN_RATE] = p.referral_base * math.exp(p.family_referral_load * family[s.LOAD] + child[s.NOISE])
        latent = p.placement_ses * family[s.SES] + p.placement_origin * family[s.ORIGIN]
        child[s.OWN_HAZARD] = math.exp(latent + p.placement_load * family[s.LOAD] + child[s.FRAILTY])
        count += 1
        if not happens(stream, p.family_more_children):
            break
        born += 13 + math.floor(-math.log(1.0 - uniform(stream)) * p.family_spacing)
    family[s.CHILDREN] = count
    return count
