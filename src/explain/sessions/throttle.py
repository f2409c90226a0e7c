"""How long somebody waits who tried in vain: nothing at first, then longer with every try."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from explain.sessions.keys import Wait


class TooEarly(Exception):
    """Somebody tried again too early; nothing was looked at, and the try does not count.

    Attributes
    ----------
    wait
        How long to wait.
    """

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"try again in {wait}")


def growing(*, free: int, first: timedelta, longest: timedelta) -> Wait:
    """Return waits that double: none for the ``free`` first tries, then ``first``, twice that, ... up to ``longest``.

    Examples
    --------
    >>> wait = growing(free=2, first=timedelta(seconds=30), longest=timedelta(minutes=2))
    >>> [int(wait(tries).total_seconds()) for tries in range(1, 7)]
    [0, 30, 60, 120, 120, 120]
    """

    def wait(tries: int) -> timedelta:
        if tries < free:
            return timedelta(0)
        return min(first * float(2 ** min(tries - free, 30)), longest)

    return wait


AT_PASSWORDS: Final = growing(free=5, first=timedelta(seconds=30), longest=timedelta(hours=1))
"""Twenty-four tries a day at a password of fifteen characters come to nothing; its owner waits an hour at most."""
AT_PINS: Final = growing(free=5, first=timedelta(seconds=30), longest=timedelta(days=365))
"""A PIN is one of ten thousand and lives as long as its session: in a day 16 tries, in ninety 22, one chance in 450."""
AT_CODES: Final = growing(free=60, first=timedelta(seconds=10), longest=timedelta(seconds=10))
"""Tries from one address at codes and, over all numbers, at PINs: a class behind one address mistypes; of ten million
codes a guesser gets through 8640 a day."""
