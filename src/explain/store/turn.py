"""A turn at writing: processes queue for one file, first come, first served.

SQLite's own lock is no queue: whoever asks at the right moment gets it, and of a hundred who ask at once the last waits
for seconds. ``flock`` wakes its waiters in order, but whoever comes by before the woken one is up takes the lock from
under its nose; a process that writes again and again has starved others for seconds. So one queues at a door, only the
one who stands in the door waits for the room, and whoever comes back queues again.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

try:
    import fcntl
except ModuleNotFoundError:  # Windows has no flock: there, those who want to write try again at random moments
    fcntl = None  # type: ignore[assignment]

NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""How a file system says that it does not know flock (flock(2))."""


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the turn at ``path`` while the block runs; the kernel takes it back from a process that dies.

    Where the system or the file system has no flock, nobody waits here, and the block runs at once.
    """
    if fcntl is None:
        yield
        return
    with _locked(path.with_name(path.name + "-door")) as leave_door, _locked(path):
        leave_door()
        yield


@contextmanager
def _locked(path: Path) -> Iterator[Callable[[], None]]:
    """Hold a lock until the block ends, or until what it gives is called."""
    # Opened for each turn: threads of one process queue like strangers, and no forked child inherits a lock.
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
        yield file.close
