"""A participant's own case: entered by her, walked like any other, seen by nobody else, and gone afterwards.

The service belongs to one person. All that there is of her case lies beneath ``own/<participant>/<number>``: what she
submitted and the drafts of its form, and ``.../encounter`` with her judgements. So one erasure takes all of it, and
nobody else's can be named. A case that was taken back or deleted is followed by the next number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explain.casebook.answers import Answers
from explain.casebook.own import OwnCase, filled_in, is_blank, own_case
from explain.domain.basis import NO_BASIS, Basis
from explain.domain.conditions import TEACHING
from explain.domain.encounter import State, Unopened, replay
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import Fact, OwnKind, PlannedEncounter
from explain.domain.own_case import (
    NotSubmitted,
    OwnState,
    Ready,
    SubmitOwnCase,
    allowed_kinds,
    decide_own,
    replay_own,
    require_ready,
)
from explain.domain.participation import Participation
from explain.domain.session import Seat, Session
from explain.sessions.ports import Clock, Envelope, FactStore, Recorded, Scorer, milliseconds, utc_now
from explain.sessions.progress import Meeting, Progress
from explain.sessions.seating import OWN, own_case_stream
from explain.sessions.training import Told, Training, _Newest, _unless, nobody
from explain.sessions.watch import Watch

ENCOUNTER: Final = "encounter"
"""What her judgements lie under, beneath the case."""
VERSION: Final = "1"
"""An own case is never changed, only replaced; so it has one version."""


class OwnCases(Training):
    """One participant's own case.

    Parameters
    ----------
    store
        Where facts are kept.
    scorer
        The model.
    owner
        The participant's id.
    basis
        On what real cases are taken where there is no session; without it only invented ones are.
    watch
        Follows her session, whose plan says what may be entered, and whose pauses and end hold her back.
    now
        The server's clock.
    """

    def __init__(
        self,
        store: FactStore,
        scorer: Scorer,
        owner: str,
        basis: Basis = NO_BASIS,
        *,
        watch: Watch | None = None,
        now: Clock = utc_now,
    ) -> None:
        super().__init__(store, {}, scorer, watch=watch, now=now)
        self.owner = owner
        self._own = own_case_stream(owner)
        self._basis = basis

    @property
    def basis(self) -> Basis | None:
        """On what cases are taken; None where her session takes none."""
        return self.watch.now().plan.own_cases if self.watch else self._basis

    @property
    def kinds(self) -> tuple[OwnKind, ...]:
        """The kinds of case she may enter."""
        return allowed_kinds(self.basis)

    @property
    def held(self) -> Refusal | None:
        """Why she can press nothing at all in her session; None where she can, and in practice."""
        session, seat = self._seated()
        return session.holds_back(seat) if session else None

    # --- what there is ---

    @property
    def stream(self) -> str:
        """The stream of her case, or of the one to come.

        The lowest number that is there: one that is being taken back stands until it is erased.
        """
        gone = [self._number(one.prefix) for one in self.store.erasures() if one.prefix.startswith(f"{self._own}/")]
        return f"{self._own}/{min(self._numbers(), default=max(gone, default=0) + 1)}"

    @property
    def state(self) -> OwnState:
        """Where her case stands."""
        return _state(self._rows(self.stream))

    def progress(self, participant: str) -> Progress | None:
        """Return the encounter with her case, or None where it cannot be opened yet."""
        self._require_owner(participant)
        stream = self.stream
        if not isinstance(_state(self._rows(stream)), Ready):
            return None
        planned = PlannedEncounter(stream, TEACHING)
        walked = _encounter(stream)
        meeting = Meeting(1, planned, walked, replay(row.fact for row in self.store.read(walked)))
        participation = Participation(OWN, VERSION, (planned,), introduced=True)
        session, seat = self._seated()
        now = milliseconds(self._now) if session else 0
        return Progress(participation, stream, self._number(stream), (meeting,), session, seat, now)

    def case(self, key: str) -> OwnCase:
        """Return her case.

        Raises
        ------
        Refused
            With ``NOT_YOURS`` for any other; with ``NOT_NOW`` where none was submitted. It may wait for its release:
            its writer can always read it.
        """
        if key != self.stream:
            raise Refused(Refusal.NOT_YOURS, key)
        state = self.state
        if isinstance(state, NotSubmitted):
            raise Refused(Refusal.NOT_NOW, "no own case was submitted")
        return own_case(dict(state.answers), key=key, version=VERSION)

    # --- what she can do before it is opened ---

    def keep(self, stream: str, name: str, value: str, revision: int) -> bool:
        """Keep what is being typed; False from a tab that is behind, or for a name that no blank has."""
        if stream != self.stream or not isinstance(self.state, NotSubmitted) or not is_blank(name):
            return False
        if not self.kinds or self.held not in (None, Refusal.PAUSED):
            return False
        return self.store.save_draft(stream, name, value, revision, self.owner)

    def submit(self, kind: OwnKind, answers: Answers, envelope: Envelope) -> None:
        """Submit a case; when this returns it is durable, and its drafts are gone.

        Raises
        ------
        Impossible
            If what was filled in makes no case that can be.
        Refused
            If this kind is not allowed, a case is there already, or a text may point to a real person.
        """
        self._require_owner(envelope.actor)
        stream = self.stream
        own_case(answers, key=stream, version=VERSION)
        command = SubmitOwnCase(self.owner, kind, filled_in(answers), self.basis)
        answer = _unless(self.held, lambda past: (decide_own(replay_own(past), command),))
        self.store.write(stream, answer, envelope, content=command)

    def take_back(self) -> None:
        """Take a case that was not opened yet back into its form; what was submitted is erased.

        Raises
        ------
        Refused
            With ``NOT_NOW`` where it is open already, or none is there; as the session holds her back.
        """
        if held := self.held:
            raise Refused(held)
        stream, state = self.stream, self.state
        if isinstance(state, NotSubmitted) or not isinstance(self._walked(stream), Unopened):
            raise Refused(Refusal.NOT_NOW, "a case that was opened cannot be changed")
        following = f"{self._own}/{self._number(stream) + 1}"
        for name, answer in state.answers:
            self.store.save_draft(following, name, answer, 1, self.owner)
        self.store.erase(stream, actor=self.owner, reason="taken back by its writer")

    def delete(self) -> None:
        """Erase all there is of her case. Final."""
        for number in self._numbers():
            self.store.erase(f"{self._own}/{number}", actor=self.owner, reason="deleted by its writer")

    # --- the encounter, as with any case ---

    def open(self, participant: str, case: str, envelope: Envelope, *, durable: Told = nobody) -> None:
        """Open the case; refused before its release."""
        self._require_owner(participant)
        require_ready(self.state)
        super().open(participant, case, envelope, durable=durable)

    def colleagues(self, _case: str, *, besides: str) -> tuple[int, ...]:  # noqa: ARG002 there are none
        """Return nothing: nobody else has seen the case."""
        return ()

    def erase(self, participant: str, *, actor: str, reason: str) -> None:
        """Erase every own case she has or had, and close the place for ever."""
        self._require_owner(participant)
        self.store.erase(self._own, actor=actor, reason=reason)

    # --- what belongs to a set of cases ---

    def begin(self, *_: object) -> None:
        """Refuse: there is no set to begin."""
        raise Refused(Refusal.NOT_NOW, "an own case is no set")

    def answer_check(self, *_: object) -> None:
        """Refuse: the introduction belongs to the practice."""
        raise Refused(Refusal.NOT_NOW, "an own case has no introduction")

    def end_introduction(self, *_: object) -> None:
        """Refuse: the introduction belongs to the practice."""
        raise Refused(Refusal.NOT_NOW, "an own case has no introduction")

    def answer_consent(self, *_: object) -> None:
        """Refuse: no study asks for an own case."""
        raise Refused(Refusal.NOT_NOW, "an own case belongs to no study")

    # --- inside ---

    def _require_owner(self, participant: str) -> None:
        if participant != self.owner:
            raise Refused(Refusal.NOT_YOURS, OWN)

    def _newest(self, participant: str) -> _Newest:
        session, seat = self._seated()
        progress = self.progress(participant)
        if progress is None:
            return _Newest(0, None, session, seat)
        return _Newest(progress.run, progress.participation, session, seat)

    def _seated(self) -> tuple[Session | None, Seat | None]:
        return self._place(self.owner) if self.watch else (None, None)

    def _has(self, key: str) -> bool:
        return key == self.stream

    def _encounter(self, case: str, participant: str, run: int) -> str:  # noqa: ARG002 the case names both
        return _encounter(case)

    def _rows(self, stream: str) -> tuple[Recorded, ...]:
        """Read what she submitted: nothing where all there was of her, or her session, was erased."""
        try:
            return self.store.read(stream)
        except Refused as refused:
            if refused.code is not Refusal.ERASED:
                raise
            return ()

    def _walked(self, stream: str) -> State:
        return replay(row.fact for row in self.store.read(_encounter(stream)))

    def _numbers(self) -> list[int]:
        return sorted({self._number(stream) for stream in self.store.touched(self._own)})

    def _number(self, stream: str) -> int:
        return int(stream.removeprefix(f"{self._own}/").partition("/")[0])


def _encounter(stream: str) -> str:
    return f"{stream}/{ENCOUNTER}"


def _state(rows: Sequence[Recorded]) -> OwnState:
    facts: list[Fact] = [row.fact for row in rows]
    return replay_own(facts)
