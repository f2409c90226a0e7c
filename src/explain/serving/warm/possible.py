"""Whether kernels can be forked here."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Final

KNOWN: Final = ("7.4.0",)
"""The versions of ipykernel whose inner parts :mod:`explain.serving.warm.kernel` was written against."""


class Impossible(Exception):
    """Kernels cannot be forked here, and the message says why."""


def impossible() -> str | None:
    """Say why kernels cannot be forked here, or nothing if they can."""
    try:
        _check()
    except Impossible as reason:
        return str(reason)
    return None


def _check() -> None:
    if sys.platform != "linux":
        raise Impossible(f"kernels can be forked on Linux alone, and this is {sys.platform}")
    if (found := version("ipykernel")) not in KNOWN:
        raise Impossible(f"kernels can be forked with ipykernel {' or '.join(KNOWN)}, and this is {found}")
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (OSError, AttributeError) as error:
        raise Impossible("kernels can be forked with Linux 5.4 or newer, and this is older") from error
