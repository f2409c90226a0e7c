"""A small server that shows notebooks as pages to people, around Voilà.

It knows no domain: :mod:`explain.serving.site` says what an application hands it, and
:func:`explain.serving.listening.serve` serves that.
In a page's kernel, :func:`explain.serving.hooks.on_visitor` tells who opened the page.

Nothing is imported here, so that a kernel which only asks who its visitor is does not load a server.
"""
