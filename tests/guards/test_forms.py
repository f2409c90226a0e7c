"""Numbers, addresses and dates are found however they are written, and what looks like them is let pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explain.guards import Kind, find, refused

AROUND = st.sampled_from(["", " ", "(", "cpr ", "nr.", "se:", "«", '"', "\t", "- ", "far, "])
AFTER = st.sampled_from(["", " ", ".", ",", ")", ";", "!", "»", '"', " og", "\n"])
INVISIBLE = st.sampled_from(["", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060"])
BLANK = st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f"])
DASH = st.sampled_from(["", "-", " - ", "- ", " -", "–", "—", "‑", "−", "－"])
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@st.composite
def digits(draw: st.DrawFn, count: int) -> str:
    written = "".join(draw(st.sampled_from("0123456789")) for _ in range(count))
    return written.translate(draw(st.sampled_from([{}, WIDE, ARABIC])))


@st.composite
def cpr_numbers(draw: st.DrawFn) -> str:
    day, month = draw(st.integers(1, 31)) + draw(st.sampled_from([0, 60])), draw(st.integers(1, 12))
    date = f"{day:02}{month:02}{draw(st.integers(0, 99)):02}".translate(draw(st.sampled_from([{}, WIDE])))
    between = draw(DASH) + draw(INVISIBLE)
    return draw(INVISIBLE).join(date) + between + draw(digits(4))


@settings(deadline=None)  # the machine may be busy
@given(AROUND, cpr_numbers(), AFTER)
def test_cpr_numbers(before: str, number: str, after: str) -> None:
    (found,) = refused(before + number + after)
    assert found.kind is Kind.CPR
    assert (found.start, found.end) == (len(before), len(before + number))


@settings(deadline=None)  # the machine may be busy
@given(AROUND, st.sampled_from(["", "+45 ", "+45", "0045 ", "(+45) "]), st.data(), AFTER)
def test_phone_numbers(before: str, code: str, data: st.DataObject, after: str) -> None:
    blank = data.draw(BLANK)
    pairs = [data.draw(digits(2)) for _ in range(4)]
    number = code + blank.join(pairs)
    (found,) = refused(before + number + after)
    assert found.kind is Kind.PHONE
    assert found.end == len(before + number)


NAME = st.text("abcdefghijklmnoæøå0123456789._+", min_size=1, max_size=20).filter(lambda name: name[0].isalpha())


@settings(deadline=None)  # the machine may be busy
@given(AROUND, NAME, st.sampled_from(["@", "＠", " @ ", "(at)", " (at) ", " snabel-a "]), AFTER)
def test_mail_addresses(before: str, name: str, sign: str, after: str) -> None:
    address = f"{name}{sign}post.example"
    found = next(found for found in refused(before + address + after) if found.kind is Kind.EMAIL)
    assert found.end == len(before + address)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://example.com/a?b=1", "web"),
        ("www.skole.example", "web"),
        ("example.com/x", "web"),
        ("birkevej 12, 2. tv", "address"),
        ("Gl. Kongevej 33, 1850 Frederiksberg", "address"),
        ("H.C. Andersens Boulevard 10", "address"),
        ("8000 aarhus", "address"),
        ("3. maj 2012", "date"),
        ("14/3", "date"),
        ("5.6.2023", "date"),
        ("2024-05-03", "date"),
        ("May 3rd", "date"),
        ("28. febuar", "date"),
        ("tyvende marts", "date"),
    ],
)
def test_forms(text: str, kind: str) -> None:
    for before, after in (("", ""), ("det var ", " igen"), ("(", ")"), ("se ", ".")):
        (found,) = refused(before + text + after)
        assert found.kind.value == kind
        assert (found.start, found.end) == (len(before), len(before + text))


@pytest.mark.parametrize("text", ["født 3.4.2012", "f. 3. april 12", "born May 3, 2012", "fødselsdag den 7. juni"])
def test_a_date_of_birth_is_told_from_other_dates(text: str) -> None:
    assert [found.kind for found in refused(text)] == [Kind.BIRTH_DATE]


def test_a_cpr_number_with_its_end_crossed_out_is_a_date_of_birth() -> None:
    assert [found.kind for found in refused("cpr 03" + "0412-xxxx")] == [Kind.BIRTH_DATE]


@pytest.mark.parametrize(
    "text",
    [
        "Drengen er 15 år og har haft 3 underretninger på 90 dage.",
        "Barnets lov § 32, stk. 1, nr. 3, og §§ 46-47; jf. afsnit 2.3.12",
        "lov nr. 282 og bekendtgørelse nr. 1234",
        "10.000.000 visninger, 1.200 kr. og 12345678 kr",
        "data fra 2014-2015, i 2019",
        "i maj, 3 marker, 4 mange",
        "3/4 af klassen, 1/2 time, 24/7, 7/10, uge 3-4",
        "går i børnehaven 3 dage og i parken 2 timer, på vej 2 gange",
        "9900000000 og 123456789012",
        "0.0101" + "901234",
        "hjem.de gik, ude.se nu",
        "a girl of 13, out at 2 o'clock",
        "10:30-11.45, kl. 8.15",
        "18,5 % og 37,0 grader",
    ],
)
def test_what_only_looks_like_it_is_let_pass(text: str) -> None:
    assert refused(text) == []
    assert [found for found in find(text) if found.action.value == "refuse"] == []
