"""A form takes what it asked for, by the name it was asked under, whatever a browser sends."""

from __future__ import annotations

import pytest

from explain.texts import sayer
from explain.views.components.flags import Flags
from explain.views.components.form import Form
from explain.views.components.messages import Answer, Field, Row, Sent

FIELDS = [Field("rating", "rating", "Hvor bekymret?"), Field("reasons", "text", "Hvorfor?")]


class Asked:
    """A form with a rating and reasons, and what came through it."""

    def __init__(self, answer=""):
        self.sent: list[Sent] = []
        self.kept: list[tuple[str, str, int]] = []
        self.answer = answer
        self.form = Form(self.on_send, self.on_draft)
        self.form.ask("p1/1", FIELDS, button="Lås", say=sayer("da"))

    def on_send(self, sent):
        self.sent.append(sent)
        return self.answer

    def on_draft(self, name, value, revision):
        self.kept.append((name, value, revision))
        return True


@pytest.fixture
def asked(wire):
    return Asked()


def press(**changed):
    return {"type": "send", "key": "p1/1", "command_id": "c1", "browser_time": 5, "values": {"rating": "7"}} | changed


def draft(**changed):
    return {"type": "draft", "key": "p1/1", "field": "reasons", "value": "Fordi", "revision": 3} | changed


def test_a_press_of_the_button_is_handed_on_and_acknowledged(wire, asked):
    wire.send(asked.form, press())
    assert asked.sent == [Sent("c1", 5, {"rating": "7"})]
    assert wire.answers(asked.form) == [{"type": "acknowledged", "key": "p1/1", "command_id": "c1", "problem": ""}]


def test_what_is_durable_is_acknowledged_before_the_page_is_drawn(wire):
    acknowledged_when_drawn = []

    def lock(sent):
        sent.durable()
        acknowledged_when_drawn.append(len(wire.answers(form)))
        return ""

    form = Form(lock)
    form.ask("p1/1", FIELDS, button="Lås", say=sayer("da"))
    wire.send(form, press())
    assert acknowledged_when_drawn == [1]
    assert len(wire.answers(form)) == 1


def test_what_is_wrong_goes_back_as_a_sentence(wire):
    asked = Asked("Begrund din vurdering.")
    wire.send(asked.form, press())
    assert wire.answers(asked.form)[0]["problem"] == "Begrund din vurdering."


def test_a_draft_is_handed_on_and_said_to_be_kept(wire, asked):
    wire.send(asked.form, draft())
    assert asked.kept == [("reasons", "Fordi", 3)]
    assert wire.answers(asked.form) == [{"type": "kept", "key": "p1/1", "field": "reasons", "revision": 3}]


def test_a_draft_that_was_not_kept_is_not_said_to_be(wire, asked):
    asked.form._on_draft = lambda *_: False
    wire.send(asked.form, draft())
    assert wire.answers(asked.form) == []


def test_a_form_without_drafts_ignores_them(wire):
    form = Form(lambda sent: "")
    form.ask("p1/1", FIELDS, button="Lås", say=sayer("da"))
    wire.send(form, draft())
    assert wire.answers(form) == []


