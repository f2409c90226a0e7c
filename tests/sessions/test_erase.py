"""Erasing a person: all she wrote, in every run, and nobody else's; and a flag that changes nothing."""

from __future__ import annotations

import pytest

from explain.domain.encounter import FlagInput
from explain.domain.errors import Refusal, Refused


def test_a_person_is_erased_in_every_run_and_nobody_else(person, training, store):
    anna, bo = person("anna").begin(), person("bo").begin()
    anna.finish()
    anna.begin()
    anna.lock("young", 9)
    bo.lock("young", 3)
    training.erase("anna", actor="trainer", reason="asked for it")
    assert {row.actor for row in store.after(0)} == {"bo"}
    assert training.progress("anna") is None
    assert bo.kinds("young")[-1] == "ScoreRevealed"
    with pytest.raises(Refused) as refused:
        anna.begin()
    assert refused.value.code is Refusal.ERASED


def test_an_erasure_can_be_repeated(person, training, store):
    person("anna").begin().lock("young")
    for _ in range(2):
        training.erase("anna", actor="trainer", reason="asked for it")
    assert store.after(0) == ()


def test_a_flag_that_says_what_is_said_already_makes_no_fact(person):
    anna = person("anna").begin()
    anna.lock("young")
    for fits in (True, False, False, False, True):
        anna.take("young", FlagInput("age", fits))
    assert anna.kinds("young").count("InputFlagged") == 2
