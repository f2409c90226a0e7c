"""The training service: takes a participant's commands, in the order that the encounter allows.

A participant is known by her id alone, and every stream's name is built from it, so that nobody can reach another's. A
score is computed only after the lock that must come before it is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from explain.casebook.own import AnyCase
from explain.casebook.schema import Case, CaseSet
from explain.domain.conditions import PRESETS, Order
from explain.domain.encounter import (
    AwaitingScore,
    CloseCase,
    Command,
    DeliverScore,
    EndReading,
    FlagInput,
    Informed,
    Locked,
    LockFinal,
    LockInitial,
    OpenCase,
    OpenFeedback,
    Reconsider,
    Settled,
    SkipCase,
    State,
    decide,
    replay,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import (
    CaseOpened,
    CheckAnswered,
    ConsentAnswered,
    Fact,
    InitialLocked,
    InputFlagged,
    IntroductionRead,
    Joined,
    PlannedEncounter,
    ScoreRevealed,
    ScoreWithheld,
)
from explain.domain.judgement import HIGHEST, LONGEST_TEXT, LOWEST
from explain.domain.participation import Participation, replay_participation
from explain.domain.score import Score
from explain.domain.session import Seat, Session, session_of
from explain.domain.session_plan import Kind, Step
from explain.sessions.panels import Panel, panel_of
from explain.sessions.ports import Clock, Decision, Envelope, FactStore, Recorded, Scorer, milliseconds, utc_now
from explain.sessions.progress import Meeting, Progress
from explain.sessions.seating import begin_seated, encounter_stream, participation_stream, streams_of
from explain.sessions.watch import Watch

FEWEST_COLLEAGUES = 5
"""Fewer ratings than this are never shown as a distribution, since one could tell whose they are
(design: "colleagues' distribution, from five answers up")."""

Told = Callable[[], None]
"""Called when something has happened."""


def nobody() -> None:
    """Be told, and do nothing."""


MOST_FLAGS = 180
"""Facts of flagging taken in one encounter: each of Pilot #1's nine inputs (impact assessment 2021, annex) flagged and
taken back ten times over (our own limit). More is nobody's doubt, and would fill the disk."""


Kept = Callable[[str, str], CaseSet | None]
"""Finds a case set, by name and version, that was kept when a session was planned."""


@dataclass(frozen=True, slots=True)
class _Newest:
    """A participant's newest run, what she joined in it, and her place in a session if she is in one."""

    run: int
    participation: Participation | None
    session: Session | None
    seat: Seat | None


