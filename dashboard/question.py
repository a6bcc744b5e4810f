"""A question of the page (docs/cockpit.md), read with care: of what a browser sends, only what makes sense is taken."""

from typing import Any


class Question:
    """One question. `kind`: its type, "" if it has none; `number`: it grows with each, 0 if it is none."""

    def __init__(self, raw: object) -> None:
        self._raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        self.kind = str(self._raw.get("type", ""))
        self.number = self.whole("n", 1, 2**53) or 0

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A field that is a whole number in range, else None. Browsers send 3 as 3.0 at times."""
        value = self._raw.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        return None

    def yes(self, name: str) -> bool:
        """Whether a field is true."""
        return self._raw.get(name) is True

    def raw(self, name: str) -> object:
        """A field as it was sent."""
        return self._raw.get(name)
