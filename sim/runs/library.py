"""The runs of one folder: listed, amended, deleted with a way back. Several processes may use it at once.

A run is `<id>.sqlite`; deleted ones lie in `deleted/` for a while. Only an id, twelve hexadecimal digits, ever becomes
a path, so that no title and no address can lead elsewhere.
"""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.errors import RunError, SettingError
from sim.runs.bin import KEPT_DAYS, Bin
from sim.runs.catalogue import NAME as CATALOGUE
from sim.runs.catalogue import Catalogue, Stamp
from sim.runs.disk import COMPANIONS
from sim.runs.entry import SUFFIX, Entry, read
from sim.runs.facts import Facts
from sim.runs.identity import is_identity, new_identity
from sim.runs.lease import Lease, held
from sim.scenario import explain

MOST_DELETED = 100
MEGABYTE = 1_000_000


def folder() -> Path:
    """Where runs are kept: $COMMONWEAL_RUNS, else commonweal/runs in the user's data folder."""
    if said := os.environ.get("COMMONWEAL_RUNS"):
        return Path(said).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "commonweal" / "runs"


@dataclass(frozen=True)
class Room:
    """How full the library is."""

    runs: int
    bytes: int
    most_runs: int
    most_bytes: int


class Library:
    """The runs of a folder, which is made with the first run. RunError where a run cannot be had or changed."""

    def __init__(self, folder: Path, most_mb: int = 2_000, most_runs: int = 5_000) -> None:
        self.folder = folder
        self.most_bytes, self.most_runs = most_mb * MEGABYTE, most_runs
        self._catalogue = Catalogue(folder, read)
        self._bin = Bin(folder, SUFFIX)

    # looking

    def entries(self) -> list[Entry]:
        """Every run of the folder and every file that should be one, the newest first."""
        files = self._files()
        told = self._catalogue.of({name: stamp for name, (stamp, _, _) in files.items()})
        found = []
        for name, (_, size, modified) in files.items():
            if name not in told:
                continue  # another process took it away while it was looked at
            stem, known = name.removesuffix(SUFFIX), told[name]
            identity = stem if is_identity(stem) else ""
            live = not known.get("ended", False) and held(self.folder / name)
            if live and known.get("damaged"):
                continue  # it is being made
            found.append(Entry(id=identity, file=name, bytes=size, modified=modified, live=live, **known))
        return sorted(found, key=lambda entry: (-entry.modified, entry.file))

    def entry(self, identity: str) -> Entry:
        """One run. RunError if it is not in the library."""
        self.path(identity)
        found = next((entry for entry in self.entries() if entry.id == identity), None)
        if found is None:
            raise RunError(f"the run {identity} is being made or was deleted just now; try again")
        return found

    def unfinished(self) -> list[Entry]:
        """Runs that nobody writes any more and that have not ended: their program was killed, or their page closed."""
        return [entry for entry in self.entries() if entry.state == "unfinished"]

    def path(self, identity: str) -> Path:
        """The file of a run. RunError if there is none."""
        path = self._place(identity)
        if not path.is_file():
            raise RunError(f"there is no run {identity} here; it may have been deleted or belong to another library")
        return path

    def content(self, identity: str) -> bytes:
        """The whole file of a run as one without a journal, also while it is written. RunError if it cannot be read."""
        path = self.path(identity)
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as connection:
                whole = connection.serialize()
        except sqlite3.Error as error:
            raise RunError(f"{path.name} cannot be read ({str(error)[:100]}); it is damaged or not a run") from None
        return whole[:18] + b"\1\1" + whole[20:]  # its header: a plain journal

    # making

    def new_path(self) -> Path:
        """A file for a new run, whose id is the file's stem; the folder is made. RunError if that is not possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"the folder of runs, {self.folder.name}, cannot be made ({error.strerror}); set COMMONWEAL_RUNS to "
                "one that can be written"
            ) from None
        return self.folder / f"{new_identity()}{SUFFIX}"

    def room(self, more: int = 0) -> Room:
        """How full it is. RunError if there is no room for one more run of `more` bytes; what was deleted yields."""
        sizes = [size for _, size, _ in self._files().values()]
        room = Room(len(sizes), sum(sizes), self.most_runs, self.most_bytes)
        if room.runs >= self.most_runs:
            raise RunError(
                f"the library is full: it holds {room.runs:,} runs, as many as it may; delete some on the page Runs"
            )
        if room.bytes + more > self.most_bytes:
            raise RunError(
                f"the library is full: it holds {room.bytes / MEGABYTE:,.0f} of {self.most_bytes / MEGABYTE:,.0f} MB; "
                "delete some runs on the page Runs"
            )
        self._bin.purge(MOST_DELETED, self.most_bytes - room.bytes - more)
        return room

    # changing

    def amend(
        self, identity: str, *, title: str | None = None, tags: Sequence[str] | None = None, notes: str | None = None
    ) -> None:
        """Change what a person may write on a run. SettingError if it is too long or empty; RunError if it fails."""
        path = self.path(identity)
        news = {"title": title, "tags": tags, "notes": notes}
        news = {key: value for key, value in news.items() if value is not None}
        try:
            with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
                facts = Facts.read(connection)
                checked = Facts.model_validate({**facts.model_dump(), **news}).model_dump(mode="json")
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(  # these rows alone: the rest is its writer's
                    "UPDATE run SET value = ? WHERE key = ?",
                    [(json.dumps(checked[key], ensure_ascii=False), key) for key in news],
                )
                connection.execute("COMMIT")
        except ValidationError as error:
            raise SettingError(explain(error)) from None
        except sqlite3.Error as error:
            raise RunError(
                f"{path.name} cannot be changed ({str(error)[:100]}); try again, or look whether it is read-only"
            ) from None

    def delete(self, identity: str) -> None:
        """Put a run aside; `undelete` brings it back within 30 days. RunError if somebody writes it now."""
        path = self.path(identity)
        try:
            lease = Lease.take(path)
            if lease is None:
                raise RunError("this run is being lived just now; stop it or close its page, then delete it")
            try:
                _settle(path)
                self._bin.put(path)
            finally:
                lease.release()
        except OSError as error:
            raise RunError(f"{path.name} cannot be deleted ({error.strerror}); another program may hold it") from None
        self._bin.purge(MOST_DELETED, self.most_bytes)

    def undelete(self, identity: str) -> None:
        """Bring a deleted run back. RunError if it is gone for good."""
        path = self._place(identity)
        try:
            self._bin.bring_back(path)
        except FileNotFoundError:
            raise RunError(
                f"the run {identity} cannot be brought back; deleted runs are kept for {KEPT_DAYS} days"
            ) from None
        except FileExistsError:
            raise RunError(f"the run {identity} is in the library already") from None
        except OSError as error:
            raise RunError(f"{path.name} cannot be brought back ({error.strerror})") from None

    # inside

    def _place(self, identity: str) -> Path:
        if not is_identity(identity):
            raise RunError(f"'{identity[:40]}' is not the name of a run, which is twelve hexadecimal digits")
        return self.folder / f"{identity}{SUFFIX}"

    def _files(self) -> dict[str, tuple[Stamp, int, float]]:
        """Stamp, bytes and time of the last change of each file that is a run or might be meant as one."""
        found: dict[str, tuple[Stamp, int, float]] = {}
        journals: dict[str, os.stat_result] = {}
        try:
            with os.scandir(self.folder) as inside:
                for item in inside:
                    with suppress(OSError):  # it went away meanwhile
                        if not item.is_file(follow_symlinks=False) or item.name.startswith((".", CATALOGUE)):
                            continue
                        what = item.stat()
                        if item.name.endswith("-wal"):
                            journals[item.name[:-4]] = what
                        elif not item.name.endswith(COMPANIONS):
                            stamp = f"{what.st_mtime_ns} {what.st_size}"
                            found[item.name] = (stamp, what.st_size, what.st_mtime)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise RunError(
                f"the folder of runs, {self.folder.name}, cannot be read ({error.strerror}); "
                "set COMMONWEAL_RUNS to another"
            ) from None
        for name, what in journals.items():
            if name in found:
                stamp, size, modified = found[name]
                stamp = f"{stamp} {what.st_mtime_ns} {what.st_size}"
                found[name] = (stamp, size + what.st_size, max(modified, what.st_mtime))
        return found


def _settle(path: Path) -> None:
    """Bring the journal of an interrupted run into its file. What is damaged stays as it is."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0.2)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
