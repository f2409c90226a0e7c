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


class Sealed(OutputTransform):
    """Puts :data:`HEADERS` on every response, also on static files, redirects and errors.

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
        for name, value in HEADERS.items():
            headers[name] = value
        for name in ("Expires", "Pragma", "Server"):
            headers.pop(name, None)
        return status_code, headers, chunk
