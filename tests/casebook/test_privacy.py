"""What looks like a person or a day is found; what does not is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain.casebook.privacy import identifying


# None of the numbers can be a civil registration number: day 00 and day 99 do not exist.
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("000000-0000", "cpr"),
        ("990000 0000", "cpr"),
        ("9900000000", "cpr"),
        ("den 3. maj", "date"),
        ("3/5-2024", "date"),
        ("03.05.24", "date"),
        ("2024-05-03", "date"),
        ("May 3rd", "date"),
        ("i 2023", "date"),
        ("skriv til navn@skole.example", "e-mail"),
        ("00 00 00 00", "phone"),
        ("+45 00000000", "phone"),
        ("www.skole.example", "web address"),
        ("Birkevej 12", "address"),
        ("0000 Byen", "address"),
    ],
)
def test_forms_are_found(text: str, kind: str) -> None:
    assert [finding.kind for finding in identifying(f"Noget før\n{text} og noget efter")] == [kind]
    assert next(identifying(f"Noget før\n{text}")).line == 2


@pytest.mark.parametrize(
    "text",
    [
        "Drengen er 15 år og har haft 3 underretninger på 90 dage.",
        "Fraværet er 18 procent over to måneder.",
        "Barnets lov § 32, stk. 1, nr. 3, og § 137.",
        "a girl of 13, out at 2 o'clock; 1,200 kroner",
        "Hun gik i 1.g og skolegade er et ord",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert list(identifying(text)) == []


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    for finding in identifying(text):
        assert finding.excerpt in text
        assert 1 <= finding.line <= text.count("\n") + 1
