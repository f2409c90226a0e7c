"""A lease: one kernel, and whose it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from explain.serving.site import Page
from explain.serving.warm.forked import Forked


@dataclass
class Lease:
    """One kernel, whose it is, and when its page was last heard of and last used (seconds of a steady clock).

    ``forked`` is the kernel's process if it was forked from a template. ``shown`` is who the browser showed itself to
    be when the kernel was opened (:class:`~explain.serving.gate.Gate`), ``told`` what the kernel was told of that;
    ``heard`` is when the page's own script last spoke, which a sleeping phone's does not.
    """

    visitor: str
    page: Page
    language: str
    seen: float
    used: float
    forked: Forked | None = None
    leaving: bool = False
    rendered: bool = False
    shown: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    heard: float = -math.inf
