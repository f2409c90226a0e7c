"""Who opened the page: read in its kernel, from the environment the server gave it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl

PREFIX: Final = "SKOEN_"
TOLD: Final = ("PARTICIPANT", "PERSON", "SIGN_IN")
"""What a kernel may be told of who opened its page, beside the browser's own id."""
_OWN: Final = ("VISITOR", "LANGUAGE", "QUERY", "WARMING", *TOLD)


@dataclass(frozen=True)
class Visitor:
    """One browser that opened one page.

    Parameters
    ----------
    id
        128 random bits in hexadecimal, the same for every visit of one browser. No secret: what proves it is
        the signature on the browser's cookie, which no kernel sees.
    language
        The language the page was opened in.
    query
        What stood behind the ``?`` of the address. Written by anybody who can make a link: check it.
    settings
        What the application gave every kernel, by name in small letters and without ``SKOEN_``.
    participant
        Who she is in a session, on whatever device; None for somebody who practises alone.
    person, sign_in
        Who she is under a role, and the sign-in she came by; both None without one. Neither proves anything by
        itself: roles are asked for anew with every command.
    """

    id: str
    language: str
    query: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    participant: str | None = None
    person: str | None = None
    sign_in: str | None = None


def visitor_in(environment: Mapping[str, str]) -> Visitor:
    """Read the visitor from an environment.

    Raises
    ------
    LookupError
        If there is none: a page without a visitor must not open, since everybody would be the same person.

    Examples
    --------
    >>> visitor = visitor_in({"SKOEN_VISITOR": "5f" * 16, "SKOEN_LANGUAGE": "da", "SKOEN_DATA": "/data"})
    >>> visitor.language, visitor.settings["data"]
    ('da', '/data')
    """
    own = _own(environment)
    if not own.get("VISITOR") or not own.get("LANGUAGE"):
        raise LookupError(
            "SKOEN_VISITOR and SKOEN_LANGUAGE must be set by the server, and are not: open the page with "
            "'skoen serve', or set both (any name, da or en) before starting JupyterLab to try the notebook there"
        )
    return Visitor(
        id=own["VISITOR"],
        language=own["LANGUAGE"],
        query=MappingProxyType(dict(parse_qsl(own.get("QUERY", ""), max_num_fields=50))),
        settings=_settings(own),
        **{name.lower(): own.get(name) or None for name in TOLD},
    )


def shared_settings() -> Mapping[str, str]:
    """Return what the application gave every kernel: also before there is a visitor."""
    return _settings(_own(os.environ))


def _own(environment: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}


def _settings(own: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name.lower(): value for name, value in own.items() if name not in _OWN})


def current_visitor() -> Visitor:
    """Return who opened the page this kernel belongs to.

    Raises
    ------
    LookupError
        If this process was not started by the server.
    """
    return visitor_in(os.environ)
