"""What a participant does with a case of her own, outside the four steps."""

from __future__ import annotations

from collections.abc import Callable

from explain.casebook.own import Impossible
from explain.domain.errors import Refused
from explain.domain.facts import OwnKind
from explain.domain.session_plan import SessionPlan
from explain.sessions.own_cases import OwnCases
from explain.sessions.ports import Envelope
from explain.views.components.messages import Answer, Sent
from explain.views.desk import Desk
from explain.views.own_case.questions import CONFIRMED, KIND, beside


class OwnCasePresenter:
    """Keeps the form of an own case, submits it, takes it back, opens it, deletes it.

    Parameters
    ----------
    desk
        The participant's desk, at which her own case is walked (``sessions.own_cases.OwnCases``).
    on_change
        Called when the case stands elsewhere than before.
    """

    def __init__(self, desk: Desk, on_change: Callable[[], None]) -> None:
        self.desk = desk
        self._on_change = on_change
        self.stream = ""

    @property
    def cases(self) -> OwnCases:
        """Her own case's service."""
        assert isinstance(self.desk.training, OwnCases)
        return self.desk.training

    @property
    def plan(self) -> SessionPlan | None:
        """What her session was planned to be; None in practice."""
        watch = self.cases.watch
        return watch.now().plan if watch else None

    def drafts(self) -> dict[str, tuple[str, int]]:
        """Return what is in the form, by blank, each with its revision."""
        return {name: (one.value, one.revision) for name, one in self.cases.store.drafts(self.stream).items()}

    def keep(self, name: str, value: str, revision: int) -> bool:
        """Keep what is being typed."""
        try:
            return self.cases.keep(self.stream, name, value, revision)
        except Refused:
            return False

    def submit(self, sent: Sent) -> Answer:
        """Submit the case; what cannot be is said beside its blank."""
        say, kinds = self.desk.say, self.cases.kinds
        asked = sent.values.get(KIND, kinds[0].value)
        if asked not in list(OwnKind):
            return Answer(say("refused.question_missing"))
        if sent.values.get(f"{CONFIRMED}_{asked}") != "yes":
            return Answer(say("own.confirm_missing"), {f"{CONFIRMED}_{asked}": say("own.confirm_missing")})
        try:
            return Answer(self._do(lambda envelope: self.cases.submit(OwnKind(asked), sent.values, envelope), sent))
        except Impossible as impossible:
            return Answer(say("own.not_yet"), {one.name: beside(one, say) for one in impossible.problems})

    def open(self, sent: Sent) -> str:
        """Open the case: its first step follows."""
        return self.desk.open(self.stream, sent)

    def take_back(self, sent: Sent) -> str:
        """Take the case back into its form."""
        return self._do(lambda _: self.cases.take_back(), sent)

    def delete(self, sent: Sent) -> str:
        """Delete the case, or what is in its form."""
        if sent.values.get(CONFIRMED) != "yes":
            return self.desk.say("own.delete_confirm_missing")
        problem = self._do(lambda _: self.cases.delete(), sent)
        if not problem:
            self.desk.notice = self.desk.say("own.deleted")
        return problem

    def stale(self, sent: Sent) -> None:
        """Take what was sent from a page that is no longer shown: the page goes where the case is."""
        self.desk.stale(sent)
        self._on_change()

    def _do(self, what: Callable[[Envelope], None], sent: Sent) -> str:
        problem = self.desk.act(what, sent)
        self._on_change()
        return problem
