"""Signed cookies; above all the one that makes a browser a visitor.

That one holds 128 random bits and nothing else: no name, no role, nothing to read out of it.
``SameSite=Strict`` is not sent with the first click on a link from elsewhere, so a cookie is never issued by showing
a page (which would make a known visitor a stranger), only when the page's own script asks for a kernel.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tornado.web import RequestHandler

from explain.serving.secret import kept_secret

DAYS: Final = 400
"""How long a cookie is kept after the last visit; browsers keep none longer (RFC 6265bis, 5.5)."""

_ID: Final = re.compile(r"[0-9a-f]{32}")


def cookie_secret(data: Path) -> bytes:
    """Return the secret that signs the cookies of the installation whose data folder this is."""
    return kept_secret(data / "cookie_secret")


@dataclass(frozen=True)
class SignedCookie:
    """A cookie that only this installation can make; scripts cannot read it, other sites cannot have it sent.

    Browsers share cookies between the ports of a machine, so the name carries a fingerprint of the secret: two
    installations do not overwrite each other's cookies, and one installation keeps its own on another port.
    """

    name: str
    path: str
    days: float = DAYS
    samesite: str = "Strict"

    @classmethod
    def named(
        cls, what: str, secret: bytes, path: str, *, days: float = DAYS, samesite: str = "Strict"
    ) -> SignedCookie:
        """Return the cookie that is called ``what`` in the installation that has ``secret``."""
        return cls(f"{what}-{hashlib.sha256(b'name' + secret).hexdigest()[:8]}", path, days, samesite)

    def read(self, handler: RequestHandler) -> str | None:
        """Return what the cookie says, or nothing if the browser shows none that we signed in the last ``days``."""
        value = handler.get_signed_cookie(self.name, max_age_days=self.days)
        return value.decode("ascii", "replace") if value else None

    def give(self, handler: RequestHandler, value: str) -> None:
        """Let the browser have the cookie from now on."""
        handler.set_signed_cookie(
            self.name,
            value,
            expires_days=self.days,
            path=self.path,
            httponly=True,
            samesite=self.samesite,
            secure=handler.request.protocol == "https",
        )

    def take(self, handler: RequestHandler) -> None:
        """Take the cookie from the browser."""
        handler.clear_cookie(self.name, path=self.path)


@dataclass(frozen=True)
class VisitorCookie:
    """Reads and issues visitors' cookies."""

    cookie: SignedCookie

    @classmethod
    def signed_with(cls, secret: bytes, path: str) -> VisitorCookie:
        """Return the cookie of the installation that has ``secret``."""
        return cls(SignedCookie.named("visitor", secret, path))

    def read(self, handler: RequestHandler) -> str | None:
        """Return the visitor's id, or nothing if the browser shows no cookie that we signed."""
        visitor = self.cookie.read(handler)
        return visitor if visitor is not None and _ID.fullmatch(visitor) else None

    def issue(self, handler: RequestHandler) -> str:
        """Return the visitor's id, a new one to a new browser, and let the cookie last from today."""
        visitor = self.read(handler) or secrets.token_hex(16)
        self.cookie.give(handler, visitor)
        return visitor
