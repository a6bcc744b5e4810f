"""What residents were asked in words, and answered, as rows of a run file: each on record as soon as it is there.

A prompt's parts are kept once, under their hash: shared rules take their place once in a run.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.asking import Outcome, Part, Phase, Place, Reply, Usage
from sim.errors import RunError
from sim.journal import Entry


def write(connection: sqlite3.Connection, entries: Iterable[tuple[Place, Entry]]) -> None:
    """Put entries into the file, each in place of what is there; the caller commits."""
    for place, entry in entries:
        reply, usage = entry.reply, entry.reply.usage
        parts = [(hashed(part), *part) for part in entry.parts]
        hashes = json.dumps([hash_ for hash_, _, _ in parts])
        connection.executemany("INSERT OR IGNORE INTO part VALUES (?, ?, ?)", parts)
        connection.execute(
            "INSERT OR REPLACE INTO call VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *place, entry.fingerprint, entry.mind, reply.model, hashes, reply.text,
                reply.outcome.value, reply.why, usage.prompt, usage.cached, usage.completion, usage.cost,
                reply.seconds, reply.tries, reply.source,
            ),
        )  # fmt: skip


def hashed(part: Part) -> str:
    """What a part is known by, 32 hexadecimal digits."""
    return hashlib.sha256(f"{part.name}\n{part.text}".encode()).hexdigest()[:32]


def read(connection: sqlite3.Connection) -> Iterator[tuple[Place, Entry]]:
    """All entries of a file, in the order of their places. RunError if one cannot be read."""
    parts = {hash_: Part(name, text) for hash_, name, text in connection.execute("SELECT hash, name, text FROM part")}
    for row in connection.execute("SELECT * FROM call ORDER BY day, resident, phase, attempt"):
        try:
            entry = _entry(row, parts)
        except (ValueError, TypeError):
            raise RunError(
                f"an answer of day {row[0]} in this file cannot be read; the file is damaged or was changed"
            ) from None
        yield entry


def _entry(row: tuple[Any, ...], parts: Mapping[str, Part]) -> tuple[Place, Entry]:
    day, resident, phase, attempt, print_, mind, model, hashes, text, outcome, why = row[:11]
    prompt, cached, completion, cost, seconds, tries, source = row[11:]
    usage = Usage(prompt, cached, completion, cost)
    reply = Reply(text, Outcome(outcome), why, usage, seconds, tries, model, source)
    told = tuple(parts[hash_] for hash_ in json.loads(hashes) if hash_ in parts)
    return Place(day, resident, Phase(phase), attempt), Entry(print_, reply, mind, told)
