"""Templates escape what people wrote, and a case's Markdown brings nothing but text."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from explain.domain.judgement import Judgement
from explain.texts import sayer
from explain.views.components.template import markdown, render

SAY = sayer("da")
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_what_a_person_wrote_is_escaped():
    page = render(
        "judgement/judgement.html", SAY, step=3, alone=False, initial=Judgement(7, HOSTILE), score=None, marked=""
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_notice_is_escaped_and_an_empty_one_is_not_there():
    assert "&lt;b&gt;" in render("notice.html", SAY, notice="<b>", unsent="")
    assert render("notice.html", SAY, notice="", unsent="").strip() == ""


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        render("judgement/judgement.html", SAY, step=3, alone=False, initial=None)


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<img src=x onerror=x>",
        "<iframe src=x></iframe>",
        "[her](javascript:x)",
        "[her](https://example.org)",
        "![x](https://example.org/x.png)",
        "<style>x</style>",
        '<p onclick="x">x</p>',
        "<svg onload=x>",
    ],
)
def test_markdown_brings_no_script_picture_link_or_style(text):
    made = str(markdown(f"Før {text} efter", "da"))
    for sign in ("<script", "<img", "<iframe", "<a", "<style", "<svg", "href", "src", "onclick", "onload", "onerror"):
        assert sign not in made
    assert "Før" in made
    assert "efter" in made


def test_markdown_keeps_what_a_referral_needs():
    made = str(markdown("## Ikke\n\nTo *afsnit*\n\n- punkt\n\n> citat", "da"))
    for tag in ("<p>", "<em>", "<ul>", "<li>", "<blockquote>"):
        assert tag in made


@pytest.mark.parametrize(("language", "said"), [("da", "»Jeg er træt«"), ("en", "“Jeg er træt”")])
def test_quotation_marks_are_the_languages_own(language, said):
    assert said in str(markdown('"Jeg er træt"', language))
