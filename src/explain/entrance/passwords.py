"""Passwords, hashed by Argon2id."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

AT_ONCE: Final = 2
"""Hashes that are made at once: each takes 64 MiB (RFC 9106, second recommended option), and the machine is small."""


class Argon2:
    """Hashes passwords; a tenth of a second each, so call it off the event loop.

    Examples
    --------
    >>> passwords = Argon2()
    >>> kept = passwords.hash("fire ord i en sætning")
    >>> passwords.fits(kept, "fire ord i en sætning"), passwords.fits(kept, "fem ord"), passwords.fits("", "fem ord")
    (True, False, False)
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turn = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        with self._turn:
            return self._hasher.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Tell whether a password is the one that was hashed."""
        with self._turn:
            try:
                return self._hasher.verify(kept, password)
            except (VerifyMismatchError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Tell whether today's hashes are made otherwise."""
        return self._hasher.check_needs_rehash(kept)
