"""What Voilà and jupyter_server are told to do otherwise than they would."""

from __future__ import annotations

import sys

from traitlets.config import Config

from explain.serving.managers import PageKernel, PageKernels
from explain.serving.site import Site
from explain.serving.starting import OwnPython


def configuration(site: Site) -> Config:
    """Return the settings of everything that reads its own from a configuration."""
    return Config(
        {
            "VoilaConfiguration": {
                "template": "lab",
                "theme": "light",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "show_tracebacks": False,
                "extension_allowlist": list(site.extensions),
                "kernel_spec_manager_class": OwnPython,
                "multi_kernel_manager_class": PageKernels,
            },
            "PageKernels": {"kernel_manager_class": f"{PageKernel.__module__}.{PageKernel.__name__}"},
            # A kernel that died is replaced by loading its page anew; an empty one under the old page helps nobody.
            "KernelManager": {"autorestart": False, "transport": "tcp" if sys.platform == "win32" else "ipc"},
            "ZMQChannelsWebsocketConnection": {"limit_rate": False},
        }
    )
