"""What the guards say about a text somebody writes, in her language: what was found where, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from explain.guards import Action, find
from explain.texts import Sayer


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a stretch of a text.

    Attributes
    ----------
    start, end
        Where, in characters from 0; ``end`` is the first character after it.
    refused
        Whether the text cannot be taken while it stands there; otherwise the person is asked.
    looks_like, instead, verdict
        Sentences: what it looks like, what to write instead, and what becomes of it.
    keep
        Said on the button by which an ordinary word is kept; empty where nothing can be kept.
    """

    start: int
    end: int
    refused: bool
    looks_like: str
    instead: str
    verdict: str
    keep: str


def remarks(text: str, say: Sayer, *, kept: Iterable[str] = ()) -> list[Remark]:
    """Say what the guards find in a text.

    Parameters
    ----------
    text
        What was written.
    say
        The person's language.
    kept
        Words she has said are ordinary ones.

    Examples
    --------
    >>> from explain.texts import sayer
    >>> (remark,) = remarks("Storm og regn; drengen Storm sover", sayer("en"))
    >>> remark.start, remark.refused, remark.looks_like, remark.keep
    (23, False, 'This looks like a name.', 'Keep the word: Storm')
    """
    made = []
    for found in find(text, kept=kept):
        refused = found.action is Action.REFUSE
        made.append(
            Remark(
                found.start,
                found.end,
                refused,
                say(f"guard.looks_like.{found.kind.value}"),
                say(f"guard.instead.{found.kind.value}"),
                say("guard.refused") if refused else say("guard.asked"),
                "" if refused else say("guard.keep", word=text[found.start : found.end]),
            )
        )
    return made


def limits(say: Sayer) -> str:
    """Say what such a check cannot find; it belongs beside every field that is checked."""
    return say("guard.sees_not")
