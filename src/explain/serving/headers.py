"""Headers that every response carries, whatever handler wrote it."""

from __future__ import annotations

from typing import Final

from tornado.httputil import HTTPHeaders
from tornado.web import OutputTransform

_POLICY: Final = {
    "default-src": "'none'",
    # blob: because anywidget imports the script of a widget from there
    "script-src": "'self' blob:",
    # 'unsafe-inline' because Voilà's front end and every widget put their style sheets into the page
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""No response is kept by a browser, no outside host is ever asked, no other site may frame a page."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""The one exception to ``no-store``: a file of the front end whose address names its content (RFC 8246).

docs/decisions/caching.md says why, and what it never covers.
"""


class Sealed(OutputTransform):
    """Puts :data:`HEADERS` on every response, also on files, redirects and errors.

    A response may be kept only if its handler says :data:`IMMUTABLE`, it went well, and it sets no cookie.

    Handlers that set headers themselves (tornado's static files do) are overruled here, since a transform sees the
    response last.
    """

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002 tornado's own form
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Set the headers before the first byte leaves."""
        kept = status_code == 200 and headers.get("Cache-Control") == IMMUTABLE and "Set-Cookie" not in headers
        for name, value in HEADERS.items():
            headers[name] = IMMUTABLE if kept and name == "Cache-Control" else value
        for name in ("Expires", "Pragma", "Server"):
            headers.pop(name, None)
        return status_code, headers, chunk
