"""HTML from templates: every value is escaped, every name must be given."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import nh3
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from explain.texts import Sayer
from explain.texts.numbers import decimal, signed

QUOTES: Final = {"da": "»«›‹", "en": "“”‘’"}
"""Quotation marks, outer and inner; »…« are among those that Retskrivningsordbogen § 58 allows."""


def render(name: str, say: Sayer, **values: Any) -> str:
    """Fill the template ``name`` (a path below ``explain/views``).

    Parameters
    ----------
    name
        Such as ``"case/case.html"``.
    say
        Who says the sentences; templates call ``say(key, ...)``.
    **values
        What the template needs.

    Raises
    ------
    jinja2.UndefinedError
        If the template asks for a value that was not given.
    """
    return _environment().get_template(name).render(say=say, language=say.language, **values)


def markdown(text: str, language: str) -> Markup:
    r"""Turn a case's Markdown into HTML without script, style, picture or link, quoted as the language quotes.

    Examples
    --------
    >>> str(markdown('Skolen *har set* det: "Jeg er træt."<script>x</script>', "da"))
    '<p>Skolen <em>har set</em> det: »Jeg er træt.«</p>\n'
    """
    reader = MarkdownIt("commonmark", {"typographer": True, "quotes": QUOTES[language]}).enable("smartquotes")
    rendered = reader.render(text)
    return Markup(nh3.clean(rendered, tags={"p", "em", "strong", "ul", "ol", "li", "blockquote", "h3", "h4", "br"}))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("explain", "views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(decimal=decimal, signed=signed, markdown=markdown)
    return environment
