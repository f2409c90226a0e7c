"""Scripts and style sheets of the page, as real files beside this package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).parents[1] / "assets"


def script(*names: str) -> str:
    """Put scripts together to one, in the order given: what a widget imports must be one module."""
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)
