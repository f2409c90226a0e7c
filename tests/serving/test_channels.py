"""What a browser may send its kernel: what a widget page needs, and nothing that runs code or opens more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from explain.serving.channels import _V1, INCOMING, allowed


def v1(kind: str, content: dict[str, Any], channel: str = "shell") -> bytes:
    parts = [json.dumps(part).encode() for part in ({"msg_type": kind}, {}, {}, content)]
    return bytes(serialize_msg_to_ws_v1(parts, channel))


def older(kind: str, content: dict[str, Any], channel: str = "shell") -> str:
    return json.dumps({"channel": channel, "header": {"msg_type": kind}, "content": content})


@pytest.mark.parametrize("kind", INCOMING)
def test_what_a_page_of_widgets_needs_passes(kind: str) -> None:
    content = {"target_name": "jupyter.widget.control"}
    assert allowed(v1(kind, content), _V1)
    assert allowed(older(kind, content), None)


@pytest.mark.parametrize(
    "kind",
    [
        *("execute_request", "complete_request", "inspect_request", "history_request", "debug_request", "input_reply"),
        *("shutdown_request", "interrupt_request", "is_complete_request", "create_subshell_request", ""),
    ],
)
def test_everything_else_is_refused(kind: str) -> None:
    assert not allowed(v1(kind, {"code": "1"}), _V1)
    assert not allowed(older(kind, {"code": "1"}), None)


@pytest.mark.parametrize("target", ["jupyter.widget", "matplotlib", ""])
def test_a_page_opens_no_widget_of_its_own(target: str) -> None:
    assert not allowed(v1("comm_open", {"target_name": target}), _V1)
    assert not allowed(v1("comm_open", {}), _V1)


@pytest.mark.parametrize("channel", ["iopub", "stdin", "hb", ""])
def test_other_channels_are_closed(channel: str) -> None:
    assert not allowed(v1("comm_msg", {}, channel), _V1)


@given(st.binary(max_size=200), st.sampled_from([_V1, None]))
def test_noise_is_refused_and_breaks_nothing(noise: bytes, subprotocol: str | None) -> None:
    assert not allowed(noise, subprotocol)


@given(st.one_of(st.text(max_size=50), st.recursive(st.none() | st.integers(), st.lists, max_leaves=5).map(json.dumps)))
def test_odd_text_is_refused_and_breaks_nothing(noise: str) -> None:
    assert not allowed(noise, None)
    assert not allowed(noise, _V1)
