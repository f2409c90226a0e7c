"""What a set of cases covers: score × age × reason × pedagogic role, and whether that is what it promised.

The scores are handed in: this floor knows no model, and the same table serves whatever model the caller brings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from explain.casebook.counts import pilot1_inputs
from explain.casebook.promises import AgeBand
from explain.casebook.referral import Reason
from explain.casebook.schema import Case, CaseSet
from explain.casebook.teaching import Role

FAR_APART = 3
"""Steps between score and the panel's median from which a case is called one where they part.

A choice of ours: with two, a panel that spreads over three steps as ours do would reach the score.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the table.

    Attributes
    ----------
    case
        The case.
    score
        The score its registered history gives now, 1 to 10.
    """

    case: Case
    score: int

    @property
    def age_band(self) -> AgeBand:
        """The band the child's age falls in."""
        return AgeBand.of(self.case.age)


@dataclass(frozen=True, slots=True)
class Mix:
    """The cases of one set or of several, counted."""

    rows: tuple[Row, ...]

    @property
    def scores(self) -> Counter[int]:
        """How many cases have each score."""
        return Counter(row.score for row in self.rows)

    @property
    def age_bands(self) -> Counter[AgeBand]:
        """How many cases fall in each band of age."""
        return Counter(row.age_band for row in self.rows)

    @property
    def reasons(self) -> Counter[Reason]:
        """How many present referrals name each reason."""
        return Counter(reason for row in self.rows for reason in row.case.referral.reasons)

    @property
    def roles(self) -> Counter[Role]:
        """How many cases have each pedagogic role."""
        return Counter(role for row in self.rows for role in row.case.pedagogy.roles)


def mix_of(cases: Sequence[Case], score: Callable[[Case], int]) -> Mix:
    """Count what cases cover.

    Parameters
    ----------
    cases
        The cases, in the order of the table.
    score
        What a model gives a case, 1 to 10.

    Examples
    --------
    >>> from explain.casebook.files import read_set, shipped
    >>> cases = read_set(shipped() / "grundforloeb").cases
    >>> mix_of(cases, lambda case: case.pedagogy.expected_score_pilot1).scores[10]
    1
    """
    return Mix(tuple(Row(case, score(case)) for case in cases))


def broken_promises(case_set: CaseSet, mix: Mix) -> Iterator[tuple[str, str]]:
    """Yield what the set promises and does not hold, as place in ``set.toml`` and message."""
    promises = case_set.promises
    ages = {row.case.age for row in mix.rows}
    lacking: tuple[tuple[str, list[str]], ...] = (
        ("scores", [str(score) for score in promises.scores if not mix.scores[score]]),
        ("ages", [str(age) for age in promises.ages if age not in ages]),
        ("age_bands", [band.value for band in promises.age_bands if not mix.age_bands[band]]),
    )
    for name, missing in lacking:
        if missing:
            yield f"promises.{name}", f"must each be held by a case; none has {', '.join(missing)}"
    if len(mix.reasons) < promises.reasons:
        yield "promises.reasons", f"must be at most the {len(mix.reasons)} that the cases have, not {promises.reasons}"
    for role, count in promises.roles.items():
        if mix.roles[role] < count:
            yield f"promises.roles.{role}", f"must be at most the {mix.roles[role]} that the cases have, not {count}"


def contradictions(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a case says of its score and its data says otherwise, as place in ``case.toml`` and message."""
    teaching, score = row.case.pedagogy, row.score
    expected = teaching.expected_score_pilot1
    if expected != score:
        yield "pedagogy.expected_score_pilot1", f"must be {score}, which the history gives, not {expected}"
    alone = all(count == 0 for name, count in pilot1_inputs(row.case).items() if name != "age")
    if alone != (Role.AGE_ALONE in teaching.roles):
        found = "nothing but the age counts in the score" if alone else "more than the age counts in the score"
        yield "pedagogy.roles", f"must {'' if alone else 'not '}name age_alone, since {found}"
    concern = median(member.rating for member in teaching.panel)
    for role, distance in (
        (Role.HIGH_SCORE_SMALL_CONCERN, score - concern),
        (Role.LOW_SCORE_GREAT_CONCERN, concern - score),
    ):
        if role in teaching.roles and distance < FAR_APART:
            yield (
                "pedagogy.roles",
                f"must name {role.value} only where score ({score}) and panel (median {concern:g}) are "
                f"{FAR_APART} or more apart that way",
            )
