"""Which addresses of the network may be asked, whatever library asks them.

HTTP is asked by `tasks.ingest.http`, which resolves a name once and connects to the address that was
checked. Other stores (ftp, sftp, s3, chained addresses) are asked by fsspec and its libraries, which
resolve names themselves; there the address is checked as the connection is made, so that no second
answer of a name server, no redirect and no chain of protocols leads around it.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from types import FrameType
from typing import Any

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_STORES = ("fsspec", "tasks.ingest.remote")
_IO_THREAD = "fsspecIO"


class NotAllowed(Exception):
    """An address that may not be asked."""


def is_public(address: str) -> bool:
    """Return True for an IP address that anyone may ask; what it embeds is looked at as well."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Stores:
    """Looks at the connections that remote stores make; those of all others pass.

    Attributes:
        refused: What was refused since `watch_stores` was called: stores hide errors.
    """

    def __init__(self) -> None:
        self.is_installed = False
        self.allow_private = False
        self.refused: str | None = None

    def look_at(self, event: str, args: tuple[Any, ...]) -> None:
        """Audit hook. Raises NotAllowed for a connection to an address that may not be asked."""
        if event not in ("socket.connect", "socket.sendto") or self.allow_private:
            return
        if not _is_of_store():
            return
        family, address = args[0].family, args[1]
        host = str(address[0]) if isinstance(address, tuple) and address else str(address)
        if family not in (socket.AF_INET, socket.AF_INET6) or not _is_public(host):
            self.refused = f"{host}, which is no public address"
            raise NotAllowed(self.refused)


_stores = _Stores()


def watch_stores(*, allow_private: bool) -> None:
    """Let remote stores connect to public addresses only, unless others are allowed."""
    _stores.allow_private, _stores.refused = allow_private, None
    if not _stores.is_installed:
        sys.addaudithook(_stores.look_at)
        _stores.is_installed = True


def refused_by_stores() -> str | None:
    """Return the address that a store was refused since `watch_stores` was called, or None."""
    return _stores.refused


def _is_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:  # a name: what it will be resolved to cannot be known
        return False


def _is_of_store() -> bool:
    if threading.current_thread().name == _IO_THREAD:
        return True
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(_STORES):
            return True
        frame = frame.f_back
    return False
