"""How often, how far and which way a participant moved; words first, and no word of right or wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from explain.charts.ratings import Ratings
from explain.charts.wording import marked_words
from explain.domain.encounter import Closed, Informed, Locked, Rated, Reflecting, Settled, Uninformed
from explain.domain.judgement import Judgement
from explain.domain.score import TEACHING_ONLY, Score
from explain.sessions.progress import Meeting
from explain.texts import Sayer
from explain.texts.numbers import decimal
from explain.views.components.messages import Sent
from explain.views.components.template import render
from explain.views.desk import Desk, counted


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what she rated and wrote, and the score where she saw it; ``body`` is empty where a case is not opened
    again.
    """

    number: int
    key: str
    title: str
    body: str
    initial: Judgement | None
    final: Judgement | None
    score: Score | None
    reflection: str
    marked: str

    @property
    def asked(self) -> Judgement | None:
        """The judgement with which all else was asked: her first, which may come after the score."""
        return self.initial or self.final

    @property
    def ratings(self) -> Ratings:
        """Her ratings and the score, for the figure."""
        first, final = (judgement.rating if judgement else None for judgement in (self.initial, self.final))
        return Ratings(first, final, self.score.value if self.score else None)


@dataclass(frozen=True, slots=True)
class Moves:
    """How a participant moved between first and final rating, over the cases that have both.

    Attributes
    ----------
    cases
        How many cases have both ratings and a score: the denominator of what follows.
    moved
        In how many the final rating differs from the first.
    towards, away
        In how many of those it moved in the direction of the score's number, if need be past it, and in how many not.
    furthest
        The largest move, in steps of the scale.
    """

    cases: int
    moved: int
    towards: int
    away: int
    furthest: int


def moves_of(rows: list[Ratings]) -> Moves:
    """Count the moves.

    Examples
    --------
    >>> moves_of([Ratings(4, 6, 8), Ratings(9, 9, 1), Ratings(5, 4, 9)])
    Moves(cases=3, moved=2, towards=1, away=1, furthest=2)
    """
    both = [
        (row.first, row.final, row.score)
        for row in rows
        if row.first is not None and row.final is not None and row.score is not None
    ]
    moved = sum(first != final for first, final, _ in both)
    towards = sum((final - first) * (score - first) > 0 for first, final, score in both)
    return Moves(
        cases=len(both),
        moved=moved,
        towards=towards,
        away=moved - towards,
        furthest=max((abs(final - first) for first, final, _ in both), default=0),
    )


class PicturePresenter:
    """Her own picture, and her own answers as files.

    Parameters
    ----------
    desk
        The participant's desk.

    Attributes
    ----------
    offered
        The presets a new run can be begun under; one alone is not asked about.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.offered: tuple[str, ...] = ()

    @property
    def preset(self) -> str:
        """The preset of the run that is over."""
        return self.desk.progress.participation.plan[0].condition.name if self.desk.progress else ""

    def rows(self) -> list[Row]:
        """Return her cases in order, the trial case left out: the closed ones, and after the end of a class all in
        which she has locked something.
        """
        progress = self.desk.progress
        if progress is None:
            return []
        counts = LOCKED if progress.session and progress.session.ended else (Closed,)
        return [
            self._row(counted(progress, meeting)[0], meeting)
            for meeting in progress.meetings
            if isinstance(meeting.state, counts) and not meeting.planned.trial
        ]

    def again(self, sent: Sent) -> str:
        """Begin the set anew, under the preset she chose or the same; what she did before is kept."""
        progress = self.desk.progress
        if progress is None:
            return self.desk.say("refused.not_now")
        asked = sent.values.get("preset", "")
        preset = asked if asked in self.offered else self.preset
        return self.desk.begin(progress.participation.case_set, preset, sent)

    def as_csv(self) -> str:
        """Return her answers as a table that a spreadsheet in her language opens.

        A Danish spreadsheet wants semicolons and decimal commas; the byte order mark tells it that this is UTF-8.
        """
        say, danish = self.desk.say, self.desk.say.language == "da"
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";" if danish else ",", lineterminator="\r\n")
        writer.writerow([say(f"download.column.{name}") for name in COLUMNS] + ["use"])
        for row in self.rows():
            writer.writerow([*_cells(row, say), TEACHING_ONLY])
        return "\ufeff" + text.getvalue()

    def as_page(self) -> str:
        """Return her answers as a page to print."""
        return render("picture/print.html", self.desk.say, rows=self.rows(), asked_words=asked_words)

    def _row(self, number: int, meeting: Meeting) -> Row:
        case, state, say = self.desk.training.case(meeting.planned.case), meeting.state, self.desk.say
        if isinstance(state, (Informed, Reflecting, Closed)):
            score: Score | None = state.score
        else:
            score = self.desk.training.shown_score(meeting)
        words = case.text(say.language)
        return Row(
            number=number,
            key=case.key,
            title=words.title,
            body=words.body_markdown if meeting.planned.condition.reopens else "",
            initial=getattr(state, "initial", None),
            final=getattr(state, "final", None),
            score=score,
            reflection=getattr(state, "reflection", ""),
            marked=marked_words(score, getattr(state, "flagged", frozenset()), say) if score else "",
        )


LOCKED = (Locked, Rated, Informed, Uninformed, Settled, Reflecting, Closed)
"""States in which she has locked a judgement, or seen the score that comes before it."""

COLUMNS = (
    "case",
    "title",
    "first_rating",
    "first_reasons",
    "confidence",
    "urgent",
    "next_step",
    "missing",
    "score",
    "rs",
    "model",
    "does_not_fit",
    "final_rating",
    "final_reasons",
    "reflection",
)
"""The columns of the download, beside ``use``; their headings stand in the catalogue."""


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""


def _cells(row: Row, say: Sayer) -> list[str]:
    initial, final = row.initial, row.final
    return [
        row.key,
        row.title,
        str(initial.rating) if initial else "",
        _safe(initial.reasons) if initial else "",
        *(answer for _, answer in asked_words(row.asked, say)),
        _safe(row.asked.missing) if row.asked else "",
        str(row.score.value) if row.score else "",
        decimal(row.score.raw, 6, say.language).replace("−", "-") if row.score else "",
        row.score.model if row.score else "",
        row.marked,
        str(final.rating) if final else "",
        _safe(final.reasons) if final else "",
        _safe(row.reflection),
    ]


def asked_words(judgement: Judgement | None, say: Sayer) -> list[tuple[str, str]]:
    """Return each closed question beside the rating with its answer; an empty one where it was not asked.

    Examples
    --------
    >>> from explain.texts import sayer
    >>> asked_words(Judgement(7, "Ja.", confidence=4, urgent=False), sayer("en"))[1]
    ('Must something be done within 24 hours?', 'No')
    """
    sure = urgent = step = ""
    if judgement and judgement.confidence:
        sure = say(f"confidence.{judgement.confidence}")
    if judgement and judgement.urgent is not None:
        urgent = say("yes" if judgement.urgent else "no")
    if judgement and judgement.next_step:
        step = say(f"next_step.{judgement.next_step}")
    return [(say("question.confidence"), sure), (say("question.urgent"), urgent), (say("question.next_step"), step)]


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking what somebody wrote for a formula."""
    return "'" + text if text.startswith(FORMULA) else text
