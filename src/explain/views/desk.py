"""The desk at which one participant sits: her progress, and the one way in which panels act for her."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from traitlets import Bool, HasTraits, Instance, Int, Unicode

from explain.casebook.own import AnyCase
from explain.domain.encounter import Closed, Command, FlagInput, SkipCase, Skipped, replay
from explain.domain.errors import Refusal, Refused
from explain.domain.facts import CheckAnswered
from explain.domain.session import path_of
from explain.sessions.ports import Envelope
from explain.sessions.progress import Meeting, Progress
from explain.sessions.training import Training
from explain.texts import Sayer
from explain.views.components.messages import Sent, sent_in, whole

OWN_WORDS = ("reasons", "missing", "reflection", "title", "body")
"""The fields of all forms that hold what a person wrote."""


class Desk(HasTraits):
    """One participant's place in the training.

    Attributes
    ----------
    progress
        Where she is, as the store has it; panels follow it. None before she has begun.
    notice
        Something she must be told whatever page she is on: that another tab was faster, say.
    unsent
        What she wrote here that was not taken, to be shown with the notice: nothing she wrote is ever lost.
    looking_back
        Whether she looks at her picture between two cases.
    out_of_step
        Counts how often the browser spoke of a page that is no longer shown; it then needs everything anew.
    """

    progress = Instance(Progress, allow_none=True)
    notice = Unicode()
    unsent = Unicode()
    looking_back = Bool()
    out_of_step = Int()

    training: Training
    participant: str
    say: Sayer

    def sit(self, training: Training, participant: str, say: Sayer) -> None:
        """Take the participant back to where she was, and deliver what is owed to her.

        Until then the desk is empty: a page is built before anybody is there (serving/hooks.py).
        """
        self.training, self.participant, self.say = training, participant, say
        self.look()

    def look(self) -> None:
        """Take in what the class has come to, and deliver what was opened to her."""
        if self.training.progress(self.participant) is not None:
            # Made here, since no browser asked: the service turns it into one id per encounter.
            self.training.resume(self.participant, Envelope(secrets.token_hex(16), self.participant))
        self.refresh()

    def refresh(self) -> None:
        """Read where she is."""
        self.progress = self.training.progress(self.participant)

    @property
    def meeting(self) -> Meeting | None:
        """The encounter that waits for her."""
        return self.progress.current if self.progress else None

    @property
    def case(self) -> AnyCase | None:
        """The case of that encounter."""
        return self.training.case(self.meeting.planned.case) if self.meeting else None

    # --- what she can do; each returns an empty sentence, or why not ---

    def begin(self, case_set: str, preset: str, sent: Sent) -> str:
        """Begin a run."""
        return self.act(lambda envelope: self.training.begin(self.participant, case_set, preset, envelope), sent)

    def answer_checks(self, answers: list[CheckAnswered], sent: Sent) -> str:
        """Record the answers to the check questions."""

        def record(envelope: Envelope) -> None:
            for answer in answers:
                own = Envelope(f"{envelope.command_id}/{answer.question}", envelope.actor, envelope.browser_time)
                self.training.answer_check(self.participant, answer.question, answer.choice, answer.right, own)

        return self.act(record, sent)

    def end_introduction(self, sent: Sent) -> str:
        """Leave the introduction behind."""
        return self.act(lambda envelope: self.training.end_introduction(self.participant, envelope), sent)

    def answer_consent(self, research: bool, sent: Sent) -> str:
        """Say whether her answers may be used for research."""
        return self.act(lambda envelope: self.training.answer_consent(self.participant, research, envelope), sent)

    def open(self, case: str, sent: Sent) -> str:
        """Open a case."""

        def begin(envelope: Envelope) -> None:
            self.training.open(self.participant, case, envelope, durable=sent.durable)

        return self.act(begin, sent)

    def skip(self, case: str, sent: Sent) -> str:
        """Leave a case out."""
        return self.take(case, SkipCase(), sent)

    def look_back(self) -> str:
        """Show her picture of the cases so far; nothing is recorded, and a page opened anew is at the case again."""
        self.looking_back = True
        return ""

    def go_on(self) -> str:
        """Return from the picture to the case that waits."""
        self.looking_back = False
        return ""

    def take(self, case: str, command: Command, sent: Sent) -> str:
        """Do something in an encounter."""

        def take(envelope: Envelope) -> None:
            self.training.take(self.participant, case, command, envelope, durable=sent.durable)

        return self.act(take, sent)

    def stale(self, sent: Sent) -> None:
        """Take what was sent from a page that is no longer shown.

        Either it was carried out and the answer was lost with the line, or another tab or device was faster; then she
        is told, and her words are shown to her. The browser gets the present page in both cases.
        """
        self.refresh()
        if not self.training.carried_out(self.participant, sent.command_id):
            self.unsent = _own_words(sent)
            # A press without words of her own needs no word of ours.
            self.notice = self.say(f"refused.{Refusal.ALREADY_LOCKED.value}") if self.unsent else ""
        self.out_of_step += 1

    def late(self, message: Mapping[str, object]) -> bool:
        """Take what a tab had still to deliver from a page that is no longer shown, when it is opened again.

        Returns
        -------
        bool
            Whether the tab may forget it. What was typed and never sent it keeps until that step is behind her.
        """
        match message:
            case {"type": "flag", "key": str(key), "name": str(name), "fits": bool(fits)}:
                meeting, sent = self.meeting, sent_in(message, {})
                if sent and meeting and key.startswith(f"{meeting.stream}/"):
                    self.take(meeting.planned.case, FlagInput(name, fits), sent)
            case {"type": "send", "values": dict(values)}:
                texts = {name: whole(value) for name, value in values.items() if isinstance(value, str)}
                # On a shared device the tab may hold what another wrote, which is nobody's to read but hers.
                if not self._is_anothers(str(message.get("key", ""))) and (sent := sent_in(message, texts)):
                    self.stale(sent)
            case {"type": "left", "key": str(key), "values": dict(values)}:
                texts = {name: whole(value) for name, value in values.items() if isinstance(value, str)}
                sent = sent_in(message, texts)
                if sent is None or not self._is_behind(key):
                    return False
                self.stale(sent)
        return True

    def act(self, what: Callable[[Envelope], None], sent: Sent) -> str:
        """Do something for her; return an empty sentence, or why not."""
        self.notice = self.unsent = ""
        self.looking_back = False
        if self._begun_anew_elsewhere():
            # The same case has come up again there: what was meant for the last run must not be locked in this one.
            self.stale(sent)
            return ""
        try:
            what(Envelope(sent.command_id, self.participant, sent.browser_time))
        except Refused as refused:
            instead = [self.say(f"guard.instead.{kind}") for kind in refused.about]
            sentence = " ".join([self.say(f"refused.{refused.code.value}"), *instead])
            if refused.code in (Refusal.ALREADY_LOCKED, Refusal.NOT_NOW):
                # Another tab or device was faster: this page goes where the store is, and says so.
                self.refresh()
                self.unsent, self.notice = _own_words(sent), sentence
            return sentence
        sent.durable()  # before the page is drawn anew: she need not wait for that to know that it is kept
        self.refresh()
        return ""

    # --- what is not locked yet ---

    def save_draft(self, stream: str, name: str, value: str, revision: int) -> bool:
        """Keep what is being typed; False where a newer text is there, or the store takes no such text.

        A tab that is behind keeps nothing: what was typed there would outlive the lock.
        """
        store, meeting = self.training.store, self.meeting
        try:
            now = replay(row.fact for row in store.read(stream))
            behind = meeting is None or meeting.stream != stream or type(now) is not type(meeting.state)
            return not behind and store.save_draft(stream, name, value, revision, self.participant)
        except Refused:
            return False

    def drafts(self, stream: str, step: int) -> dict[str, tuple[str, int]]:
        """Return what was typed in a step and not yet locked, by field, each with its revision."""
        start = f"{step}/"
        return {
            name.removeprefix(start): (draft.value, draft.revision)
            for name, draft in self.training.store.drafts(stream).items()
            if name.startswith(start)
        }

    def unlocked(self) -> list[tuple[str, str]]:
        """Return what she wrote and did not lock, case by case with its title: nothing she wrote is ever lost."""
        found = []
        for meeting in self.progress.meetings if self.progress else ():
            drafts = self.training.store.drafts(meeting.stream).items()
            texts = [draft.value for name, draft in drafts if name.rpartition("/")[2] in OWN_WORDS and draft.value]
            if texts:
                title = self.training.case(meeting.planned.case).text(self.say.language).title
                found.append((title, "\n\n".join(texts)))
        return found

    def _is_behind(self, key: str) -> bool:
        """Tell whether a form's step, named by its key, is behind her in this run."""
        stream, _, step = key.rpartition("/")
        if self.progress and self.progress.session and self.progress.session.ended:
            return any(meeting.stream == stream for meeting in self.progress.meetings)
        for meeting in self.progress.meetings if self.progress else ():
            if meeting.stream == stream and step.isdecimal():
                return meeting.step > int(step) or isinstance(meeting.state, (Closed, Skipped))
        return False

    def _is_anothers(self, key: str) -> bool:
        """Tell whether a form, named by its key, was another participant's."""
        return key.startswith(("encounter/", "participation/")) and f"/{path_of(self.participant)}/" not in f"{key}/"

    def _begun_anew_elsewhere(self) -> bool:
        return (self.progress.run if self.progress else 0) != self.training.newest_run(self.participant)


def counted(progress: Progress, meeting: Meeting) -> tuple[int, int]:
    """Return which case this is and of how many; the trial case is number 0 and not counted."""
    trials = sum(one.planned.trial for one in progress.meetings)
    return 0 if meeting.planned.trial else meeting.number - trials, len(progress.meetings) - trials


def _own_words(sent: Sent) -> str:
    return "\n\n".join(sent.values[name] for name in OWN_WORDS if sent.values.get(name))
