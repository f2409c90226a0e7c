from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from explain.models.case_variables import case_variables
from explain.register.build import REGISTERS, build
from explain.register.variables import names, variables
from explain.register.whole import Register

sys.path.insert(0, str(Path(__file__).parent))
from as_case import Reader, spread  # noqa: E402 - beside this file


def test_a_child_of_the_register_has_the_same_126_numbers_as_a_case(small: Register, small_variables: pd.DataFrame) -> None:
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


def test_every_value_is_a_whole_number_in_its_range(small_variables: pd.DataFrame) -> None:
    assert tuple(small_variables.columns) == names()
    for one in variables():
        column = small_variables[one.name]
        assert column.between(one.lowest, one.highest).all(), one.name
        assert (column == np.round(column)).all(), one.name


def test_every_variable_varies(small_variables: pd.DataFrame) -> None:
    still = [name for name in names() if small_variables[name].nunique() < 2]
    assert still == []


@pytest.mark.parametrize("column", ["KOEN", "IE_TYPE", "SES"])
def test_sex_origin_and_status_cannot_get_in(small: Register, small_variables: pd.DataFrame, column: str) -> None:
    assert column in small.background
    assert all(column not in columns for columns in REGISTERS.values())
    assert all(column not in table.columns for table in small.registers.values())
    # Even where a register holds it, the variables are the same.
    with_it = {name: table.assign(**{column: np.arange(len(table))}) for name, table in small.registers.items()}
    pd.testing.assert_frame_equal(build(with_it, small.sample), small_variables)


def test_the_day_of_the_referral_and_what_comes_after_are_not_seen(small: Register, small_variables: pd.DataFrame) -> None:
    last = small.sample.UNDRETDATO.max()
    early = small.sample[small.sample.UNDRETDATO < last - pd.Timedelta(days=300)]
    until = early.UNDRETDATO.max()
    dated = {"BUU": "UNDRETDATO", "BUFO": "SAG_VFRA", "BUAH": "EFFEKTDATO", "DOD": "DODDATO", "FLYT": "HAEND_DATO", "BEF": "DATO"}
    past = {name: table[table[dated[name]] <= until] for name, table in small.registers.items()}
    pd.testing.assert_frame_equal(build(past, early), small_variables.loc[early.index])


def test_a_referral_that_is_not_in_the_register_is_refused(small: Register) -> None:
    other = small.sample.head(3).assign(UNDRETDATO=pd.Timestamp("2015-01-01"))
    with pytest.raises(ValueError, match="must be a row of BUU"):
        build(small.registers, other)
