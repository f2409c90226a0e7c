"""Every door of the server: what it answers, in which language, with which headers, and that it starts no kernel."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from bench.client import Browser, page_data
from bench.server import Running
from explain.serving.doors import START_HEADER

NO_SUCH_PAGE = [
    *("nowhere", "page", "page/x", "de", "en/nowhere", ".env", "favicon.ico", "first.ipynb", "cookie_secret"),
    # what Voilà and Jupyter have, and we do not
    *("voila/tree", "voila/render/first.ipynb", "voila/files/first.ipynb", "voila/api/contents/", "voila/query/x"),
    *("voila/templates/lab/static/index.css", "voila/api/shutdown/x", "login", "logout", "tree", "lab", "files/x"),
    *("api/kernels", "api/contents", "api/sessions", "api/terminals", "api/status", "api/kernelspecs"),
    *(f"api/kernels/00000000-0000-0000-0000-000000000000{rest}" for rest in ("/restart", "/interrupt")),
    # out of the folders of files
    *("assets/", "assets/../server.py", "assets/%2e%2e/server.py", "voila/static/", "voila/static/../../conf.json"),
    "voila/labextensions/../../../etc/passwd",
]


def ask(server: Running, path: str = "", **options: object) -> HTTPResponse:
    return asyncio.run(Browser(server.url).ask(path, **options))  # type: ignore[arg-type]


def start_body(**changes: object) -> dict[str, object]:
    return {"page": "", "lang": "da", "query": "", **changes}


def check_headers(answer: HTTPResponse, cache: str = "no-store") -> None:
    assert answer.headers["Cache-Control"] == cache
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in answer.headers


@pytest.mark.parametrize(
    ("path", "language", "title", "waiting"),
    [
        ("", "da", "Første side", "Siden gøres klar."),
        ("?lang=en", "en", "First page", "The page is being made ready."),
    ],
)
def test_the_first_page_waits_in_its_language(
    server: Running, path: str, language: str, title: str, waiting: str
) -> None:
    html = ask(server, path).body.decode()
    assert f'<html lang="{language}" translate="no">' in html
    assert f"<title>{title}</title>" in html
    assert waiting in html
    assert all(part in html for part in ("<main", 'name="viewport"', "<noscript><p>"))


@pytest.mark.parametrize("path", ["en", "en/", "en?sag=3"])
def test_en_leads_to_the_first_page_in_english(server: Running, path: str) -> None:
    answer = ask(server, path)
    check_headers(answer)
    assert (answer.code, answer.headers["Location"]) == (302, "/?sag=3&lang=en" if "sag" in path else "/?lang=en")


def test_a_chosen_language_is_remembered(server: Running) -> None:
    async def visit() -> str:
        browser = Browser(server.url)
        await browser.ask("?lang=en")
        return (await browser.ask("")).body.decode()

    assert 'lang="en"' in asyncio.run(visit())


def test_an_unknown_language_is_danish(server: Running) -> None:
    assert 'lang="da"' in ask(server, "?lang=%FF%00<script>").body.decode()


@pytest.mark.parametrize("path", NO_SUCH_PAGE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whatever_is_not_ours_is_not_there(server: Running, path: str, method: str) -> None:
    answer = ask(server, path, method=method, body="" if method == "POST" else None)
    check_headers(answer)
    # 403: a file outside its folder; 405: a place that takes no POST
    assert answer.code in (404, 403, 405), path
    assert "Siden findes ikke" in answer.body.decode()


def test_no_such_page_is_said_in_the_visitors_language(server: Running) -> None:
    assert "There is no such page" in ask(server, "nowhere?lang=en").body.decode()


@pytest.mark.parametrize(
    "path", ["assets/page.js", "assets/page.css", "voila/static/voila.js", "voila/static/index.css"]
)
def test_files_are_served_and_never_stored(server: Running, path: str) -> None:
    answer = ask(server, path)
    check_headers(answer)
    assert answer.code == 200
    assert len(answer.body) > 100


def version(server: Running) -> str:
    found = re.search(r"/static/([0-9a-f]{12})/", ask(server).body.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", ["assets/page.js", "voila/static/voila.js", "voila/static/index.css"])
def test_a_file_whose_address_names_its_content_may_be_kept(server: Running, path: str) -> None:
    kept = ask(server, f"static/{version(server)}/{path}")
    check_headers(kept, "public, max-age=31536000, immutable")
    assert kept.body == ask(server, path).body
    assert "Set-Cookie" not in kept.headers


def test_a_file_under_another_content_s_name_is_given_and_not_kept(server: Running) -> None:
    answer = ask(server, f"static/{'0' * 12}/assets/page.js")
    check_headers(answer)
    assert answer.code == 200, "a page from before an upgrade still finds its parts"


def test_a_file_comes_compressed_to_a_browser_that_can(server: Running) -> None:
    async def visit() -> tuple[HTTPResponse, HTTPResponse]:
        browser = Browser(server.url)
        path = "voila/static/voila.js"
        raw = await AsyncHTTPClient(force_instance=True).fetch(
            server.url + path, headers={"Accept-Encoding": "gzip"}, decompress_response=False
        )
        return raw, await browser.ask(path, headers={"Accept-Encoding": "identity"})

    packed, plain = asyncio.run(visit())
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_nothing_about_a_person_may_be_kept(server: Running) -> None:
    async def visit() -> list[HTTPResponse]:
        anna = Browser(server.url)
        waiting = await anna.ask("")
        address = await anna.start("")
        kernel = address.rpartition("/")[2]
        paths = (address, f"api/alive/{kernel}", f"api/kernels/{kernel}", "", "?lang=en", "en", "health")
        answers = [waiting, *[await anna.ask(path) for path in paths]]
        gone = await anna.ask(f"api/leave/{kernel}", method="POST")
        return [*answers, gone]

    answers = asyncio.run(visit())
    assert [answer.code for answer in answers] == [200, 200, 200, 200, 200, 200, 302, 200, 204]
    for answer in answers:
        check_headers(answer)


def test_health_says_that_it_answers_and_nothing_else(server: Running) -> None:
    answer = ask(server, "health")
    check_headers(answer)
    assert (answer.code, answer.body) == (200, b"ok\n")


def test_a_full_house_is_said_and_the_last_seats_are_kept(run_server: Any) -> None:
    async def visit(url: str) -> HTTPResponse:
        anna, bo = Browser(url), Browser(url)
        async with await anna.open():
            body, headers = start_body(), {START_HEADER: "1"}
            return await bo.ask("start", method="POST", body=body, headers=headers)

    with run_server("--seats", "4") as small:
        full = asyncio.run(visit(small.url))
    check_headers(full)
    assert (full.code, full.headers["Retry-After"], json.loads(full.body)) == (503, "20", {"full": True})


def test_looking_starts_no_kernel_and_makes_no_visitor(server: Running) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(server, "", method=method)
        check_headers(answer)
        assert answer.code == 200
        assert "Set-Cookie" not in answer.headers
    assert ask(server, "start").code == 405
    assert server.kernels() == []


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({}, start_body(), 403),
        ({START_HEADER: "1", "Origin": "https://elsewhere.example"}, start_body(), 403),
        ({START_HEADER: "1", "Origin": "null"}, start_body(), 403),
        ({START_HEADER: "1"}, "not a dictionary", 400),
        ({START_HEADER: "1"}, {}, 400),
        ({START_HEADER: "1"}, start_body(page="nowhere"), 404),
        ({START_HEADER: "1"}, start_body(lang="de"), 404),
    ],
)
def test_only_our_own_page_starts_a_kernel(server: Running, headers: dict[str, str], body: object, code: int) -> None:
    answer = ask(server, "start", method="POST", headers=headers, body=body)
    check_headers(answer)
    assert answer.code == code
    assert "Set-Cookie" not in answer.headers
    assert "Traceback" not in answer.body.decode()
    assert server.kernels() == []


def test_the_waiting_page_names_its_door(server: Running) -> None:
    data = page_data(ask(server, "").body.decode())
    assert data == {"start": "/start", "header": START_HEADER, "page": "", "lang": "da"}


def test_the_log_says_nothing_about_any_of_this(server: Running) -> None:
    ask(server, "nowhere?name=Anna")
    assert re.sub(r"\s", "", server.log.read_text()) == ""
