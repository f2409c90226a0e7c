"""What ``skoen score`` asks of a model: its columns, how it sees a case, and the lines it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Final, Protocol

import numpy as np

from explain.apps.score_cells import Contributions, Ranged, quoted
from explain.apps.score_table import CASE_ID, Rows, Sum
from explain.casebook.counts import pilot1_inputs
from explain.casebook.schema import Case
from explain.domain.score import TEACHING_ONLY
from explain.models.linear import pilot1


class Scoring(Protocol):
    """A model as the command sees it."""

    @property
    def terms(self) -> Sequence[Ranged]:
        """The inputs, with the values each may have."""

    @property
    def inputs(self) -> Sequence[str]:
        """Their names, in the model's order."""

    @property
    def header(self) -> Sequence[str]:
        """The columns that are given."""

    @property
    def sums(self) -> Sequence[Sum]:
        """What must hold between the columns of a table."""

    @property
    def rows_at_once(self) -> int:
        """How many rows of a table are scored at once."""

    def of(self, case: Case) -> dict[str, float]:
        """Return the inputs of a case."""

    def lines(self, rows: Rows) -> str:
        """Return the lines of some cases, in full precision: the shortest text that gives the same float64 again."""


class Pilot1:
    """Pilot #1: RS, the score, and what each of nine inputs adds to RS."""

    rows_at_once = 50_000
    sums = ()

    def __init__(self) -> None:
        self.model = pilot1()
        self.terms, self.inputs = self.model.terms, self.model.inputs
        self.header = (CASE_ID, "rs", "score", *(f"phi_{name}" for name in self.inputs), "use")
        self.contributions = [Contributions(term) for term in self.terms]

    def of(self, case: Case) -> dict[str, float]:
        """Return the inputs of a case."""
        return {name: float(count) for name, count in pilot1_inputs(case).items()}

    def lines(self, rows: Rows) -> str:
        """Return the lines of some cases."""
        raw = self.model.raw(rows.inputs)
        columns = [map(phi.__getitem__, rows.inputs[phi.term.name].tolist()) for phi in self.contributions]
        scores = map(str, self.model.decile(raw).tolist())
        cells = zip(
            map(quoted, rows.ids), map(repr, raw.tolist()), scores, *columns, repeat(TEACHING_ONLY), strict=False
        )
        return "\n".join(map(",".join, cells)) + "\n"


STATUSES: Final = ("unmarried", "married", "divorced", "widowed")
"""Civil status; a registered parent has one."""


class Pilot2:
    """Pilot #2: log-odds, probability, the score within the year of age, and 126 contributions in log-odds."""

    rows_at_once = 2_000
    """About half a second's work: whoever waits sees how far it has come."""

    def __init__(self) -> None:
        from explain.models.boosted import pilot2  # xgboost is loaded only when it is asked for
        from explain.register.variables import names, variables

        self.model = pilot2()
        self.terms, self.inputs = variables(), names()
        self.sums = (
            Sum([name for name in self.inputs if name.startswith("reason_")], "reasons"),
            Sum([name for name in self.inputs if name.startswith("household_")]),
            Sum([name for name in self.inputs if name.startswith("referrer_")]),
            *(Sum([f"no_{parent}", *(f"{parent}_{status}" for status in STATUSES)]) for parent in ("mother", "father")),
        )
        self.header = (CASE_ID, "log_odds", "probability", "score", *(f"phi_{name}" for name in self.inputs), "use")

    def of(self, case: Case) -> dict[str, float]:
        """Return the inputs of a case."""
        from explain.models.case_variables import case_variables

        return case_variables(case)

    def lines(self, rows: Rows) -> str:
        """Return the lines of some cases."""
        scored = self.model.scored(rows.inputs)
        numbers = np.column_stack([scored.log_odds, scored.probability]).tolist()
        lines = [
            ",".join((quoted(name), *map(repr, pair), str(score), *map(repr, parts), TEACHING_ONLY))
            for name, pair, score, parts in zip(
                rows.ids, numbers, scored.score.tolist(), scored.contributions.tolist(), strict=True
            )
        ]
        return "\n".join(lines) + "\n"


MODELS: Final[dict[str, Callable[[], Scoring]]] = {"pilot1": Pilot1, "pilot2": Pilot2}
