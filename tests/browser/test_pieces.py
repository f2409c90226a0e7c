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


def test_nothing_moves_when_a_figure_arrives_late(visit, server) -> None:
    """A press is lost when its button moves away between the eye and the finger."""
    with visit() as anna:
        held: list[Route] = []
        anna.page.route("**/plotly-basic.min.js", lambda route: held.append(route))
        anna.arrive()
        anna.introduce()
        anna.open(1)
        anna.judge(1, 5, "Bekymret for skolegangen")
        anna.lock(1)
        anna.at_step(2, case=1)
        onward = anna.button("score.onward")
        expect(onward).to_be_visible()
        place = "one => one.getBoundingClientRect().top + window.scrollY"
        before = onward.evaluate(place)
        assert held, "the figure must still be on its way"
        assert anna.page.locator(".js-plotly-plot").count() == 0
        held[0].continue_()
        expect(anna.page.locator(".js-plotly-plot .plot-container")).to_be_visible()
        assert abs(onward.evaluate(place) - before) < 2
