"""The addresses of the entrance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from explain.entrance.handlers import Entrant
from explain.entrance.joining import CodeHandler, JoinHandler, ReturnHandler
from explain.entrance.leaving import SomebodyElseHandler
from explain.entrance.services import Cookies, Services
from explain.entrance.signing import SignInHandler, SignOutHandler, WelcomeHandler

ASSETS: Final = Path(__file__).parent / "assets"
"""The style sheet and the one script of these pages."""
DOORS: Final[tuple[tuple[str, type[Entrant]], ...]] = (
    ("join", CodeHandler),
    ("join/([0-9A-Za-z]{1,20})", JoinHandler),
    ("join/([0-9A-Za-z]{1,20})/return", ReturnHandler),
    ("sign-in", SignInHandler),
    ("sign-out", SignOutHandler),
    ("welcome", WelcomeHandler),
    ("somebody-else", SomebodyElseHandler),
)


def doors(services: Services, cookies: Cookies) -> tuple[tuple[str, type, Mapping[str, Any]], ...]:
    """Return what a :class:`~explain.serving.site.Site` takes as its doors."""
    return tuple((path, handler, {"services": services, "cookies": cookies}) for path, handler in DOORS)
