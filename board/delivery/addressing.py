"""Where webhooks may lead: what the setting `webhook_allowed` names, looked at by its numbers.

A name is looked up once, each number is checked, and the number that was checked is connected to:
a name that means something else a moment later (DNS rebinding) leads nowhere.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from board.config import settings

LONGEST = 500


class NotAllowed(Exception):
    """Why a webhook must not lead there."""


@dataclass(frozen=True)
class Place:
    """Somewhere a webhook leads: the number to connect to, and what to say there."""

    number: str
    port: int
    host: str
    is_secure: bool
    path: str

    @property
    def host_header(self) -> str:
        """As browsers send it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.is_secure else 80
        return name if self.port == usual else f"{name}:{self.port}"


def is_on() -> bool:
    """Whether this board has webhooks at all."""
    return bool(settings().webhook_allowed and settings().board_address)


def place(url: str) -> Place:
    """Where this leads now. Raises `NotAllowed`, or `OSError` where the name is not known."""
    scheme, host, port, path = _parts(url)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    for number in numbers:
        if not _is_allowed(host, ip_address(number.partition("%")[0])):
            raise NotAllowed(f"{host} is not an address that webhooks may lead to.")
    return Place(numbers[0], port, host, scheme == "https", path)


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and the rest, of an address that is nothing but one."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise NotAllowed("That is no address of the web.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("That is no address of the web.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotAllowed("The address begins with https:// or http:// and a host.")
    if parts.username is not None or parts.fragment:
        raise NotAllowed("Leave out the user name and anything after #.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80), path


def _is_allowed(host: str, number: IPv4Address | IPv6Address) -> bool:
    """By its network; or by its name, but then not this computer itself, nor its neighbours."""
    number = getattr(number, "ipv4_mapped", None) or number
    hosts, networks = _named(settings().webhook_allowed)
    if any(number in network for network in networks):
        return True
    is_special = (
        number.is_loopback or number.is_link_local or number.is_multicast or number.is_unspecified
    )
    return host in hosts and not is_special


def _named(allowed: Sequence[str]) -> tuple[set[str], list[IPv4Network | IPv6Network]]:
    hosts: set[str] = set()
    networks: list[IPv4Network | IPv6Network] = []
    for each in allowed:
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            hosts.add(each.lower())
    return hosts, networks
