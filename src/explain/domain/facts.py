"""Facts: what happened, in the past tense. They are recorded once and never change.

A field marked ``WRITTEN`` is what a person wrote or rated; the store keeps it apart, so that it can be erased while the
skeleton of what happened stays. A score is marked too: its inputs tell of the child, and an own case may be a real
child's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from explain.domain.conditions import Condition
from explain.domain.judgement import WRITTEN, Judgement
from explain.domain.people import PersonFact
from explain.domain.score import Score
from explain.domain.session_facts import CodeTaken, NoteWritten, SessionFact


@dataclass(frozen=True, slots=True)
class PlannedEncounter:
    """A case a participant is to meet, and under which condition; a trial case is never analysed."""

    case: str
    condition: Condition
    trial: bool = False


# --- a participant's run through a set of cases (domain/participation.py) ---


@dataclass(frozen=True, slots=True)
class Joined:
    """A participant began a run: which set, in which version, which cases in which order and condition."""

    case_set: str
    version: str
    plan: tuple[PlannedEncounter, ...]


@dataclass(frozen=True, slots=True)
class CheckAnswered:
    """A check question of the introduction was answered; the first answer counts, right or wrong."""

    question: str
    choice: str = field(metadata=WRITTEN)
    right: bool = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class IntroductionRead:
    """The page on what the tool is and is not was read, and its check questions answered."""


@dataclass(frozen=True, slots=True)
class ConsentAnswered:
    """A participant of a study said whether her answers may be used for research; the last answer holds."""

    research: bool = field(metadata=WRITTEN)


# --- one participant and one case (domain/encounter.py) ---


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """The referral was opened; from here the encounter has its case, in this version, and its condition."""

    case: str
    version: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class CaseSkipped:
    """The participant chose not to take this case; no reason is asked."""


@dataclass(frozen=True, slots=True)
class InitialLocked:
    """The first judgement was locked, for ever."""

    judgement: Judgement = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class ScoreRevealed:
    """The score was shown to the participant."""

    score: Score = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class ScoreWithheld:
    """The twin control: the score was computed and recorded, and not shown."""

    score: Score = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class InputFlagged:
    """The participant said that an input of the score does not fit the case, or took it back."""

    name: str = field(metadata=WRITTEN)
    fits: bool = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """The participant went on from the score (or, in the twin control, from the second reading) to judging again."""


@dataclass(frozen=True, slots=True)
class FinalLocked:
    """The final judgement was locked, for ever."""

    judgement: Judgement = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class ReadingEnded:
    """Score first without a rating: the participant was done with case and score."""


@dataclass(frozen=True, slots=True)
class FeedbackOpened:
    """The reflection was opened, with the score, and colleagues' first ratings as they stood then.

    ``colleagues`` holds how many gave each rating from 1 to 10, or nothing where fewer than five had. From what all of
    them were shown of the others, each one's own rating follows: so it goes with the ratings.
    """

    score: Score = field(metadata=WRITTEN)
    colleagues: tuple[int, ...] = field(default=(), metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """The participant was done with the case."""

    reflection: str = field(default="", metadata=WRITTEN)


# --- a participant's own case (domain/own_case.py) ---

Answers = tuple[tuple[str, str], ...]
"""What was filled in, by the name of the blank, as it was typed."""


class OwnKind(StrEnum):
    """What kind of case a participant's own is."""

    INVENTED = "invented"
    """Invented, or composed of many; nobody can recognise anybody in it."""
    PSEUDONYMISED = "pseudonymised"
    """A real referral after the four steps of pseudonymisation (impact assessment 2021, annex C, 6.3.2)."""


@dataclass(frozen=True, slots=True)
class OwnCaseSubmitted:
    """A participant submitted a case of her own, and confirmed what kind it is."""

    by: str
    kind: OwnKind
    answers: Answers = field(metadata=WRITTEN)


@dataclass(frozen=True, slots=True)
class OwnCaseReleased:
    """A second person read a pseudonymised case with the same check, and released it."""

    by: str


class WhyBack(StrEnum):
    """Why a second person did not release a pseudonymised case: what is still to be done to it."""

    DETAIL = "detail"
    """One piece of information is too exact: a place, a time, an event."""
    TOGETHER = "together"
    """All of it together fits one family."""
    STEPS = "steps"
    """The four steps were not carried out on all of it."""


@dataclass(frozen=True, slots=True)
class OwnCaseSentBack:
    """A second person read a pseudonymised case with the same check, and sent it back to its writer."""

    by: str
    why: WhyBack


Fact = (
    Joined
    | CheckAnswered
    | IntroductionRead
    | ConsentAnswered
    | CaseOpened
    | CaseSkipped
    | InitialLocked
    | ScoreRevealed
    | ScoreWithheld
    | InputFlagged
    | Reconsidered
    | FinalLocked
    | ReadingEnded
    | FeedbackOpened
    | CaseClosed
    | PersonFact
    | CodeTaken
    | NoteWritten
    | SessionFact
    | OwnCaseSubmitted
    | OwnCaseReleased
    | OwnCaseSentBack
)
"""Everything that can be recorded."""
