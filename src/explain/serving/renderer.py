"""Voilà's renderer, reading the notebook from where the page says it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import nbformat
from voila.notebook_renderer import NotebookRenderer


class PageRenderer(NotebookRenderer):  # type: ignore[misc] # voila has no types
    """Renders a page's notebook into the package's own template."""

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Read the notebook; its kernel is always the server's own Python."""
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] # nbformat has no types
        fixed: nbformat.NotebookNode = await self.fix_notebook(notebook)
        return fixed

    async def pieces(self, kernel_id: str, kernel: Any, values: dict[str, Any]) -> AsyncIterator[str]:
        """Run the notebook in ``kernel`` and yield the page piece by piece.

        Parameters
        ----------
        kernel_id
            Put into the page, for the front end to connect to.
        kernel
            The running kernel's manager.
        values
            What the template names ``page``.
        """
        await self.initialize()
        self.resources["page"] = values

        async def started() -> Any:
            return kernel

        try:
            async for html, _ in self.generate_content_generator(kernel_id, started()):
                yield html
        finally:
            # Voilà closes its own line to the kernel only after a page that was shown to its end.
            if getattr(self, "executor", None) is not None and self.executor.kc is not None:
                self.executor.kc.stop_channels()
