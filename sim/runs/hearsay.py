"""What a file from elsewhere says of residents that are asked in words: every row looked at before it is believed.

Prompts and answers may say anything, as the answers of models may; they must be of a bounded length, belong to
somebody who was there, and be whole. Own words and notes stand on pages and in prompts: one line of plain text.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.asking import Outcome, Part, Phase, Place, Reply, Usage
from sim.errors import RunError
from sim.interventions import Stranger
from sim.journal import Entry
from sim.models import PERSON
from sim.runs.calls import hashed
from sim.runs.facts import Facts, Hash
from sim.runs.inspection import plain, steers

WORDS = 2_000  # characters of a message's own words, or of a note
TEXT = 400_000  # of an answer, or of a part of a prompt
PARTS = 32  # of one prompt
ATTEMPTS = 64  # places that questions of one phase can have in a resident's day
_NUMBER = 2**40

Words = dict[int, dict[int, str]]  # day -> number of a message -> its own words
Notes = dict[tuple[int, int], str]  # (day, resident) -> entry of memory
Count = Annotated[int, Field(ge=0, le=_NUMBER)]


class _Call(BaseModel):
    """A row of `call`."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    day: int = Field(ge=1)
    resident: int = Field(ge=0)
    phase: int = Field(ge=1, le=max(Phase))
    attempt: int = Field(ge=0, lt=ATTEMPTS)
    fingerprint: Hash
    mind: str
    model: str = Field(max_length=400)
    parts: str = Field(max_length=50 * PARTS)
    answer: str | None = Field(max_length=TEXT)
    outcome: Literal["ok", "refused", "filtered", "cut", "failed"]
    why: str = Field(max_length=TEXT)
    prompt_tokens: Count
    cached_tokens: Count
    completion_tokens: Count
    cost: float | None = Field(ge=0, le=_NUMBER)
    seconds: float = Field(ge=0, le=_NUMBER)
    tries: Count
    source: Literal["model", "cache", "person", "record"]


class Hearsay(NamedTuple):
    """All of it, once it is found sound."""

    notes: Notes
    journal: list[tuple[Place, Entry]]


def words(connection: sqlite3.Connection, facts: Facts, until: float) -> Words:
    """Own words by day and message; whether there is such a message is for whoever knows the day. RunError."""
    found: Words = {}
    for day, i, text in _rows(connection, facts, "day, i, text", "utterance", until):
        if not _whole(day, 1) or not _whole(i, 0):
            raise RunError("it has words that belong to no message; the file was changed or is damaged")
        found.setdefault(day, {})[i] = _line(text)
    return found


def hearsay(connection: sqlite3.Connection, facts: Facts, residents: Sequence[int], until: float) -> Hearsay:
    """Notes, prompts and answers. `residents`: how many there had been by the evening of each day. RunError."""
    notes: Notes = {}
    last = len(residents) - 1
    for day, who, text in _rows(connection, facts, "day, resident, text", "note", until):
        if not _whole(day, 1) or day > last or not _whole(who, 0) or who >= residents[day]:
            raise RunError("it has a note of somebody who was not there; the file was changed or is damaged")
        notes[day, who] = _line(text)
    parts = dict(_parts(connection, facts, until))
    coming = sum(isinstance(order, Stranger) for order in facts.scenario.interventions if order.day == last + 1)
    there = [*residents, residents[-1] + coming]  # a day that was broken off has answers already
    minds = {PERSON, *facts.scenario.asked}
    columns = ", ".join(_Call.model_fields)
    journal = []
    for row in _rows(connection, facts, columns, "call", until):
        call = _checked(row)
        if call.day >= len(there) or call.resident >= there[call.day] or call.mind not in minds:
            raise RunError("it has an answer of somebody who was not asked; the file was changed or is damaged")
        journal.append(_entry(call, parts))
    return Hearsay(notes, journal)


def _rows(
    connection: sqlite3.Connection, facts: Facts, columns: str, table: str, until: float
) -> Iterator[tuple[Any, ...]]:
    """Rows of a table that a run has only if somebody in it is asked in words; rubrics of judges are parts too."""
    for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3"):
        if not facts.scenario.worded and table != "part":
            raise RunError(f"it has rows in '{table}' though nobody in it is asked in words; the file was changed")
        if time.monotonic() > until:
            raise RunError("looking through it took too long; allow more time, or share a shorter run")
        yield row


def _parts(connection: sqlite3.Connection, facts: Facts, until: float) -> Iterator[tuple[str, Part]]:
    for hash_, name, text in _rows(connection, facts, "hash, name, text", "part", until):
        whole = isinstance(name, str) and isinstance(text, str) and len(text) <= TEXT and _is_name(name)
        if whole and hash_ == hashed(part := Part(name, text)):  # others are missed where a prompt names them
            yield hash_, part


def _checked(row: tuple[Any, ...]) -> _Call:
    try:
        return _Call.model_validate(dict(zip(_Call.model_fields, row, strict=True)))
    except ValidationError as error:
        wrong = error.errors()[0]
        what = f"{wrong['loc'][0]}: {plain(wrong['msg'], 80)}"
        raise RunError(f"an answer in it is none ({what}); the file was changed or is damaged") from None


def _entry(call: _Call, parts: Mapping[str, Part]) -> tuple[Place, Entry]:
    try:
        hashes = json.loads(call.parts)
        told = tuple(parts[hash_] for hash_ in hashes)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RunError("a prompt in it lacks a part, or has another; the file was changed or is damaged") from None
    usage = Usage(call.prompt_tokens, call.cached_tokens, call.completion_tokens, call.cost)
    reply = Reply(
        call.answer, Outcome(call.outcome), plain(call.why, WORDS), usage, call.seconds, call.tries,
        plain(call.model), call.source,
    )  # fmt: skip
    return Place(call.day, call.resident, Phase(call.phase), call.attempt), Entry(
        call.fingerprint, reply, call.mind, told
    )


def _line(text: object) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= WORDS or any(map(steers, text)):
        raise RunError("somebody's words in it are no line of plain text; the file was changed or is damaged")
    return text


def _whole(number: object, least: int) -> bool:
    return type(number) is int and least <= number < _NUMBER


def _is_name(name: str) -> bool:
    return 0 < len(name) <= 20 and name.isascii() and name.isupper()
