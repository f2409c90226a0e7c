"""Secrets of one installation: made once, kept in the data folder for its owner's eyes only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> bytes:
    """Return the 32 random bytes in the file ``path``, made now if it is not there.

    Raises
    ------
    ValueError
        If the file holds anything but 32 bytes.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    secret = path.read_bytes()
    if len(secret) != 32:
        raise ValueError(
            f"{path} must hold 32 bytes and holds {len(secret)}; delete it, and whatever hangs on it starts anew: "
            "visitors, or participants' PINs"
        )
    return secret
