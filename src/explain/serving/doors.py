"""The doors of the server: the waiting page, the start of a kernel, the page, its heartbeat and goodbye."""

from __future__ import annotations

import json
from typing import Final

from jinja2 import Environment
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from explain.serving.gate import Admitted, Elsewhere
from explain.serving.handlers import LANGUAGE_COOKIE, WithVisitor
from explain.serving.kernels import FullHouse
from explain.serving.lease import Lease
from explain.serving.site import Page

START_HEADER: Final = "X-Start-Page"
"""A header no other site can make a browser send to us without asking first, and we never say yes."""


class WaitingHandler(WithVisitor):
    """Shows a page's waiting text. Its script asks for the kernel, so that a link's preview starts none."""

    def initialize(self, page: Page) -> None:
        """Keep which page this is."""
        self.page = page

    async def get(self) -> None:
        """Show the waiting page, and remember a language chosen in the address."""
        if self.get_query_argument("lang", "") == self.language:
            self.set_cookie(LANGUAGE_COOKIE, self.language, path=self.address(), expires_days=400, samesite="Lax")
        data = {"start": self.address("start"), "header": START_HEADER, "page": self.page.path, "lang": self.language}
        self.finish(self.render_own("waiting.html.j2", title=self.page.titles[self.language], data=data))

    head = get


class LanguageHandler(WithVisitor):
    """Leads ``/en`` and ``/en/<page>`` to the page in that language."""

    def get(self, language: str, path: str) -> None:
        """Redirect."""
        page = self.site.page((path or "").strip("/"))
        if page is None:
            raise HTTPError(404)
        rest = self.request.query + "&" if self.request.query else ""
        self.redirect(f"{self.address(page.path)}?{rest}lang={language}")

    head = get


class StartHandler(WithVisitor):
    """Starts a kernel for the visitor, whom it gives a cookie the first time, or says where she goes first.

    Here, and not where the waiting page is shown, the gate is asked: with a click on a link from elsewhere no cookie is
    sent that is ``SameSite=Strict``, but with what the page's own script asks for it is.
    """

    async def post(self) -> None:
        """Answer with the address of the page the kernel belongs to, or of where to go first."""
        self.check_same_site()
        if self.request.headers.get(START_HEADER) is None:
            raise HTTPError(403)
        try:
            asked = json.loads(self.request.body)
            path, language, query = (str(asked[name]) for name in ("page", "lang", "query"))
        except (ValueError, KeyError, TypeError) as error:
            raise HTTPError(400) from error
        page = self.site.page(path)
        if page is None or language not in self.site.languages:
            raise HTTPError(404)
        gate = self.site.gate
        admitted = Admitted() if gate is None else await gate.admit(self, page)
        if isinstance(admitted, Elsewhere):
            self.finish({"elsewhere": self.address(admitted.path)})
            return
        shown = "" if gate is None else gate.shown(self, page)
        visitor = self.server.cookie.issue(self)
        try:
            kernel_id = await self.kernels.open(
                visitor, page, language=language, query=query.removeprefix("?"), admitted=admitted, shown=shown
            )
        except FullHouse:
            self.set_status(503)
            self.set_header("Retry-After", "20")
            self.finish({"full": True})
            return
        self.set_status(201)
        self.finish({"page": self.address(f"page/{kernel_id}")})


class PageHandler(WithVisitor):
    """Shows a kernel's page. A page is shown once; then it starts anew."""

    async def get(self, kernel_id: str) -> None:
        """Show the page, or lead back to the waiting page."""
        lease = self.lease(kernel_id)
        if lease is None or lease.rendered:
            query = "?" + self.request.query if self.request.query else ""
            self.redirect(self.address(lease.page.path if lease else "") + query)
            return
        lease.rendered = True
        # Led back to the waiting page, a browser would ask for one kernel after another that cannot start. Of a forked
        # one that ended while its page was filled it is said below why.
        if not lease.forked and not await self.kernels.alive(kernel_id):
            await self.kernels.close(kernel_id)
            raise HTTPError(500)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if lease.forked is not None:
            await self._show_made(lease, kernel_id)
        else:
            await self._show_running(lease, kernel_id)

    async def _show_made(self, lease: Lease, kernel_id: str) -> None:
        """Send the page that was made once for all, when the kernel has met its visitor."""
        assert lease.forked is not None
        if (failure := await lease.forked.failure()) is not None:
            self.server.log.error("page %s could not be filled: %s", lease.page.path or "/", failure)
            await self.kernels.close(kernel_id)
            self.set_status(500)
            words, language = self.site.wording[lease.language], lease.language
            self.finish(self.render_own("message.html.j2", missing=False, words=words, language=language))
            return
        self.finish(await self.server.made_page(lease, kernel_id))

    async def _show_running(self, lease: Lease, kernel_id: str) -> None:
        """Run the notebook in an ordinary kernel, and send the page as it comes."""
        try:
            async for html in self.server.render(lease, kernel_id):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.kernels.close(kernel_id)  # the visitor has left before the page was ready
        except Exception as error:
            self.server.log.exception("page %s could not be shown: %s", lease.page.path or "/", type(error).__name__)
            await self.kernels.close(kernel_id)
            words = self.site.wording[lease.language]
            environment: Environment = self.settings["own_templates"]
            self.finish(environment.get_template("broken.html.j2").render(words=words))


class AliveHandler(WithVisitor):
    """Tells a page's script every few seconds whether its kernel lives and its websocket stands."""

    async def get(self, kernel_id: str) -> None:
        """Answer 200 to the page of a living kernel, 410 to one that rested for too long, else 404."""
        alive = self.lease(kernel_id) is not None and await self.kernels.alive(kernel_id)
        self.set_status(200 if alive else 410 if self.kernels.rested(kernel_id, self.visitor) else 404)
        self.finish({"alive": alive, "connected": alive and self.kernels.connected(kernel_id)})


class LeaveHandler(WithVisitor):
    """Takes a closing page's goodbye."""

    def post(self, kernel_id: str) -> None:
        """Let the kernel go soon, unless the page comes back."""
        self.check_same_site()
        if self.lease(kernel_id) is None:
            raise HTTPError(404)
        self.kernels.leave(kernel_id)
        self.set_status(204)


class ModelHandler(WithVisitor, KernelHandler):
    """Tells Voilà's front end about the visitor's own kernel, and nothing about others."""

    SUPPORTED_METHODS = ("GET",)

    async def get(self, kernel_id: str) -> None:
        """Answer with the kernel's model."""
        if self.lease(kernel_id) is None:
            raise HTTPError(404)
        await ensure_async(super().get(kernel_id))
