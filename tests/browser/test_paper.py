"""The sheets as a browser prints them: on both sides of the paper, each is one piece of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from explain.apps.paper import PILES, pile
from explain.casebook.files import read_set, set_folders, shipped
from explain.texts import LANGUAGES, sayer

PAGE = re.compile(rb"/Type\s*/Page\b")
"""What stands for a page in Chromium's PDF."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_two_pages_so_that_the_next_begins_on_a_new_piece_of_paper(
    browser: Browser, language: str, looked_at
) -> None:
    say, printed = sayer(language), 0
    with browser.new_context() as context:
        page = context.new_page()
        for folder in set_folders(shipped()):
            for case in read_set(folder).cases:
                for which, kind in enumerate(PILES):
                    page.set_content(pile(which, "", [case], say))
                    pages = PAGE.findall(page.pdf(prefer_css_page_size=True))
                    assert len(pages) == 2, f"{case.folder}: {kind}"
                    printed += 1
    looked_at("sheets", printed)
