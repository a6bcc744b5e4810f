"""Which addresses this process may call. On a shared server visitors name endpoints; its host says which are allowed.

COMMONWEAL_ENDPOINTS: addresses, comma-separated; each allows what lies under it; `loopback` allows this machine, on any
port. Without it: loopback, and the endpoint the environment's own OPENAI_API_KEY or OPENAI_BASE_URL is for.
"""

import ipaddress
import os
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from sim.errors import SettingError
from sim.providers.keys import own_endpoint

LOOPBACK = "loopback"
_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """An address taken apart. Hosts are compared as written, never looked up: a name cannot pretend to be another."""

    scheme: str
    host: str
    port: int
    path: tuple[str, ...]

    @classmethod
    def of(cls, base_url: str) -> "Address":
        """SettingError if it is not a plain address."""
        try:
            parts = urlsplit(base_url.strip())
            port = parts.port
        except ValueError as wrong:
            raise _unplain(base_url) from wrong
        path = tuple(parts.path.strip("/").split("/")) if parts.path.strip("/") else ()
        plain = all(step and step.strip(".") and not set(step) & set("%\\;") for step in path)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password or not plain:
            raise _unplain(base_url)
        return cls(parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme], path)

    @property
    def loopback(self) -> bool:
        """Whether it is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def holds(self, other: "Address") -> bool:
        """Whether the other one lies under this one."""
        return self[:3] == other[:3] and other.path[: len(self.path)] == self.path


class Endpoints:
    """The allowed addresses."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = tuple(each.strip() for each in allowed if each.strip())
        self._addresses = [Address.of(each) for each in self.allowed if each != LOOPBACK]

    @classmethod
    def from_environment(cls) -> "Endpoints":
        """As the host has set them."""
        listed = os.environ.get("COMMONWEAL_ENDPOINTS")
        if listed is not None:
            return cls(listed.split(","))
        own = os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")
        return cls([LOOPBACK, own_endpoint()] if own else [LOOPBACK])

    def check(self, base_url: str) -> None:
        """SettingError if the address may not be called."""
        address = Address.of(base_url)
        if LOOPBACK in self.allowed and address.loopback:
            return
        if not any(each.holds(address) for each in self._addresses):
            listed = ", ".join(self.allowed) or "none"
            raise SettingError(
                f"{base_url} may not be called from here; allowed: {listed}. "
                "Whoever runs this server can add it to COMMONWEAL_ENDPOINTS"
            )


def _unplain(base_url: str) -> SettingError:
    return SettingError(
        f"{base_url[:100]!r} is not a plain address such as http://127.0.0.1:8000/v1; write it like that"
    )
