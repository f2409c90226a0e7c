"""Who may open which page: asked before a kernel starts. The server knows nobody; an application hands it a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from explain.serving.site import Page


@dataclass(frozen=True)
class Admitted:
    """The visitor may open the page.

    Attributes
    ----------
    told
        What the page's kernel is told of her, by the names in :data:`explain.serving.visitor.TOLD`.
    role
        Whether she comes under a role, for which seats are kept.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    role: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """The visitor is led to another path first: to sign in, say.

    Attributes
    ----------
    path
        Below the server's base address, without a slash before it.
    """

    path: str


class Gate(Protocol):
    """Knows people by the cookies their browsers show."""

    def shown(self, handler: RequestHandler, page: Page) -> str:
        """Return who the browser's cookies say she is, for this page: a name that is compared and never read.

        Asked on every request about a kernel, so it looks at nothing but signatures. A kernel answers only while the
        same name is shown as when it was opened; ``""`` is nobody in particular.
        """
        ...

    async def admit(self, handler: RequestHandler, page: Page) -> Admitted | Elsewhere:
        """Tell whether the visitor may open the page now, or where she goes first."""
        ...

    async def withdrawn(self, shown: frozenset[str]) -> frozenset[str]:
        """Return which of these names stand for nobody any more; their kernels are ended."""
        ...

    async def has_role(self, handler: RequestHandler) -> bool:
        """Tell whether the visitor has signed in and has any role now."""
        ...
