"""Deleted files of a folder: put aside in one below it for a while, brought back, or removed for good.

Named `<id>.<milliseconds since 1970><suffix>`. Several processes may use it at once.
"""

import time
from contextlib import suppress
from pathlib import Path

from sim.runs.disk import COMPANIONS

DELETED = "deleted"
KEPT_DAYS = 30  # that a deleted file can be brought back


class Bin:
    """The bin of `folder`, made with the first file put into it. OSError where something cannot be moved."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder, self.suffix = folder / DELETED, suffix

    def put(self, path: Path) -> None:
        """Put a file aside that nobody writes."""
        self.folder.mkdir(exist_ok=True)
        after = [_stamp(old) + 1 for old in self._inside()[-1:]]  # two within a millisecond have their order too
        stamp = max([time.time_ns() // 1_000_000, *after])
        _move(path, self.folder / f"{path.stem}.{stamp}{self.suffix}")

    def bring_back(self, path: Path) -> None:
        """Put what was deleted last under this name back in its place.

        FileNotFoundError if there is nothing; FileExistsError if the place is taken.
        """
        aside = [old for old in self._inside() if old.name.startswith(f"{path.stem}.")]
        if not aside:
            raise FileNotFoundError(path)
        if path.exists():
            raise FileExistsError(path)
        _move(aside[-1], path)

    def purge(self, most: int, most_bytes: int | None = None) -> None:
        """Remove for good what is old, and the oldest while there are more than `most`, or they take too many bytes."""
        inside = self._inside()
        old = time.time() - KEPT_DAYS * 86_400
        while inside:
            fits = most_bytes is None or sum(_bytes(path) for path in inside) <= most_bytes
            if fits and len(inside) <= most and _stamp(inside[0]) / 1000 >= old:
                break
            gone = inside.pop(0)
            for end in ("", *COMPANIONS):
                with suppress(OSError):
                    gone.with_name(gone.name + end).unlink()

    def _inside(self) -> list[Path]:
        """The one deleted last comes last."""
        return sorted(self.folder.glob(f"*{self.suffix}"), key=_stamp)


def _stamp(path: Path) -> int:
    stamp = path.name.split(".")[1]
    return int(stamp) if stamp.isascii() and stamp.isdigit() else 0


def _bytes(path: Path) -> int:
    """0 for a file that another process has just removed."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _move(path: Path, to: Path) -> None:
    for end in ("-wal", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).replace(to.with_name(to.name + end))
    path.replace(to)
    for end in ("-shm", ".lock"):
        path.with_name(path.name + end).unlink(missing_ok=True)
