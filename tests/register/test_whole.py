from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from explain.register.rows import days, spells
from explain.register.sample import size_of
from explain.register.validation import measures
from explain.register.whole import MODEL_REGISTERS, VALIDATION_REGISTERS, Register, make

COLUMNS = {
    "BUU": {"PNR", "KOMNR", "UNDRETDATO", "UNDRETTYPE", *(f"BAGGRUND{k}" for k in range(1, 17))},
    "BEF": {"PNR", "PNRM", "PNRF", "FOED_DAG", "FM_MARK", "CIVST"},
    "BUFO": {"PNR", "PGF", "SAG_VFRA", "SAG_VTIL"},
    "BUAH": {"PNR", "EFFEKTDATO", "HAENDELSE", "NYKOM"},
    "DOD": {"PNR", "DODDATO"},
    "FLYT": {"PNR", "HAEND_DATO"},
    "KROF": {"PNR", "YEAR", "OFR_GERFRADT", "OFR_GER7"},
    "KRSI": {"PNR", "YEAR", "SIG_SIGTDTO", "SIG_GER1DTO"},
    "LPRADMDIAG": {"PNR", "YEAR", "C_DIAG"},
    "PSYK_ADM": {"PNR", "RECNUM", "D_HENDTO", "D_INDDTO"},
    "PSYK_DIAG": {"RECNUM", "C_DIAG"},
    "Trivsel_2015_2018": {"PNR", "AAR", *(f"Q{k}" for k in range(1, 41))},
    "Fravaer_2011_2018": {"PNR", "DageUlovFra", "Skoleaar", "Maaned", "DageAktiv"},
    "T_SCOR_1995_2018": {"PNR", "DATO", "GINGIV", "I_ALT_TD", "DEF_T_3", "FLADE_3_3", "SVAERZON", "I_ALT_FL"},
}
"""Source: impact assessment of 11 March 2021, annex A and tables 2 and 3."""


@pytest.mark.parametrize("name", [*MODEL_REGISTERS, *VALIDATION_REGISTERS])
def test_a_register_has_the_published_columns_and_rows(small_folder: Path, name: str) -> None:
    table = pq.read_table(small_folder / f"{name}.parquet")
    assert set(table.column_names) >= COLUMNS[name]
    assert table.num_rows > 0


def test_the_sample_has_exactly_the_sizes_asked_for(small: Register) -> None:
    size, training = size_of(len(small.sample)), small.sample[small.sample.PART == "training"]
    assert small.sample.PNR.nunique() == size.children
    assert (len(training), training.PNR.nunique()) == (size.training_referrals, size.training_children)
    evaluation = small.sample[small.sample.PART == "evaluation"]
    assert not set(training.PNR) & set(evaluation.PNR)
    assert small.sample.UNDRETDATO.between("2016-04-01", "2017-12-31").all()


def test_no_key_can_be_a_civil_registration_number(small: Register) -> None:
    for table in (small.registers | small.validation).values():
        for column in {"PNR", "PNRM", "PNRF"} & set(table.columns):
            keys = table[column][table[column] != 0].astype(str)
            assert (keys.str.len() == 11).all()


def test_the_same_seed_gives_the_same_register_on_any_number_of_cores_and_another_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = (make(seed, 600, runs=1) for seed in (5, 6))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    again = make(5, 600, runs=1)
    for name, table in one.registers.items():
        pd.testing.assert_frame_equal(table, again.registers[name])
    pd.testing.assert_frame_equal(one.sample, again.sample)
    assert len(one.registers["BUU"]) != len(other.registers["BUU"])


def test_one_parameter_can_be_changed_without_moving_other_families() -> None:
    # Deaths are rare: with more of them, most families' referrals stay as they were.
    one, other = make(5, 600, runs=0), make(5, 600, runs=0, state_death=0.0)
    kept = one.registers["BUU"].UNDRETDATO.value_counts() - other.registers["BUU"].UNDRETDATO.value_counts()
    assert kept.abs().sum() < 0.5 * len(one.registers["BUU"])


def test_placements_of_a_child_do_not_overlap_and_begin_in_childhood(small: Register) -> None:
    keys, first, last, _ = spells(small.registers["BUAH"])
    same = keys[1:] == keys[:-1]
    assert (last[:-1][same] <= first[1:][same]).all()
    born = small.registers["BEF"].drop_duplicates("PNR").set_index("PNR").FOED_DAG
    age = (first - days(born.reindex(keys))) / 365.25
    assert (age >= 0).all()
    assert (age < 18.1).all()


def test_the_outcome_is_a_placement_within_365_days(small: Register) -> None:
    keys, first, _, _ = spells(small.registers["BUAH"])
    begun: dict[int, list[int]] = {}
    for key, day in zip(keys.tolist(), first.tolist(), strict=True):
        begun.setdefault(key, []).append(day)
    asked = zip(small.sample.PNR.tolist(), days(small.sample.UNDRETDATO).tolist(), strict=True)
    by_hand = [any(0 < day - now <= 365 for day in begun.get(key, [])) for key, now in asked]
    assert small.sample.PLACED.astype(bool).tolist() == by_hand


def test_the_truth_is_a_probability_that_fits_what_happened(small: Register) -> None:
    truth, placed = small.sample.TRUTH.to_numpy(), small.sample.PLACED.to_numpy()
    assert ((truth >= 0) & (truth < 1)).all()  # 0 for who comes of age before the next decision
    # Children's referrals share an outcome: the error is reckoned by child.
    gap = pd.Series(placed - truth).groupby(small.sample.PNR).sum()
    assert abs(gap.sum()) < 4 * np.sqrt((gap**2).sum())
    ranked = pd.Series(truth).rank()
    n, m = placed.sum(), (1 - placed).sum()
    assert (ranked[placed == 1].sum() - n * (n + 1) / 2) / (n * m) > 0.75


def test_every_validation_measure_is_about_the_children_of_the_sample(small: Register) -> None:
    found = measures(small.validation)
    assert len(found) == 7
    for measure in found.values():
        assert measure.notna().any()
        assert set(measure.index) <= set(small.sample.PNR)
