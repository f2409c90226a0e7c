"""What a participant of a trial is asked, and her answer."""

from __future__ import annotations

from explain.domain.session_plan import Research
from explain.views.components.messages import Sent
from explain.views.desk import Desk


class ConsentPresenter:
    """Takes the answer, given before the introduction and changed whenever she likes.

    Parameters
    ----------
    desk
        The participant's desk.

    Attributes
    ----------
    reopened
        Whether she has asked to see the question again.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.reopened = False

    @property
    def research(self) -> Research | None:
        """The study she takes part in, or None."""
        session = self.desk.progress.session if self.desk.progress else None
        return session.plan.research if session else None

    @property
    def given(self) -> bool | None:
        """Her answer; None where there is none yet."""
        return self.desk.progress.participation.consents if self.desk.progress else None

    @property
    def asks(self) -> bool:
        """Whether the question is to be shown now."""
        return self.research is not None and (self.given is None or self.reopened)

    def answer(self, sent: Sent) -> str:
        """Record her answer; an empty box is a no."""
        self.reopened = False
        return self.desk.answer_consent(sent.values.get("consent") == "yes", sent)

    def reopen(self, _: str, __: str, ___: Sent) -> str:
        """Show the question again."""
        self.reopened = True
        self.desk.refresh()
        return ""
