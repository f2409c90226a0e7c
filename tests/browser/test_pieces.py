"""What a page fetches: its scripts in few pieces, each once, and what a bad line keeps back is tried again."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Route, expect

from explain.serving.frontend import TOGETHER

PIECE = re.compile(r"/(\d+\.voila\.js|labextensions/.*/static/(?!remoteEntry)[^/]+\.js)")


def test_the_front_end_comes_in_one_piece(visit, server) -> None:
    """A piece asked for by itself belongs into ``explain.serving.frontend.PIECES``."""
    with visit() as anna:
        asked: list[str] = []
        anna.page.on("request", lambda request: asked.append(request.url))
        anna.arrive()
        assert any(TOGETHER in url for url in asked)
        assert [url for url in asked if PIECE.search(url)] == []
        assert len([url for url in asked if not url.startswith("blob:")]) < 40
        scripts = Counter(url for url in asked if "/widgets/" in url)
        assert scripts
        assert max(scripts.values()) == 1, "what all forms share is fetched once"


def test_without_that_piece_the_page_fetches_what_it_needs_as_ever(visit, server) -> None:
    with visit() as anna:
        anna.page.route(f"**/{TOGETHER}", lambda route: route.abort())
        anna.arrive()


@pytest.mark.parametrize("name", ["form.js", "form.css"])
def test_a_script_or_a_sheet_that_fails_is_tried_again(visit, server, name: str) -> None:
    with visit() as anna:
        failed: list[str] = []

        def fail_twice(route: Route) -> None:
            if len(failed) < 2:
                failed.append(route.request.url)
                route.abort()
            else:
                route.continue_()

        anna.page.route(re.compile(rf"/widgets/{re.escape(name)}"), fail_twice)
        anna.arrive()
        form = anna.page.locator(".skoen-form:visible").first
        expect(form).to_be_visible()
        assert len(failed) == 2
        corner = form.locator("button").first.evaluate("one => getComputedStyle(one).borderRadius")
        assert corner == "999px", "the sheet is there too"
