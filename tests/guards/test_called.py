"""Names, institutions and towns: typed as people type, and ordinary words that are names too."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explain.guards import find
from explain.guards.words import listed


def called(text: str, **options: object) -> list[tuple[str, str]]:
    return [(found.kind.value, text[found.start : found.end]) for found in find(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mette drikker", "mette"),
        ("METTE DRIKKER", "METTE"),
        ("Mettes mor", "Mettes"),
        ("jonas' mor", "jonas'"),
        ("Emma's mother", "Emma's"),
        ("det er kristofers skyld", "kristofers"),
        ("hun så Josephinne i går", "Josephinne"),
        ("Drengen Storm sover", "Storm"),
        ("pigen hedder liv", "liv"),
        ("de kalder ham bo", "bo"),
        ("her var Bo i går", "Bo"),
        ("Storm er fire år", "Storm"),
        ("Per og Kim er naboer", "Per"),
        ("hun siger at bo slår", "bo"),
        ("drengen august er træt", "august"),
        ("pigen hedder maj", "maj"),
        ("mor hedder Xenthia", "Xenthia"),
        ("lærer Anne-Mette Holm Kjær", "Anne-Mette Holm Kjær"),
        ("familien Al-Hassan", "Al-Hassan"),
        ("vi kender Katrine B.", "Katrine B."),
        ("hr. Vangstrup ringede", "Vangstrup"),
    ],
)
def test_names_are_asked_about(text: str, name: str) -> None:
    assert ("name", name) in called(text)


@pytest.mark.parametrize(
    "text",
    [
        "til sommer, i storm og regn, må hun bo hos far",
        "Sommeren var god. Storm og regn stopper ham ikke. Hans far bor her. Bo hos far?",
        "She may stay in May. Will he? The mark is old; a line of them",
        "hun er glad for sin hest, en bjørn og en rose",
        "Danmark, Polen, Facebook, Ankestyrelsen, PPR og SSP",
        "madpakken er tom; 2 gange per uge, max 3; Falck kom",
        "det lykkes, dans er godt, andre mine sine otte hele lange",
        "folkeskolen, friskolen, børnehaven, hospitalet og en privatskole",
        "vejen til byen; give ham mad; en skive brød",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert called(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("hun går på birkeskolen", "institution", "birkeskolen"),
        ("hun går på Vestre Skole", "institution", "Vestre Skole"),
        ("i børnehaven Solstrålen er", "institution", "børnehaven Solstrålen"),
        ("på Odense Universitetshospital", "institution", "Odense Universitetshospital"),
        ("bor i odense", "town", "odense"),
        ("bor i Aarhus", "town", "Aarhus"),
        ("bor i århus", "town", "århus"),
        ("flyttet til Vester Hassing", "town", "Vester Hassing"),
        ("han bor i Vejen nu", "town", "Vejen"),
        ("Skive Kommune", "town", "Skive"),
    ],
)
def test_places_are_asked_about(text: str, kind: str, what: str) -> None:
    assert (kind, what) in called(text)


@pytest.mark.parametrize("kept", [{"storm"}, {"Storm"}, {"STORM"}])
def test_a_word_that_is_kept_is_not_asked_about_again(kept: set[str]) -> None:
    assert called("Drengen Storm og storms bror; pigen Storm.", kept=kept) == []


def test_a_name_of_two_words_is_kept_whole_or_word_by_word() -> None:
    assert called("her er Bo Storm", kept={"bo"}) == [("name", "Bo Storm")]
    assert called("her er Bo Storm", kept={"bo", "storm"}) == []
    assert called("her er Bo Storm", kept={"bo storm"}) == []


def test_nothing_that_is_refused_can_be_kept() -> None:
    assert [kind for kind, _ in called("ring 00 00 00 00", kept={"00 00 00 00", "ring"})] == ["phone"]


SURE = sorted(
    name for name in listed("names") - listed("words") if len(name) > 3 and f"{name}s" not in listed("words")
)  # *jeans* and *alias* are genitives of names too


@settings(deadline=None)  # the machine may be busy
@given(
    st.sampled_from(SURE),
    st.sampled_from([str.lower, str.title, str.upper]),
    st.sampled_from(["", "s"]),
    st.sampled_from(["hun sagde at {} kom", "{}: nej", "jeg så {}.", "mor til {}, far", "«{}»"]),
)
def test_every_name_of_the_list_is_found(name: str, case: object, genitive: str, frame: str) -> None:
    written = case(name) + genitive  # type: ignore[operator]
    text = frame.format(written)
    assert any(found.start <= text.index(written) < found.end for found in find(text)), text
