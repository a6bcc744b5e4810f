"""Measurements kept in a folder: a JSON file each, under a name that is a hash of it, so that none is kept twice."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sim import whole
from sim.conformity.measure import LONGEST, Measurement, loaded
from sim.errors import RunError, SettingError

MOST = 500
_NAME = re.compile(r"[0-9a-f]{12}")


class Kept(NamedTuple):
    """A measurement on the shelf. `at`: seconds since 1970."""

    identity: str
    at: float
    measurement: Measurement


def identity(measurement: Measurement) -> str:
    """Twelve hexadecimal digits, equal for equal measurements."""
    return hashlib.sha256(measurement.model_dump_json().encode()).hexdigest()[:12]


class Shelf:
    """The measurements of a folder, which is made with the first one."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder, self.most = folder, most
        self._read: dict[tuple[str, float], Kept | None] = {}

    def all(self) -> list[Kept]:
        """The newest first. Files that are no measurement are left out."""
        stamps = set()
        for path in self.folder.glob("*.json"):
            with suppress(OSError):  # another process took it away just now
                if _NAME.fullmatch(path.stem) and (stat := path.stat()).st_size <= 4 * LONGEST:
                    stamps.add((path.stem, stat.st_mtime))
        self._read = {stamp: self._read[stamp] if stamp in self._read else self._kept(*stamp) for stamp in stamps}
        return sorted((kept for kept in self._read.values() if kept), key=lambda kept: (-kept.at, kept.identity))

    def keep(self, measurement: Measurement) -> str:
        """Its identity. RunError if the shelf is full or cannot be written to."""
        name = identity(measurement)
        path = self.folder / f"{name}.json"
        if path.exists():
            return name
        if len(self.all()) >= self.most:
            raise RunError(f"{self.most} measurements are kept here, and no more fit; take some away, or download it")
        try:
            whole.write(path, measurement.model_dump_json().encode())
        except OSError as error:
            raise RunError(f"{path} cannot be written ({error.strerror}); download the measurement instead") from None
        return name

    def drop(self, name: str) -> None:
        """Take one away; nothing happens if it is not there."""
        if _NAME.fullmatch(name):
            with suppress(OSError):
                (self.folder / f"{name}.json").unlink()

    def _kept(self, name: str, at: float) -> Kept | None:
        try:
            return Kept(name, at, loaded((self.folder / f"{name}.json").read_text("utf-8")))
        except (OSError, UnicodeDecodeError, SettingError):
            return None
