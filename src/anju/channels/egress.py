"""The one way out: every request to another machine leaves here, to an address that was looked at first (SSRF).

The name is resolved, every address it has is checked, and the connection goes to the checked address itself, so a name
that answers differently a moment later changes nothing. Redirects are not followed; an answer has a size. A host inside
the house (private, loopback) is reached when the office wrote its address as numbers, or lists its name in
ANJU_INSIDE_HOSTS; addresses of cloud metadata never.
"""

import socket
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpx2
from django.conf import settings

TIMEOUT = httpx2.Timeout(connect=3, read=10, write=10, pool=10)
LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
MOST = 64 * 1024
"""Bytes of an answer that are read."""

Address = IPv4Address | IPv6Address


class Refused(httpx2.UnsupportedProtocol):
    """This address may not be reached from here; nothing was sent."""


class _Pinned(httpx2.HTTPTransport):
    """Connects to the checked address; name, certificate and Host header stay those of the host."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.host
        address = checked(host, request.url.port or {"https": 443}.get(request.url.scheme, 80))
        request.extensions = dict(request.extensions) | {"sni_hostname": host}
        request.url = request.url.copy_with(host=str(address))
        return super().handle_request(request)


def post(url: str, *, json: Mapping[str, Any], headers: Mapping[str, str]) -> httpx2.Response:
    """Send JSON and read at most 64 KB of the answer. Raises Refused, and what httpx2 raises when the net fails."""
    wanted = httpx2.URL(url)
    if wanted.scheme not in ("https", "http") or not wanted.host:
        raise Refused(f"not an address of a gateway: {wanted.scheme}")
    with _client(wanted.host).stream("POST", wanted, json=dict(json), headers=dict(headers)) as answer:
        body = b""
        for part in answer.iter_bytes():
            body += part
            if len(body) > MOST:
                raise httpx2.ReadError("an answer longer than 64 KB")
    return httpx2.Response(answer.status_code, content=body, request=answer.request)


def checked(host: str, port: int) -> Address:
    """The address to connect to. Raises Refused when any address of this host is one that may not be reached."""
    literal = _literal(host)
    if literal is not None:
        if _never(literal):
            raise Refused("an address that is never reached")
        return literal
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError("the name cannot be resolved") from error
    addresses = [ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    inside = host in settings.ANJU_INSIDE_HOSTS
    if not addresses or any(_never(one) or not (inside or one.is_global) for one in addresses):
        raise Refused("a name that leads inside")
    return addresses[0]


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _never(address: Address) -> bool:
    """Metadata of clouds lives on link-local addresses; a mapped IPv6 address is the IPv4 address it names."""
    plain = getattr(address, "ipv4_mapped", None) or address
    return bool(plain.is_link_local or plain.is_multicast or plain.is_unspecified)


@cache
def _client(host: str) -> httpx2.Client:
    """One pool for each host: two names on one address never share a connection."""
    return httpx2.Client(timeout=TIMEOUT, transport=_Pinned(limits=LIMITS), follow_redirects=False, trust_env=False)
