"""The transcript's filter, as the page tells it and as an address carries it: checked, bounded, only what is set.

A filter is a dict with any of `q` (words searched for), `kinds`, `labels` (lists of words), `residents` (numbers),
`from`, `to` (days).
"""

import json
import re
from typing import Any

Filter = dict[str, Any]

LONGEST = 400  # characters in an address
MOST = 20  # entries of a list
_WORD = re.compile(r"[a-z-]{1,24}")


def checked(raw: object) -> Filter:
    """What of `raw` makes sense, and nothing else; {} for a filter that lets everything through or is too long."""
    if not isinstance(raw, dict):
        return {}
    found: Filter = {}
    if isinstance(words := raw.get("q"), str) and words.strip():
        found["q"] = words.strip()[:100]
    for name in ("kinds", "labels"):
        if isinstance(given := raw.get(name), list):
            found[name] = [word for word in given[:MOST] if isinstance(word, str) and _WORD.fullmatch(word)]
    if isinstance(given := raw.get("residents"), list):
        found["residents"] = [number for number in given[:MOST] if _whole(number)]
    found |= {name: raw[name] for name in ("from", "to") if _whole(raw.get(name))}
    found = {name: value for name, value in found.items() if value != []}
    return found if len(write(found)) <= LONGEST else {}


def write(filter_: Filter) -> str:
    """As an address carries it; "" for none."""
    return json.dumps(filter_, ensure_ascii=False, separators=(",", ":")) if filter_ else ""


def read(text: str) -> Filter:
    """The inverse of `write`. ValueError if it cannot be read."""
    if not text:
        return {}
    if len(text) > LONGEST:
        raise ValueError("too long")
    raw = json.loads(text)
    found = checked(raw)
    if found != raw:
        raise ValueError("not a filter")
    return found


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**7
