"""What is known of the files of a folder, so that only changed ones are opened: a cache, which may be deleted any time.

Several processes use it at once. Where it cannot be read or written, everything is simply read anew.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

NAME = "catalogue"
FORMAT = 2  # raise it when what is told of a file changes
BUSY = 0.5  # seconds to wait for another process

Stamp = str  # changes whenever the file does
Told = dict[str, Any]


class Catalogue:
    """What `read` says of each file of a folder, kept with the file's stamp."""

    def __init__(self, folder: Path, read: Callable[[Path], Told | None]) -> None:
        """`read`: None for a file that is not there."""
        self._folder = folder
        self._read = read
        self._known: dict[str, tuple[Stamp, Told]] | None = None

    def of(self, stamps: Mapping[str, Stamp]) -> dict[str, Told]:
        """What is told of these files of the folder, by name; nothing of one that has gone meanwhile."""
        before = self._load() if self._known is None else self._known
        known = {name: before[name] for name, stamp in stamps.items() if name in before and before[name][0] == stamp}
        found = {name: self._read(self._folder / name) for name in stamps if name not in known}
        news = {name: (stamps[name], told) for name, told in found.items() if told is not None}
        gone = before.keys() - stamps.keys()
        if news or gone:
            self._save(news, gone)
        known |= news
        self._known = known
        return {name: known[name][1] for name in stamps if name in known}

    def _load(self) -> dict[str, tuple[Stamp, Told]]:
        with suppress(sqlite3.Error, OSError, ValueError, TypeError), self._opened() as connection:
            rows = connection.execute("SELECT name, stamp, told FROM file").fetchall()
            return {name: (stamp, _told(text)) for name, stamp, text in rows}
        return {}

    def _save(self, news: Mapping[str, tuple[Stamp, Told]], gone: set[str]) -> None:
        rows = [(name, stamp, json.dumps(told)) for name, (stamp, told) in news.items()]
        with suppress(sqlite3.OperationalError, OSError), self._opened() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)
            connection.executemany("DELETE FROM file WHERE name = ?", [(name,) for name in gone])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        path = self._folder / NAME
        with closing(sqlite3.connect(path, timeout=BUSY)) as connection:
            try:
                connection.execute("PRAGMA synchronous = OFF")  # what a power failure takes is read anew
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version != FORMAT:
                    with connection:
                        connection.execute("DROP TABLE IF EXISTS file")
                        connection.execute("CREATE TABLE file (name TEXT PRIMARY KEY, stamp TEXT, told TEXT)")
                        connection.execute(f"PRAGMA user_version = {FORMAT}")
                yield connection
            except sqlite3.OperationalError:  # busy, read-only or full: it may be well
                raise
            except sqlite3.DatabaseError:
                connection.close()
                path.unlink(missing_ok=True)
                raise


def _told(text: str) -> Told:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}
