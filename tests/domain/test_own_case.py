"""An own case: who may enter what, and what must happen before it can be opened."""

from __future__ import annotations

import pytest

from explain.domain.basis import NO_BASIS, Basis
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CaseSkipped, OwnCaseReleased, OwnCaseSentBack, OwnCaseSubmitted, OwnKind, WhyBack
from explain.domain.own_case import (
    AwaitingRelease,
    NotSubmitted,
    Ready,
    ReleaseOwnCase,
    SendBackOwnCase,
    SentBack,
    SubmitOwnCase,
    allowed_kinds,
    decide_own,
    evolve_own,
    replay_own,
    require_ready,
)

ANSWERS = (("age", "7"),)
RECORDED = Basis("Byens Kommune", "databeskyttelsesloven § 10")
INVENTED = OwnCaseSubmitted("p1", OwnKind.INVENTED, ANSWERS)
REAL = OwnCaseSubmitted("p1", OwnKind.PSEUDONYMISED, ANSWERS)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_practice_allows_invented_cases_alone():
    assert allowed_kinds(NO_BASIS) == (OwnKind.INVENTED,)


@pytest.mark.parametrize("basis", [Basis("Byens Kommune"), Basis("", "§ 10"), Basis("  ", "§ 10"), Basis("Byen", "\n")])
def test_a_real_case_needs_both_controller_and_legal_basis(basis):
    assert allowed_kinds(basis) == (OwnKind.INVENTED,)
    command = SubmitOwnCase("p1", OwnKind.PSEUDONYMISED, ANSWERS, basis)
    assert refusal(lambda: decide_own(NotSubmitted(), command)) is Refusal.OWN_KIND


def test_an_invented_case_is_ready_at_once():
    assert decide_own(NotSubmitted(), SubmitOwnCase("p1", OwnKind.INVENTED, ANSWERS)) == INVENTED
    assert require_ready(replay_own([INVENTED])) == Ready(OwnKind.INVENTED, ANSWERS)


def test_a_real_case_waits_for_a_second_person():
    assert decide_own(NotSubmitted(), SubmitOwnCase("p1", OwnKind.PSEUDONYMISED, ANSWERS, RECORDED)) == REAL
    waiting = replay_own([REAL])
    assert waiting == AwaitingRelease("p1", ANSWERS)
    assert refusal(lambda: require_ready(waiting)) is Refusal.NOT_RELEASED
    assert refusal(lambda: decide_own(waiting, ReleaseOwnCase("p1"))) is Refusal.SECOND_PERSON
    released = decide_own(waiting, ReleaseOwnCase("p2"))
    assert released == OwnCaseReleased("p2")
    assert require_ready(evolve_own(waiting, released)) == Ready(OwnKind.PSEUDONYMISED, ANSWERS)


def test_a_second_person_can_send_it_back_with_a_reason():
    waiting = replay_own([REAL])
    assert refusal(lambda: decide_own(waiting, SendBackOwnCase("p1", WhyBack.STEPS))) is Refusal.SECOND_PERSON
    back = decide_own(waiting, SendBackOwnCase("p2", WhyBack.STEPS))
    assert back == OwnCaseSentBack("p2", WhyBack.STEPS)
    state = evolve_own(waiting, back)
    assert state == SentBack(ANSWERS, WhyBack.STEPS)
    assert refusal(lambda: require_ready(state)) is Refusal.NOT_RELEASED
    for command in (ReleaseOwnCase("p2"), SendBackOwnCase("p2", WhyBack.STEPS)):
        assert refusal(lambda command=command: decide_own(state, command)) is Refusal.NOT_NOW


def test_where_no_own_cases_are_taken_none_is():
    command = SubmitOwnCase("p1", OwnKind.INVENTED, ANSWERS, None)
    assert refusal(lambda: decide_own(NotSubmitted(), command)) is Refusal.OWN_KIND


def test_nothing_that_was_not_submitted_can_be_opened_or_released():
    assert refusal(lambda: require_ready(NotSubmitted())) is Refusal.NOT_NOW
    assert refusal(lambda: decide_own(NotSubmitted(), ReleaseOwnCase("p2"))) is Refusal.NOT_NOW


@pytest.mark.parametrize("state", [replay_own([INVENTED]), replay_own([REAL])])
def test_a_case_is_submitted_once(state):
    command = SubmitOwnCase("p1", OwnKind.INVENTED, ANSWERS)
    assert refusal(lambda: decide_own(state, command)) is Refusal.NOT_NOW


@pytest.mark.parametrize(
    "facts", [[OwnCaseReleased("p2")], [INVENTED, OwnCaseReleased("p2")], [INVENTED, REAL], [CaseSkipped()]]
)
def test_a_record_that_cannot_be_is_named(facts):
    with pytest.raises(ValueError, match="it is damaged"):
        replay_own(facts)
