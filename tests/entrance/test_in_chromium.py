"""The way in, in a real Chromium: every page in both languages, on a phone and on a desk, and the forms as they are."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from explain.domain.people import Role
from explain.domain.session import Session
from explain.domain.session_plan import Kind, Research
from explain.texts import sayer
from tests.browser.conftest import PATIENCE, QUIET, SIZES, guarded
from tests.browser.test_looks import Eye
from tests.entrance.conftest import PASSWORD, House

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    named = os.environ.get("SKOEN_CHROMIUM") or "chromium"
    path = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        with playwright.chromium.launch(executable_path=path, args=list(QUIET)) as browser:
            yield browser


def study(house: House) -> Session:
    trainer, _ = house.somebody()
    research = Research(
        controller="Et universitet", legal_basis="databeskyttelseslovens § 10", approval="2030-17", purpose="Prøve"
    )
    return house.session(trainer.actor, title="Forsøg om morgenen", kind=Kind.RESEARCH, research=research)


@pytest.fixture
def screenshots(root: Path) -> Path:
    folder = root / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_way_in(
    chromium: Browser, house: House, screenshots: Path, size: str, language: str, looked_at
) -> None:
    say = sayer(language)
    trainer, _ = house.somebody()
    session, research = house.session(trainer.actor, title="Team Nord, formiddag"), study(house)
    token = house.access.invite(trainer.actor, Role.TRAINER)
    eye = Eye(screenshots / f"entrance-{size}-{language}", language)
    width, height = SIZES[size]
    with (
        chromium.new_context(viewport={"width": width, "height": height}) as context,
        guarded(context, house.url),
    ):
        page = context.new_page()

        def look(name: str, title: str) -> None:
            expect(page.get_by_role("heading", level=1)).to_have_text(title)
            eye.look(page, name)

        def press(key: str) -> None:
            page.get_by_role("button", name=say(key), exact=True).click()

        page.goto(f"{house.url}join?lang={language}")
        look("code", say("entrance.code.title"))
        page.get_by_label(say("entrance.code.label"), exact=True).fill("AAAAA")
        press("entrance.code.button")
        expect(page.get_by_role("alert")).to_contain_text(say("entrance.code.wrong"))
        eye.look(page, "code-wrong")
        page.get_by_label(say("entrance.code.label"), exact=True).fill(session.code.lower())
        press("entrance.code.button")
        look("session", session.plan.title)
        page.get_by_label(say("entrance.return.number"), exact=True).fill("3")
        page.get_by_label(say("entrance.return.pin"), exact=True).fill("0000")
        press("entrance.return.button")
        expect(page.get_by_role("alert")).to_have_text(say("entrance.return.wrong"))
        eye.look(page, "return-wrong")
        press("entrance.join.button")
        look("joined", say("entrance.joined.title"))
        number, pin = page.locator("dd").nth(1).inner_text(), page.locator("dd").nth(2).inner_text()
        page.get_by_role("link", name=say("entrance.join.onward")).click()
        expect(page.get_by_text(f"who={session.id}-{number}")).to_be_visible()
        page.goto(f"{house.url}join/{session.code}")
        look("already", session.plan.title)
        page.goto(f"{house.url}join/{research.code}")
        look("study", research.plan.title)
        page.goto(f"{house.url}somebody-else")
        look("somebody-else", say("entrance.somebody_else.title"))
        press("entrance.somebody_else.button")
        look("code-again", say("entrance.code.title"))

        page.goto(f"{house.url}join/{session.code}")
        page.get_by_label(say("entrance.return.number"), exact=True).fill(number)
        page.get_by_label(say("entrance.return.pin"), exact=True).fill(pin)
        press("entrance.return.button")
        expect(page.get_by_text(f"who={session.id}-{number}")).to_be_visible()

        page.goto(f"{house.url}trainer")
        look("sign-in", say("entrance.sign_in.title"))
        page.goto(f"{house.url}welcome")
        look("welcome-incomplete", say("entrance.welcome.title"))
        page.goto("about:blank")
        page.goto(f"{house.url}welcome#{token}")
        look("welcome", say("entrance.welcome.title"))
        assert token not in page.url
        page.reload()
        page.get_by_role("link", name=say("language.other")).click()
        page.get_by_role("link", name=sayer(say("language.other_code"))("language.other")).click()
        look("welcome-again", say("entrance.welcome.title"))
        assert token not in page.url + (page.evaluate("document.referrer"))
        welcome(page, say, f"Grethe {size} {language}", "for kort")
        expect(page.get_by_role("alert")).to_have_text(say("refused.password_unfit"))
        eye.look(page, "welcome-short")
        welcome(page, say, f"Grethe {size} {language}", PASSWORD)
        expect(page.get_by_text(re.compile("who=.*signed in"))).to_be_visible()
        page.goto(f"{house.url}sign-in")
        look("signed-in", say("entrance.signed_in.title"))
        press("entrance.signed_in.out")
        look("signed-out", say("entrance.sign_in.title"))
        page.goto(f"{house.url}trainer")
        page.get_by_label(say("entrance.account.name"), exact=True).fill(f"Grethe {size} {language}")
        page.get_by_label(say("entrance.account.password"), exact=True).fill(PASSWORD)
        press("entrance.sign_in.button")
        expect(page.get_by_text(re.compile("who=.*signed in"))).to_be_visible()
        assert page.url.endswith("/trainer"), "one is led to where one was going"
    assert not eye.faults, "\n".join(eye.faults)
    looked_at("pages", eye.looks)


def welcome(page: Page, say, name: str, password: str) -> None:
    page.get_by_label(say("entrance.account.name"), exact=True).fill(name)
    page.get_by_label(say("entrance.account.password"), exact=True).fill(password)
    page.get_by_role("button", name=say("entrance.welcome.button")).click()


def test_joining_works_without_scripts(chromium: Browser, house: House) -> None:
    trainer, _ = house.somebody()
    session = house.session(trainer.actor)
    with chromium.new_context(java_script_enabled=False) as context, guarded(context, house.url):
        page = context.new_page()
        page.goto(f"{house.url}join")
        page.get_by_label("Holdets kode").fill(session.code)
        page.get_by_role("button", name="Videre").click()
        page.get_by_role("button", name="Vær med").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Du er med")


def test_a_link_from_elsewhere_leads_to_where_one_is_signed_in(chromium: Browser, house: House) -> None:
    _, name = house.somebody()
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{house.url}sign-in")
        page.get_by_label("Navn").fill(name)
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_text(re.compile("who=.*signed in"))).to_be_visible()
        # Another site's page: localhost is another site than 127.0.0.1, so the cookies are not sent with the click.
        other = house.url.replace("127.0.0.1", "localhost")
        link = f'<a href="{house.url}trainer">ind</a>'
        page.route(other, lambda route: route.fulfill(body=link, content_type="text/html"))
        page.goto(other)
        page.get_by_role("link", name="ind").click()
        expect(page.get_by_text(re.compile("who=.*signed in"))).to_be_visible()
