"""A hook meets its visitor once: at once in an ordinary kernel, later in one that is warmed to be forked."""

from __future__ import annotations

import pytest

from explain.serving.hooks import on_visitor, welcome
from explain.serving.visitor import Visitor, current_visitor, visitor_in

ANNA = {"SKOEN_VISITOR": "a" * 32, "SKOEN_LANGUAGE": "da", "SKOEN_QUERY": "sag=3&lang=da", "SKOEN_DATA": "d"}


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ANNA, "SKOEN_WARMING"):
        monkeypatch.delenv(name, raising=False)


def test_a_visitor_is_read_from_the_environment() -> None:
    visitor = visitor_in(ANNA)
    assert visitor == Visitor("a" * 32, "da", {"sag": "3", "lang": "da"}, {"data": "d"})


@pytest.mark.parametrize("missing", ["SKOEN_VISITOR", "SKOEN_LANGUAGE"])
def test_without_a_visitor_nothing_opens(missing: str) -> None:
    with pytest.raises(LookupError, match="skoen serve"):
        visitor_in({**ANNA, missing: ""})


def test_an_ordinary_kernel_has_its_visitor_at_once(nobody: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ANNA.items():
        monkeypatch.setenv(name, value)
    met: list[Visitor] = []
    on_visitor(met.append)
    assert met == [current_visitor()]


def test_a_kernel_without_a_visitor_refuses(nobody: None) -> None:
    with pytest.raises(LookupError):
        on_visitor(lambda visitor: None)


def test_a_warming_kernel_waits_for_its_visitor(nobody: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKOEN_WARMING", "1")
    met: list[str] = []
    on_visitor(lambda visitor: met.append("first " + visitor.id))
    on_visitor(lambda visitor: met.append("second " + visitor.id))
    assert met == []
    welcome(Visitor("a", "da"))
    assert met == ["first a", "second a"]
    welcome(Visitor("b", "da"))
    assert len(met) == 2, "each hook meets one visitor only"