class Training:
    """Practice with a set of cases: of everybody who practises alone, or of one session's participants.

    One service serves the ones or the others, never both, and refuses whoever is not its own: so a session's pace
    cannot be walked round.

    Parameters
    ----------
    store
        Where facts are kept.
    sets
        The case sets on offer, by name.
    scorer
        The model.
    watch
        Follows the session whose participants practise here; None for practice alone. See ``within``.
    now
        The server's clock.

    Notes
    -----
    Whatever changes something takes the command's envelope: a command that comes twice is carried out once.
    """

    def __init__(
        self,
        store: FactStore,
        sets: Mapping[str, CaseSet],
        scorer: Scorer,
        *,
        watch: Watch | None = None,
        now: Clock = utc_now,
    ) -> None:
        self.store = store
        self.sets = sets
        self.watch = watch
        self._scorer = scorer
        self._now = now

    def within(self, session: str, kept: Kept = lambda *_: None) -> Training:
        """Return the service of one session's participants, over its case set as it was when it was planned.

        Raises
        ------
        Refused
            With ``NOT_YOURS`` where there is no such session.
        LookupError
            If its case set, in its version, is neither on offer nor kept.
        """
        watch = Watch(self.store, session)
        plan = watch.now().plan
        here = self.sets.get(plan.case_set)
        its = here if here and here.version == plan.version else kept(plan.case_set, plan.version)
        if its is None:
            raise LookupError(
                f"the case set {plan.case_set} must be there in version {plan.version}, which the session {session} "
                "was planned with, and is not: put it back"
            )
        return Training(self.store, {its.name: its}, self._scorer, watch=watch, now=self._now)

    # --- the run ---

    def progress(self, participant: str) -> Progress | None:
        """Return where the participant is in her newest run, or None if she has not begun one.

        A case that has left the casebook since she began is left out: nobody can be shown it any more.
        """
        newest = self._newest(participant)
        run, participation = newest.run, newest.participation
        if participation is None:
            return None
        there = [planned for planned in participation.plan if self._has(planned.case)]
        streams = [encounter_stream(planned.case, participant, run) for planned in there]
        rows = self.store.read_all(streams)
        meetings = tuple(
            Meeting(number, planned, stream, replay(_facts(rows[stream])))
            for number, (planned, stream) in enumerate(zip(there, streams, strict=True), start=1)
        )
        now = milliseconds(self._now) if newest.session else 0
        own = participation_stream(participant, run)
        return Progress(participation, own, run, meetings, newest.session, newest.seat, now)

    def newest_run(self, participant: str) -> int:
        """Return the number of the participant's newest run, from 1; 0 before she has begun one."""
        newest = self._newest(participant)
        return newest.run if newest.participation else 0

    def begin(self, participant: str, case_set: str, preset: str, envelope: Envelope) -> None:
        """Begin a run through a set under one preset; a new one only where the last is finished.

        Where the set is no longer there, the first one stands in for it. In a session the seat decides, once for all.
        """
        if self.watch:
            raise Refused(Refusal.NOT_NOW, "a session's participant meets what her seat says")
        chosen, condition = self.sets.get(case_set) or next(iter(self.sets.values())), PRESETS[preset]
        joined = Joined(
            chosen.name, chosen.version, tuple(PlannedEncounter(case.key, condition) for case in chosen.cases)
        )
        last = self.progress(participant)
        run = 1 if last is None else last.run + (last.current is None)
        # An unfinished run has its Joined already: a second click, or another tab, leaves it as it is.
        self.store.write(
            participation_stream(participant, run), lambda past: () if past else (joined,), envelope, content=joined
        )

    def answer_check(self, participant: str, question: str, choice: str, right: bool, envelope: Envelope) -> None:
        """Record the answer to a check question of the introduction; the first one counts."""
        answer = CheckAnswered(question, choice, right)

        def first_only(past: Sequence[Fact]) -> Sequence[Fact]:
            answered = {fact.question for fact in past if isinstance(fact, CheckAnswered)}
            return () if question in answered else (answer,)

        self._record(participant, first_only, envelope, answer)

    def end_introduction(self, participant: str, envelope: Envelope) -> None:
        """Record that the introduction is behind her."""
        done = IntroductionRead()
        self._record(participant, lambda past: () if done in past else (done,), envelope, done)

    def answer_consent(self, participant: str, research: bool, envelope: Envelope) -> None:
        """Record whether a study may use her answers; she may change it, and the course is the same either way.

        Raises
        ------
        Refused
            With ``NOT_NOW`` outside a study.
        """
        session, _ = self._place(participant)
        if session is None or session.plan.kind is not Kind.RESEARCH:
            raise Refused(Refusal.NOT_NOW, "no study asks for consent here")
        answer = ConsentAnswered(research)

        def changed(past: Sequence[Fact]) -> Sequence[Fact]:
            given = [fact for fact in past if isinstance(fact, ConsentAnswered)]
            return () if given[-1:] == [answer] else (answer,)

        # It is taken back in a pause and after the end, too: whoever says no must not wait for the trainer.
        self.store.write(self._run(participant).stream, changed, envelope, content=answer)

    # --- one case ---

    def case(self, key: str) -> AnyCase:
        """Return a case by its key, ``<set>/<folder>``."""
        return self.sets[key.split("/")[0]].case(key)

    def open(self, participant: str, case: str, envelope: Envelope, *, durable: Told = nobody) -> None:
        """Open a case under the condition that was planned for it."""
        planned = self._planned(self._newest(participant), case)
        command = OpenCase(case, self.case(case).version, planned.condition)
        self._take(participant, case, command, envelope, durable)

    def take(
        self, participant: str, case: str, command: Command, envelope: Envelope, *, durable: Told = nobody
    ) -> None:
        """Take one of the participant's commands; when this returns, it and what follows from it are durable.

        ``durable`` is called before, as soon as the command itself is: what follows is carried on with whenever the
        page opens, so that the participant need not wait for it.

        Raises
        ------
        Refused
            If the command does not belong to this step, is the service's own, or holds too much text.
        """
        if isinstance(command, (OpenCase, DeliverScore, OpenFeedback)):
            raise Refused(Refusal.NOT_NOW, f"{type(command).__name__} is the service's own")
        _refuse_too_long(command)
        self._take(participant, case, command, envelope, durable)

    def resume(self, participant: str, envelope: Envelope) -> Progress:
        """Carry all of a run's encounters on to where a person is needed, and return where she is then.

        Called after every command and when a page opens, so that a machine that stopped between a lock and its score
        leaves nobody waiting.
        """
        progress = self._run(participant)
        owed = [
            meeting
            for meeting in progress.meetings
            if isinstance(meeting.state, (Locked, AwaitingScore)) and not progress.held_in(meeting, Step.SCORE)
        ]
        for meeting in owed:
            score = self._scorer.score(self.case(meeting.planned.case))
            self._continue(meeting, DeliverScore(score), envelope)
        progress = self._run(participant) if owed else progress
        due = [
            meeting
            for meeting in progress.meetings
            if isinstance(meeting.state, Settled) and progress.feedback_due(meeting)
        ]
        for meeting in due:
            self._continue(meeting, self._feedback(participant, meeting), envelope)
        return self._run(participant) if due else progress

    def carried_out(self, participant: str, command_id: str) -> bool:
        """Tell whether a command of the participant's newest run was carried out."""
        progress = self.progress(participant)
        streams = [progress.stream, *(meeting.stream for meeting in progress.meetings)] if progress else []
        return any(row.command_id == command_id for rows in self.store.read_all(streams).values() for row in rows)

    def colleagues(self, case: str, *, besides: str) -> tuple[int, ...]:
        """Count the first ratings that others gave a case, before they had seen any score.

        Others are those who practise alone, or the people of one's own session: never both, and never of a trial case.

        Returns
        -------
        tuple of int
            How many gave 1, 2, ... 10; empty where fewer than five others have rated. A person counts once, with her
            first run, and not at all where that showed her the score first; bots never count.
        """
        session, own = self._place(besides)
        if (own and own.bot) or (session and session.plan.trial == case):
            return ()
        there = {seat.participant for seat in session.people if not seat.removed} if session else None
        firsts: dict[str, int | None] = {}
        for row in self.store.read_prefix(f"encounter/{case}/", kinds=(CaseOpened, InitialLocked)):
            among = session_of(row.actor) is None if there is None else row.actor in there
            if row.actor == besides or row.bot or not among:
                continue
            match row.fact:
                case InitialLocked(judgement):
                    firsts.setdefault(row.actor, judgement.rating)
                case CaseOpened(condition=condition) if condition.order is Order.SCORE_FIRST:
                    # A later run of hers comes after a score.
                    firsts.setdefault(row.actor, None)
        ratings = [rating for rating in firsts.values() if rating is not None]
        if len(ratings) < FEWEST_COLLEAGUES:
            return ()
        return tuple(ratings.count(rating) for rating in range(LOWEST, HIGHEST + 1))

    def shown_score(self, meeting: Meeting) -> Score | None:
        """Return the score that was shown to her in an encounter; None where none was, or it was withheld."""
        facts = (row.fact for row in self.store.read(meeting.stream))
        return next((fact.score for fact in facts if isinstance(fact, ScoreRevealed)), None)

    def panel(self, case: str) -> Panel | None:
        """Return what real panels have said of a case as it is here, or None where fewer than five people have."""
        its = self.case(case)
        return panel_of(self.store, its) if isinstance(its, Case) else None

    def erase(self, participant: str, *, actor: str, reason: str) -> None:
        """Erase all a participant wrote, in every run and in a case of her own.

        Final; what was begun and interrupted can be repeated.
        """
        rows = self.store.read_prefix(participation_stream(participant))
        plans = [row.fact.plan for row in rows if isinstance(row.fact, Joined)]
        cases = sorted({planned.case for plan in plans for planned in plan})
        self.store.erase(*streams_of(participant, cases), actor=actor, reason=reason)

    # --- inside ---

    def _encounter(self, case: str, participant: str, run: int) -> str:
        return encounter_stream(case, participant, run)

    def _has(self, key: str) -> bool:
        chosen = self.sets.get(key.split("/")[0])
        return chosen is not None and any(case.key == key for case in chosen.cases)

    def _newest(self, participant: str) -> _Newest:
        session, seat = self._place(participant)
        prefix = f"{participation_stream(participant)}/"
        rows = self.store.read_prefix(prefix)
        if session and seat and not rows and not session.erased:
            # The machine stopped between the seat and what its holder is to meet.
            rows = begin_seated(self.store, session, seat)
        run = max((int(row.stream.removeprefix(prefix)) for row in rows), default=0)
        facts = (row.fact for row in rows if row.stream == f"{prefix}{run}")
        return _Newest(run, replay_participation(facts), session, seat)

    def _planned(self, newest: _Newest, case: str) -> PlannedEncounter:
        """Return what was planned for a case.

        Raises
        ------
        Refused
            If the case is not in this run: what a browser names is never taken on trust.
        """
        if newest.participation is None:
            raise Refused(Refusal.NOT_NOW, "no run was begun")
        for planned in newest.participation.plan:
            if planned.case == case and self._has(case):
                return planned
        raise Refused(Refusal.NOT_YOURS, case)

    def _held(self, newest: _Newest, case: str, command: Command) -> Refusal | None:
        """Tell why the session holds a command back, or None where it does not, and in practice alone."""
        if newest.session is None:
            return None
        new, now = isinstance(command, OpenCase), milliseconds(self._now)
        return newest.session.holds_back_step(newest.seat, case, _step_of(command), new=new, now=now)

    def _run(self, participant: str) -> Progress:
        progress = self.progress(participant)
        if progress is None:
            raise Refused(Refusal.NOT_NOW, "no run was begun")
        return progress

    def _place(self, participant: str) -> tuple[Session | None, Seat | None]:
        """Return the session and the seat of a participant of this service; both None in practice alone."""
        its = session_of(participant)
        if its != (self.watch.id if self.watch else None):
            raise Refused(Refusal.NOT_YOURS, participant)
        session = self.watch.now() if self.watch else None
        seat = session.seat(participant) if session else None
        if session and seat is None:
            raise Refused(Refusal.NOT_YOURS, participant)
        return session, seat

    def _record(self, participant: str, decision: Decision, envelope: Envelope, answer: Fact) -> None:
        """Add to her participation, unless the session holds her back."""
        progress = self._run(participant)
        self.store.write(progress.stream, _unless(progress.held, decision), envelope, content=answer)

    def _take(self, participant: str, case: str, command: Command, envelope: Envelope, durable: Told) -> None:
        newest = self._newest(participant)
        self._planned(newest, case)
        stream = self._encounter(case, participant, newest.run)
        if isinstance(command, FlagInput) and _says_nothing_new(replay(_facts(self.store.read(stream))), command):
            durable()
            return  # not even a command's row: a page could ask for as many as it likes
        held = self._held(newest, case, command)
        answer = _unless(held, lambda past: _answer(past, command))
        self.store.write(stream, answer, envelope, content=command)
        durable()
        if isinstance(command, SkipCase):
            # Whatever is locked ends its drafts in its own transaction; a case that is left leaves none either.
            self.store.drop_drafts(stream)
        self.resume(participant, envelope)

    def _continue(self, meeting: Meeting, command: Command, envelope: Envelope) -> None:
        """Take a command of the service's own; where another page was faster, what it recorded stands."""

        def decision(past: Sequence[Fact]) -> Sequence[Fact]:
            try:
                return (decide(replay(past), command),)
            except Refused:
                return ()

        own = f"{meeting.stream}/{type(command).__name__}"
        self.store.write(meeting.stream, decision, replace(envelope, command_id=own), content=own)

    def _feedback(self, participant: str, meeting: Meeting) -> OpenFeedback:
        recorded = [
            row.fact.score
            for row in self.store.read(meeting.stream)
            if isinstance(row.fact, (ScoreRevealed, ScoreWithheld))
        ]
        return OpenFeedback(recorded[-1], self.colleagues(meeting.planned.case, besides=participant))


