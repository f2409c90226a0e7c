"""A progress bar on the terminal, for commands that take longer than two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

WIDTH: Final = 40
PATIENCE: Final = 2.0
"""Seconds before it appears."""


class Bar:
    """Shows what is being done and how much of it is done, on standard error; silent where that is no terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def tell(self, what: str, share: float) -> None:
        """Show that ``share``, 0 to 1, of something is done."""
        if self.shown and time.monotonic() - self.began > PATIENCE:
            done = round(WIDTH * share)
            print(f"\r{what:<10} [{'#' * done}{'.' * (WIDTH - done)}]", end="", file=sys.stderr, flush=True)
