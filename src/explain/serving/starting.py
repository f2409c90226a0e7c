"""What a kernel is started with: the server's own Python, and an environment of a few names."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from explain.serving.visitor import PREFIX, TOLD
from explain.serving.warm import provisioner

QUERY_LENGTH: Final = 1000
"""Characters of a link's query that a kernel is given."""
_INHERITED: Final = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONUTF8"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
# Forking after multi-threaded OpenMP work hangs xgboost, and many kernels on few cores only get in each other's way.
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def kernel_environment(
    page_settings: Mapping[str, str],
    *,
    visitor: str,
    language: str,
    query: str,
    folder: Path,
    told: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Return the whole environment of a visitor's kernel: a short list of names, never the server's own.

    ``told`` is what a gate says of the visitor, by names in :data:`~explain.serving.visitor.TOLD`.

    Examples
    --------
    >>> made = kernel_environment({}, visitor="5f" * 16, language="da", query="", folder=Path("run"))
    >>> made["SKOEN_LANGUAGE"], made["OMP_NUM_THREADS"]
    ('da', '1')
    """
    if unknown := set(told) - set(TOLD):
        raise ValueError(f"a kernel may be told {', '.join(TOLD)}, not {', '.join(sorted(unknown))}")
    own = {"VISITOR": visitor, "LANGUAGE": language, "QUERY": query[:QUERY_LENGTH].replace("\0", ""), **told}
    return {
        **common_environment(page_settings, folder),
        **{PREFIX + name: value for name, value in own.items()},
    }


def common_environment(page_settings: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what every kernel's environment holds, whoever the visitor is."""
    return {
        **{name: os.environ[name] for name in _INHERITED if name in os.environ},
        **_ONE_THREAD,
        "IPYTHONDIR": str(folder / "ipython"),  # nobody's start-up files, no history on disk
        **page_settings,
    }


class OwnPython(KernelSpecManager):
    """Knows one kernel: the Python that runs the server. Kernels a user installed elsewhere are never taken."""

    name: Final = "python3"

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel, which needs no folder of resources."""
        return {self.name: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start the one kernel."""
        if kernel_name != self.name:
            raise NoSuchKernel(kernel_name)
        start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=[*start, "--HistoryManager.enabled=False"],
            display_name="Python 3",
            language="python",
            resource_dir="",
            metadata={"kernel_provisioner": {"provisioner_name": provisioner.NAME}},
        )
