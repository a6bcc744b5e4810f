"""Answers kept between runs: the same question to the same model is not paid twice. One SQLite file, shared, bounded.

In the cache folder, as compiled kernels are. Holds questions only as hashes, and never a key.
"""

import hashlib
import json
import sqlite3
import time
from pathlib import Path

from sim.asking import Outcome, Reply, Request
from sim.caches import cache_folder
from sim.models import Model
from sim.providers.schema import shape

ROWS = 50_000
_TRIM_EVERY = 500  # answers written
_PATIENCE = 0.5  # seconds another process may hold the file
_LONGEST = 20_000  # characters of an answer worth keeping
_TABLE = """
CREATE TABLE IF NOT EXISTS answer (question BLOB PRIMARY KEY, at INTEGER, text TEXT, model TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answer_at ON answer (at);
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;  -- a lost answer costs one call
"""


def question(model: Model, request: Request) -> bytes:
    """Hash of all that shapes an answer."""
    asked = [
        model.base_url,
        model.model,
        model.temperature,
        model.max_tokens,
        model.replicate,
        shape(request.schema).text,
        request.messages,
    ]
    return hashlib.sha256(json.dumps(asked).encode()).digest()


class Cache:
    """Answers by question. A cache that cannot be read or written is as good as none: the model is asked."""

    def __init__(self, path: Path | None = None, rows: int = ROWS) -> None:
        self.path, self.rows = path or cache_folder() / "answers.sqlite", rows
        self._file: sqlite3.Connection | None = None
        self._broken = False
        self._written = 0

    def get(self, key: bytes) -> Reply | None:
        """The answer kept. It took no tokens and no money now."""
        row = self._run("SELECT text, model FROM answer WHERE question = ?", (key,))
        return Reply(row[0][0], seconds=0.0, tries=0, model=row[0][1], source="cache") if row else None

    def put(self, key: bytes, reply: Reply) -> None:
        """Keep an answer, if it is one."""
        if reply.outcome is not Outcome.OK or reply.text is None or len(reply.text) > _LONGEST:
            return
        self._run("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (key, time.time_ns(), reply.text, reply.model))
        self._written += 1
        if self._written % _TRIM_EVERY == 0:
            self.trim()

    def trim(self) -> None:
        """Let go of the oldest beyond the bound."""
        oldest_kept = "SELECT at FROM answer ORDER BY at DESC LIMIT 1 OFFSET ?"
        self._run(f"DELETE FROM answer WHERE at < ({oldest_kept})", (self.rows - 1,))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _run(self, command: str, values: tuple[object, ...]) -> list[tuple[str, str]]:
        if self._broken:
            return []
        try:
            return self._opened().execute(command, values).fetchall()
        except sqlite3.OperationalError:  # held by another process, or a full disk: this one answer is not kept
            return []
        except (sqlite3.DatabaseError, OSError):
            self._broken = True
            self.close()
            return []

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            self._file.executescript(_TABLE)
        return self._file
