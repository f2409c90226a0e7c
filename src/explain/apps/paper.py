"""The training on paper: the sheets of a case, the criteria, and the trainer's programme of three hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from explain.casebook.schema import Case
from explain.charts.wording import worded
from explain.explanations.waterfall import waterfall
from explain.models.linear import pilot1
from explain.models.scorer import Pilot1Scorer
from explain.texts import Sayer
from explain.views.case.presenter import words_of
from explain.views.components.template import render

PARTS: Final = {"intro": 20, "trial": 10, "cases": 55, "break": 15, "debrief": 60, "monday": 15, "evaluation": 5}
"""The parts of the programme, in minutes (design: the trainer's programme of three hours)."""
PILES: Final = ("case", "score", "reflection", "trainer")
"""The sheets of a case in their order, as the catalogue calls them (``print.<name>_sheet``)."""
INNER: Final = "print/inner.html"
"""The layout that leaves out everything around a sheet, so that many fit on one page."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the programme: when it is, how long it takes, and what the trainer does."""

    title: str
    span: str
    minutes: int
    aim: str
    do: tuple[str, ...]
    listen: tuple[str, ...]


def sheets(case: Case, say: Sayer, **layout: str) -> Iterator[tuple[str, str]]:
    """Yield the sheets of a case as file name and page: three in the order they are handed out, and the trainer's.

    Examples
    --------
    >>> from explain.casebook.files import read_case, shipped
    >>> from explain.texts import sayer
    >>> case = read_case(shipped() / "grundforloeb" / "ude-om-natten")
    >>> [name for name, _ in sheets(case, sayer("da"))][0]
    'grundforloeb-04-ude-om-natten-1-case.html'
    """
    stem = f"{case.set}-{case.number:02d}-{case.folder}"
    what = {"number": case.number, "title": case.text(say.language).title} | layout
    notes, words = case.pedagogy.content_notes, words_of(case, say)
    yield (
        f"{stem}-1-case.html",
        render("print/case.html", say, number=case.number, case=words, notes=notes, **layout),
    )
    picture = waterfall(Pilot1Scorer().score(case), pilot1())
    rows = [(worded(say, step.name, step.value), 100 * step.contribution, 100 * step.end) for step in picture.steps]
    yield f"{stem}-2-score.html", render("print/score.html", say, picture=picture, rows=rows, **what)
    yield f"{stem}-3-reflection.html", render("print/reflection.html", say, pedagogy=case.pedagogy, **what)
    trainer = {"pedagogy": case.pedagogy, "score": picture.value, **what}
    yield f"{stem}-4-trainer.html", render("print/trainer.html", say, **trainer)


def pile(which: int, title: str, cases: Iterable[Case], say: Sayer) -> str:
    """Return one sheet of every case as one page, for a trainer who prints from her browser.

    ``which`` counts from 0, as :func:`sheets` yields them. A page holds one kind of sheet alone, since a printer that
    prints on both sides would otherwise put a score on the back of the rating that comes before it.
    """
    ordered = [list(sheets(case, say, layout=INNER))[which][1] for case in cases]
    return render("print/together.html", say, title=title, sheets=ordered)


def criteria(say: Sayer, **layout: str) -> str:
    """Return the page with the criteria for disregarding a score, and the duties that no score touches."""
    listed = [text for name, text in say.under("criteria").items() if name not in ("title", "lead")]
    return render("print/criteria.html", say, criteria=listed, duties=list(say.under("duty").values()), **layout)


def programme(say: Sayer) -> str:
    """Return the trainer's programme of three hours, with what to do on paper; the criteria come last."""
    paper = [text for name, text in say.under("programme.paper").items() if name.startswith("do")]
    return render(
        "print/programme.html",
        say,
        parts=list(_parts(say)),
        total=sum(PARTS.values()),
        before=list(say.under("programme.before").values()),
        paper=paper,
        criteria=criteria(say, layout=INNER),
    )


def _parts(say: Sayer) -> Iterator[Part]:
    start = 0
    for name, minutes in PARTS.items():
        end = start + minutes
        lines = say.under(f"programme.{name}")
        yield Part(
            title=lines["title"],
            span=say("programme.span", start=_clock(start, say), end=_clock(end, say)),
            minutes=minutes,
            aim=lines["aim"],
            do=tuple(text for key, text in lines.items() if key.startswith("do")),
            listen=tuple(text for key, text in lines.items() if key.startswith("listen")),
        )
        start = end


def _clock(minutes: int, say: Sayer) -> str:
    """Write minutes since the start as hours and minutes."""
    return say("programme.hour", hours=minutes // 60, minutes=f"{minutes % 60:02d}")
