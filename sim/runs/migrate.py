"""Run files of older versions, brought up to date one version at a time, on a copy. The file itself stays as it is."""

import sqlite3
from collections.abc import Callable, Mapping

from sim.errors import RunError
from sim.runs import schema

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: dict[int, Migration] = {}  # from a version to the next one; 1 is the first there was


def migrate(connection: sqlite3.Connection, name: str, migrations: Mapping[int, Migration] = MIGRATIONS) -> None:
    """Bring an open copy of the file `name` up to `schema.VERSION`.

    RunError if it is of a newer version, or of one from which no way leads on. A migration runs whole or not at all.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > schema.VERSION:
        raise RunError(
            f"{name} is of format {version}, and this program reads up to {schema.VERSION}; update Commonweal"
        )
    while version < schema.VERSION:
        if version not in migrations:
            raise RunError(
                f"{name} is of format {version}, which this program cannot bring up to {schema.VERSION}; "
                "open it with the version of Commonweal that made it"
            )
        connection.execute("BEGIN")
        try:
            migrations[version](connection)
            version += 1
            connection.execute(f"PRAGMA user_version = {version}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
