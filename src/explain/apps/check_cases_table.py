"""The mix of a set as a table for the terminal."""

from __future__ import annotations

from explain.casebook.mix import Mix
from explain.casebook.promises import AgeBand
from explain.casebook.referral import Reason
from explain.casebook.teaching import Role


def table(name: str, mix: Mix, *, cases: bool = True) -> str:
    """Draw what cases cover: score × age in a square, reasons and roles as counts, and the cases one by one.

    Parameters
    ----------
    name
        What stands above it.
    mix
        The cases, counted.
    cases
        Whether to list them too.
    """
    parts = [f"\n{name}: {len(mix.rows)} cases (Pilot #1 scores, for teaching only)", _square(mix)]
    parts.append(_counted(f"reasons ({len(mix.reasons)} of 16)", {r.value: mix.reasons[r] for r in Reason}))
    parts.append(_counted("roles", {role.value: mix.roles[role] for role in Role}))
    return "\n".join([*parts, _listed(mix)] if cases else parts)


def _square(mix: Mix) -> str:
    head = f"{'age':<8}{'score ':<6}" + "".join(f"{score:>4}" for score in range(1, 11))
    lines = []
    for band in AgeBand:
        counts = [sum(row.score == score and row.age_band == band for row in mix.rows) for score in range(1, 11)]
        lines.append(f"{band.value:<14}" + "".join(f"{count or '.':>4}" for count in counts))
    return "\n".join([head, *lines])


def _counted(what: str, counts: dict[str, int]) -> str:
    held = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    none = ", ".join(name for name, count in counts.items() if not count)
    return f"{what}: {held}" + (f"; none: {none}" if none else "")


def _listed(mix: Mix) -> str:
    width = max((len(row.case.folder) for row in mix.rows), default=0)
    lines = [f"{'case':<{width}}  score  age  reasons | roles"]
    for row in mix.rows:
        reasons, roles = ", ".join(row.case.referral.reasons), ", ".join(row.case.pedagogy.roles)
        lines.append(f"{row.case.folder:<{width}}  {row.score:>5}  {row.case.age:>3}  {reasons} | {roles}")
    return "\n".join(lines)