HOSTILE = {
    "nothing": None,
    "a text": "send",
    "a list": ["send"],
    "a number": 7,
    "an empty message": {},
    "no key": {"type": "send", "command_id": "c1", "values": {}},
    "another key": press(key="p2/1"),
    "an empty key": press(key=""),
    "a key of another type": press(key=["p1/1"]),
    "an unknown type": press(type="unlock"),
    "no command id": {name: value for name, value in press().items() if name != "command_id"},
    "an empty command id": press(command_id=""),
    "a giant command id": press(command_id="a" * 1_000_000),
    "a command id of another type": press(command_id=7),
    "a command id that cannot be printed": press(command_id="c1\n"),
    "the service's own command id": press(command_id="encounter/set/case/p1/1/DeliverScore"),
    "no values": {name: value for name, value in press().items() if name != "values"},
    "values as a list": press(values=["7"]),
    "values as a text": press(values="7"),
    "a draft of an unknown field": draft(field="score"),
    "a draft of a field of another type": draft(field=["reasons"]),
    "a draft that is no text": draft(value=7),
    "a draft of nothing": draft(value=None),
    "a revision that is a truth": draft(revision=True),
    "a revision that is a fraction": draft(revision=1.5),
    "a revision below zero": draft(revision=-1),
    "a revision no browser counts to": draft(revision=2**60),
    "no revision": draft(revision=None),
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_message_is_ignored(wire, asked, message):
    wire.send(asked.form, message)
    assert (asked.sent, asked.kept, wire.answers(asked.form)) == ([], [], [])


def test_fields_that_were_not_asked_and_values_that_are_no_text_are_left_out(wire, asked):
    values = {"rating": 7, "reasons": "Fordi", "score": "10", "urgent": True, "": "x"}
    wire.send(asked.form, press(values=values))
    assert asked.sent == [Sent("c1", 5, {"reasons": "Fordi"})]


@pytest.mark.parametrize("time", [None, True, "5", 1.5, -1, 2**60, [5]])
def test_a_clock_that_cannot_be_is_none(wire, asked, time):
    wire.send(asked.form, press(browser_time=time))
    assert asked.sent == [Sent("c1", None, {"rating": "7"})]


def test_half_a_character_is_replaced_and_a_whole_one_kept(wire, asked):
    wire.send(asked.form, press(values={"reasons": "glad \U0001f642, halv \ud83d"}))
    assert asked.sent[0].values == {"reasons": "glad \U0001f642, halv \ufffd"}


# --- the guards look through every free text on its way ---

PHONE = "22 33 " + "44 55"
"""Looks like a phone number; nobody's."""


def places(answer, name="reasons"):
    found = answer["remarks"] if isinstance(answer["remarks"], list) else answer["remarks"].get(name, [])
    return [(one["start"], one["end"], one["refused"]) for one in found]


def test_a_draft_with_something_refused_is_marked_while_it_is_typed(wire, asked):
    asked.form._on_draft = lambda *_: False  # as the store answers
    wire.send(asked.form, draft(value=f"Ring {PHONE}"))
    (answer,) = wire.answers(asked.form)
    assert (answer["type"], answer["field"], answer["revision"]) == ("remarks", "reasons", 3)
    assert places(answer) == [(5, 16, True)]
    assert answer["remarks"][0]["instead"] == sayer("da")("guard.instead.phone")
    assert PHONE not in str(answer)


def test_what_was_mended_loses_its_marks(wire, asked):
    wire.send(asked.form, draft(value=f"Ring {PHONE}"))
    wire.send(asked.form, draft(value="Ring i morgen", revision=4))
    wire.send(asked.form, draft(value="Ring i morgen tidlig", revision=5))
    remarks = [answer for answer in wire.answers(asked.form) if answer["type"] == "remarks"]
    assert [len(answer["remarks"]) for answer in remarks] == [1, 0, 0]


def test_a_press_with_something_refused_goes_no_further(wire, asked):
    wire.send(asked.form, press(values={"rating": "7", "reasons": f"Ring {PHONE}"}))
    (answer,) = wire.answers(asked.form)
    assert asked.sent == []
    assert answer["problem"] == sayer("da")("guard.stop")
    assert places(answer) == [(5, 16, True)]


def test_a_name_stops_a_press_until_it_is_said_to_be_an_ordinary_word(wire, asked):
    values = {"rating": "7", "reasons": "Drengen Storm sover"}
    wire.send(asked.form, press(values=values))
    assert asked.sent == []
    assert places(wire.answers(asked.form)[0]) == [(8, 13, False)]
    wire.send(asked.form, press(values=values, command_id="c2", kept=["Storm"]))
    assert asked.sent == [Sent("c2", 5, values)]


@pytest.mark.parametrize("kept", [PHONE, [PHONE], [[PHONE]], {PHONE: True}, ["Storm"] * 10_000])
def test_what_is_refused_cannot_be_kept(wire, asked, kept):
    wire.send(asked.form, press(values={"reasons": f"Storm: {PHONE}"}, kept=kept))
    assert asked.sent == []


def test_choices_are_not_gone_through(wire, asked):
    fields = [Field("choice", "choice", "Hvem?", options=(("freja", "Freja"),))]
    asked.form.ask("p1/2", fields, button="Lås", say=sayer("da"))
    wire.send(asked.form, press(key="p1/2", values={"choice": "freja"}))
    assert asked.sent == [Sent("c1", 5, {"choice": "freja"})]


def test_what_is_wrong_can_stand_beside_its_question(wire):
    asked = Asked(Answer("Se felterne.", {"reasons": "Kortere."}))
    wire.send(asked.form, press())
    (answer,) = wire.answers(asked.form)
    assert (answer["problem"], answer["beside"]) == ("Se felterne.", {"reasons": "Kortere."})


def test_a_form_says_what_the_check_cannot_find(asked):
    assert asked.form.texts["limits"] == sayer("da")("guard.sees_not")


# --- synced traits are the browser's to set; they decide nothing ---


def test_setting_key_and_fields_opens_no_other_question(wire, asked):
    wire.set(asked.form, key="p2/1", fields=[{"name": "score"}, {"name": "reasons"}])
    wire.send(asked.form, press(key="p2/1", values={"score": "10"}))
    wire.send(asked.form, draft(key="p2/1", field="score"))
    wire.send(asked.form, draft(field="score"))
    assert (asked.sent, asked.kept) == ([], [])
    wire.send(asked.form, press(values={"score": "10", "rating": "7"}))
    assert asked.sent == [Sent("c1", 5, {"rating": "7"})]


@pytest.mark.parametrize("fields", [[{}], [{"name": ["rating"]}], "rating", None, 7, [None]])
def test_fields_of_any_shape_break_nothing(wire, asked, fields):
    wire.set(asked.form, fields=fields)
    wire.send(asked.form, press())
    assert asked.sent == [Sent("c1", 5, {"rating": "7"})]


@pytest.mark.parametrize("key", ["", "p1/1"])
def test_a_form_that_asks_nothing_takes_nothing(wire, asked, key):
    asked.form.clear()
    wire.set(asked.form, key=key, fields=[{"name": "rating"}])
    wire.send(asked.form, press(key=key))
    wire.send(asked.form, draft(key=key))
    assert (asked.sent, asked.kept) == ([], [])


def test_a_cleared_form_keeps_no_word_in_its_state(wire, asked):
    asked.form.ask(
        "p1/3", FIELDS, button="Lås", note="For evigt", say=sayer("da"), drafts={"reasons": ("Hemmeligt", 1)}
    )
    asked.form.clear()
    state = asked.form.get_state()
    assert (state["key"], state["fields"], state["drafts"], state["note"]) == ("", [], {}, "")


# --- flags ---


@pytest.fixture
def flagged(wire):
    pressed: list[tuple[str, bool, Sent]] = []
    flags = Flags(lambda name, fits, sent: pressed.append((name, fits, sent)) or "", pressed.append)
    flags.show("p1/2/flags", [Row("age", "10 år", "Alder", False)], {"flag": "Passer ikke"})
    return flags, pressed


def flag(**changed):
    its = {"type": "flag", "key": "p1/2/flags", "name": "age", "fits": False}
    return its | {"command_id": "c1", "browser_time": 5} | changed


def test_a_flag_is_handed_on(wire, flagged):
    flags, pressed = flagged
    wire.send(flags, flag())
    assert pressed == [("age", False, Sent("c1", 5, {}))]
    assert wire.answers(flags) == [
        {"type": "acknowledged", "key": "p1/2/flags", "command_id": "c1", "problem": ""},
    ]


@pytest.mark.parametrize(
    "message",
    [
        None,
        "flag",
        {},
        flag(type="send"),
        flag(key=None),
        flag(name="score"),
        flag(name=["age"]),
        flag(fits=1),
        flag(fits="no"),
        flag(command_id=""),
        flag(command_id="a" * 1_000_000),
        flag(command_id="a/b"),
        flag(command_id=None),
    ],
)
def test_a_hostile_flag_is_ignored(wire, flagged, message):
    flags, pressed = flagged
    wire.send(flags, message)
    assert pressed == []


def test_a_flag_of_rows_that_are_not_shown_is_late_and_answered(wire, flagged):
    flags, pressed = flagged
    wire.send(flags, flag(key="p2/2/flags"))
    assert pressed == [flag(key="p2/2/flags")]
    assert [answer["key"] for answer in wire.answers(flags)] == ["p2/2/flags"]


def test_why_a_flag_was_not_taken_is_told(wire):
    flags = Flags(lambda *_: "Nu er det nok.", lambda _: None)
    flags.show("p1/2/flags", [Row("age", "10 år", "Alder", False)], {"flag": "Passer ikke"})
    wire.send(flags, flag())
    assert [answer["problem"] for answer in wire.answers(flags)] == ["Nu er det nok."]


def test_setting_the_rows_makes_nothing_else_a_flag(wire, flagged):
    flags, pressed = flagged
    wire.set(flags, rows=[{"name": "score"}])
    wire.send(flags, flag(name="score"))
    assert pressed == []


def test_a_press_that_was_on_its_way_when_the_rows_went_is_handed_on(wire, flagged):
    flags, pressed = flagged
    flags.clear()
    wire.send(flags, flag())
    assert pressed == [("age", False, Sent("c1", 5, {}))]
    assert flags.get_state()["rows"] == []


def test_a_question_says_with_which_answer_it_is_asked_and_whether_it_is_folded(wire):
    form = Form(lambda sent: "")
    line = Field("purpose", "line", "Formål?", when=("kind", ("research",)), folded=True)
    form.ask("plan", [line, Field("trial", "tick", "Prøvesag", required=False)], button="Videre", say=sayer("da"))
    first, second = form.fields
    assert (first["kind"], first["when"], first["folded"]) == ("line", {"name": "kind", "values": ["research"]}, True)
    assert (second["kind"], second.get("when"), second.get("folded")) == ("tick", None, None)
