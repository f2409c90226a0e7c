"""A case of one's own on the trainee's page: the way there, the four steps, and back."""

from __future__ import annotations

from explain.domain.own_case import Ready
from explain.sessions.own_cases import OwnCases
from explain.views.own_case.questions import CONFIRMED
from tests.practice import OWN

QUERY = {"case": "own"}


def place(trainee):
    return trainee.page.stage.place.partition("/5f")[2].partition("/")[2]


def submit(trainee, **changed):
    values = OWN | {f"{CONFIRMED}_invented": "yes"} | changed
    return trainee.press(trainee.page.own.form, **values)


def test_the_introduction_comes_first(at_page):
    trainee = at_page(query=QUERY)
    assert trainee.place == "welcome"
    assert "?case=own" not in trainee.page.header.value
    for _ in range(3):
        assert trainee.press() == ""
    assert isinstance(trainee.desk.training, OwnCases)
    assert place(trainee) == "1/form"


def test_practice_shows_the_door_once_introduced(at_page):
    trainee = at_page().go_to("gate")
    assert 'href="?case=own"' in trainee.page.header.value
    assert not isinstance(trainee.desk.training, OwnCases)
    assert trainee.page.removal.layout.display == "none"


def test_the_whole_way(at_page, database):
    at_page(database=database).go_to("gate")
    trainee = at_page(database=database, query=QUERY)
    page = trainee.page
    assert 'href="?"' in page.header.value
    assert "?case=own&amp;lang=en" in page.header.value
    assert submit(trainee) == ""
    assert place(trainee) == "1/ready"
    assert "Dreng på ni" in page.side.case.page.value
    assert page.own.form.key == ""
    assert trainee.press(page.care.opening) == ""
    assert place(trainee) == "1/encounter/1"
    assert trainee.desk.say("own.where", step=1) in page.header.value
    assert page.side.score.page.value == ""
    assert trainee.press() == ""
    assert trainee.desk.say("teaching_only") in page.side.score.page.value
    assert trainee.press() == ""
    assert trainee.press() == ""
    assert trainee.place == "4"
    reflection = page.side.reflection.page.value
    assert trainee.desk.say("reflection.panel_title") not in reflection
    assert trainee.desk.say("reflection.no_colleagues") not in reflection
    assert trainee.desk.say("duty.suspected_abuse_or_violence") in reflection
    assert trainee.press() == ""
    assert place(trainee) == "1/over"
    assert "Jeg lærte noget" in page.care.page.value
    key = page.removal.form.key
    press = {"type": "send", "key": key, "command_id": "gone", "browser_time": 1, "values": {CONFIRMED: "yes"}}
    trainee.wire.send(page.removal.form, press)
    assert {"type": "forget", "prefix": key.removesuffix("delete")} in trainee.wire.answers(page.removal.form)
    assert place(trainee) == "2/form"
    assert "Dreng på ni" not in trainee.state
    assert trainee.desk.say("own.deleted") in page.notice.value


def test_a_new_kernel_finds_it_where_it_was(at_page, database):
    at_page(database=database).go_to("gate")
    first = at_page(database=database, query=QUERY)
    key = first.page.own.form.key
    draft = {"type": "draft", "key": key, "field": "history", "value": "e", "revision": 1}
    first.wire.send(first.page.own.form, draft)
    again = at_page(database=database, query=QUERY)
    assert again.page.own.form.drafts == {"history": {"value": "e", "revision": 1}}
    submit(again)
    assert place(at_page(database=database, query=QUERY)) == "1/ready"


def test_of_two_tabs_the_slower_one_submits_nothing(at_page, database):
    at_page(database=database).go_to("gate")
    slow, fast = (at_page(database=database, query=QUERY) for _ in range(2))
    assert submit(fast, title="Den første") == ""
    submit(slow, title="Den anden")
    assert "Den anden" in slow.desk.unsent
    assert slow.desk.training.case(slow.desk.training.stream).title == "Den første"


def test_another_visitor_sees_nothing_of_it(at_page, database):
    at_page(database=database).go_to("gate")
    anna = at_page(database=database, query=QUERY)
    submit(anna)
    at_page(database=database, name="6a" * 16).go_to("gate")
    before = len(anna.wire.sent)
    bo = at_page(database=database, name="6a" * 16, query=QUERY)
    assert "Dreng på ni" not in bo.state
    assert "Dreng på ni" not in bo.received(before)
    # What a browser could ask for in her place: another's keys, on every form of the page.
    for form in (bo.page.own.form, bo.page.removal.form, bo.page.care.opening, bo.page.care.changing):
        for key in (anna.page.care.opening.key, anna.page.care.changing.key, anna.page.removal.form.key):
            values = {CONFIRMED: "yes", "title": "Min nu"}
            bo.wire.send(form, {"type": "send", "key": key, "command_id": "x", "browser_time": 1, "values": values})
            bo.wire.send(form, {"type": "draft", "key": key, "field": "title", "value": "Min nu", "revision": 9})
    assert isinstance(anna.desk.training.state, Ready)
    assert anna.desk.training.case(anna.desk.training.stream).title == "Dreng på ni"
    assert "Dreng på ni" not in bo.received(before)


def test_practice_and_own_case_do_not_meet(at_page, database):
    at_page(database=database).go_to("gate")
    own = at_page(database=database, query=QUERY)
    submit(own)
    own.press(own.page.care.opening)
    practice = at_page(database=database)
    assert practice.place == "gate"
    assert all("own/" not in meeting.planned.case for meeting in practice.desk.progress.meetings)
