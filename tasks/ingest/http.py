"""One HTTP request that cannot be led astray: address pinned, size and time bounded.

A host name is resolved once; all its addresses are checked, and the connection goes to the first of
them that can be reached, so that a second answer of the name server changes nothing. Each redirect is
checked anew. Proxies of the environment are not used: they would resolve names themselves.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from tasks.ingest.fetching import Fetching
from tasks.ingest.outbound import NotAllowed, is_public

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT = "demarche (news reader; reads feeds, follows no links)"
# Characters that an address may hold as they are; all others are escaped.
_SAFE = "/%:?&=+,;@!$'()*~[]#-._"


_Address = tuple[socket.AddressFamily, Any]


class TooLarge(Exception):
    """An answer of more bytes than the limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: status, header fields by lower-case name, body."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


def get(
    url: str, headers: Mapping[str, str], fetching: Fetching, deadline: float | None = None
) -> Answer:
    """Ask for an address and follow its redirects.

    Args:
        url: The address.
        headers: Fields of the request.
        fetching: Limits and permissions.
        deadline: When the answer must be complete, by the monotonic clock; None counts from now.

    Raises:
        NotAllowed: if the address, or one it leads to, is not http(s) or not public.
        TooLarge: if the answer is too large.
        OSError: if the server cannot be reached, is too slow, or breaks off.
        http.client.HTTPException: if it does not speak HTTP.
    """
    deadline = time.monotonic() + fetching.seconds if deadline is None else deadline
    for _ in range(fetching.redirects + 1):
        answer = _get_once(_checked(url), headers, fetching, deadline)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return answer
        url = _joined(url, answer.headers["location"])
    raise OSError(f"more than redirects = {fetching.redirects}")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise NotAllowed(f"a redirect to no web address: {error}") from error


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise NotAllowed(f"no web address: {error}") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise NotAllowed(f"only http and https are asked, not {parts.scheme or 'this'}")
    path, query = (quote(part, safe=_SAFE) for part in (parts.path, parts.query))
    return parts._replace(path=path, query=query)


def _get_once(
    parts: SplitResult, headers: Mapping[str, str], fetching: Fetching, deadline: float
) -> Answer:
    connection = _connect(parts, fetching, deadline)
    is_late = threading.Event()
    # A server that sends a byte now and then keeps a socket's own timeout from ever firing.
    rest = max(0.0, deadline - time.monotonic())
    watchdog = threading.Timer(rest, _cut, [connection.sock, is_late])
    watchdog.daemon = True
    watchdog.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
        connection.request("GET", target, headers=sent)
        response = connection.getresponse()
        body = b"" if response.status in _REDIRECTS else _body(response, fetching.max_bytes)
    except (OSError, http.client.HTTPException) as error:
        if is_late.is_set() or isinstance(error, TimeoutError):
            raise _too_slow(fetching) from error
        raise
    finally:
        watchdog.cancel()
        connection.close()
    if is_late.is_set():  # what was cut off looks like an end
        raise _too_slow(fetching)
    fields = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, response.reason, fields, body)


def _connect(parts: SplitResult, fetching: Fetching, deadline: float) -> http.client.HTTPConnection:
    """Return an open connection to an address of the host that was checked."""
    is_tls = parts.scheme.lower() == "https"
    try:
        host = str(parts.hostname).encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NotAllowed(f"no host name: {error}") from error
    port = parts.port or (443 if is_tls else 80)
    addresses = _resolve(host, port, fetching, deadline)
    plain = _reach(addresses, fetching, deadline)
    kind = http.client.HTTPSConnection if is_tls else http.client.HTTPConnection
    connection = kind(host, port)
    try:
        secure = ssl.create_default_context()
        connection.sock = (
            secure.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            if is_tls
            else plain
        )
    except BaseException:
        plain.close()
        raise
    return connection


def _resolve(host: str, port: int, fetching: Fetching, deadline: float) -> list[_Address]:
    """Return the addresses of a host, each once; one that is not public bars them all."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)  # a name server may be slow as well
    asking.start()
    asking.join(max(0.0, deadline - time.monotonic()))
    if not found:
        raise _too_slow(fetching)
    if isinstance(found[0], Exception):
        raise found[0]
    addresses = [(family, address) for family, *_, address in found[0]]
    for _, address in addresses:
        if not fetching.allow_private and not is_public(str(address[0])):
            name = "" if host == address[0] else f"{host} is "
            raise NotAllowed(f"{name}{address[0]}, which is no public address")
    return list(dict.fromkeys(addresses))


def _reach(addresses: list[_Address], fetching: Fetching, deadline: float) -> socket.socket:
    """Return a connection to the first address that can be reached, each given its share of time.

    Raises:
        OSError: of the last address, if there is none.
    """
    for left in range(len(addresses), 0, -1):
        family, address = addresses[-left]
        rest = deadline - time.monotonic()
        if rest <= 0:
            raise _too_slow(fetching)
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(rest / left)
            plain.connect(address)
            plain.settimeout(rest)
        except BaseException as error:
            plain.close()
            if left == 1 or not isinstance(error, OSError):
                raise
        else:
            return plain
    raise OSError("the host has no address")


def _cut(connected: socket.socket, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError):  # it is closed already
        connected.shutdown(socket.SHUT_RDWR)


def _too_slow(fetching: Fetching) -> TimeoutError:
    return TimeoutError(f"no answer within seconds = {fetching.seconds:g}")


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """Return the body, whatever length was announced.

    Raises:
        TooLarge: as soon as it is.
        OSError: if it ends before the announced length.
    """
    pieces, size = [], 0
    while piece := response.read1(_CHUNK):
        size += len(piece)
        if size > limit:
            raise TooLarge(f"more than answer_bytes = {limit}")
        pieces.append(piece)
    if response.length:
        raise OSError(f"it broke off after {size} bytes, {response.length} before its end")
    return b"".join(pieces)
