"""Which addresses may be asked: http and https, on machines that all the world can reach."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from entente.errors import FetchError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# A host's name to its addresses as text; raises OSError. Tests hand in their own.
Resolve = Callable[[str], list[str]]
MAX_LENGTH = 2000
_PORTS = {"http": 80, "https": 443}
# IPv6 forms that carry an IPv4 address inside: a translator on the way would lead them into the own network.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart. ``host`` is ASCII and without brackets, ``target`` is path and query, ``url`` has no fragment."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as in ``https://news.example:8443``; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def is_address(text: str) -> bool:
    """Whether a command's argument means an address, not a file."""
    return text.lower().startswith(("http://", "https://"))


def parse_address(text: str) -> Address:
    """The address in ``text``. Raises FetchError: only http and https, without a name and password, up to 2,000 characters."""
    if len(text) > MAX_LENGTH:
        raise FetchError(f"the address is longer than {MAX_LENGTH:,} characters")
    try:
        parts = parse_url(text.strip())
    except (LocationParseError, UnicodeError):
        raise FetchError("is not an address such as https://news.example/page") from None
    if parts.scheme not in _PORTS or not parts.host:
        raise FetchError("only http and https addresses are fetched")
    if parts.auth:
        raise FetchError("the address holds a name or password; give it without")
    host = parts.host.strip("[]").rstrip(".")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query is not None else "")
    port = parts.port or _PORTS[parts.scheme]
    bare = Address("", parts.scheme, host, port, target)
    return Address(bare.origin + target, parts.scheme, host, port, target)


def is_public(address: IP) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, multicast, reserved or translated."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address.is_site_local or any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_link_local or address.is_loopback or address.is_unspecified
    )


def is_any(address: IP) -> bool:
    """Every address: for tests, which serve pages on the machine they run on (ENTENTE_FETCH_LOCAL=1)."""
    return True


def resolve_by_system(host: str) -> list[str]:
    """The addresses that the system gives for a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


def find_addresses(host: str, permits: Callable[[IP], bool], resolve: Resolve, timeout: float) -> list[str]:
    """All addresses of a host. Raises FetchError when there are none, or when a single one is not permitted.

    The connection must be made to one of these, and not by name again: a name may lead elsewhere the next time it is asked.
    """
    found: list[str] = []
    failure: list[str] = []

    def ask() -> None:
        try:
            found.extend(resolve(host))
        except (OSError, UnicodeError) as error:
            failure.append(str(getattr(error, "strerror", None) or error))

    # The system's resolver knows no timeout; a thread that is left behind ends by itself.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise FetchError(f"the name {host} was not resolved within {timeout:g} s")
    if failure or not found:
        raise FetchError(f"the name {host} is not known ({failure[0] if failure else 'no address'}); is there a network?")
    for text in found:
        try:
            allowed = "%" not in text and permits(ipaddress.ip_address(text))
        except ValueError:
            allowed = False
        if not allowed:
            raise FetchError(f"{host} leads to {text}, which is not on the open internet; such addresses are never fetched")
    return found
