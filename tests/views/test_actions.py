"""Buttons and the live table take what was offered, by the name it was offered under, whatever a browser sends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explain.views.components.actions import Actions
from explain.views.components.board import Board
from explain.views.components.messages import Action, BoardRow

ROW = BoardRow(7, "Nr. 7", "sag 2 af 5", "1. Din vurdering", "på siden", True, "", False, (Action("remove", "Tag ud"),))
OTHER = replace(ROW, number=8, name="Nr. 8", actions=())


class Pressed:
    """Buttons and a table, and what came through them."""

    def __init__(self, answer: str = "") -> None:
        self.came: list[tuple[object, ...]] = []
        self.answer = answer
        self.actions = Actions(lambda name, value, sent: self.take(name, value, sent.command_id))
        self.actions.show("live/a", [Action("open", "Åbn", value="sag|2"), Action("end", "Afslut", asks="Slut?")], {})
        self.board = Board(
            lambda name, number, sent: self.take(name, number, sent.command_id),
            lambda number, text, sent: self.take("note", number, text),
        )
        self.board.show("board/a", [ROW, OTHER], {})

    def take(self, *what: object) -> str:
        self.came.append(what)
        return self.answer


@pytest.fixture
def pressed(wire) -> Pressed:
    return Pressed()


def press(**changed):
    return {"type": "press", "key": "live/a", "name": "open", "value": "sag|2", "command_id": "c1"} | changed


def in_row(**changed):
    return {"type": "press", "key": "board/a", "name": "remove", "number": 7, "command_id": "c1"} | changed


def note(**changed):
    return {"type": "note", "key": "board/a", "number": 8, "text": "Telefonen driller", "command_id": "c2"} | changed


def test_a_press_is_handed_on_with_what_it_was_about_and_acknowledged(wire, pressed):
    wire.send(pressed.actions, press())
    assert pressed.came == [("open", "sag|2", "c1")]
    assert wire.answers(pressed.actions)[0] == {
        "type": "acknowledged", "key": "live/a", "command_id": "c1", "problem": ""
    }  # fmt: skip


def test_what_is_wrong_goes_back_as_a_sentence(wire):
    pressed = Pressed("Det er ikke dit hold.")
    wire.send(pressed.actions, press())
    assert wire.answers(pressed.actions)[0]["problem"] == "Det er ikke dit hold."


@pytest.mark.parametrize(
    "message",
    [
        press(name="erase"),
        press(key="live/b"),
        press(name=None),
        press(value=3),
        press(command_id="a/b"),
        press(type="open"),
        None,
        ["press"],
    ],
    ids=str,
)
def test_nothing_but_what_is_offered_can_be_pressed(wire, pressed, message):
    wire.send(pressed.actions, message)
    assert pressed.came == []


def test_a_press_of_what_is_gone_is_let_go_of_and_not_done(wire, pressed):
    wire.send(pressed.actions, press(key="live/b"))
    wire.send(pressed.board, in_row(number=9))
    wire.send(pressed.board, note(key="board/b"))
    assert pressed.came == []
    answers = wire.answers(pressed.actions) + wire.answers(pressed.board)
    assert [(answer["type"], answer["problem"]) for answer in answers] == [("acknowledged", "")] * 3


def test_forged_traits_offer_nothing(wire, pressed):
    wire.set(pressed.actions, actions=[{"name": "erase", "label": "Slet"}], key="live/b")
    wire.send(pressed.actions, press(name="erase"))
    wire.send(pressed.actions, press(name="erase", key="live/b"))
    assert pressed.came == []


def test_a_press_in_a_row_and_a_note_are_handed_on(wire, pressed):
    wire.send(pressed.board, in_row())
    wire.send(pressed.board, note())
    assert pressed.came == [("remove", 7, "c1"), ("note", 8, "Telefonen driller")]
    assert [answer["command_id"] for answer in wire.answers(pressed.board)] == ["c1", "c2"]


@pytest.mark.parametrize("message", [in_row(number=8), in_row(number=9), in_row(number="7"), note(number=9)], ids=str)
def test_a_row_takes_its_own_buttons_alone(wire, pressed, message):
    wire.send(pressed.board, message)
    assert pressed.came == []


def test_what_has_not_changed_is_not_sent_again(wire, pressed):
    before = len(wire.sent)
    pressed.board.show("board/a", [ROW, OTHER], {})
    assert len(wire.sent) == before
    pressed.board.show("board/a", [ROW, replace(OTHER, case="sag 3 af 5")], {})
    assert len(wire.sent) == before + 1


def test_what_is_told_in_a_row_stands_in_no_state(wire, pressed):
    pressed.board.tell(7, "Ny PIN til nr. 7: 4711")
    assert wire.answers(pressed.board) == [{"type": "told", "number": 7, "text": "Ny PIN til nr. 7: 4711"}]
    assert "4711" not in str(pressed.board.get_state())
