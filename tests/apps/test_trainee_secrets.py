"""What must not be shown is not there: no score, RS or contribution of a case in any widget, nor on the wire, before
its first lock; in the twin control not before the feedback."""

from __future__ import annotations

import html
import json
import re

import pytest

from explain.casebook.files import read_set
from explain.domain.conditions import PRESETS
from explain.domain.encounter import Closed, Judging, Reflecting, Settled, Uninformed, Unopened
from explain.models.scorer import Pilot1Scorer
from explain.texts import LANGUAGES, sayer
from explain.views.components.template import markdown

ROUGH = 3
"""A number with fewer digits that count stands anywhere."""


def digits(text):
    return re.sub(r"\D", "", text).lstrip("0")


def numbers(score):
    """RS and every contribution, as shares and percentage points, exact and rounded, with point and with comma."""
    for number in (score.raw, *dict(score.contributions).values()):
        exact = [repr(abs(number)), repr(abs(100 * number))]
        rounded = [f"{abs(scale * number):.{places}f}" for scale in (1, 100) for places in range(1, 7)]
        for text in exact + rounded:
            if len(digits(text)) >= ROUGH:
                yield from (text, text.replace(".", ","))


def words(case, language):
    """What the reflection alone may show."""
    pedagogy = case.pedagogy
    told = [pedagogy.objective, pedagogy.trainees_note, *(one.reasons for one in pedagogy.panel)]
    told += [pedagogy.planted_error.explanation] if pedagogy.planted_error else []
    return [paragraph for one in told for paragraph in one.say(language).split("\n\n")]


def marks(score):
    """How a score is said on any page."""
    for say in map(sayer, LANGUAGES):
        yield say("score.is", score=score.value)
        yield say("reflection.score", score=score.value)
        yield say("waterfall.label", score=score.value)
        yield say("rows.score")  # the heading over any score
    yield "skoen-score-number"
    yield "skoen-here"


def holds(text, secrets):
    """The secrets that are found; a number only where it stands alone, not inside a longer one."""
    found = {secret for secret in secrets if secret in text}
    return {one for one in found if not one[0].isdigit() or re.search(rf"(?<![\d.,]){re.escape(one)}(?!\d)", text)}


class Secrets:
    """What one case holds back."""

    def __init__(self, case):
        self.case, self.score = case, Pilot1Scorer().score(case)
        self.numbers, self.marks = set(numbers(self.score)), set(marks(self.score))
        self.words = {word for language in LANGUAGES for word in words(case, language)}

    def all(self):
        return self.numbers | self.marks | self.words


@pytest.fixture(scope="module")
def secrets(planted):
    return {case.key: Secrets(case) for case in read_set(planted).cases}


def named(text):
    """Fields of the wire that are named for what must not be there."""
    return re.findall(r'"(score|raw|rs|baseline|contributions?|inputs?|phi\w*)":', text)


@pytest.fixture
def walked(at_page, planted, secrets):
    """Walk through the set; yield at every page with the page, the meeting, and what the browser got since its gate."""

    def walk(preset, language="da"):
        trainee = at_page(preset=preset, cases=str(planted), language=language)
        gate = since = 0
        for place in trainee.walk():
            if place == "gate":
                gate = since
            since = len(trainee.wire.sent)
            meeting = trainee.desk.meeting
            yield trainee, meeting, trainee.received(gate), meeting and secrets[meeting.planned.case]

    return walk


def test_the_secrets_looked_for_are_many_and_one_case_has_a_planted_error(secrets):
    assert all(len(one.numbers) > 60 and len(one.words) >= 14 for one in secrets.values())
    assert [key for key, one in secrets.items() if one.case.pedagogy.planted_error] == ["grundforloeb/ude-om-natten"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["teaching", "pilot1", "control"])
def test_before_the_lock_nothing_of_the_score_is_in_any_widget_or_on_the_wire(walked, secrets, preset, language):
    looked = set()
    for trainee, meeting, received, its in walked(preset, language):
        if meeting and isinstance(meeting.state, (Unopened, Judging)):
            assert holds(trainee.state, its.all()) == set()
            assert holds(received, its.all()) == set()
            assert named(json.dumps([data for _, data in trainee.wire.sent])) == []
            looked.add((meeting.number, trainee.place))
    assert looked >= {(number, place) for number in range(1, len(secrets) + 1) for place in ("gate", "1")}


