"""The training service: takes a participant's commands, in the order that the encounter allows.

A participant is known by her id alone, and every stream's name is built from it, so that nobody can reach another's. A
score is computed only after the lock that must come before it is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from explain.casebook.schema import Case, CaseSet
from explain.domain.conditions import PRESETS
from explain.domain.encounter import (
    AwaitingScore,
    CloseCase,
    Command,
    DeliverScore,
    FlagInput,
    Informed,
    Locked,
    LockFinal,
    LockInitial,
    OpenCase,
    OpenFeedback,
    Settled,
    SkipCase,
    State,
    decide,
    replay,
)
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import (
    CheckAnswered,
    Fact,
    FeedbackOpened,
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
from explain.sessions.ports import Envelope, FactStore, Recorded, Scorer
from explain.sessions.progress import Meeting, Progress

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


class Training:
    """Practice with a set of cases.

    Parameters
    ----------
    store
        Where facts are kept.
    sets
        The case sets on offer, by name.
    scorer
        The model.

    Notes
    -----
    Whatever changes something takes the command's envelope: a command that comes twice is carried out once.
    """

    def __init__(self, store: FactStore, sets: Mapping[str, CaseSet], scorer: Scorer) -> None:
        self.store = store
        self.sets = sets
        self._scorer = scorer

    # --- the run ---

    def progress(self, participant: str) -> Progress | None:
        """Return where the participant is in her newest run, or None if she has not begun one.

        A case that has left the casebook since she began is left out: nobody can be shown it any more.
        """
        run, participation = self._newest(participant)
        if participation is None:
            return None
        there = [planned for planned in participation.plan if self._has(planned.case)]
        streams = [encounter_stream(planned.case, participant, run) for planned in there]
        rows = self.store.read_all(streams)
        meetings = tuple(
            Meeting(number, planned, stream, replay(_facts(rows[stream])))
            for number, (planned, stream) in enumerate(zip(there, streams, strict=True), start=1)
        )
        return Progress(participation, f"participation/{participant}/{run}", run, meetings)

    def newest_run(self, participant: str) -> int:
        """Return the number of the participant's newest run, from 1; 0 before she has begun one."""
        run, participation = self._newest(participant)
        return run if participation else 0

    def begin(self, participant: str, case_set: str, preset: str, envelope: Envelope) -> None:
        """Begin a run through a set under one preset; a new one only where the last is finished.

        Where the set is no longer there, the first one stands in for it.
        """
        chosen, condition = self.sets.get(case_set) or next(iter(self.sets.values())), PRESETS[preset]
        joined = Joined(
            chosen.name, chosen.version, tuple(PlannedEncounter(case.key, condition) for case in chosen.cases)
        )
        last = self.progress(participant)
        run = 1 if last is None else last.run + (last.current is None)
        # An unfinished run has its Joined already: a second click, or another tab, leaves it as it is.
        self.store.write(
            f"participation/{participant}/{run}", lambda past: () if past else (joined,), envelope, content=joined
        )

    def answer_check(self, participant: str, question: str, choice: str, right: bool, envelope: Envelope) -> None:
        """Record the answer to a check question of the introduction; the first one counts."""
        answer = CheckAnswered(question, choice, right)

        def first_only(past: Sequence[Fact]) -> Sequence[Fact]:
            answered = {fact.question for fact in past if isinstance(fact, CheckAnswered)}
            return () if question in answered else (answer,)

        self.store.write(self._run(participant).stream, first_only, envelope, content=answer)

    def end_introduction(self, participant: str, envelope: Envelope) -> None:
        """Record that the introduction is behind her."""
        done = IntroductionRead()
        self.store.write(
            self._run(participant).stream, lambda past: () if done in past else (done,), envelope, content=done
        )

    # --- one case ---

    def case(self, key: str) -> Case:
        """Return a case by its key, ``<set>/<folder>``."""
        return self.sets[key.split("/")[0]].case(key)

    def open(self, participant: str, case: str, envelope: Envelope, *, durable: Told = nobody) -> None:
        """Open a case under the condition that was planned for it."""
        _, planned = self._planned(participant, case)
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

    def resume(self, participant: str, envelope: Envelope) -> None:
        """Carry all of a run's encounters on to where a person is needed.

        Called after every command and when a page opens, so that a machine that stopped between a lock and its score
        leaves nobody waiting.
        """
        progress = self._run(participant)
        locked = [meeting for meeting in progress.meetings if isinstance(meeting.state, (Locked, AwaitingScore))]
        for meeting in locked:
            score = self._scorer.score(self.case(meeting.planned.case))
            self._continue(meeting, DeliverScore(score), envelope)
        if locked:
            progress = self._run(participant)
        for meeting in progress.meetings:
            if isinstance(meeting.state, Settled) and progress.feedback_due(meeting):
                self._continue(meeting, self._feedback(participant, meeting), envelope)

    def carried_out(self, participant: str, command_id: str) -> bool:
        """Tell whether a command of the participant's newest run was carried out."""
        progress = self.progress(participant)
        streams = [progress.stream, *(meeting.stream for meeting in progress.meetings)] if progress else []
        return any(row.command_id == command_id for rows in self.store.read_all(streams).values() for row in rows)

    def colleagues(self, case: str, *, besides: str) -> tuple[int, ...]:
        """Count the first ratings that others of this installation gave a case, before they had seen any score.

        Returns
        -------
        tuple of int
            How many gave 1, 2, ... 10; empty where fewer than five others have rated. A person counts once, with her
            first run, and not at all where that showed her the score first; bots never count.
        """
        firsts: dict[str, int | None] = {}
        for row in self.store.read_prefix(f"encounter/{case}/"):
            if row.actor == besides or row.bot:
                continue
            match row.fact:
                case InitialLocked(judgement):
                    firsts.setdefault(row.actor, judgement.rating)
                case ScoreRevealed() | FeedbackOpened():
                    # A later run of hers comes after a score.
                    firsts.setdefault(row.actor, None)
        ratings = [rating for rating in firsts.values() if rating is not None]
        if len(ratings) < FEWEST_COLLEAGUES:
            return ()
        return tuple(ratings.count(rating) for rating in range(LOWEST, HIGHEST + 1))

    def erase(self, participant: str, *, actor: str, reason: str) -> None:
        """Erase all a participant wrote, in every run. Final; what was begun and interrupted can be repeated.

        Her participations go last, since they tell which cases she has met.
        """
        own = f"participation/{participant}"
        plans = [row.fact.plan for row in self.store.read_prefix(own) if isinstance(row.fact, Joined)]
        for case in sorted({planned.case for plan in plans for planned in plan}):
            self.store.erase(f"encounter/{case}/{participant}", actor=actor, reason=reason)
        self.store.erase(own, actor=actor, reason=reason)

    # --- inside ---

    def _has(self, key: str) -> bool:
        chosen = self.sets.get(key.split("/")[0])
        return chosen is not None and any(case.key == key for case in chosen.cases)

    def _newest(self, participant: str) -> tuple[int, Participation | None]:
        """Return the newest run's number, and what she joined in it."""
        prefix = f"participation/{participant}/"
        rows = self.store.read_prefix(prefix)
        run = max((int(row.stream.removeprefix(prefix)) for row in rows), default=0)
        return run, replay_participation(row.fact for row in rows if row.stream == f"{prefix}{run}")

    def _planned(self, participant: str, case: str) -> tuple[str, PlannedEncounter]:
        """Return the stream of an encounter of the newest run, and what was planned for it.

        Raises
        ------
        Refused
            If the case is not in this run: what a browser names is never taken on trust.
        """
        run, participation = self._newest(participant)
        if participation is None:
            raise Refused(Refusal.NOT_NOW, "no run was begun")
        for planned in participation.plan:
            if planned.case == case and self._has(case):
                return encounter_stream(case, participant, run), planned
        raise Refused(Refusal.NOT_YOURS, case)

    def _run(self, participant: str) -> Progress:
        progress = self.progress(participant)
        if progress is None:
            raise Refused(Refusal.NOT_NOW, "no run was begun")
        return progress

    def _take(self, participant: str, case: str, command: Command, envelope: Envelope, durable: Told) -> None:
        stream, _ = self._planned(participant, case)
        if isinstance(command, FlagInput) and _says_nothing_new(replay(_facts(self.store.read(stream))), command):
            durable()
            return  # not even a command's row: a page could ask for as many as it likes
        self.store.write(stream, lambda past: _answer(past, command), envelope, content=command)
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


def encounter_stream(case: str, participant: str, run: int) -> str:
    """Name the stream of one encounter.

    Examples
    --------
    >>> encounter_stream("grundforloeb/sag-01", "p1", 1)
    'encounter/grundforloeb/sag-01/p1/1'
    """
    return f"encounter/{case}/{participant}/{run}"


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
