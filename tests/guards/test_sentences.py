"""What is asked of the guards, on the sentences they were not tuned to."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from bench.guards import FOLDER, GROUPS, PARTS, Sentence, outcome, sentences, table
from explain.guards import Action, Finding, find

CPR = re.compile(r"\d{6}[- ]?\d{4}")
RECALL = {
    "CPR number": 1.0,
    "phone": 1.0,
    "e-mail": 1.0,
    "address": 0.95,
    "date": 0.95,
    "name": 0.95,
}
"""Shares that must be found in the untouched part."""


@pytest.fixture(scope="module")
def untouched() -> list[tuple[Sentence, list[Finding]]]:
    return [(each, find(each.text)) for each in sentences("untouched")]


def test_there_are_enough_of_them(looked_at):
    read = [each for part in PARTS for each in sentences(part)]
    marked = [each for each in read if each.marks]
    assert len(marked) >= 400
    assert len(read) - len(marked) >= 400
    looked_at("sentences", len(read))


def test_no_sentence_is_there_twice():
    lines = [
        line.lower()
        for part in PARTS
        for name in ("identifying", "clean")
        for line in (FOLDER / part / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) == len(set(lines))


def test_the_files_hold_no_number_of_anybody():
    for file in FOLDER.glob("*/*.txt"):
        text = file.read_text(encoding="utf-8")
        assert not CPR.search(text), file
        assert "Everything is invented" in text


def test_digits_are_put_in():
    assert all("#" not in each.text and "{" not in each.text for part in PARTS for each in sentences(part))


@pytest.mark.parametrize("name", RECALL)
def test_recall_on_the_untouched_part(untouched, name):
    kinds = GROUPS[name]
    outcomes = [
        set(outcome(mark, findings, kinds)) for each, findings in untouched for mark in each.marks if mark.kind in kinds
    ]
    found = sum("found" in what for what in outcomes)
    assert found >= RECALL[name] * len(outcomes), f"{found} of {len(outcomes)}"


@pytest.mark.parametrize(("action", "below"), [(Action.REFUSE, 0.01), (Action.ASK, 0.03)])
def test_false_alarms_on_the_untouched_part(untouched, action, below):
    clean = [findings for each, findings in untouched if not each.marks]
    wrong = [findings for findings in clean if any(found.action is action for found in findings)]
    assert len(wrong) < below * len(clean)


def test_the_page_has_the_table_as_it_is_printed(root):
    page = (root / "docs/guards.md").read_text(encoding="utf-8")
    missing = [line for line in chain.from_iterable(map(table, PARTS)) if line.strip() and line.strip() not in page]
    assert missing == [], "print it again: python -m bench.guards"
