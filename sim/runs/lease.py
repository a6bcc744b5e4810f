"""Who writes a run file now: a lock beside the file, which the system itself lifts when its holder dies.

SQLite locks a file for moments only, so that it cannot tell a run that is being lived from one that was interrupted.
"""

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

PATIENCE = 0.5  # seconds in which somebody who only looked has gone again
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lease:
    """The right to write one run file, until `release` or the end of the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file: IO[bytes] | None = file

    @classmethod
    def take(cls, path: Path, patience: float = PATIENCE) -> Self | None:
        """The lease of a run file, which need not exist yet; None if somebody has it. OSError if none can be made."""
        until = time.monotonic() + patience
        while True:
            if lease := cls._try(beside(path)):
                return lease
            if time.monotonic() >= until:
                return None
            time.sleep(0.01)

    @classmethod
    def _try(cls, place: Path) -> Self | None:
        file = place.open("ab")
        try:
            _lock(file)
        except OSError as error:
            if error.errno in _TAKEN:
                file.close()
                return None
            # a file system without locks: one has to trust that nobody else writes
        with suppress(OSError):
            if os.path.samestat(os.fstat(file.fileno()), place.stat()):
                return cls(file)
        file.close()  # its last holder has removed it meanwhile
        return None

    def release(self) -> None:
        """Let others have it."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # where open files cannot be removed, it stays and is free
                Path(file.name).unlink()
            file.close()


def beside(path: Path) -> Path:
    """The lock of a run file."""
    return path.with_name(f"{path.name}.lock")


def held(path: Path) -> bool:
    """Whether somebody, in this process or another, writes that run file now."""
    if not beside(path).exists():
        return False
    try:
        lease = Lease.take(path, patience=0)
    except OSError:
        return False
    if lease is None:
        return True
    lease.release()
    return False
