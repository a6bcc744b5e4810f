"""The studies of one folder, each one file: listed, found, deleted with a way back.

A study is `<id>.study`; deleted ones lie in `deleted/` for a while. Only an id, twelve hexadecimal digits, ever becomes
a path, so that no title and no address can lead elsewhere. Several threads use it at once.
"""

import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sim.errors import RunError
from sim.runs.bin import KEPT_DAYS, Bin
from sim.runs.identity import is_identity, new_identity
from sim.studies.file import SUFFIX, StudyFile
from sim.studies.running import over

MOST_DELETED = 50


class Entry(NamedTuple):
    """One study as the list shows it, if nobody lives it now."""

    id: str
    title: str
    done: int  # runs lived or failed
    total: int  # runs of the design
    created: str  # UTC, as in 2026-04-01T12:00:00Z
    over: bool = False  # nothing is left to do
    damaged: str = ""  # why it cannot be read


class Archive:
    """See the module. The folder is made with the first study."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bin = Bin(folder, SUFFIX)
        self._lock = Lock()
        self._known: dict[str, tuple[tuple[int, int], Entry]] = {}  # by id, with the stamp of its file

    def entries(self, growing: Collection[str] = ()) -> list[Entry]:
        """All studies, the one begun last first. `growing`: being lived; what is known of these is not read again."""
        found = []
        for path in self.folder.glob(f"*{SUFFIX}") if self.folder.is_dir() else ():
            with suppress(FileNotFoundError):  # it went away meanwhile
                if is_identity(path.stem):
                    found.append(self._entry(path, path.stem in growing))
        return sorted(found, key=lambda entry: (entry.created, entry.id), reverse=True)

    def path(self, identity: str) -> Path:
        """The file of a study. RunError if there is none."""
        path = self._place(identity)
        if not path.is_file():
            raise RunError(f"there is no study {identity} here; it may have been deleted or belong to another library")
        return path

    def new_path(self) -> Path:
        """A file for a new study, whose id is the file's stem. RunError if the folder cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"the folder of studies cannot be made ({error.strerror}); set COMMONWEAL_RUNS to one that can be "
                "written"
            ) from None
        return self.folder / f"{new_identity()}{SUFFIX}"

    def delete(self, identity: str) -> None:
        """Put a study aside; `undelete` brings it back within 30 days. Nobody may be living it."""
        path = self.path(identity)
        try:
            self._bin.put(path)
        except OSError as error:
            raise RunError(f"this study cannot be deleted ({error.strerror}); another program may hold it") from None
        self._bin.purge(MOST_DELETED)

    def undelete(self, identity: str) -> None:
        """Bring a deleted study back. RunError if it is gone for good."""
        path = self._place(identity)
        try:
            self._bin.bring_back(path)
        except (FileNotFoundError, FileExistsError):
            raise RunError(
                f"the study {identity} cannot be brought back; deleted ones are kept for {KEPT_DAYS} days"
            ) from None
        except OSError as error:
            raise RunError(f"this study cannot be brought back ({error.strerror})") from None

    def _place(self, identity: str) -> Path:
        if not is_identity(identity):
            raise RunError(f"'{identity[:40]}' is not the name of a study, which is twelve hexadecimal digits")
        return self.folder / f"{identity}{SUFFIX}"

    def _entry(self, path: Path, growing: bool) -> Entry:
        what = path.stat()
        stamp = what.st_mtime_ns, what.st_size
        with self._lock:
            known = self._known.get(path.stem)
            if known and (growing or known[0] == stamp):
                return known[1]
        try:
            with StudyFile.open(path) as file:
                study, done = file.study, file.done
                entry = Entry(path.stem, study.title, done, study.runs, file.facts.created, over(file))
        except RunError as error:
            created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(what.st_mtime))
            entry = Entry(path.stem, path.name, 0, 0, created, damaged=str(error))
        with self._lock:
            self._known[path.stem] = stamp, entry
        return entry
