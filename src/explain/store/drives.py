"""Where a data folder may not lie: on a network drive.

SQLite's write-ahead log needs memory shared between processes, which no network drive gives, and locks on such drives
have lost data (sqlite.org/wal.html, "Disadvantages"; sqlite.org/faq.html, no. 5).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

NETWORK_DRIVES: Final = frozenset(
    (
        *("9p", "afs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf"),
        *("fuse.ceph", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"),
        *("fuse.sshfs", "fuse.vmhgfs-fuse"),
    )
)
"""File systems, as Linux names them, that more than one machine can write to (Documentation/filesystems)."""


class NetworkDriveRefused(OSError):
    """The data folder lies on a network drive."""


def refuse_network_drive(path: Path, mounts: str | None = None) -> None:
    """Raise NetworkDriveRefused if ``path`` lies on a network drive, as far as the system tells.

    Linux tells by ``/proc/mounts`` (or ``mounts``, in that form); on Windows a path with a server's name tells by
    itself; macOS is taken on trust.

    Examples
    --------
    >>> refuse_network_drive(Path("/home/anna"), "server:/home /home nfs4 rw 0 0")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    explain.store.drives.NetworkDriveRefused: /home/anna is on a network drive (nfs4): ...
    """
    kind = "a share" if str(path).startswith("\\\\") else _file_system(path, _read() if mounts is None else mounts)
    if kind in NETWORK_DRIVES or kind == "a share":
        raise NetworkDriveRefused(
            f"{path} is on a network drive ({kind}): the data folder must lie on a disk of this machine; "
            "choose another with --data, or use PostgreSQL with --database"
        )


def _read() -> str:
    mounts = Path("/proc/mounts")
    return mounts.read_text(errors="surrogateescape") if mounts.exists() else ""


def _file_system(path: Path, mounts: str) -> str:
    """Return the type of the innermost mount that holds ``path``; of two on one place the later one counts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, place, its_kind, *_ = line.split(" ")
        point = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), place))
        if (point == path or point in path.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), its_kind
    return kind
