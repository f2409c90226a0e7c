"""Every word on a page, and whether it is of the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page

from explain.texts import catalogue

OTHER: Final = {"da": "en", "en": "da"}
ALONE: Final = {
    language: {text for key, text in catalogue(language).items() if text not in catalogue(other).values()}
    for language, other in OTHER.items()
}
"""Every sentence of one language that is none of the other as well, as ``Score:`` is."""
COMMON: Final = {
    "da": re.compile(r"[æøå]|\b(og|ikke|eller|din|dit|du|som|har|til|af|barnet|scoren|sagen)\b", re.IGNORECASE),
    "en": re.compile(r"\b(the|and|not|your|you|with|of|is|was|child)\b", re.IGNORECASE),
}
"""What gives a language away in any sentence, also in one that was put together."""
NAMES: Final = ("Skøn", "Dansk", "Beslutningsstøtte ved underretninger", "barnets lov", "Signs of Safety")
"""Names that stay as they are."""


def shown(page: Page, language: str) -> Iterator[str]:
    """Yield every text a person can read or hear, the tab's title too; not what is marked as the other language."""
    yield from page.evaluate(
        """(other) => {
          const found = [document.title];
          for (const one of document.querySelectorAll("body, body *:not(script, style, noscript)")) {
            if (one.closest(`[lang=${other}]:not(html)`)) continue;
            for (const name of ["aria-label", "title", "alt", "placeholder"]) found.push(one.getAttribute(name) ?? "");
            for (const node of one.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
          }
          return found.map((one) => one.trim()).filter(Boolean);
        }""",
        OTHER[language],
    )


def is_in(text: str, language: str) -> bool:
    """Tell whether a text is of a language: a sentence of its catalogue, or one with a word that gives it away."""
    for name in NAMES:
        text = text.replace(name, "")
    return text in ALONE[language] or COMMON[language].search(text) is not None


def of_the_other_language(page: Page, language: str) -> list[str]:
    """Return what a page in a language says in the other one."""
    return [text for text in shown(page, language) if is_in(text, OTHER[language])]
