"""The tables of a study file, and what marks it as one. Documented in docs/study-file.md."""

from collections.abc import Sequence

APPLICATION = 0x43575354  # "CWST", SQLite's application_id
VERSION = 1  # SQLite's user_version
FACT = "CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_LIVED = "digest TEXT NOT NULL, population BLOB NOT NULL, warnings BLOB NOT NULL"
_WHICH, _ONCE = "condition INTEGER, seed INTEGER", "PRIMARY KEY (condition, seed)) WITHOUT ROWID"


def statements(metrics: Sequence[str]) -> list[str]:
    """What makes an empty study file, in order."""
    columns = "".join(f', "{name}" REAL' for name in metrics)
    return [
        FACT,
        "CREATE TABLE condition (condition INTEGER PRIMARY KEY, label TEXT NOT NULL, levels TEXT NOT NULL)",
        f"CREATE TABLE run ({_WHICH}, {_LIVED}{columns}, {_ONCE}",
        f"CREATE TABLE failure ({_WHICH}, reason TEXT NOT NULL, {_ONCE}",
        "CREATE TABLE answer (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE VIEW runs AS SELECT label, run.* FROM run JOIN condition USING (condition)",
    ]
