"""The law in one place: what a case may name of barnets lov, and the duties no score touches.

Read against LBK no. 282 of 17 March 2025. Case files name the codes below; the wording a person reads stands in the
catalogue of texts, where it carries the day it was last gone through.
"""

from __future__ import annotations

from enum import StrEnum


class Paragraph(StrEnum):
    """What a support measure (*støttende indsats*) was granted under, as barnets lov (BL) numbers it today.

    Examples
    --------
    >>> Paragraph.CONTACT_PERSON.citation
    'BL § 32 (1) no. 3'
    >>> [paragraph.name for paragraph in Paragraph if paragraph.grave]
    ['CONTACT_PERSON', 'WORK_PLACEMENT', 'RESPITE_CARE', 'CHILD_ORDER']
    """

    EARLY_HELP = "30"
    DAY_FACILITY = "32-1-1"
    HOME_SUPPORT = "32-1-2"
    CONTACT_PERSON = "32-1-3"
    WORK_PLACEMENT = "32-1-4"
    FAMILY_TREATMENT = "32-1-5"
    FAMILY_STAY = "32-1-6"
    RESPITE_CARE = "32-1-7"
    OTHER_HELP = "32-1-8"
    CHILD_ORDER = "39"

    @property
    def citation(self) -> str:
        """Today's law, in the form of docs/glossary.md."""
        section, *rest = self.value.split("-")
        return f"BL § {section}" + (f" ({rest[0]}) no. {rest[1]}" if rest else "")

    @property
    def preventive(self) -> bool:
        """Whether Pilot #1 and #2 would count it among the preventive measures.

        The pilots name servicelovens § 52 and § 57 b, today's §§ 32 and 39. Early help under § 30 (then § 11 (3)) is
        not among them.
        """
        return self is not Paragraph.EARLY_HELP

    @property
    def grave(self) -> bool:
        """Whether it is one of the measures in Pilot #1's outcome.

        Then servicelovens § 52 (3) nos. 5, 6, 7 and § 57 b (impact assessment 2021, note 4); today BL § 32 (1) nos. 7,
        3, 4 and § 39.
        """
        return self in _GRAVE


_GRAVE = frozenset({Paragraph.RESPITE_CARE, Paragraph.CONTACT_PERSON, Paragraph.WORK_PLACEMENT, Paragraph.CHILD_ORDER})


class Duty(StrEnum):
    """What the law asks for whatever a score says.

    Examples
    --------
    >>> Duty.CHILD_HEARD.citation
    'BL § 5'
    """

    SAFE_WITHIN_24_HOURS = "safe_within_24_hours"
    """Is the child safe now? Assessed within 24 hours."""
    SUSPECTED_ABUSE_OR_VIOLENCE = "suspected_abuse_or_violence"
    """Reason to suspect abuse or violence: examination, and a talk with the child."""
    ONGOING_SUPPORT_NEW_REFERRAL = "ongoing_support_new_referral"
    """Support is running and a new referral comes: someone new looks at it too."""
    CHILD_HEARD = "child_heard"
    """The child's own view."""

    @property
    def citation(self) -> str:
        """Where it stands in barnets lov (BL)."""
        return _DUTIES[self]


_DUTIES = {
    Duty.SAFE_WITHIN_24_HOURS: "BL § 136",
    Duty.SUSPECTED_ABUSE_OR_VIOLENCE: "BL § 20",
    Duty.ONGOING_SUPPORT_NEW_REFERRAL: "BL § 137",
    Duty.CHILD_HEARD: "BL § 5",
}
