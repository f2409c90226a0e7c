"""What Linux is asked for beside fork: who takes in an orphan, who dies with whom, how a process is called."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import Final

# include/uapi/linux/prctl.h
_SET_PDEATHSIG: Final = 1
_SET_NAME: Final = 15
_SET_CHILD_SUBREAPER: Final = 36


def _prctl(option: int, argument: int | bytes) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, argument, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}) must succeed: {os.strerror(number)}")


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends (PR_SET_CHILD_SUBREAPER)."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int, sign: signal.Signals) -> None:
    """Let this process get the signal ``sign`` when ``parent`` ends, also where that has happened already."""
    _prctl(_SET_PDEATHSIG, sign)
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)


def be_called(name: str) -> None:
    """Set the name that ``ps`` and ``top`` show; the first 15 characters count."""
    _prctl(_SET_NAME, name.encode())


def threads() -> list[str]:
    """Return the names of this process's threads, those of libraries too.

    Examples
    --------
    >>> len(threads()) >= 1
    True
    """
    tasks = Path("/proc/self/task").iterdir()
    return sorted((task / "comm").read_text().strip() for task in tasks)


def fork_to(server: int) -> bool:
    """Fork, and give the new process to ``server`` as a child of its own.

    The process forked here forks once more and ends; the orphan goes to ``server``, which :func:`adopt_orphans`. So
    the server waits for its exit status itself, no other process has to live for that, and it dies with the
    server (SIGKILL) and with nobody else.

    Parameters
    ----------
    server
        The process id of an ancestor that adopts orphans.

    Returns
    -------
    bool
        Whether this is the new process.

    Raises
    ------
    OSError
        If there is no memory or no process to be had.
    """
    middle = os.fork()
    if middle == 0:
        try:
            own = os.getpid()
            if os.fork():
                os._exit(0)
        except BaseException:
            os._exit(1)
        os.setsid()
        while os.getppid() == own:
            time.sleep(0.0002)
        die_with(server, signal.SIGKILL)
        return True
    _, status = os.waitpid(middle, 0)
    if status != 0:
        raise OSError("a second process must be had for every page, and none was")
    return False
