"""Where jupyter_client asks for a kernel's process: forked from a template, else started as ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import EntryPoint
from typing import Any, Final

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from explain.serving.warm.forked import Unwell
from explain.serving.warm.templates import Template

NAME: Final = "explain-warm"
"""What a kernel's specification calls this provisioner."""

ATTEMPTS: Final = 2
"""A template that was killed is replaced and asked again, once."""

Source = Callable[[], Awaitable[Template | None]]
"""Finds the template to fork from, when a kernel is started."""


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from the template that ``start_kernel(..., warm=source)`` names, and knows its life and end.

    Without a template, or from one that cannot fork, it starts an ordinary kernel. Everything else is
    jupyter_client's own, since a :class:`~explain.serving.warm.forked.Forked` is to it what a process is.
    """

    parent: Any
    process: Any  # a Popen, or a Forked
    _warm: Source | None = None
    _spare = False

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Take out what is for this provisioner alone.

        ``spare=True`` asks for a forked kernel, or none, that is not begun: whoever asks does that later.
        """
        self._warm, self._spare = kwargs.pop("warm", None), kwargs.pop("spare", False)
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel, or start it."""
        for _ in range(ATTEMPTS):
            if self._warm is None or (template := await self._warm()) is None:
                break
            try:
                self.process = forked = await template.fork(self.parent.connection_file)
                if not self._spare:
                    forked.begin(kernel_id=self.kernel_id, environment=kwargs["env"], cwd=kwargs["cwd"])
            except Unwell as reason:
                self.log.warning("%s could not be forked: %s", template.notebook.name, reason)
            else:
                self.pid, self.pgid = self.process.pid, None
                return self.connection_info
        if self._spare:
            self.parent.cleanup_connection_file()
            raise Unwell("there is nothing to fork from")
        return await super().launch_kernel(cmd, **kwargs)


def register() -> None:
    """Make the provisioner known to jupyter_client by :data:`NAME`, without an installed entry point."""
    value = f"{WarmProvisioner.__module__}:{WarmProvisioner.__name__}"
    known = KernelProvisionerFactory.provisioners
    known[NAME] = EntryPoint(NAME, value, KernelProvisionerFactory.GROUP_NAME)
