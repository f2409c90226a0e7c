"""What is refused, by a code; the sentence a person reads comes from the catalogue (``refused.<code>``)."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a command was refused."""

    NOT_NOW = "not_now"
    """The command does not belong to this step: the order of an encounter cannot be changed."""
    ALREADY_LOCKED = "already_locked"
    """A judgement is locked for ever; another tab or device was first, say."""
    REASONS_MISSING = "reasons_missing"
    """The condition asks for written reasons."""
    QUESTION_MISSING = "question_missing"
    """The condition asks a question that was not answered."""
    TOO_LONG = "too_long"
    """More text than the store takes for one field."""
    TOO_MANY = "too_many"
    """More flags than one encounter takes."""
    IDENTIFYING = "identifying"
    """A text may point to a real person: a CPR number, a phone number, an address, an exact date or the like."""
    COMMAND_REUSED = "command_reused"
    """A command id came again with other content."""
    ERASED = "erased"
    """The stream was erased; nothing can be added to it."""
    NOT_YOURS = "not_yours"
    """The stream belongs to another participant."""
    NOT_ALLOWED = "not_allowed"
    """The role that this needs is not there, or no longer, or the session is another trainer's."""
    NOT_STARTED = "not_started"
    """The session has not been started: no case is open."""
    NOT_OPENED = "not_opened"
    """The trainer has not opened this step to the class."""
    PAUSED = "paused"
    """The session is paused; drafts are still kept."""
    TIME_OVER = "time_over"
    """The session's time is over: the case that is open may be finished, no new one opened."""
    REMOVED = "removed"
    """The trainer took the participant out of the session."""
    ENDED = "ended"
    """The session is over."""
    FULL = "full"
    """Every seat of the session is taken."""
    SET_CHANGED = "set_changed"
    """The case set that a session is to be planned with is another one by now."""
    LINK_GONE = "link_gone"
    """The one-time link was used, has expired, or never was one."""
    NAME_UNFIT = "name_unfit"
    """A name must not be empty, nor endless."""
    NAME_TAKEN = "name_taken"
    """Another person signs in by that name."""
    PASSWORD_UNFIT = "password_unfit"
    """A password must be long, and more than the name or one character over and over."""
    OWN_KIND = "own_kind"
    """Nothing allows an own case of this kind: a real referral needs a session with controller and legal basis."""
    NOT_RELEASED = "not_released"
    """A pseudonymised case cannot be opened before a second person has read and released it."""
    SECOND_PERSON = "second_person"
    """Whoever entered a pseudonymised case cannot release it herself."""


class Refused(Exception):
    """A command was refused; nothing was written.

    Attributes
    ----------
    code
        Why.
    about
        What of, in words of the code, where the catalogue has more to say on it: kinds of finding (`explain.guards`).
    """

    def __init__(self, code: Refusal, detail: str = "", *, about: tuple[str, ...] = ()) -> None:
        self.code = code
        self.about = about
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
