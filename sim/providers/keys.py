"""Keys of endpoints: handed over in memory or found in the environment, never shown, never sent to another address."""

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from sim.errors import SettingError

LONGEST = 300  # characters of what an endpoint says that are kept
OPENAI = "https://api.openai.com/v1"
_HIDDEN = "[key]"
_KEYLIKE = re.compile(r"\b(?:sk|pk|Bearer)[-_ ][\w*.\-]{6,}")  # endpoints repeat keys, whole or with stars
_UNPRINTED = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def own_endpoint() -> str:
    """The address that OPENAI_API_KEY is meant for."""
    return (os.environ.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")


def variable(base_url: str) -> str:
    """The environment variable with the key of this address: COMMONWEAL_KEY_API_EXAMPLE_COM, with the port if given.

    Named by the address and not by the model, so that no scenario can send a key elsewhere.
    """
    return "COMMONWEAL_KEY_" + re.sub(r"[^A-Z0-9]+", "_", urlsplit(base_url).netloc.upper()).strip("_")


class Keys:
    """Key of each endpoint. `held`: handed over, by base_url; they go before the environment's."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, str] | None = None) -> None:
        self._held: dict[str, str] = {}
        for base_url, key in (held or {}).items():
            if key.strip():
                self._held[base_url.rstrip("/")] = _checked(key, base_url)

    def of(self, base_url: str) -> str | None:
        """The key for this address, or None."""
        base_url = base_url.rstrip("/")
        found = self._held.get(base_url) or os.environ.get(variable(base_url))
        if not found and base_url == own_endpoint():
            found = os.environ.get("OPENAI_API_KEY")
        return _checked(found, base_url) if found and found.strip() else None

    def scrub(self, text: str, base_url: str) -> str:
        """What an endpoint said, on one line, without keys, at most 300 characters."""
        key = self.of(base_url)
        for secret in (*self._held.values(), key):
            if secret:
                text = text.replace(secret, _HIDDEN)
        text = _KEYLIKE.sub(_HIDDEN, _UNPRINTED.sub(" ", text)).strip()
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    def __repr__(self) -> str:
        return f"Keys(of {len(self._held)} endpoints)"

    def __reduce__(self) -> str:
        raise TypeError("keys are not written down: hand them over again")


def _checked(key: str, base_url: str) -> str:
    key = key.strip()
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingError(f"the key for {base_url} has characters no key has; copy it again, without quotes or spaces")
    return key
