"""A child of the register, turned into a case as a curator would read it from the rows, has the same 126 numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from explain.casebook.law import Duty, Paragraph
from explain.casebook.schema import Case, CivilStatus, Household, Reason, Referrer
from explain.models.case_variables import case_variables
from explain.register.whole import Register

STATUS = dict(zip("UGFE", CivilStatus, strict=True))
PARAGRAPH = {
    "11.3": Paragraph.EARLY_HELP,
    "52.3.1": Paragraph.DAY_FACILITY,
    "52.3.2": Paragraph.HOME_SUPPORT,
    "52.3.3": Paragraph.FAMILY_TREATMENT,
    "52.3.4": Paragraph.FAMILY_STAY,
    "52.3.5": Paragraph.RESPITE_CARE,
    "52.3.6": Paragraph.CONTACT_PERSON,
    "52.3.7": Paragraph.WORK_PLACEMENT,
    "52.3.9": Paragraph.OTHER_HELP,
    "57b": Paragraph.CHILD_ORDER,
}
BOTH = {"da": "prøve", "en": "test"}


class Reader:
    """Reads children out of a register, row by row, with nothing of the code that counts variables."""

    def __init__(self, register: Register) -> None:
        tables = register.registers
        self.bef = tables["BEF"].sort_values("DATO")
        self.people = self.bef.drop_duplicates("PNR").set_index("PNR")
        self.statuses = dict(iter(self.bef.groupby("PNR")))
        self.of = {name: dict(iter(tables[name].groupby("PNR"))) for name in ("BUU", "BUFO", "BUAH", "FLYT")}
        self.died = tables["DOD"].set_index("PNR").DODDATO

    def case(self, referral: Any) -> Case:
        """Return the referral of a row of the sample as a case."""
        pnr, day = referral.PNR, referral.UNDRETDATO
        child = self.people.loc[pnr]
        siblings = self._siblings(pnr, child, day)
        history = self._events(pnr, day, "child")
        for number, sibling in enumerate(siblings, start=1):
            history += self._events(sibling, day, number)
        row = self.of["BUU"][pnr].query("UNDRETDATO == @day").iloc[0]
        reasons = self._reasons(row)
        notes = ["violence"]
        return Case.model_validate(
            {
                "set": "test",
                "folder": "test",
                "version": "1",
                "number": 1,
                "age": years(child.FOED_DAG, day),
                "referral": {"reasons": reasons, "referrer": list(Referrer)[row.UNDRETTYPE - 1]},
                "household": list(Household)[self._status(pnr, day).FM_MARK - 1],
                "mother": self._parent(child.PNRM, "PNRM", child, day),
                "father": self._parent(child.PNRF, "PNRF", child, day),
                "siblings": [self._sibling(one, child, day) for one in siblings],
                "history": history,
                "pedagogy": {
                    "objective": BOTH,
                    "trainees_note": BOTH,
                    "trainers_note": BOTH,
                    "roles": ["clear"],
                    "duties": list(Duty),
                    "content_notes": notes,
                    "panel": [{"rating": 5, "reasons": BOTH}] * 5,
                    "expected_score_pilot1": 5,
                    "invented": True,
                },
                "texts": {language: {"title": "t", "body_markdown": "t"} for language in ("da", "en")},
            }
        )

    def _status(self, pnr: int, day: pd.Timestamp) -> Any:
        rows = self.statuses[pnr]
        before = rows[day >= rows.DATO]
        return before.iloc[-1] if len(before) else rows.iloc[0]

    def _siblings(self, pnr: int, child: Any, day: pd.Timestamp) -> list[int]:
        same = pd.Series(False, index=self.people.index)
        for column in ("PNRM", "PNRF"):
            if child[column]:
                same |= self.people[column] == child[column]
        return [one for one in self.people.index[same & (day >= self.people.FOED_DAG)] if one != pnr]

    def _sibling(self, pnr: int, child: Any, day: pd.Timestamp) -> dict[str, Any]:
        one = self.people.loc[pnr]
        shared = [
            name
            for name, column in (("mother", "PNRM"), ("father", "PNRF"))
            if child[column] and one[column] == child[column]
        ]
        shares = "both" if len(shared) == 2 else shared[0]
        return {"age": years(one.FOED_DAG, day), "shares": shares, "at_home": False}

    def _parent(self, pnr: int, column: str, child: Any, day: pd.Timestamp) -> dict[str, Any] | None:
        if not pnr:
            return None
        born = self.people.loc[pnr].FOED_DAG
        died = self.died.get(pnr)
        dead = died is not None and died < day
        until = died if dead else day
        children = self.people[(self.people[column] == pnr) & (day >= self.people.FOED_DAG)]
        other = children["PNRF" if column == "PNRM" else "PNRM"]
        return {
            "age": years(born, until),
            "age_at_birth": years(born, child.FOED_DAG),
            "civil_status": STATUS[self._status(pnr, until).CIVST],
            "children": len(children),
            "partners": other.nunique(),
            "died_days_before": (day - died).days if dead else None,
        }

    def _reasons(self, row: Any) -> list[Reason]:
        return [reason for reason in Reason if row[f"BAGGRUND{reason.number}"]]

    def _events(self, pnr: int, day: pd.Timestamp, whose: str | int) -> list[dict[str, Any]]:
        def ago(date: Any) -> int | None:
            return None if date is None or pd.isna(date) or date >= day else (day - date).days

        found: list[dict[str, Any]] = []
        for row in self._rows("BUU", pnr):
            if day > row.UNDRETDATO:
                reasons = [reason for reason in Reason if getattr(row, f"BAGGRUND{reason.number}")]
                found.append({"kind": "referral", "days_before": ago(row.UNDRETDATO), "reasons": reasons})
        for row in self._rows("BUFO", pnr):
            if day > row.SAG_VFRA:
                spell = {"days_before": ago(row.SAG_VFRA), "ended_days_before": ago(row.SAG_VTIL)}
                found.append({"kind": "measure", "paragraph": PARAGRAPH[row.PGF], **spell})
        begun: Any = None
        for row in [*self._rows("BUAH", pnr), None]:
            if begun is not None and (row is None or row.HAENDELSE == 4):
                end = None if row is None else ago(row.EFFEKTDATO)
                spell = {"days_before": ago(begun.EFFEKTDATO), "ended_days_before": end}
                if spell["days_before"]:
                    found.append({"kind": "placement", "forced": begun.HAENDELSE == 2, **spell})
                begun = None
            if row is not None and row.HAENDELSE in (1, 2):
                begun = row
        if whose == "child":
            for row in self._rows("FLYT", pnr):
                if day > row.HAEND_DATO:
                    away = bool(row.FRA_KOM != row.TIL_KOM)
                    found.append({"kind": "move", "days_before": ago(row.HAEND_DATO), "new_municipality": away})
        return [event | {"whose": whose} for event in found]

    def _rows(self, table: str, pnr: int) -> list[Any]:
        rows = self.of[table].get(pnr)
        return [] if rows is None else list(rows.itertuples())


def years(born: pd.Timestamp, day: pd.Timestamp) -> int:
    """Completed years, counted as a person would."""
    return int(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def spread(sample: pd.DataFrame, count: int) -> pd.DataFrame:
    """Some referrals from all over the sample."""
    return sample.iloc[np.linspace(0, len(sample) - 1, count).astype(int)]


def test_a_child_of_the_register_has_the_same_126_numbers_as_a_case(
    small: Register, small_variables: pd.DataFrame
) -> None:
    reader, looked_at = Reader(small), 0
    placed = small.sample.PNR.isin(small.registers["BUAH"].PNR)
    orphans = small.sample.PNR.isin(_children_of_the_dead(small))
    rows = pd.concat([spread(small.sample, 60), spread(small.sample[placed], 60), small.sample[orphans].head(40)])
    for row in rows.itertuples():
        expected = small_variables.loc[row.Index].to_dict()
        found = case_variables(reader.case(row))
        assert {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]} == {}
        looked_at += 1
    assert looked_at > 120


def _children_of_the_dead(register: Register) -> pd.Series[int]:
    bef = register.registers["BEF"]
    dead = register.registers["DOD"].PNR
    return bef.PNR[bef.PNRM.isin(dead) | bef.PNRF.isin(dead)]
