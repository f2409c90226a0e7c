"""One's own picture: counts one can check by hand, and answers that survive a spreadsheet and a printer."""

from __future__ import annotations

import csv
import io
import re

import pytest

from explain.charts.ratings import Ratings
from explain.domain.encounter import CloseCase, FlagInput, LockFinal, LockInitial, Reconsider, SkipCase
from explain.domain.judgement import Judgement, NextStep
from explain.views.picture.presenter import COLUMNS, Moves, PicturePresenter, moves_of

# --- counts: first, final, score ---


@pytest.mark.parametrize(
    ("rows", "moves"),
    [
        ([], Moves(0, 0, 0, 0, 0)),
        ([(5, 5, 8)], Moves(1, 0, 0, 0, 0)),  # stayed
        ([(4, 6, 8)], Moves(1, 1, 1, 0, 2)),  # towards the score
        ([(4, 8, 8)], Moves(1, 1, 1, 0, 4)),  # onto it
        ([(4, 9, 6)], Moves(1, 1, 1, 0, 5)),  # towards it and past it
        ([(4, 8, 6)], Moves(1, 1, 1, 0, 4)),  # past it, as far on the other side
        ([(5, 4, 9)], Moves(1, 1, 0, 1, 1)),  # away from it
        ([(7, 5, 7)], Moves(1, 1, 0, 1, 2)),  # away from where both were
        ([(9, 2, 1), (1, 1, 10), (3, 4, 2)], Moves(3, 2, 1, 1, 7)),
        ([(None, 5, 8), (None, None, 3)], Moves(0, 0, 0, 0, 0)),  # score first: nothing to move from
        ([(None, 5, 8), (4, 5, 8)], Moves(1, 1, 1, 0, 1)),
    ],
)
def test_moves(rows, moves):
    assert moves_of([Ratings(*row) for row in rows]) == moves
    assert moves.moved == moves.towards + moves.away


# --- what she wrote, as files ---

WRITTEN = [
    "Æblegrød på Ærø – så åndsvagt",
    "to\nlinjer",
    "to\r\nlinjer",
    'hun sagde "nej", og; gik',
    "semikolon; komma, og ;;;",
    "'apostrof'",
    "<script>alert('x')</script> & <b>fed</b>",
    "smiley 🙂",
    "\u0000 nul",
]
FORMULAS = ["=1+1", "+45 12", "-3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", '=HYPERLINK("//x";"y")']


@pytest.fixture
def picture(sit, press, judged):
    """Her picture after a set in which she wrote these three texts in the first case and skipped the others."""

    def after(first, final="stadig", reflection="", language="da", preset="teaching"):
        desk = sit(language=language)
        desk.begin("grundforloeb", preset, press())
        case = desk.meeting.planned.case
        judged(desk, Judgement(4, first, missing=first), Judgement(6, final))
        for meeting in desk.progress.meetings[1:]:
            desk.take(meeting.planned.case, SkipCase(), press())
        assert desk.take(case, CloseCase(reflection), press()) == ""
        return PicturePresenter(desk)

    return after


