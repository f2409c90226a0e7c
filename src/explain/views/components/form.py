"""A form whose script owns what is being typed, so that no text is lost while the kernel is away.

What a browser sends is hostile input: it is taken apart here into plain strings by declared field, and the
service judges it. Every free text is looked through by the guards on its way (``guarded``), so that no form can forget
to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import anywidget
import traitlets

from explain.domain.judgement import LONGEST_TEXT
from explain.texts import Sayer
from explain.views.components.guarded import limits, remarks
from explain.views.components.messages import (
    Answer,
    Field,
    Sent,
    answered,
    asked_as,
    is_count,
    sent_in,
    whole,
    words_in,
)
from explain.views.components.script import script, style

MOST_ANSWERS = 2000
"""Answers taken with one press; the longest form has a third of it (our own limit)."""


class Form(anywidget.AnyWidget):
    """Questions and one button.

    The presenter's answer to what was sent goes back as ``acknowledged``: an empty sentence when it is durable,
    otherwise what is wrong, and beside which question. Only then does the browser let go of what was typed.

    What the guards find in a free text goes back as ``remarks`` while it is typed. A text with something that is
    refused, or with a name she has not said to be an ordinary word, is not sent on.

    What was sent from a question that is no longer asked (the answer to it was lost with the line, or another tab was
    faster) goes to ``on_stale``.
    """

    _esm = script("form")
    _css = style("form")

    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    quiet = traitlets.Bool(False).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    drafts = traitlets.Dict().tag(sync=True)
    key = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        on_send: Callable[[Sent], str | Answer],
        on_draft: Callable[[str, str, int], bool] | None = None,
        *,
        on_stale: Callable[[Sent], None] | None = None,
        quiet: bool = False,
    ) -> None:
        super().__init__(quiet=quiet)
        # What was asked is kept here as well: every synced trait is the browser's to set.
        self._asked: tuple[str, tuple[Field, ...], Sayer] | None = None
        self._remarked: set[str] = set()
        self._on_send = on_send
        self._on_draft = on_draft
        self._on_stale = on_stale
        self.on_msg(self._receive)

    def ask(
        self,
        key: str,
        fields: Sequence[Field],
        *,
        button: str,
        say: Sayer,
        note: str = "",
        label: str = "",
        more: str = "",
        drafts: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        """Set the questions. ``key`` names this form for one person and step; text typed in it is found again by it.

        ``label`` names it to a screen reader, which can then go straight to it; ``more`` stands over what is folded.
        """
        self._asked = key, tuple(fields), say
        self._remarked.clear()
        with self.hold_sync():
            self.texts = {**say.under("form"), "limits": limits(say), "more": more}
            self.drafts = {name: {"value": value, "revision": at} for name, (value, at) in (drafts or {}).items()}
            self.fields = [_public(field) for field in fields]
            self.button = button
            self.note = note
            self.label = label
            self.key = key

    def clear(self) -> None:
        """Take the questions away."""
        self._asked = None
        with self.hold_sync():
            self.key, self.fields, self.drafts, self.note = "", [], {}, ""

    def forget(self, prefix: str) -> None:
        """Have the browser forget all it remembers of forms whose key begins so: what they held was deleted."""
        self.send({"type": "forget", "prefix": prefix})

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        if self._asked is None or message.get("key") != self._asked[0]:
            self._receive_stale(message)
            return
        key, fields, say = self._asked
        kept = words_in(message.get("kept"))
        match message:
            case {"type": "draft", "field": str(name), "value": str(value), "revision": int(revision)} if is_count(
                revision
            ):
                if field := asked_as(name, fields):
                    self._take_draft(key, field, name, whole(value), revision, kept, say)
            case {"type": "send", "values": dict(values)}:
                answers = {
                    name: whole(value)
                    for name, value in list(values.items())[:MOST_ANSWERS]
                    if isinstance(name, str) and isinstance(value, str) and asked_as(name, fields)
                }
                if sent := sent_in(message, answers):
                    self._take(key, fields, sent, kept, say)

    def _take_draft(
        self, key: str, field: Field, name: str, value: str, revision: int, kept: Iterable[str], say: Sayer
    ) -> None:
        found = _remarked(field, value, kept, say)
        if found or name in self._remarked:
            self._remarked.add(name)
            self.send({"type": "remarks", "key": key, "field": name, "revision": revision, "remarks": found})
        if self._on_draft is not None and self._on_draft(name, value, revision):
            self.send({"type": "kept", "key": key, "field": name, "revision": revision})

    def _take(self, key: str, fields: Sequence[Field], sent: Sent, kept: Iterable[str], say: Sayer) -> None:
        marked = {
            name: found
            for name, value in sent.values.items()
            if (field := asked_as(name, fields)) and (found := _remarked(field, value, kept, say))
        }
        self._remarked |= marked.keys()
        if marked:
            self._acknowledge(key, sent, Answer(say("guard.stop")), remarks=marked)
            return
        beside: dict[str, str] = {}

        def take(its: Sent) -> str:
            answer = self._on_send(its)
            if isinstance(answer, str):
                return answer
            beside.update(answer.beside)
            return answer.problem

        answered(sent, take, lambda problem: self._acknowledge(key, sent, Answer(problem, beside)))

    def _receive_stale(self, message: Mapping[str, object]) -> None:
        match message:
            case {"type": "send", "key": str(key), "values": dict(values)} if self._on_stale is not None:
                texts = {str(name): whole(value) for name, value in values.items() if isinstance(value, str)}
                if sent := sent_in(message, texts):
                    self._on_stale(sent)
                    self._acknowledge(key, sent, Answer())

    def unsay(self) -> None:
        """Take back what was said of the last press, where it is so no longer: that there is a pause, say."""
        if self._asked:
            self.send({"type": "unsay", "key": self._asked[0]})

    def _acknowledge(self, key: str, sent: Sent, answer: Answer, **more: object) -> None:
        if answer.beside:
            more["beside"] = dict(answer.beside)
        its = {"type": "acknowledged", "key": key, "command_id": sent.command_id, "problem": answer.problem}
        self.send(its | more)


def _remarked(field: Field, value: str, kept: Iterable[str], say: Sayer) -> list[dict[str, Any]]:
    """Say what the guards find in the answer to a question; a text the store takes at no length is not gone through."""
    if not field.is_looked_through or len(value) > LONGEST_TEXT:
        return []
    return [asdict(one) for one in remarks(value, say, kept=kept)]


def _public(field: Field) -> dict[str, Any]:
    """Return a question as its script wants it; what is empty is left out."""
    its = {
        "name": field.name,
        "kind": field.kind,
        "label": field.label,
        "hint": field.hint,
        "required": field.required,
        "options": [{"value": value, "label": label} for value, label in field.options],
    }
    more = {
        "heading": field.heading,
        "folded": field.folded,
        "looked_through": field.is_looked_through,
        "when": {"name": field.when[0], "values": list(field.when[1])} if field.when else None,
        "parts": [_public(part) for part in field.parts],
        "words": dict(field.words),
        "from": field.more_from,
        "along": field.along,
    }
    return its | {name: value for name, value in more.items() if value}
