"""The server: Voilà's application with our own pages, doors and manners."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from jupyter_core.utils import run_sync
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from voila.app import Voila
from voila.utils import get_page_config

from explain.serving.channels import INCOMING, ChannelsHandler, FilteredConnection
from explain.serving.configuration import configuration
from explain.serving.cookies import VisitorCookie, cookie_secret
from explain.serving.doors import (
    AliveHandler,
    LanguageHandler,
    LeaveHandler,
    ModelHandler,
    PageHandler,
    StartHandler,
    WaitingHandler,
)
from explain.serving.files import Files
from explain.serving.folders import Watcher, claim, clear_unclaimed
from explain.serving.frontend import PIECES, TOGETHER
from explain.serving.handlers import FilesHandler, HealthHandler, NotFoundHandler
from explain.serving.headers import Sealed
from explain.serving.kernels import READY, SEATS, SWEEP_SECONDS, Kernels
from explain.serving.lease import Lease
from explain.serving.renderer import PageRenderer
from explain.serving.site import Page, Site
from explain.serving.starting import common_environment
from explain.serving.warm.page import ANY_KERNEL, MadePage
from explain.serving.warm.possible import impossible
from explain.serving.warm.templates import Template, Templates

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
ASSETS: Final = HERE / "assets"
MESSAGE_BYTES: Final = 2 * 1024 * 1024
"""The longest message a page may send; a person's longest text is a hundredth of it."""
COMPRESSION: Final = {"compression_level": 3, "mem_level": 5}
"""How a websocket is compressed (zlib): the widgets' states, 190 kB of them, become a fifth, for 150 kB of memory."""
LOOK_SECONDS: Final = 5.0
"""How often it is looked who is there, and who is nobody any more; a page's script speaks every 2.2 seconds."""
HOUR_SECONDS: Final = 3600.0
"""How often it is looked what is due: a machine's sleep is not counted, and a day so counted ends a night late."""
BODY_BYTES: Final = 64 * 1024
"""The longest body a request may have; the longest we ask for names a page."""

_KERNEL: Final = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


class VisitorIdentity(IdentityProvider):
    """Tells jupyter_server's handlers who the visitor is: whoever shows a cookie that we signed, nobody else."""

    def get_user(self, handler: Any) -> User | None:
        """Return the visitor, or nothing."""
        visitor = handler.visitor
        return None if visitor is None else User(visitor)


