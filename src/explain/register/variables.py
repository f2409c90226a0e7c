"""The 126 variables of Pilot #2: what each is, from ``variables.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Group = Literal["child", "referral", "history", "siblings", "parents"]
"""The five groups of the source (impact assessment of 11 March 2021, 3.2.2)."""

COUNT: Final = 126
"""How many there are, as published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable.

    Attributes
    ----------
    name
        Its name, the same in the register's table, in a CSV and in the model.
    group
        Which of the five groups it belongs to.
    index
        The group of the variable index (*variabelindeks*) its SHAP value is added to.
    unit
        What is counted; ``yes or no`` for 0 and 1.
    lowest, highest
        The whole numbers it can take, both included.
    window
        How many days before the referral are looked at; 0 if there is no window.
    definition
        What it is, exactly; the same from the registers and from a case.
    source
        The register's columns.
    da, en
        What is said when it is not 0; ``{value}`` stands for it.
    da_absent, en_absent
        What is said when it is 0.
    """

    name: str
    group: Group
    index: str
    unit: str
    lowest: int
    highest: int
    window: int
    definition: str
    source: str
    da: str
    da_absent: str
    en: str
    en_absent: str

    @property
    def within(self) -> str | None:
        """The variable with the next longer window, which counts all that this one counts, or None.

        Examples
        --------
        >>> variable("own_referrals_90d").within, variable("own_referrals_2y").within
        ('own_referrals_180d', None)
        """
        stem = self.name.rpartition("_")[0]
        longer = [one for one in variables() if one.window > self.window > 0 and one.name.rpartition("_")[0] == stem]
        return min(longer, key=lambda one: one.window).name if longer else None

    def say(self, value: float, language: Literal["da", "en"]) -> str:
        """Say the value in words.

        Examples
        --------
        >>> variable("own_referrals_1y").say(2, "da")
        'Tidligere underretninger det seneste år: 2'
        >>> variable("own_referrals_1y").say(0, "en")
        'No earlier referrals in the last year'
        """
        if value == 0:
            return self.da_absent if language == "da" else self.en_absent
        return (self.da if language == "da" else self.en).format(value=f"{value:.0f}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """A group of the variable index: its name, what it is called, and whether the source shows it."""

    name: str
    da: str
    en: str
    published: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("explain.register").joinpath("variables.toml").read_text(encoding="utf-8"))


@cache
def variables() -> tuple[Variable, ...]:
    """Return all variables in the order of the models' columns.

    Examples
    --------
    >>> len(variables()), variables()[0].name
    (126, 'age')
    """
    return tuple(Variable(**row) for row in _data()["variable"])


@cache
def names() -> tuple[str, ...]:
    """Return the variables' names in order."""
    return tuple(one.name for one in variables())


@cache
def index_groups() -> tuple[IndexGroup, ...]:
    """Return the groups of the variable index, the nine published ones first.

    Examples
    --------
    >>> [group.name for group in index_groups()][:3], len(index_groups())
    (['placements', 'referrals', 'placements_siblings'], 24)
    """
    return tuple(IndexGroup(**row) for row in _data()["index"])


@cache
def _by_name() -> dict[str, Variable]:
    return {one.name: one for one in variables()}


def variable(name: str) -> Variable:
    """Return one variable.

    Raises
    ------
    KeyError
        If there is none of this name.
    """
    return _by_name()[name]
