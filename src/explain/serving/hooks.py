"""What belongs to one visitor is made by hooks, never while the notebook runs.

A notebook may be run once and then forked for many visitors. Identity, clock, randomness, the connection to the
database and the language must then be made in the fork. A hook registered here is called once with the visitor:
at once where the kernel has a visitor already (an ordinary kernel, one per page), otherwise when one arrives.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from explain.serving.visitor import Visitor, current_visitor

Hook = Callable[[Visitor], None]

_waiting: list[Hook] = []  # one kernel shows one page, so one list a process is enough


def warming() -> bool:
    """Tell whether this process runs the notebook ahead of any visitor, to be forked for them."""
    return os.environ.get("SKOEN_WARMING") == "1"


def on_visitor(hook: Hook) -> None:
    """Call ``hook`` with the visitor, now or when one arrives.

    Raises
    ------
    LookupError
        If this process neither has a visitor nor waits for one.
    """
    if warming():
        _waiting.append(hook)
    else:
        hook(current_visitor())


def welcome(visitor: Visitor) -> None:
    """Call every waiting hook with ``visitor``, in the order they came; each is called once."""
    while _waiting:
        _waiting.pop(0)(visitor)