class ClassServer(Voila):  # type: ignore[misc] # voila has no types
    """Serves a :class:`~explain.serving.site.Site`.

    Parameters
    ----------
    site
        What is served.
    sockets
        Bound and listening sockets, so that a taken port is known before anything else is done.
    data
        The folder that keeps the secret of the cookies.
    base_url
        The path all addresses begin with, when the server stands behind a proxy under a prefix; else ``"/"``.
    announce
        Called once, when pages can be opened.
    stock
        Start an ordinary kernel for every page, where else it would be forked from a template.
    seats
        How many kernels may live at once.
    ready
        How many kernels of the first page are kept forked and waiting for whoever comes next.
    tls
        Certificate and key, if the server itself is to speak TLS.
    proxied
        Whether a proxy stands in front, which says by ``X-Forwarded-Proto`` and ``X-Real-Ip`` how and whence somebody
        came; without one anybody could say anything.
    """

    def __init__(
        self,
        site: Site,
        *,
        sockets: list[socket.socket],
        data: Path,
        base_url: str,
        announce: Callable[[], None],
        stock: bool = False,
        seats: int = SEATS,
        ready: int = READY,
        tls: ssl.SSLContext | None = None,
        proxied: bool = False,
    ) -> None:
        super().__init__(
            config=configuration(site),
            config_file_paths=[],  # a stray voila.py in the working directory must not decide anything
            log_level=logging.WARNING,
            open_browser=False,
            identity_provider_class=VisitorIdentity,
            kernel_websocket_connection_class=FilteredConnection,
            base_url="/" + base_url.strip("/") + "/" if base_url.strip("/") else "/",
            root_dir=str(data),
            cookie_secret=cookie_secret(data),
        )
        self.site = site
        self.sockets = sockets
        self.cookie = VisitorCookie.signed_with(self.cookie_secret, self.base_url)
        self.kernels: Kernels
        self.templates: Templates | None = None
        self.announce = announce
        self.stock = stock
        self.seats = seats
        self.ready = ready
        self.tls = tls
        self.proxied = proxied

    def setup_template_dirs(self) -> None:
        """Put the package's own page template before Voilà's."""
        super().setup_template_dirs()
        self.template_paths: list[str] = [str(TEMPLATES), *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Settle what Voilà settles, then what is ours."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = list(INCOMING)
        folder = Path(self.connection_dir)
        self._claim = claim(folder)
        self._watcher = Watcher(folder)
        clear_unclaimed(folder.parent, "voila_*")
        if not self.stock:
            self.templates = self._templates(folder)
        self.kernels = Kernels(
            self.kernel_manager,
            self.site.environment,
            folder,
            templates=self.templates,
            seats=self.seats,
            first=self.site.first.notebook,
            ready=self.ready,
        )
        return settings | {
            "class_server": self,
            "own_templates": Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True),
            "transforms": [Sealed],
            "default_handler_class": NotFoundHandler,
            "log_function": lambda _: None,  # addresses carry class codes and case numbers: they are nobody's to log
            "websocket_max_message_size": MESSAGE_BYTES,
            "websocket_compression_options": COMPRESSION,
        }

    def _templates(self, folder: Path) -> Templates | None:
        if (why := impossible()) is not None:
            self.log.warning("every page gets an ordinary kernel, which is slow: %s", why)
            return None
        return Templates(common_environment(self.site.environment, folder), folder, self.log)

    @cached_property
    def files(self) -> Files:
        """The front end's files."""
        return Files(
            {
                "assets": [str(ASSETS), *map(str, self.site.assets)],
                "voila/static": list(self.static_paths),
                "voila/labextensions": list(self.labextensions_path),
            },
            {f"assets/{name}": paths for name, paths in self.site.joined.items()},
            {TOGETHER: PIECES},
        )

    @property
    def files_address(self) -> str:
        """Where browsers may keep the files from."""
        return f"{self.base_url}static/{self.files.version}/"

    def init_handlers(self) -> list[Any]:
        """Open the few doors there are; none of Voilà's tree, contents, files or sign-in is among them."""
        base = re.escape(self.base_url)
        languages = "|".join(self.site.languages)
        file = r"(?P<address>(?:assets|voila/static|voila/labextensions)/.*)"
        return [
            *((f"{base}{re.escape(page.path)}", WaitingHandler, {"page": page}) for page in self.site.pages),
            (f"{base}({languages})(/.*)?", LanguageHandler),
            (f"{base}start", StartHandler),
            (f"{base}page/{_KERNEL}", PageHandler),
            (f"{base}api/alive/{_KERNEL}", AliveHandler),
            (f"{base}api/leave/{_KERNEL}", LeaveHandler),
            (f"{base}api/kernels/{_KERNEL}", ModelHandler),
            (f"{base}api/kernels/{_KERNEL}/channels", ChannelsHandler),
            (f"{base}health", HealthHandler),
            *((base + path, handler, dict(made_with)) for path, handler, made_with in self.site.doors),
            (f"{base}static/(?P<version>[0-9a-f]+)/{file}", FilesHandler),
            (f"{base}{file}", FilesHandler),
        ]

    @cached_property
    def page_config(self) -> dict[str, Any]:
        """What Voilà's front end is told, beside the kernel's id."""
        config = get_page_config(self.base_url, self.app.settings, self.log, self.voila_configuration)
        # Empty addresses, since with none Voilà's front end would load MathJax.
        return {
            **config,
            "fullMathjaxUrl": "",
            "mathjaxConfig": "",
            "fullStaticUrl": f"{self.files_address}voila/static",
            "fullLabextensionsUrl": f"{self.files_address}voila/labextensions",
        }

    def render(self, lease: Lease, kernel_id: str) -> AsyncIterator[str]:
        """Run a page's notebook in its kernel and yield the page."""
        renderer = PageRenderer(**self._rendering(lease.page))
        values = self._values(lease.page, lease.language, kernel_id)
        return renderer.pieces(kernel_id, self.kernel_manager.get_kernel(kernel_id), values)

    async def made_page(self, lease: Lease, kernel_id: str) -> str:
        """Return the page of a forked kernel: made once from what the template showed, with this kernel's id put in."""
        assert lease.forked is not None
        html = await self._make_page(lease.forked.template, lease.page, lease.language)
        return html.replace(ANY_KERNEL, kernel_id)

    async def _make_page(self, template: Template, page: Page, language: str) -> str:
        if language not in template.pages:
            made = MadePage(template.shown, **self._rendering(page))
            template.pages[language] = await made.html(self._values(page, language, ANY_KERNEL))
        return template.pages[language]

    async def _warm_first(self) -> None:
        """Make the first page ready before anybody asks, and its largest file; the others are, when somebody does."""
        if (together := self.files.get(TOGETHER)) is not None:
            await asyncio.get_running_loop().run_in_executor(None, lambda: together.compressed)
        page = self.site.first
        if self.templates is None:
            return
        if (template := await self.templates.of(page.notebook)) is not None:
            for language in self.site.languages:
                await self._make_page(template, page, language)

    def _rendering(self, page: Page) -> dict[str, Any]:
        return {
            "voila_configuration": self.voila_configuration,
            "traitlet_config": self.config,
            "notebook_path": str(page.notebook),
            "template_paths": self.template_paths,
            "contents_manager": self.contents_manager,
            "base_url": self.base_url,
            "kernel_spec_manager": self.kernel_spec_manager,
            "page_config": self.page_config,
        }

    def _values(self, page: Page, language: str, kernel_id: str) -> dict[str, Any]:
        """Return what the page's template calls ``page``."""
        words = self.site.wording[language]
        return {
            "language": language,
            "title": page.titles[language],
            "words": words,
            "base": self.base_url,
            "files": self.files_address,
            "together": TOGETHER,
            "modules": [name for name in self.site.joined if name.endswith(".js")],
            "data": {
                "alive": f"{self.base_url}api/alive/{kernel_id}",
                "leave": f"{self.base_url}api/leave/{kernel_id}",
                "home": self.base_url + page.path,
                "lost": words.lost,
                "ended": words.ended,
                "slow": words.slow,
                "resume": words.resume,
            },
        }

    def listen(self) -> None:
        """Serve until a signal says stop."""
        self.http_server = HTTPServer(self.app, xheaders=self.proxied, max_body_size=BODY_BYTES, ssl_options=self.tls)
        self.http_server.add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.loop = asyncio.get_event_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._handle_signal_stop)
        sweeping = PeriodicCallback(self.kernels.sweep, SWEEP_SECONDS * 1000)
        sweeping.start()
        keeping = PeriodicCallback(self.kernels.keep_ready, SWEEP_SECONDS * 1000)
        keeping.start()
        looking = PeriodicCallback(self._look_after, LOOK_SECONDS * 1000)
        looking.start()
        hourly = PeriodicCallback(self._hourly, HOUR_SECONDS * 1000)
        hourly.start()
        self.ioloop.add_callback(self._hourly)
        self.ioloop.add_callback(self._warm_first)
        self.announce()
        try:
            self.ioloop.start()
        finally:
            sweeping.stop()
            keeping.stop()
            looking.stop()
            hourly.stop()
            self.http_server.stop()
            self.stop()

    async def _look_after(self) -> None:
        """Tell the application whose pages were heard of, and end the pages of those who are nobody any more."""
        heard = self.kernels.heard(LOOK_SECONDS + 1)
        if self.site.heartbeat is not None and heard:
            await asyncio.get_running_loop().run_in_executor(None, self.site.heartbeat, heard)
        if self.site.gate is not None and (shown := self.kernels.shown()):
            gone = await self.site.gate.withdrawn(shown)
            await self.kernels.close_where(lambda lease: lease.shown in gone)

    async def _hourly(self) -> None:
        if self.site.hourly is not None:
            await asyncio.get_running_loop().run_in_executor(None, self.site.hourly)

    def _handle_signal_stop(self, sig: int, frame: object) -> None:  # noqa: ARG002 a signal handler's own form
        if not hasattr(self, "loop"):
            sys.exit(0)  # nothing has been started yet
        # Voilà's way is deprecated in tornado; this one wakes the loop also while it waits.
        self.loop.call_soon_threadsafe(self.ioloop.stop)

    def stop(self) -> None:
        """Let every kernel finish what it is at and end, then the templates, then remove their files."""
        try:
            self.ioloop.run_sync(self.kernels.close_spares)
            # One that is still being forked is nobody's yet, and ends with this process.
            self.kernel_manager.forget_pending()
            run_sync(self.kernel_manager.shutdown_all)(now=False)
        finally:
            if self.templates is not None:
                self.templates.close()
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            self._watcher.dismiss()
