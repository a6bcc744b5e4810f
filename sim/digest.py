"""A run's fingerprint: a chain of SHA-256, one link a day, each over the day in a canonical form and the link before.

Equal links on day N mean that two runs were identical up to and including day N.
"""

import hashlib
import json
from collections.abc import Mapping

import numpy as np

from sim.state import Day


class Digest:
    """Grows with every day. `links`: the fingerprint at the end of each day, 64 hexadecimal digits, day 0 first."""

    def __init__(self, links: list[str] | None = None) -> None:
        """`links`: those of the days already lived."""
        self.links = list(links or ())

    def add(self, day: Day, words: Mapping[int, str] | None = None) -> None:
        """Take in one day of a single block: little-endian columns, in order of field; then own words, if any."""
        text = hashlib.sha256("".join(self.links[-1:]).encode())
        text.update(f"day {day.day}".encode())
        for name in Day._fields[2:]:
            column = np.ascontiguousarray(getattr(day, name))
            text.update(f"{name} {len(column)}".encode())
            text.update(column.astype(column.dtype.newbyteorder("<"), copy=False).tobytes())
        if words:
            text.update(json.dumps(sorted(words.items()), ensure_ascii=False).encode())
        self.links.append(text.hexdigest())

    def hex(self) -> str:
        """The fingerprint of all days so far."""
        return self.links[-1]
