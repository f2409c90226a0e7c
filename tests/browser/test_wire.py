"""Before the first rating is locked, nothing of the score is anywhere a browser could look."""

from __future__ import annotations

import base64
import json
import re
import struct
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from playwright.sync_api import expect

from explain.apps.wiring import case_sets
from tests.practice import four_cases

from .walk import Trainee
from .wire import FEWEST_DIGITS_AMONG_MANY, Entry, Recorder, Secrets, secrets_of

CASES = next(iter(case_sets(four_cases()).values())).cases
SECRETS = [secrets_of(case) for case in CASES]
AT_STEP_2 = {"RS", "score.is (da)", "waterfall.label (da)"}
"""What the score's page tells in words; ..."""
AT_STEP_4 = ("reflection.score (da)", "objective", "note", *(f"panel {place}" for place in range(1, 6)))
"""... and the reflection's."""

LOCK_3 = re.compile(rb'"key":"[^"]*/3"')
"""The form of step 3, ..."""
PRESS = b'"type":"send"'
"""... and that its button was pressed."""
SEND = """packed => {
  const message = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  window.sockets.at(-1).send(message);
}"""
KEEP_SOCKETS = """(() => {
  const Own = window.WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Own {
    constructor(...given) { super(...given); window.sockets.push(this); }
  };
})()"""


def contributions(secrets: Secrets) -> set[str]:
    return {name for name in secrets.numbers if name.startswith("contribution")}


def reflected(secrets: Secrets) -> set[str]:
    """Return every Danish sentence that the reflection must tell."""
    return {name for name in secrets.sentences if name.startswith(AT_STEP_4) and name.endswith("(da)")}


RS = 0.03085197900454128
"""The RS of the first case, by the formula of the impact assessment."""


@pytest.mark.parametrize(
    "told",
    [
        *(b"0.030851979", b"[12,0.0309]", b"0,03085", b"3.0852", b"3,09 %", b"3.08e-02", b'"3.085197900454128"'),
        b'"bdata":"' + base64.b64encode(struct.pack("<2d", 1.0, 100 * RS)) + b'"',
        struct.pack("<d", RS),
        b'{"state": {"score": 2}}',
        "»Scoren 2 er en placering: Blandt underrettede børn".encode(),
        json.dumps({"value": "En tekst &amp; Scoren 2 er en placering: Blandt underrettede\nbørn"}).encode(),
    ],
)
def test_the_recorder_knows_what_it_looks_for(told: bytes) -> None:
    secrets = Secrets({"RS": RS}, {"sentence": "Scoren 2 er en placering: Blandt underrettede børn"})
    assert secrets.found([Entry("socket in", "", told)])


@pytest.mark.parametrize(
    "harmless", [b"0.03", b"3.1", b"font: 3.09rem", b"2020-01-01T12:00:03.085Z", b'{"score": null}', b"13.085", b"3.0"]
)
def test_the_recorder_is_not_alarmed(harmless: bytes) -> None:
    assert Secrets({"RS": RS}, {}).found([Entry("socket in", "", harmless)]) == {}


def test_nothing_of_a_case_is_on_the_wire_before_its_lock(visit) -> None:
    with visit() as anna:
        record = Recorder(anna.page)
        anna.arrive()
        anna.introduce()
        begun = 0
        for number, secrets in enumerate(SECRETS, start=1):
            anna.open(number)
            anna.judge(1, 5, "Det ved vi ikke.")
            locked = record.mark(anna.page)
            assert secrets.found(record.entries[begun:locked]) == {}
            own = secrets.without(SECRETS[: number - 1])
            assert own.found(record.entries[:locked], fewest=FEWEST_DIGITS_AMONG_MANY) == {}
            anna.lock(1)

            anna.at(anna.say("step.2.title"))
            expect(anna.page.locator(".js-plotly-plot:visible")).to_be_visible()
            expect(anna.button("score.onward")).to_be_visible()
            shown = record.mark(anna.page)
            told = secrets.found(record.entries[locked:shown]).keys()
            assert told >= AT_STEP_2 | contributions(secrets), "the recorder must see what is shown"
            assert not told & reflected(secrets), "panel and trainer speak in the reflection only"
            anna.press("score.onward")
            anna.at(anna.say("step.3.title"))
            anna.judge(3, 5, "Jeg bliver stående.")
            judged = record.mark(anna.page)
            assert not secrets.found(record.entries[:judged]).keys() & reflected(secrets)
            anna.lock(3)
            expect(anna.button("reflection.close")).to_be_visible()
            seen = record.mark(anna.page)
            assert secrets.found(record.entries[judged:seen]).keys() >= reflected(secrets)
            anna.press("reflection.close")
            if number < len(CASES):
                anna.at_gate(number + 1)
            begun = record.mark(anna.page)
        assert min(record.count(way) for way in ("http", "socket in", "socket out", "page")) > 10


@pytest.fixture(scope="module")
def control(serve):
    """A server whose trainees are the twin control."""
    with serve("--preset", "control") as started:
        yield started


