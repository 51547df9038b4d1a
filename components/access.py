"""Who may change the corpus: the person at this machine, and editors who signed in. Everybody else reads.

Pure: what the browser sent and who signed in are handed over by ``components.reader``, whose ``may_write`` is the one gate.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

# What a proxy adds. Where one stands in between, the address of the connection is the proxy's and says nothing of the reader.
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def editors_in(setting: str) -> frozenset[str]:
    """The e-mail addresses of a setting such as ``a@example.org, b@example.org``, in lower case."""
    return frozenset(word.casefold() for word in setting.replace(",", " ").split() if "@" in word)


def is_local(headers: Mapping[str, str], address: str | None) -> bool:
    """Whether a request comes from a browser on this machine, straight to it.

    ``address`` is that of the connection, None where Streamlit hides a loopback address. All three must say so: the connection,
    the name that the browser asked for (another name that leads here is a public host or a trick), and that no proxy passed the
    request on. What is missing counts against.
    """
    said = {name.casefold(): value for name, value in headers.items()}
    return (
        (address is None or _is_loopback(address)) and _names_loopback(said.get("host", "")) and not said.keys() & {*_FORWARDED}
    )


def _names_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A server that listens on IPv6 and IPv4 at once sees 127.0.0.1 as ::ffff:127.0.0.1.
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def signed_in_as(user: Mapping[str, Any]) -> str:
    """The e-mail address that a person signed in with, in lower case; empty when nobody did or when the provider does not say
    that the address is theirs (the claim ``email_verified``), since anybody may claim any address."""
    verified = user.get("email_verified")
    if user.get("is_logged_in") is not True or (verified is not True and verified != "true"):
        return ""
    email = user.get("email")
    return email.casefold() if isinstance(email, str) else ""
