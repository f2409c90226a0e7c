"""What an address of the server means for whoever is told it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def readable(address: str) -> bool:
    """Tell whether others on the network can read what is sent to an address: plain http, and not this machine.

    Examples
    --------
    >>> readable("http://192.0.2.7:8866/"), readable("https://192.0.2.7/"), readable("http://127.0.0.1:8866/")
    (True, False, False)
    """
    return address.startswith("http://") and not local(address)


def local(address: str) -> bool:
    """Tell whether an address leads to this very machine.

    Examples
    --------
    >>> local("http://127.0.0.1:8866/"), local("http://localhost/"), local("https://skoen.example/")
    (True, True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