def test_the_twin_control_is_told_nothing_before_the_feedback(visit, control) -> None:
    with visit("phone", to=control) as anna:
        record = Recorder(anna.page)
        anna.arrive()
        anna.introduce()
        for number in range(1, len(CASES) + 1):
            anna.walk_case(number, 5, 6, shown=False)
            if number < len(CASES):
                anna.at_gate(number + 1)
                record.look(anna.page)
        # The last lock opens the feedback on the whole set.
        expect(anna.button("reflection.close")).to_be_visible()
        judged = max(place for place, one in enumerate(record.entries) if LOCK_3.search(one.raw) and PRESS in one.raw)
        for secrets in SECRETS:
            assert secrets.found(record.entries[: judged + 1]) == {}

        begun = judged + 1
        for number, secrets in enumerate(SECRETS, start=1):
            anna.at_step(4, case=number)
            expect(anna.button("reflection.close")).to_be_visible()
            seen = record.mark(anna.page)
            assert secrets.found(record.entries[begun:seen]).keys() >= reflected(secrets)
            begun = seen
            anna.press("reflection.close")
        anna.at(anna.say("picture.title"))
        begun = record.mark(anna.page)
        with anna.page.expect_download():
            anna.press("download.csv")
        told = record.entries[begun : record.mark(anna.page)]
        assert all("RS" in secrets.found(told) for secrets in SECRETS)


class Stranger:
    """Somebody who writes on the page's own websocket, as anybody can from a browser's console.

    Parameters
    ----------
    anna
        Whose page it is; it must have been opened with ``KEEP_SOCKETS``.
    record
        What records the page.
    """

    def __init__(self, anna: Trainee, record: Recorder) -> None:
        self._page, self._record = anna.page, record
        self._sent = 0
        assert self._page.evaluate("window.sockets.at(-1).protocol") == "v1.kernel.websocket.jupyter.org"

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        """Send a message and return its id."""
        self._sent += 1
        name = f"stranger-{self._sent}-{len(self._record.entries)}"
        header = {"msg_id": name, "msg_type": kind, "session": "stranger", "username": "", "version": "5.3"}
        parts = [json.dumps(part).encode() for part in (header, {}, {"version": "1.0.0"}, content)]
        self._page.evaluate(SEND, base64.b64encode(serialize_msg_to_ws_v1(parts, channel)).decode())
        return name

    def tell(self, widget: str, **data: Any) -> str:
        """Send a widget something."""
        return self.send("comm_msg", {"comm_id": widget, "data": data})

    def states(self) -> dict[str, dict[str, Any]]:
        """Ask for the state of every widget there is, and return them."""
        begun = len(self._record.entries)
        comm = f"strange-{begun}"
        self.send("comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}})
        self.wait(self.tell(comm, method="request_states"))
        for entry in self._record.entries[begun:]:
            if entry.way == "socket in" and b"update_states" in entry.raw:
                states = json.loads(deserialize_msg_from_ws_v1(entry.raw)[1][3])["data"]["states"]
                return {widget: dict(one["state"]) for widget, one in states.items()}
        raise AssertionError("the kernel must answer with the states of its widgets")

    def wait(self, name: str) -> None:
        """Wait until the kernel has dealt with a message and with all before it."""
        for _ in range(1200):
            if any(name.encode() in one.raw and b'"idle"' in one.raw for one in self._record.entries):
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"the kernel must answer {name}")

    def try_everything(self) -> int:
        """Ask all there is to ask and press all there is to press; return how many widgets there were.

        A judgement is not sent: whoever sends one has judged, and may see the score.
        """
        states = self.states()
        for widget, state in states.items():
            self.tell(widget, method="request_state")
            if "_esm" not in state:
                continue
            sent = {"command_id": f"strange-{widget}", "browser_time": 0, "values": {}}
            self.tell(widget, method="custom", content={"type": "make"})
            self.tell(widget, method="custom", content={"type": "flag", "name": "age", "fits": False, **sent})
            if "key" in state and not state.get("quiet"):  # the quiet ones skip the case and begin anew
                self.tell(widget, method="update", state={"key": "strange"}, buffer_paths=[])
                self.tell(widget, method="custom", content={"type": "send", "key": "strange", **sent})
        for kind in ("execute_request", "inspect_request", "complete_request", "history_request"):
            self.send(kind, {"code": "import explain", "cursor_pos": 3, "silent": False, "detail_level": 1})
        self.send("comm_open", {"comm_id": "other", "target_name": "jupyter.widget", "data": {"state": {}}})
        self.send("comm_info_request", {})
        self.states()
        return len(states)


def test_who_asks_the_widgets_on_her_own_learns_nothing(visit, server, control) -> None:
    for served, shown in ((server, True), (control, False)):
        with visit(to=served) as anna:
            anna.page.add_init_script(KEEP_SOCKETS)
            record = Recorder(anna.page)
            anna.arrive()
            anna.introduce()
            anna.open(1)
            if not shown:  # for the twin control the hard place is where the score is recorded already
                anna.judge(1, 5, "Det ved vi ikke.")
                anna.lock(1)
                anna.at(anna.say("step.2.none"))
            assert Stranger(anna, record).try_everything() > 20
            record.look(anna.page)
            assert SECRETS[0].found(record.entries) == {}

            anna.page.reload()
            anna.settle()
            anna.at_step(1 if shown else 2, case=1)
            if shown:
                anna.judge(1, 5, "Det ved vi ikke.")
                anna.lock(1)
                expect(anna.button("score.onward")).to_be_visible()
                locked = len(record.entries)
                Stranger(anna, record).states()
                told = SECRETS[0].found(record.entries[locked:]).keys()
                assert told >= AT_STEP_2 | contributions(SECRETS[0]), "asked after the lock, the widgets tell"
