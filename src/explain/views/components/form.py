"""A form whose script owns what is being typed, so that no text is lost while the kernel is away.

What a browser sends is hostile input: it is taken apart here into plain strings by declared field, and the
service judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import anywidget
import traitlets

from explain.views.components.messages import Field, Sent, answered, is_count, sent_in, whole
from explain.views.components.script import ASSETS, script


class Form(anywidget.AnyWidget):
    """Questions and one button.

    The presenter's answer to what was sent goes back as ``acknowledged``: an empty sentence when it is durable,
    otherwise what is wrong. Only then does the browser let go of what was typed.

    What was sent from a question that is no longer asked (the answer to it was lost with the line, or another tab was
    faster) goes to ``on_stale``.
    """

    _esm = script("memory.js", "outbox.js", "form.js")
    _css = ASSETS / "form.css"

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
        on_send: Callable[[Sent], str],
        on_draft: Callable[[str, str, int], bool] | None = None,
        *,
        on_stale: Callable[[Sent], None] | None = None,
        quiet: bool = False,
    ) -> None:
        super().__init__(quiet=quiet)
        # What was asked is kept here as well: every synced trait is the browser's to set.
        self._asked: tuple[str, frozenset[str]] | None = None
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
        note: str = "",
        label: str = "",
        texts: Mapping[str, str],
        drafts: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        """Set the questions. ``key`` names this form for one person and step; text typed in it is found again by it.

        ``label`` names it to a screen reader, which can then go straight to it.
        """
        self._asked = key, frozenset(field.name for field in fields)
        with self.hold_sync():
            self.texts = dict(texts)
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

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        if self._asked is None or message.get("key") != self._asked[0]:
            self._receive_stale(message)
            return
        key, names = self._asked
        match message:
            case {"type": "draft", "field": str(name), "value": str(value), "revision": int(revision)} if (
                name in names and is_count(revision)
            ):
                if self._on_draft is not None and self._on_draft(name, whole(value), revision):
                    self.send({"type": "kept", "key": key, "field": name, "revision": revision})
            case {"type": "send", "values": dict(values)}:
                answers = {n: whole(value) for n, value in values.items() if n in names and isinstance(value, str)}
                if sent := sent_in(message, answers):
                    answered(sent, self._on_send, partial(self._acknowledge, key, sent))

    def _receive_stale(self, message: Mapping[str, object]) -> None:
        match message:
            case {"type": "send", "key": str(key), "values": dict(values)} if self._on_stale is not None:
                texts = {str(name): whole(value) for name, value in values.items() if isinstance(value, str)}
                if sent := sent_in(message, texts):
                    self._on_stale(sent)
                    self._acknowledge(key, sent, "")

    def _acknowledge(self, key: str, sent: Sent, problem: str) -> None:
        self.send({"type": "acknowledged", "key": key, "command_id": sent.command_id, "problem": problem})


def _public(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": field.kind,
        "label": field.label,
        "hint": field.hint,
        "required": field.required,
        "options": [{"value": value, "label": label} for value, label in field.options],
        "when": list(field.when) if field.when else None,
        "folded": field.folded,
    }
