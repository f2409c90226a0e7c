from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from explain.register.build import REGISTERS, build
from explain.register.variables import names, variables
from explain.register.whole import Register


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


def test_the_day_of_the_referral_and_what_comes_after_are_not_seen(
    small: Register, small_variables: pd.DataFrame
) -> None:
    last = small.sample.UNDRETDATO.max()
    early = small.sample[last - pd.Timedelta(days=300) > small.sample.UNDRETDATO]
    until = early.UNDRETDATO.max()
    dated = {
        "BUU": "UNDRETDATO",
        "BUFO": "SAG_VFRA",
        "BUAH": "EFFEKTDATO",
        "DOD": "DODDATO",
        "FLYT": "HAEND_DATO",
        "BEF": "DATO",
    }
    past = {name: table[table[dated[name]] <= until] for name, table in small.registers.items()}
    pd.testing.assert_frame_equal(build(past, early), small_variables.loc[early.index])


def test_a_referral_that_is_not_in_the_register_is_refused(small: Register) -> None:
    other = small.sample.head(3).assign(UNDRETDATO=pd.Timestamp("2015-01-01"))
    with pytest.raises(ValueError, match="must be a row of BUU"):
        build(small.registers, other)
