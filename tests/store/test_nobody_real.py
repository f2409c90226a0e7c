"""What was refused is stored nowhere: not in the database, not in its write-ahead log, not in a log or an error."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CaseClosed, Fact, InitialLocked
from explain.domain.judgement import Judgement
from explain.sessions.ports import Envelope
from explain.store import open_store, prepare

WRITTEN = "Skolen har set ham trist"
"""Stored, so that looking for a text proves something."""

REAL = {
    "cpr": "0101" + "90-1234",
    "phone": "22 33 44 55",
    "email": "mor@hjem.example",
    "web": "www.minside.example/album",
    "address": "Birkevej 12, 2. th",
    "birth_date": "født 3. maj 2012",
    "date": "14. marts 2021",
}
"""Of every kind that is refused one; nobody's."""


def facts_with(text: str) -> list[Fact]:
    return [
        InitialLocked(Judgement(7, reasons=text)),
        InitialLocked(Judgement(7, reasons="trist", missing=text)),
        CaseClosed(text),
    ]


@pytest.mark.parametrize(("kind", "real"), REAL.items())
def test_what_is_refused_is_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], kind: str, real: str
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"sqlite:///{tmp_path / 'skoen.db'}"
    prepare(url)
    store = open_store(url)
    told = []
    for number, fact in enumerate(facts_with(f"Moren siger: {real}, og græder")):
        with pytest.raises(Refused) as refused:
            store.write("case/1", lambda _, fact=fact: [fact], Envelope(f"bad-{number}", "p1"), content=fact)
        assert (refused.value.code, refused.value.about) == (Refusal.IDENTIFYING, (kind,))
        told.append(str(refused.value))
    with pytest.raises(Refused):
        store.save_draft("case/1", "reasons", real, 1, "p1")
    fine = InitialLocked(Judgement(7, reasons=WRITTEN))
    store.write("case/1", lambda _: [fine], Envelope("good", "p1"), content=fine)

    assert [row.fact for row in store.after(0)] == [fine]
    assert store.drafts("case/1") == {}
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert "skoen.db-wal" in files
    assert any(WRITTEN.encode() in content for content in files.values())
    store.close()
    files |= {f"{file.name}, closed": file.read_bytes() for file in tmp_path.iterdir()}
    assert [name for name, content in files.items() if real.encode() in content] == []
    assert real not in "".join([caplog.text, *capfd.readouterr(), *told])


def test_a_name_is_taken_since_only_its_writer_can_say_what_it_is(tmp_path: Path) -> None:
    store = open_store("memory:")
    fact = CaseClosed("Storm og regn i Vejen for ham")
    store.write("case/1", lambda _: [fact], Envelope("c1", "p1"), content=fact)
    assert [row.fact for row in store.read("case/1")] == [fact]
