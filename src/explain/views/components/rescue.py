"""The last resort: what was never delivered, as a file that can be taken in later."""

from __future__ import annotations

from collections.abc import Mapping

import anywidget
import traitlets

from explain.views.components.script import script


class Rescue(anywidget.AnyWidget):
    """Offers to save what waits in this tab while the line is gone, and to take such a file in again.

    What may point to a real person is left out of the file (``mask.js``); in the tab it stays until she mends it.

    All of it happens in the browser; the file never passes through the server. Taken in, it is delivered as if it had
    waited in the tab: each press under its first id, so that nothing is carried out twice.
    """

    _esm = script("rescue")

    texts = traitlets.Dict().tag(sync=True)

    def show(self, texts: Mapping[str, str]) -> None:
        """Set the wording."""
        self.texts = dict(texts)
