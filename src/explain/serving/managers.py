"""jupyter_server's managers of kernels without what nobody here asks them for.

They read every message of every kernel a second time to note when it was last active, and tell of each start and end
as an event, whose schema is checked anew for every kernel: together a quarter of what the server spends on a page.
How long a page has rested is known from what it sends (:class:`explain.serving.kernels.Lease`), and nobody listens to
the events.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager


class PageKernel(ServerKernelManager):
    """Manages one kernel, and tells nobody."""

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Tell nobody."""


class PageKernels(AsyncMappingKernelManager):
    """Manages all kernels, and does not listen to what they say to their pages."""

    async def _add_kernel_when_ready(self, kernel_id: str, km: Any, kernel_awaitable: Any) -> None:
        """Note a kernel that was started, and forget one that could not be, which would be waited for at the end."""
        try:
            await super()._add_kernel_when_ready(kernel_id, km, kernel_awaitable)
        finally:
            self.forget_pending(kernel_id)

    def forget_pending(self, *kernel_ids: str) -> None:
        """Forget kernels that are still being started, all if none is named."""
        for kernel_id in kernel_ids or list(self._pending_kernels):
            self._pending_kernels.pop(kernel_id, None)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Set what jupyter_server wants to find on a kernel, once; its websocket waits while a kernel is starting."""
        kernel: Any = self._kernels[kernel_id]
        kernel.reason, kernel.execution_state, kernel.last_activity = "", "idle", datetime.now(UTC)
