"""Under which addresses other machines find this one."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import Final

import psutil

ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737); nothing is sent there."""


def machine_addresses() -> tuple[str, ...]:
    """Return this machine's IPv4 addresses that others may reach, the one towards the wider network first."""
    up = {name for name, status in psutil.net_if_stats().items() if status.isup}
    every = psutil.net_if_addrs().items()
    found = [one.address for name, its in every if name in up for one in its if one.family == socket.AF_INET]
    return in_order(found, _outward())


def in_order(found: Iterable[str], outward: str | None) -> tuple[str, ...]:
    """Return the addresses that others may reach, ``outward`` first.

    Examples
    --------
    >>> in_order(["127.0.0.1", "169.254.3.4", "172.17.0.1", "192.168.1.7"], "192.168.1.7")
    ('192.168.1.7', '172.17.0.1')
    """
    reachable = [address for address in found if not address.startswith(("127.", "169.254."))]
    return tuple(sorted(dict.fromkeys(reachable), key=lambda address: address != outward))


def _outward() -> str | None:
    """Return the address that this machine would send from; a UDP socket tells it without sending."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(ELSEWHERE)
        except OSError:
            return None
        return str(asking.getsockname()[0])
