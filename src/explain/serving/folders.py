"""The folder of the kernels' sockets: claimed while the server lives, cleared away however it ends.

A server that stops removes its folder itself. After one that was killed a shell that watched it does, some seconds
later; and what the watcher could not (it was killed too, or the power was cut) the next start does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

CLAIM: Final = "claimed"
"""The file in a folder that its server holds a lock on; the lock goes with the process, however it ends."""


def claim(folder: Path) -> int | None:
    """Claim ``folder`` until this process ends; return the open file that holds the claim.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as root:
    ...     left, held = Path(root, "left"), Path(root, "held")
    ...     left.mkdir(), held.mkdir()
    ...     os.close(claim(left))
    ...     holding = claim(held)
    ...     clear_unclaimed(Path(root), "*")
    ...     sorted(path.name for path in Path(root).iterdir())
    (None, None)
    ['held']
    >>> os.close(holding)
    """
    if sys.platform == "win32":
        return None
    import fcntl

    file = os.open(folder / CLAIM, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


class Watcher:
    """A shell that removes ``folder`` when this process ends without having called :meth:`dismiss`.

    It reads from a pipe of which this process alone holds the other end. Kernels that are about to end get a moment
    to do so first, lest one makes the folder anew.
    """

    SCRIPT: Final = "trap '' TERM INT HUP; read -r _ && exit; sleep 3; rm -rf -- \"$1\""

    def __init__(self, folder: Path) -> None:
        self._shell: subprocess.Popen[bytes] | None = None
        if (shell := shutil.which("sh")) is not None and sys.platform != "win32":
            words = [shell, "-c", self.SCRIPT, "watcher", str(folder)]
            self._shell = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)

    def dismiss(self) -> None:
        """End the watch, since the folder has been removed."""
        if self._shell is not None:
            self._shell.communicate(b"\n")


def clear_unclaimed(root: Path, pattern: str) -> None:
    """Remove the folders below ``root`` that were claimed once and are no longer."""
    if sys.platform == "win32":
        return
    import fcntl

    for claimed in root.glob(f"{pattern}/{CLAIM}"):
        try:
            file = os.open(claimed, os.O_RDWR)
        except OSError:  # another user's, or gone meanwhile
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(claimed.parent, ignore_errors=True)
        except OSError:  # a server holds it
            pass
        finally:
            os.close(file)
