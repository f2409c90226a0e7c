"""An own case's room: its form from the schema, its answers, and what becomes of what is sent."""

from __future__ import annotations

from itertools import count

import pytest

from explain.casebook.blanks import Blank
from explain.casebook.own import BLANKS, is_blank, own_case
from explain.domain.basis import NO_BASIS, Basis
from explain.domain.encounter import CloseCase, Closed, LockFinal, LockInitial, Reconsider
from explain.domain.facts import OwnKind
from explain.domain.judgement import Judgement
from explain.domain.own_case import AwaitingRelease, NotSubmitted, Ready
from explain.models.scorer import Pilot1Scorer
from explain.sessions.own_cases import OwnCases
from explain.sessions.ports import Envelope
from explain.store import MemoryStore
from explain.texts import LANGUAGES, sayer
from explain.views.components.messages import Field, Sent, asked_as
from explain.views.desk import Desk
from explain.views.own_case.panel import OwnCarePanel, OwnDeletePanel, OwnFormPanel
from explain.views.own_case.presenter import OwnCasePresenter
from explain.views.own_case.questions import CONFIRMED, KIND, beside, questions
from tests.practice import OWN

CONFIRMATION = {f"{CONFIRMED}_invented": "yes"}
REAL = "22 33 " + "44 55"
RECORDED = Basis("Byens Kommune", "databeskyttelsesloven § 10")
IDS = count()


class Room:
    """Somebody at her own case."""

    def __init__(self, store: MemoryStore, owner: str = "p1", basis: Basis = NO_BASIS) -> None:
        self.desk = Desk()
        self.moved = 0
        self.presenter = OwnCasePresenter(self.desk, self._move)
        self.cases = OwnCases(store, Pilot1Scorer(), owner, basis)
        self.desk.sit(self.cases, owner, sayer("da"))
        self.presenter.stream = self.cases.stream

    def _move(self) -> None:
        self.moved += 1
        self.presenter.stream = self.cases.stream

    def submit(self, **changed: str):
        return self.presenter.submit(sent(OWN | CONFIRMATION | changed))


def sent(values: dict[str, str] | None = None) -> Sent:
    return Sent(f"own-press-{next(IDS)}", 1, values or {})


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def room(store) -> Room:
    return Room(store)


# --- the form ---