def read(text, language):
    """Read a file as a spreadsheet would, by heading."""
    assert text.startswith("\ufeff")
    delimiter = ";" if language == "da" else ","
    heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    assert len(set(heading)) == len(heading) == len(COLUMNS) + 1
    return [dict(zip((*COLUMNS, "use"), row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", WRITTEN)
def test_text_survives_the_table(picture, language, text):
    (row,) = read(picture(text, text, text, language).as_csv(), language)
    assert (row["first_reasons"], row["missing"], row["final_reasons"], row["reflection"]) == (text,) * 4


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_takes_text_for_a_formula(picture, language, text):
    (row,) = read(picture(text, text, text, language).as_csv(), language)
    assert (row["first_reasons"], row["missing"], row["final_reasons"], row["reflection"]) == ("'" + text,) * 4


def test_what_was_asked_beside_the_rating_is_in_the_table_and_on_paper(sit, press, judged):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    case = desk.meeting.planned.case
    asked = Judgement(4, "fordi", confidence=2, urgent=True, next_step=NextStep.EXAMINATION)
    judged(desk, asked, Judgement(6, "nu"))
    desk.take(case, CloseCase(), press())
    presenter = PicturePresenter(desk)
    (row,) = read(presenter.as_csv(), "da")
    answers = row["confidence"], row["urgent"], row["next_step"]
    assert answers == ("Usikker", "Ja", "En børnefaglig undersøgelse (§\u00a020)")
    assert all(answer in presenter.as_page() for answer in answers)


def test_what_was_not_asked_is_empty_in_the_table_and_not_on_paper(picture):
    presenter = picture("fordi")
    (row,) = read(presenter.as_csv(), "da")
    assert (row["confidence"], row["urgent"], row["next_step"]) == ("", "", "")
    assert presenter.desk.say("question.confidence") not in presenter.as_page()


def test_numbers_as_the_readers_spreadsheet_wants_them(picture):
    (danish,) = read(picture("fordi").as_csv(), "da")
    # the first shipped case: three years old, one referral in 90 days and nothing else (score 2, RS 3.085198 %)
    assert danish["rs"] == "0,030852"
    numbers = danish["first_rating"], danish["final_rating"], danish["score"]
    assert (numbers, danish["model"], danish["use"]) == (("4", "6", "2"), "pilot1", "teaching_only")


def test_numbers_in_english(picture):
    (row,) = read(picture("because", language="en").as_csv(), "en")
    assert row["rs"] == "0.030852"


def test_headings_are_in_the_readers_language(picture):
    text = picture("fordi").as_csv()
    assert text.partition("\r\n")[0].startswith("\ufeffsag;titel;foerste_vurdering;")


def test_every_row_of_the_table_says_that_it_is_for_teaching(sit, press, judged):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    while desk.meeting:
        case = desk.meeting.planned.case
        judged(desk, Judgement(4, "fordi"), Judgement(6, "nu"))
        desk.take(case, CloseCase(), press())
    rows = read(PicturePresenter(desk).as_csv(), "da")
    assert [row["use"] for row in rows] == ["teaching_only"] * 4


def test_a_table_before_anything_is_closed_holds_no_case(sit, press, judged):
    desk = sit()
    assert read(PicturePresenter(desk).as_csv(), "da") == []
    desk.begin("grundforloeb", "pilot1", press())
    judged(desk, Judgement(4, "fordi"), Judgement(6, "nu"))
    assert read(PicturePresenter(desk).as_csv(), "da") == []


@pytest.mark.parametrize("text", WRITTEN[:-1])
def test_the_page_to_print_shows_what_she_wrote_and_runs_none_of_it(picture, text):
    page = picture(text, text, text).as_page()
    assert page.count(escaped(text)) == 4
    assert "<script" not in page
    assert "<b>" not in page


def escaped(text):
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('"', "&#34;")):
        text = text.replace(sign, code)
    return text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_to_print_is_whole_and_says_that_it_is_for_teaching(picture, language):
    presenter = picture("fordi", language=language)
    page = presenter.as_page()
    assert f'<html lang="{language}"' in page
    assert presenter.desk.say("teaching_only") in page
    assert not re.search(r"https?://", page)


def test_flags_are_in_the_table(sit, press, judged):
    desk = sit()
    desk.begin("grundforloeb", "teaching", press())
    case = desk.meeting.planned.case
    desk.open(case, press())
    first, final = LockInitial(Judgement(4, "fordi")), LockFinal(Judgement(4, "stadig"))
    flags = [FlagInput(name, False) for name in ("referrals_90d", "age")]
    for command in (first, *flags, Reconsider(), final, CloseCase()):
        assert desk.take(case, command, press()) == ""
    (row,) = read(PicturePresenter(desk).as_csv(), "da")
    assert row["does_not_fit"] == "3 år gammel; ingen tidligere underretninger de seneste 90 dage"


def test_what_she_lacked_to_know_is_there_where_the_score_came_first(sit, press):
    desk = sit()
    desk.begin("grundforloeb", "score_first", press())
    case = desk.meeting.planned.case
    desk.open(case, press())
    for command in (Reconsider(), LockFinal(Judgement(4, "fordi", missing="hvad faren siger")), CloseCase()):
        assert desk.take(case, command, press()) == ""
    presenter = PicturePresenter(desk)
    (row,) = read(presenter.as_csv(), "da")
    assert row["missing"] == "hvad faren siger"
    assert "hvad faren siger" in presenter.as_page()


def test_what_is_not_opened_again_has_no_text_in_the_picture(picture):
    assert picture("fordi", preset="teaching").rows()[0].body


def test_pilot1_does_not_open_a_case_again(picture):
    assert picture("fordi", preset="pilot1").rows()[0].body == ""


def test_beginning_again_keeps_the_condition(picture, press):
    presenter = picture("fordi", preset="pilot1")
    assert presenter.again(press()) == ""
    progress = presenter.desk.progress
    assert (progress.run, progress.participation.plan[0].condition.name) == (2, "pilot1")
    assert presenter.rows() == []


def test_beginning_again_is_no_way_out_of_a_run(sit, press):
    desk = sit()
    assert PicturePresenter(desk).again(press()) == desk.say("refused.not_now")
    desk.begin("grundforloeb", "teaching", press())
    PicturePresenter(desk).again(press())
    assert desk.progress.run == 1