def _unless(held: Refusal | None, decision: Decision) -> Decision:
    """Refuse what the session holds back; within the decision, so that a repeated command gets its first answer."""

    def decided(past: Sequence[Fact]) -> Sequence[Fact]:
        if held:
            raise Refused(held)
        return decision(past)

    return decided


def _step_of(command: Command) -> Step:
    """Return the step that a participant's command belongs to."""
    match command:
        case FlagInput() | EndReading():
            return Step.SCORE
        case Reconsider() | LockFinal():
            return Step.AGAIN
        case CloseCase():
            return Step.REFLECTION
        case _:
            return Step.CASE


def _answer(past: Sequence[Fact], command: Command) -> Sequence[Fact]:
    """Decide; a flag that says what is said already makes no new fact, and there is an end to flags."""
    state = replay(past)
    fact = decide(state, command)
    if _says_nothing_new(state, command):
        return ()
    if isinstance(fact, InputFlagged) and sum(isinstance(one, InputFlagged) for one in past) >= MOST_FLAGS:
        raise Refused(Refusal.TOO_MANY, f"at most {MOST_FLAGS} flags")
    return (fact,)


def _says_nothing_new(state: State, command: Command) -> bool:
    return (
        isinstance(state, Informed)
        and isinstance(command, FlagInput)
        and command.name in dict(state.score.inputs)
        and command.fits == (command.name not in state.flagged)
    )


def _refuse_too_long(command: Command) -> None:
    match command:
        case LockInitial(judgement) | LockFinal(judgement):
            texts = (judgement.reasons, judgement.missing)
        case CloseCase(reflection):
            texts = (reflection, "")
        case _:
            return
    if max(map(len, texts)) > LONGEST_TEXT:
        raise Refused(Refusal.TOO_LONG, f"at most {LONGEST_TEXT} characters")


def _facts(rows: Sequence[Recorded]) -> list[Fact]:
    return [row.fact for row in rows]
