"""What every handler of the entrance has: the services, a sayer, its own templates, and a form that is safe to take."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from tornado.web import HTTPError

from explain.entrance.services import Cookies, Services
from explain.serving.handlers import LANGUAGE_COOKIE, WithVisitor
from explain.texts import Sayer, sayer

ON_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "[::1]", "::1")
"""Names under which a browser reaches a server on its own machine, past every network."""
LONGEST_FIELD: Final = 1000
"""Characters taken from one field of a form; the longest that means anything is a password."""


class Entrant(WithVisitor):
    """A page of the entrance: plain HTML that works without scripts.

    Parameters
    ----------
    services
        What is asked.
    cookies
        The cookies of this installation.
    """

    def initialize(self, services: Services, cookies: Cookies) -> None:
        """Keep what is asked."""
        self.services = services
        self.cookies_of = cookies

    def prepare(self) -> None:
        """Refuse a form that another site made the browser send, and keep a language chosen in the address."""
        if self.request.method == "POST":
            self._check_own_page()
        elif self.get_query_argument("lang", "") == self.language:
            self.set_cookie(LANGUAGE_COOKIE, self.language, path=self.address(), expires_days=400, samesite="Lax")

    def _check_own_page(self) -> None:
        # Every browser says where a form comes from: ours say it, since their pages ask for it by a meta element.
        if self.request.headers.get("Origin") is None:
            raise HTTPError(403)
        self.check_same_site()

    @property
    def say(self) -> Sayer:
        """Who says the sentences."""
        return sayer(self.language)

    def given(self, name: str) -> str:
        """Return a field of the form as it was typed."""
        return self.get_body_argument(name, "", strip=False)[:LONGEST_FIELD]

    def show(self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> None:
        """Answer with a page."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        shared = {
            "say": self.say,
            "language": self.language,
            "base": self.address(),
            "files": self.server.files_address,
            "overheard": self._overheard(),
            "switchable": True,
            "other_language": "?" + urlencode(self._query() | {"lang": self.say("language.other_code")}),
        }
        self.finish(_environment().get_template(template).render(shared | values))

    def _query(self) -> dict[str, str]:
        """Return what else must stand in the address of the same page in another language."""
        asked = {name: self.get_argument(name, "") for name in ("next", "lacking", "again")}
        return {name: value for name, value in asked.items() if value}

    def _overheard(self) -> bool:
        """Tell whether the network between browser and server can read what is typed."""
        return self.request.protocol != "https" and self.request.host_name not in ON_THIS_MACHINE

    def waiting(self, wait: timedelta) -> str:
        """Say how long to wait."""
        seconds = max(1, round(wait.total_seconds()))
        if seconds < 90:
            return self.say("entrance.wait.seconds", count=seconds)
        if seconds < 5400:
            return self.say("entrance.wait.minutes", count=round(seconds / 60))
        return self.say("entrance.wait.hours", count=round(seconds / 3600))

    def lead(self, path: str = "") -> None:
        """Lead to another page after a form was taken."""
        self.redirect(self.address(path), status=HTTPStatus.SEE_OTHER)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("explain", "entrance/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
