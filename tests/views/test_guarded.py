"""What a form says about a text."""

from __future__ import annotations

import pytest

from explain.guards import Kind
from explain.texts import sayer
from explain.views.components.guarded import limits, remarks


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_has_its_sentences(language):
    say = sayer(language)
    for kind in Kind:
        assert say(f"guard.looks_like.{kind.value}").endswith(".")
        assert say(f"guard.instead.{kind.value}").endswith(".")
    assert limits(say)


def test_what_is_refused_cannot_be_kept_and_what_is_asked_can():
    say = sayer("da")
    name, phone = remarks("Mette, tlf. 00 00 00 00", say)
    assert (name.refused, phone.refused) == (False, True)
    assert "Mette" in name.keep
    assert phone.keep == ""
    assert phone.verdict == say("guard.refused")
    assert remarks("Mette", say, kept={"mette"}) == []
