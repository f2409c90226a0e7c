"""What an application hands over is checked when it is handed over."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from explain.apps.site import training_site
from explain.casebook.files import shipped
from explain.serving.site import Page, Site, Wording
from explain.texts import LANGUAGES, sayer

NOTEBOOK = Path(__file__).with_name("first.ipynb")


def wording(language: str = "da") -> Wording:
    return Wording(**sayer(language).under("server"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_sentence_the_server_says(language: str) -> None:
    assert all(asdict(wording(language)).values())


def test_a_wording_without_a_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="waiting"):
        Wording(**{**asdict(wording()), "waiting": " "})


def test_a_page_needs_a_notebook_that_is_there() -> None:
    with pytest.raises(ValueError, match="must be a file"):
        Page("", NOTEBOOK.with_name("nowhere.ipynb"), {"da": "Side"})


def test_a_path_has_no_slash_at_its_ends() -> None:
    with pytest.raises(ValueError, match="no slash"):
        Page("/side", NOTEBOOK, {"da": "Side"})


def test_a_site_needs_a_first_page() -> None:
    with pytest.raises(ValueError, match="different paths"):
        Site((Page("side", NOTEBOOK, {"da": "Side"}),), {"da": wording()})


def test_a_page_needs_a_title_in_every_language() -> None:
    with pytest.raises(ValueError, match="title in en"):
        Site((Page("", NOTEBOOK, {"da": "Side"}),), {"da": wording(), "en": wording("en")})


def test_kernels_are_told_only_what_is_ours() -> None:
    with pytest.raises(ValueError, match="PYTHONSTARTUP"):
        Site((Page("", NOTEBOOK, {"da": "Side"}),), {"da": wording()}, {"PYTHONSTARTUP": "evil.py"})


def test_the_first_language_is_spoken_unless_asked() -> None:
    site = Site((Page("", NOTEBOOK, {"da": "Side", "en": "Page"}),), {"da": wording(), "en": wording("en")})
    assert site.languages[0] == "da"
    assert site.page("nowhere") is None


def test_the_training_site_tells_kernels_where_everything_is(tmp_path: Path) -> None:
    site = training_site(tmp_path, "sqlite:///x", cases=shipped(), preset="pilot1").site
    assert site.environment == {
        "SKOEN_DATA": str(tmp_path),
        "SKOEN_DATABASE": "sqlite:///x",
        "SKOEN_CASES": str(shipped().resolve()),
        "SKOEN_PRESET": "pilot1",
        "SKOEN_SCRIPTS": "handed out",
    }
