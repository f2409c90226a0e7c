"""The command ``skoen print``: the sheets keep the order of the training, and hold what the page holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from explain.apps.cli import main
from explain.apps.paper import PARTS, PILES, criteria, pile, programme, sheets
from explain.casebook.files import read_case, read_set, set_folders, shipped
from explain.casebook.schema import Case
from explain.domain.conditions import TEACHING, Question
from explain.models.scorer import Pilot1Scorer
from explain.texts import LANGUAGES, sayer
from explain.texts.numbers import decimal

CASES = [case for folder in set_folders(shipped()) for case in read_set(folder).cases]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)).replace("&#39;", "'")


def escaped(text: str) -> str:
    return " ".join(str(Markup.escape(text)).replace("&#39;", "'").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder)
def test_no_sheet_knows_what_comes_later_and_the_trainers_note_is_on_hers(case: Case, language: str) -> None:
    (_, first), (_, second), (_, third), (_, trainers) = sheets(case, sayer(language))
    raw = decimal(100 * Pilot1Scorer().score(case).raw, 2, language)
    assert raw in second
    assert raw not in first
    teaching = case.pedagogy
    later = [member.reasons.say(language) for member in teaching.panel] + [teaching.trainees_note.say(language)[:60]]
    if teaching.planted_error:
        later.append(teaching.planted_error.explanation.say(language)[:60])
    for words in later:
        start = " ".join(words[:60].split())
        assert start in plain(third)
        assert start not in plain(first) + plain(second)
    handed_out = plain(first) + plain(second) + plain(third)
    known = escaped(teaching.trainees_note.say(language))
    own = [part for part in map(escaped, teaching.trainers_note.say(language).split("\n\n")) if part not in known]
    assert own
    for words in own:
        assert words in plain(trainers)
        assert words not in handed_out


def test_a_case_with_a_note_says_so_before_the_case() -> None:
    case = read_case(shipped() / "grundforloeb" / "skaenderier-hjemme")
    text = plain(next(iter(sheets(case, sayer("da"))))[1])
    assert text.index("Du kan springe den over") < text.index("Klasselæreren")


def test_the_first_sheet_asks_what_the_teaching_page_asks() -> None:
    case = read_case(shipped() / "grundforloeb" / "ude-om-natten")
    say = sayer("da")
    text = plain(next(iter(sheets(case, say)))[1])
    for key in ("rating.question", "judgement.reasons1"):
        assert " ".join(say(key).split()) in text
    assert [one for one in Question if " ".join(say(f"question.{one.value}").split()) in text] == list(
        TEACHING.questions
    )
    assert "1 2 3 4 5 6 7 8 9 10" in text


def test_every_score_says_that_it_is_for_teaching(looked_at) -> None:
    for case in CASES:
        assert sayer("da")("teaching_only") in list(sheets(case, sayer("da")))[1][1]
    looked_at("sheets with a score", len(CASES))


def test_the_page_of_criteria_has_all_six_and_the_duties() -> None:
    text = plain(criteria(sayer("en")))
    say = sayer("en")
    assert all(say(f"criteria.{name}") in text for name in ("input", "text", "age", "population", "danger", "new"))
    assert "24 hours" in text
    assert "136" not in text


def test_the_command_writes_a_page_per_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "paper"
    assert main(["print", str(shipped()), "--out", str(out), "--language", "en"]) == 0
    assert len(list(out.glob("*.html"))) == 4 * len(CASES) + 2
    assert f"cases: {len(CASES)}" in capsys.readouterr().err
    assert 'lang="en"' in (out / "criteria.html").read_text(encoding="utf-8")


def test_one_case_alone(tmp_path: Path) -> None:
    assert main(["print", str(shipped() / "grundforloeb" / "ude-om-natten"), "--out", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("grundforloeb-04-*.html"))) == 4


def test_nothing_is_written_where_nothing_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(tmp_path / "ukendt"), "--out", str(tmp_path / "paper")]) == 2
    assert "must be a case's folder" in capsys.readouterr().err
    (tmp_path / "case.toml").write_text("x", encoding="utf-8")
    assert main(["print", str(tmp_path), "--out", str(tmp_path / "paper")]) == 2
    assert not (tmp_path / "paper").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programme_fills_three_hours_and_ends_with_the_criteria(language: str) -> None:
    say = sayer(language)
    text = plain(programme(say))
    assert sum(PARTS.values()) == 180
    assert say("programme.span", start=say("programme.hour", hours=1, minutes=40), end="") in text
    titles = [text.index(say(f"programme.{name}.title") + " (") for name in PARTS]
    assert titles == sorted(titles)
    assert text.index(say("programme.paper.title")) < text.rindex(say("criteria.title"))
    assert programme(say).count("<style>") == 1


def test_a_pile_holds_one_kind_of_sheet_alone(looked_at) -> None:
    """Printed on both sides, a page with two kinds would have a score on the back of a rating."""
    say = sayer("da")
    for which, kind in enumerate(PILES):
        page = pile(which, "Grundforløb", CASES[:2], say)
        assert page.count("<html") == 1
        assert [page.count(say(f"print.{name}_sheet")) for name in PILES] == [2 * (name == kind) for name in PILES]
    looked_at("piles", len(PILES))
