"""A class opens the page over plain http by a machine's name: no API that asks for a secure context is there."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

from bench.server import Running

from .conftest import guarded
from .walk import Trainee


def test_a_case_where_the_context_is_not_secure(launch, server: Running) -> None:
    address = f"http://skoen.example:{urlsplit(server.url).port}/"
    with launch("--host-resolver-rules=MAP skoen.example 127.0.0.1") as browser:
        with browser.new_context() as context, guarded(context, address):
            anna = Trainee(context.new_page(), address).arrive()
            assert anna.page.evaluate("[window.isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
            anna.introduce()
            anna.open(1)
            anna.judge(1, 6, "Pigen er træt.")
            anna.page.reload()
            anna.settle()
            expect(anna.text("judgement.reasons1")).to_have_value("Pigen er træt.")
            anna.lock(1)
            expect(anna.page.locator(".js-plotly-plot:visible .main-svg").first).to_be_visible()
            anna.press("score.onward")
            anna.at(anna.say("step.3.title"))
            anna.judge(3, 6, "Jeg bliver stående.")
            anna.lock(3)
            anna.close_case("Spørg pigen.")
            anna.at_gate(2)
            anna.page.close()
            again = Trainee(context.new_page(), address).arrive()
            again.at_gate(2)
