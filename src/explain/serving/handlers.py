"""What every handler knows and how it says an error; what is not there; files; and whether the server answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment
from tornado.web import HTTPError, RequestHandler

from explain.serving.headers import IMMUTABLE
from explain.serving.kernels import Kernels
from explain.serving.lease import Lease
from explain.serving.site import Site, Wording

if TYPE_CHECKING:
    from explain.serving.server import ClassServer

LANGUAGE_COOKIE: Final = "page-language"


class WithVisitor(RequestHandler):
    """What every handler knows: the server, the visitor's cookie, language and wording; and how to say an error."""

    @property
    def server(self) -> ClassServer:
        """The server, with its site and kernels."""
        server: ClassServer = self.settings["class_server"]
        return server

    @property
    def site(self) -> Site:
        """What is served."""
        return self.server.site

    @property
    def kernels(self) -> Kernels:
        """The kernels and whose they are."""
        return self.server.kernels

    @property
    def visitor(self) -> str | None:
        """The visitor's id, if the browser shows a cookie that we signed."""
        return self.server.cookie.read(self)

    def lease(self, kernel_id: str) -> Lease | None:
        """Return the lease of a kernel if it is this visitor's, and she is still who she was when it was opened."""
        lease, gate = self.kernels.lease(kernel_id, self.visitor), self.site.gate
        same = lease is not None and (gate is None or gate.shown(self, lease.page) == lease.shown)
        return lease if same else None

    @property
    def language(self) -> str:
        """The language asked for in the address, else the one chosen before, else the first."""
        asked = self.request.query_arguments.get("lang", [b""])[-1].decode("ascii", "replace")
        known = [code for code in (asked, self.get_cookie(LANGUAGE_COOKIE)) if code in self.site.languages]
        return known[0] if known and known[0] else self.site.languages[0]

    @property
    def wording(self) -> Wording:
        """What the server says, in the visitor's language."""
        return self.site.wording[self.language]

    def address(self, path: str = "") -> str:
        """Return the address of ``path`` below the server's base address."""
        return f"{self.server.base_url}{path}"

    def check_same_site(self) -> None:
        """Refuse what another site made the browser send.

        Raises
        ------
        tornado.web.HTTPError
            403, if the request names an origin other than this host.
        """
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(403)

    def render_own(self, template: str, **values: Any) -> str:
        """Fill one of the package's own templates."""
        environment: Environment = self.settings["own_templates"]
        return environment.get_template(template).render(
            **{
                "words": self.wording,
                "language": self.language,
                "base": self.address(),
                "files": self.server.files_address,
                **values,
            }
        )

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in the visitor's language that the page is not there, or that something failed. Never a traceback."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.render_own("message.html.j2", missing=status_code in (403, 404, 405)))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what went wrong here, without its address, which may hold a class's code; not what a browser did."""
        if not isinstance(value, HTTPError):
            self.server.log.error("%s failed", type(self).__name__, exc_info=(typ, value, tb))


class NotFoundHandler(WithVisitor):
    """Whatever has no page. No kernel is started."""

    def prepare(self) -> None:
        """Answer 404, whatever the method."""
        raise HTTPError(404)


class FilesHandler(WithVisitor):
    """Hands out the front end's own files: the package's, Voilà's and the widgets' scripts and style sheets."""

    def get(self, address: str, version: str | None = None) -> None:
        """Answer with the file, compressed if the browser can; to be kept if the address names its content."""
        file = self.server.files.get(address)
        if file is None:
            raise HTTPError(404)
        if version == self.server.files.version:
            self.set_header("Cache-Control", IMMUTABLE)
        self.set_header("Content-Type", file.kind)
        self.set_header("Vary", "Accept-Encoding")
        if file.compressed is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(file.compressed)
        else:
            self.finish(file.plain)

    head = get


class HealthHandler(WithVisitor):
    """Says that the server answers, and to those with a role how many pages are open and how many may be."""

    async def get(self) -> None:
        """Answer 200."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if self.site.gate is None or not await self.site.gate.has_role(self):
            self.finish("ok\n")
            return
        self.finish(f"ok\npages {self.kernels.taken} of {self.kernels.seats}\n")

    head = get
