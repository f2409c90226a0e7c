"""A page made once from what its template showed; every kernel forked from it has the same widgets by the same ids."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import nbformat

from explain.serving.renderer import PageRenderer

ANY_KERNEL: Final = "00000000-0000-4000-8000-000000000000"
"""Stands in a made page where the kernel's own id is put; no random id is like it."""


class MadePage(PageRenderer):
    """Renders a notebook whose cells have been run elsewhere; no kernel is asked.

    Parameters
    ----------
    shown
        The outputs of each cell.
    **rendering
        What :class:`voila.notebook_renderer.NotebookRenderer` takes.
    """

    def __init__(self, shown: list[list[dict[str, Any]]], **rendering: Any) -> None:
        super().__init__(**rendering)
        self._shown = shown

    async def html(self, values: dict[str, Any]) -> str:
        """Return the page; ``values`` is what its template calls ``page``."""
        return "".join([piece async for piece in self.pieces(ANY_KERNEL, None, values)])

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: Any) -> str:  # noqa: ARG002 Voilà's own form
        kernel_future.close()
        return kernel_id

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator[Any]:  # noqa: ARG002 Voilà's own form
        for cell, outputs in zip(nb.cells, self._shown, strict=True):
            shown = cell.copy()
            shown.outputs = [nbformat.from_dict(output) for output in outputs]  # type: ignore[no-untyped-call]
            yield shown