def flat(fields: list[Field]) -> list[Field]:
    return [one for field in fields for one in (field, *field.parts)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kinds", [(OwnKind.INVENTED,), tuple(OwnKind)])
def test_every_blank_has_its_question_in_words(language, kinds, looked_at):
    asked = questions(sayer(language), kinds)
    wanted = {
        one.name
        for blank in BLANKS
        for one in ([Blank(f"{blank.name}.known", "yes_no"), *blank.parts] if blank.kind == "maybe" else [blank])
    }
    rest = {KIND, *(f"{CONFIRMED}_{kind}" for kind in kinds)}
    assert {field.name for field in asked} - rest == wanted
    for field in flat(asked):
        words = [field.label, *(label for _, label in field.options), *field.words.values()]
        assert all(words), field.name
        assert not any("{" in word for word in words)
    looked_at("questions of the form", len(flat(asked)))


def test_choices_are_the_schemas(room):
    asked = {field.name: field for field in questions(sayer("da"), room.cases.kinds)}
    for blank in BLANKS:
        if blank.options:
            assert tuple(value for value, _ in asked[blank.name].options) == blank.options
    for part, blank in zip(
        asked["history"].parts, next(one.parts for one in BLANKS if one.name == "history"), strict=True
    ):
        assert (part.name, part.when) == (blank.name, ("kind", blank.only) if blank.only else None)


def test_every_answer_of_a_whole_form_is_to_a_question_that_was_asked(room):
    asked = questions(sayer("da"), room.cases.kinds)
    for name in OWN | CONFIRMATION:
        assert asked_as(name, asked), name
        assert is_blank(name) or name in CONFIRMATION


def test_practice_asks_for_no_other_kind(room):
    names = [field.name for field in questions(sayer("da"), room.cases.kinds)]
    assert KIND not in names
    assert f"{CONFIRMED}_pseudonymised" not in names


def test_a_session_with_a_basis_asks_what_kind_it_is(store):
    asked = {field.name: field for field in questions(sayer("da"), Room(store, basis=RECORDED).cases.kinds)}
    assert [value for value, _ in asked[KIND].options] == ["invented", "pseudonymised"]
    assert asked[f"{CONFIRMED}_pseudonymised"].when == (KIND, ("pseudonymised",))


# --- what is sent ---


def test_a_case_is_submitted(room):
    assert room.submit().problem == ""
    assert isinstance(room.cases.state, Ready)
    assert room.desk.progress is not None
    assert room.moved == 1


def test_what_kind_it_is_must_be_confirmed(room):
    answer = room.presenter.submit(sent(OWN))
    assert answer.beside == {f"{CONFIRMED}_invented": answer.problem}
    assert isinstance(room.cases.state, NotSubmitted)


@pytest.mark.parametrize("kind", ["pseudonymised", "real", ""])
def test_a_kind_that_was_not_offered_is_refused(room, kind):
    answer = room.submit(**{KIND: kind, f"{CONFIRMED}_{kind}": "yes"})
    assert answer.problem
    assert isinstance(room.cases.state, NotSubmitted)


def test_a_pseudonymised_case_waits(store):
    room = Room(store, basis=RECORDED)
    values = OWN | {KIND: "pseudonymised", f"{CONFIRMED}_pseudonymised": "yes"}
    assert room.presenter.submit(sent(values)).problem == ""
    assert isinstance(room.cases.state, AwaitingRelease)
    assert room.presenter.open(sent()) == room.desk.say("refused.not_released")


IMPOSSIBLE = {
    "age": ({"age": "18"}, "Skriv et helt tal fra 0 til 17."),
    "mother.age_at_birth": ({"mother.age_at_birth": "30"}, "må mor have været 23 eller 24, ikke 30"),
    "household": ({"household": "both_parents"}, "Barnet bor hos far"),
    "history.e.days_before": ({"history.e.days_before": "9000"}, "har højst levet 3652 dage"),
    "history.f.ended_days_before": ({"history.f.ended_days_before": "800"}, "det kan ikke være sluttet 800 dage før"),
    "history.g.whose": ({"history.g.whose": "x"}, "Vælg barnet"),
    "siblings.a.shares": ({"siblings.a.shares": "both"}, "ikke registreret en far"),
    "mother.partners": ({"mother.partners": "3"}, "flere partnere (3) end børn (2)"),
    "title": ({"title": "x" * 121}, "plads til 120 tegn"),
}


@pytest.mark.parametrize(("name", "case"), IMPOSSIBLE.items(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_said_beside_its_blank_in_her_language(room, name, case):
    changed, said = case
    answer = room.submit(**changed)
    assert answer.problem == room.desk.say("own.not_yet")
    assert said in answer.beside[name]
    assert isinstance(room.cases.state, NotSubmitted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_objection_has_its_sentence(language, looked_at):
    import re
    from pathlib import Path

    import explain.casebook.own as own

    folder = Path(own.__file__).parent
    source = "".join((folder / f"{name}.py").read_text() for name in ("possible", "history", "people", "referral"))
    source = source.partition("def _pedagogy")[0] + source.partition("def _pedagogy")[2].partition('"""A history')[2]
    codes = {
        code.replace("{name}", parent)
        for code in re.findall(r'impossible\(\s*f?"([^"]+)"', source)
        for parent in ("mother", "father")
    } - {"one_language"}
    known = set(sayer(language).under("own.problem"))
    assert codes <= known, codes - known
    assert known - codes == {"missing", "number", "too_long"}
    looked_at("objections", len(codes))


def test_an_objection_names_a_parent_in_her_language():
    with pytest.raises(ValueError) as refused:
        own_case(OWN | {"mother.age_at_birth": "30"}, key="k", version="1")
    (problem,) = refused.value.problems
    assert "the mother must have been 23 or 24" in beside(problem, sayer("en"))


def test_what_points_to_somebody_is_refused_by_the_store_too(room, store):
    answer = room.submit(body=f"Ring {REAL}")
    assert answer.problem.startswith(room.desk.say("refused.identifying"))
    assert not room.presenter.keep("body", f"Ring {REAL}", 1)
    assert store.touched("") == {}


# --- its panels, over the wire ---


def test_the_form_shows_what_is_in_it_and_marks_what_is_refused(wire, room):
    panel = OwnFormPanel(room.presenter)
    room.presenter.keep("title", "Dreng", 3)
    panel.show()
    form = panel.form
    assert form.drafts == {"title": {"value": "Dreng", "revision": 3}}
    draft = {"type": "draft", "key": form.key, "field": "body", "revision": 4}
    wire.send(form, draft | {"value": f"Storm i sindet; drengen Storm, {REAL}"})
    (marked,) = wire.answers(form)
    assert [(one["start"], one["refused"]) for one in marked["remarks"]] == [(24, False), (31, True)]
    assert room.cases.store.drafts(room.cases.stream).keys() == {"title"}
    wire.send(form, draft | {"value": "Storm i sindet; drengen Storm", "revision": 5, "kept": ["Storm"]})
    assert [one["type"] for one in wire.answers(form)[1:]] == ["remarks", "kept"]
    assert wire.answers(form)[1]["remarks"] == []


def test_a_name_is_asked_about_before_the_case_is_taken(wire, room):
    panel = OwnFormPanel(room.presenter)
    panel.show()
    values = OWN | CONFIRMATION | {"body": "Drengen Storm sover."}
    press = {"type": "send", "key": panel.form.key, "browser_time": 1, "values": values}
    wire.send(panel.form, press | {"command_id": "first"})
    (answer,) = wire.answers(panel.form)
    assert answer["problem"] == room.desk.say("guard.stop")
    assert list(answer["remarks"]) == ["body"]
    assert isinstance(room.cases.state, NotSubmitted)
    wire.send(panel.form, press | {"command_id": "second", "kept": ["Storm"]})
    assert wire.answers(panel.form)[-1]["problem"] == ""
    assert isinstance(room.cases.state, Ready)


@pytest.mark.parametrize("name", ["key", "history.1.kind", "history.e.title", "siblings.a", "x" * 600, ""])
def test_answers_to_questions_that_were_not_asked_are_left_out(wire, room, name):
    panel = OwnFormPanel(room.presenter)
    panel.show()
    wire.send(panel.form, {"type": "draft", "key": panel.form.key, "field": name, "value": "x", "revision": 1})
    assert wire.answers(panel.form) == []
    assert room.cases.store.touched("") == {}


@pytest.mark.parametrize("kept", [None, "Storm", [7], [["Storm"]], {"Storm": 1}, ["S" * 1000], [REAL]])
def test_no_word_a_browser_keeps_lets_anything_through(wire, room, kept):
    panel = OwnFormPanel(room.presenter)
    panel.show()
    values = OWN | CONFIRMATION | {"body": f"Drengen Storm, {REAL}"}
    press = {"type": "send", "key": panel.form.key, "browser_time": 1, "values": values, "kept": kept}
    wire.send(panel.form, press | {"command_id": "one"})
    assert wire.answers(panel.form)[0]["problem"]
    assert room.cases.store.touched("") == {}


def test_it_can_be_changed_until_it_is_opened(wire, room):
    room.submit()
    panel = OwnCarePanel(room.presenter)
    panel.ready(OwnKind.INVENTED)
    assert room.presenter.take_back(sent()) == ""
    assert isinstance(room.cases.state, NotSubmitted)
    assert room.presenter.drafts()["title"] == ("Dreng på ni", 1)


def test_the_end_shows_her_answers_and_that_it_is_for_teaching_only(wire, room):
    room.submit()
    case = room.cases.stream
    room.presenter.open(sent())
    for command in (
        LockInitial(Judgement(6, "Skolen er bekymret")),
        Reconsider(),
        LockFinal(Judgement(7, "Jeg flytter mig")),
        CloseCase("Lært"),
    ):
        room.cases.take("p1", case, command, Envelope(f"step-{next(IDS)}", "p1"))
    state = room.cases.progress("p1").meetings[0].state
    assert isinstance(state, Closed)
    panel = OwnCarePanel(room.presenter)
    panel.over(state)
    for words in ("Skolen er bekymret", "Jeg flytter mig", "Lært", room.desk.say("teaching_only")):
        assert words in panel.page.value


def test_deleting_needs_a_tick_and_makes_the_browser_forget(wire, room, store):
    room.submit()
    gone = room.cases.stream
    panel = OwnDeletePanel(room.presenter)
    panel.show()
    press = {"type": "send", "key": panel.form.key, "browser_time": 1}
    wire.send(panel.form, press | {"command_id": "one", "values": {}})
    assert isinstance(room.cases.state, Ready)
    wire.send(panel.form, press | {"command_id": "two", "values": {CONFIRMED: "yes"}})
    assert store.touched("own") == {}
    assert {"type": "forget", "prefix": f"{gone}/"} in wire.answers(panel.form)
    assert room.desk.notice == room.desk.say("own.deleted")