def test_the_introduction_holds_nothing_of_any_case(at_page, secrets, planted):
    trainee = at_page(cases=str(planted)).go_to("gate")
    for its in secrets.values():
        assert holds(trainee.received(), its.all()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_lock_everything_is_there(walked, secrets, language):
    looked = 0
    for trainee, meeting, received, its in walked("teaching", language):
        if meeting and meeting.step == 2:
            score = its.score
            shown = holds(trainee.state, its.numbers)
            assert {repr(abs(100 * number)) for _, number in score.contributions} <= shown
            assert f"{100 * abs(score.raw):.2f}".replace(".", "," if language == "da" else ".") in shown
            assert sayer(language)("score.is", score=score.value) in trainee.state
            assert "skoen-score-number" in received
            assert holds(received, its.words) == set()
            looked += 1
    assert looked == len(secrets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_panel_note_and_planted_error_come_with_the_reflection_and_the_trainers_note_never(walked, secrets, language):
    looked = 0
    for trainee, meeting, received, its in walked("teaching", language):
        if its:
            known = " ".join(its.case.pedagogy.trainees_note.say(language).split())
            note = its.case.pedagogy.trainers_note.say(language).split("\n\n")
            trainers = {part for part in note if " ".join(part.split()) not in known}
            assert trainers
            assert holds(received, trainers) == set()
        if meeting and isinstance(meeting.state, Reflecting):
            said = set(words(its.case, language))
            assert holds(trainee.state, said) == said
            looked += 1
        elif meeting:
            assert holds(received, its.words) == set()
    assert looked == len(secrets)


def test_the_control_is_shown_no_score_before_the_feedback(walked, secrets):
    looked = set()
    for trainee, meeting, _, its in walked("control"):
        judging = meeting and isinstance(meeting.state, (Unopened, Judging, Uninformed))
        if judging:
            for one in secrets.values():
                assert holds(trainee.state, one.all()) == set()
                assert holds(trainee.received(), one.all()) == set()
            looked.add((meeting.number, trainee.place))
        elif meeting:
            assert isinstance(meeting.state, Reflecting)
            assert trainee.desk.progress.all_judged
            assert sayer("da")("reflection.score", score=its.score.value) in trainee.state
    assert looked >= {(number, place) for number in range(1, len(secrets) + 1) for place in ("gate", "1", "2", "3")}


def test_the_controls_desk_holds_no_score_before_the_feedback(walked):
    for trainee, meeting, _, _ in walked("control"):
        if meeting and isinstance(meeting.state, Uninformed):
            states = [one.state for one in trainee.desk.progress.meetings]
            assert not any(hasattr(state, "score") for state in states)


def test_pilot1_shows_the_score_alone(walked, secrets):
    looked = 0
    for trainee, meeting, _, its in walked("pilot1"):
        page = trainee.page
        assert (page.side.score.flags.rows, page.side.score.figure.figure, page.side.score.twin.value) == ([], {}, "")
        assert page.side.score.overview_head.value == ""
        if meeting and meeting.step == 2:
            assert sayer("da")("score.is", score=its.score.value) in trainee.state
            looked += 1
    assert looked == len(secrets)
    for its in secrets.values():
        exact = {repr(abs(100 * number)) for _, number in its.score.contributions}
        assert holds(trainee.received(), exact) == set()


def test_in_pilot1_a_closed_case_cannot_be_seen_again(walked):
    for trainee, meeting, _, _ in walked("pilot1"):
        if meeting and trainee.place == "1":
            assert opening_of(trainee, meeting) in trainee.state
        progress = trainee.desk.progress
        closed = [one for one in progress.meetings if isinstance(one.state, Closed)] if progress else []
        assert not [one for one in closed if opening_of(trainee, one) in trainee.state]
    assert trainee.place == "picture"
    assert len(closed) == 4


def opening_of(trainee, meeting):
    """The first line of a case, as a page shows it."""
    body = trainee.desk.training.case(meeting.planned.case).text("da").body_markdown
    return html.unescape(str(markdown(body, "da"))).splitlines()[0]


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_no_longer_shown_is_no_longer_in_any_widget(walked, preset):
    """At a gate nothing of the case before is left, and at a step nothing of another step."""
    for trainee, meeting, _, _ in walked(preset):
        page = trainee.page
        if trainee.place in ("gate", "picture"):
            assert page.side.case.page.value == page.side.judgement.page.value == page.side.score.page.value == ""
            assert page.side.reflection.page.value == page.side.reflection.head.value == ""
        if trainee.place != "2":
            assert (page.side.score.page.value, page.side.score.flags.rows, page.side.score.figure.figure) == (
                "",
                [],
                {},
            )
        if trainee.place != "4":
            assert (page.side.reflection.page.value, page.side.reflection.figure.figure) == ("", {})
        assert not meeting or not isinstance(meeting.state, Settled), "a settled case waits; it is not shown"
