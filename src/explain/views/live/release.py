"""The trainer as the second person: she reads the case that has waited longest, and releases it or sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from explain.casebook.own import OwnCase
from explain.domain.errors import Refused
from explain.domain.facts import WhyBack
from explain.guards import find
from explain.sessions.second_person import SecondPerson
from explain.views.components.messages import Answer, Field, Sent
from explain.views.office import Office

READ: Final = "read"
WHY: Final = "why"
WORD: Final = "word"


class Found(NamedTuple):
    """A stretch of the text that the check marks, and what it looks like."""

    word: str
    looks_like: str


class ReleasePresenter:
    """Follows what waits in the class that is shown.

    Parameters
    ----------
    office
        The trainer's office.

    Attributes
    ----------
    waiting
        The streams of the cases that wait, as of the last look.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.waiting: tuple[str, ...] = ()

    @property
    def _second(self) -> SecondPerson:
        return SecondPerson(self.office.classes, self.office.actor, self.office.session)

    def look(self) -> bool:
        """Look what waits now; tell whether it is something else than before."""
        before = self.waiting
        try:
            self.waiting = self._second.waiting() if self.office.session else ()
        except Refused:
            self.waiting = ()
        return self.waiting != before

    @property
    def case(self) -> OwnCase | None:
        """The case that has waited longest; None where none waits any more."""
        try:
            return self._second.case(self.waiting[0]) if self.waiting else None
        except Refused:
            return None

    def found(self, case: OwnCase) -> list[Found]:
        """Return what the writer's check finds in the case, each word once; the words she kept are among it."""
        words: dict[str, str] = {}
        for text in (case.title, case.body):
            for one in find(text):
                words.setdefault(text[one.start : one.end], self.office.say(f"guard.looks_like.{one.kind.value}"))
        return [Found(*its) for its in words.items()]

    def to_release(self, found: Sequence[Found]) -> list[Field]:
        """Return what is asked before a release: of each word whether it is an ordinary one, and that all was read."""
        say = self.office.say
        words = [
            Field(f"{WORD}{number}", "tick", say("release.keep", word=one.word), one.looks_like, required=False)
            for number, one in enumerate(found)
        ]
        return [*words, Field(READ, "tick", say("release.confirm"), required=False)]

    def to_send_back(self) -> list[Field]:
        """Return what is asked before a case is sent back."""
        say = self.office.say
        options = tuple((why.value, say(f"own.back_why.{why}")) for why in WhyBack)
        return [Field(WHY, "choice", say("release.why"), options=options, heading=say("release.back"))]

    def release(self, stream: str, sent: Sent) -> str | Answer:
        """Release the case that was read; every word that is marked must have been said to be an ordinary one."""
        say, case = self.office.say, self.case
        if case is None or case.key != stream:
            return say("release.gone")
        found = self.found(case)
        asked = [f"{WORD}{number}" for number, _ in enumerate(found)]
        if missing := {name: say("release.keep_missing") for name in asked if sent.values.get(name) != "yes"}:
            return Answer(say("release.keep_missing"), missing)
        if sent.values.get(READ) != "yes":
            return Answer(say("release.confirm_missing"), {READ: say("release.confirm_missing")})
        kept = [one.word for one in found]
        return self.office.do(lambda envelope: self._second.release(stream, envelope, kept=kept), sent)

    def send_back(self, stream: str, sent: Sent) -> str:
        """Send the case back that was read."""
        why = sent.values.get(WHY)
        if why not in tuple(WhyBack):
            return self.office.say("refused.question_missing")
        return self.office.do(lambda envelope: self._second.send_back(stream, WhyBack(why), envelope), sent)
