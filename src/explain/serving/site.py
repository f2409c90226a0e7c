"""What an application hands to the server: its pages, and what the server says in each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from explain.serving.gate import Gate

WIDGETS: Final = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
"""The front-end extensions a page of widgets needs; every further one is bytes on every visit."""


@dataclass(frozen=True)
class Wording:
    """What the server itself says to a visitor, in one language.

    Every field is a whole sentence or the text of a button; none may be empty, so that no visitor meets a gap.
    """

    waiting: str
    """While the page is being made ready."""
    slow: str
    """When that takes longer than half a minute."""
    noscript: str
    """To a browser without scripts."""
    lost: str
    """The line to the server is gone; the page goes on trying."""
    ended: str
    """The page's kernel is gone; the visitor can resume."""
    resume: str
    """The button that loads the page anew, after ``ended``, ``slow`` and ``failed``."""
    not_found_title: str
    not_found: str
    failed_title: str
    failed: str
    """Something went wrong that the visitor can do nothing about but try again."""
    rested_title: str
    rested: str
    """Nothing was done on the page for long, so its kernel was given back; a page of its own says so."""
    go_on: str
    """The one button on that page: it brings the visitor back to where she was."""
    full_title: str
    full: str
    """Every seat is taken; the page asks again by itself."""
    again: str
    """The button that asks again at once."""
    home: str
    """The link from a page that does not exist to the first page."""

    def __post_init__(self) -> None:
        empty = [name for name, text in vars(self).items() if not text.strip()]
        if empty:
            raise ValueError(f"every sentence of a wording must be given; empty: {', '.join(empty)}")


@dataclass(frozen=True)
class Page:
    """One notebook, shown at one path.

    Parameters
    ----------
    path
        Below the server's base address, without slashes at its ends; ``""`` is the first page.
    notebook
        The notebook's file. It is run once for every visitor.
    titles
        The page's title by language.
    for_role
        Whether the site's gate admits only those who come under a role.
    """

    path: str
    notebook: Path
    titles: Mapping[str, str]
    for_role: bool = False

    def __post_init__(self) -> None:
        if self.path != self.path.strip("/"):
            raise ValueError(f"a page's path must have no slash at its ends, not {self.path!r}")
        if not self.notebook.is_file():
            raise ValueError(f"a page's notebook must be a file, and {self.notebook} is none")


@dataclass(frozen=True)
class Site:
    """Everything one server shows.

    Parameters
    ----------
    pages
        The pages; exactly one of them has the path ``""``.
    wording
        What the server says, by language. The first language is the one spoken unless asked for another.
    environment
        Handed to every kernel beside what belongs to the visitor. Names must begin with ``SKOEN_``.
    extensions
        The front-end extensions that are loaded.
    assets
        Folders whose files are handed out under ``assets/``, after the server's own: libraries that widgets load by
        address rather than through every kernel.
    joined
        Further files below ``assets/``: name, and the files that are put together there, in their order. Scripts among
        them are modules that a page will ask for; it is told so while its kernel is still on the way.
    gate
        Says who may open which page; without one everybody may, and nobody is more than a browser.
    doors
        Further addresses: path below the server's base address, a handler
        (:class:`~explain.serving.handlers.WithVisitor`), and what it is made with. A path is a regular expression.
    heartbeat
        Called every few seconds, in a thread of its own, with the participants whose pages were heard of.
    hourly
        Called at the start and every hour, in a thread of its own.
    """

    pages: tuple[Page, ...]
    wording: Mapping[str, Wording]
    environment: Mapping[str, str] = field(default_factory=dict)
    extensions: tuple[str, ...] = WIDGETS
    assets: tuple[Path, ...] = ()
    joined: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    gate: Gate | None = None
    doors: tuple[tuple[str, type, Mapping[str, Any]], ...] = ()
    heartbeat: Callable[[frozenset[str]], None] | None = None
    hourly: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        paths = [page.path for page in self.pages]
        if len(set(paths)) != len(paths) or "" not in paths:
            raise ValueError(f"pages must have different paths, one of them '', not {paths}")
        for page in self.pages:
            if missing := set(self.wording) - set(page.titles):
                raise ValueError(f"page {page.path!r} must have a title in {', '.join(sorted(missing))}")
        if self.gate is None and (closed := [page.path for page in self.pages if page.for_role]):
            raise ValueError(f"a page for a role needs a gate, and {', '.join(closed)} has none")
        if foreign := [name for name in self.environment if not name.startswith("SKOEN_")]:
            raise ValueError(f"names in a site's environment must begin with SKOEN_, not {', '.join(foreign)}")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the one spoken unless asked first."""
        return tuple(self.wording)

    @property
    def first(self) -> Page:
        """The page at the path ``""``."""
        return next(page for page in self.pages if not page.path)

    def page(self, path: str) -> Page | None:
        """Return the page at ``path``, or nothing."""
        return next((page for page in self.pages if page.path == path), None)
