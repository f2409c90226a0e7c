"""The signed cookie that makes a browser a visitor.

It holds 128 random bits and nothing else: no name, no role, nothing to read out of it.
``SameSite=Strict`` is not sent with the first click on a link from elsewhere, so a cookie is never issued by showing
a page (which would make a known visitor a stranger), only when the page's own script asks for a kernel.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tornado.web import RequestHandler

DAYS: Final = 400
"""How long a cookie is kept after the last visit; browsers keep none longer (RFC 6265bis, 5.5)."""

_ID: Final = re.compile(r"[0-9a-f]{32}")


def cookie_secret(data: Path) -> bytes:
    """Return the secret that signs cookies, made once and kept in the data folder for its owner's eyes only.

    Raises
    ------
    ValueError
        If the file holds anything but 32 bytes.
    """
    path = data / "cookie_secret"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    secret = path.read_bytes()
    if len(secret) != 32:
        raise ValueError(f"{path} must hold 32 bytes and holds {len(secret)}; delete it, and every visitor starts anew")
    return secret


@dataclass(frozen=True)
class VisitorCookie:
    """Reads and issues visitors' cookies.

    Browsers share cookies between the ports of a machine, so the name carries a fingerprint of the secret: two
    installations do not overwrite each other's visitors, and one installation keeps its own on another port.
    """

    name: str
    path: str

    @classmethod
    def signed_with(cls, secret: bytes, path: str) -> VisitorCookie:
        """Return the cookie of the installation that has ``secret``."""
        return cls(f"visitor-{hashlib.sha256(b'name' + secret).hexdigest()[:8]}", path)

    def read(self, handler: RequestHandler) -> str | None:
        """Return the visitor's id, or nothing if the browser shows no cookie that we signed."""
        value = handler.get_signed_cookie(self.name, max_age_days=DAYS)
        visitor = value.decode("ascii", "replace") if value else ""
        return visitor if _ID.fullmatch(visitor) else None

    def issue(self, handler: RequestHandler) -> str:
        """Return the visitor's id, a new one to a new browser, and let the cookie last from today."""
        visitor = self.read(handler) or secrets.token_hex(16)
        handler.set_signed_cookie(
            self.name,
            visitor,
            expires_days=DAYS,
            path=self.path,
            httponly=True,
            samesite="Strict",
            secure=handler.request.protocol == "https",
        )
        return visitor
