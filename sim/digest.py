"""A run's fingerprint: SHA-256 over all its days in one canonical form (little-endian columns, in order of field)."""

import hashlib

import numpy as np

from sim.state import Day


class Digest:
    """Grows with every day; two runs that lived the same days have the same fingerprint."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, day: Day) -> None:
        """Take in one day of a single block."""
        self._hash.update(f"day {day.day}".encode())
        for name in Day._fields[2:]:
            column = np.ascontiguousarray(getattr(day, name))
            self._hash.update(f"{name} {len(column)}".encode())
            self._hash.update(column.astype(column.dtype.newbyteorder("<"), copy=False).tobytes())

    def hex(self) -> str:
        """The fingerprint so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()
