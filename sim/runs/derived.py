"""The plain tables of a run, made anew from its packed days: what an export holds and what a check compares with."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import numpy as np

from sim.asking import Place
from sim.journal import Entry
from sim.runs import calls, schema, tables
from sim.runs.stored import Stored
from sim.scenario import Group, Scenario
from sim.state import Array, Day


class Derived:
    """Tables and views as in a run file, in a database that lives on the disk only while it is open."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect("", isolation_level=None)  # the empty name: private, spills to the disk
        self.connection.execute("PRAGMA journal_mode = OFF")
        self.connection.execute("BEGIN")  # never committed: nothing of it is to last
        for statement in schema.statements():
            self.connection.execute(statement)
        self.connection.executemany("INSERT INTO word VALUES (?, ?, ?)", schema.words())

    @classmethod
    def of(cls, stored: Stored) -> Self:
        """All tables of a kept run, whether or not its file has them already."""
        made = cls()
        series = stored.series()
        today = stored.day(0)
        for day, (digest, alive) in enumerate(zip(stored.digests, stored.population, strict=True)):
            before, today = today, stored.day(day)
            figures = np.array([series[name][day] for name in stored.facts.metrics], "<f8")
            made.add(today, before.alive, stored.labels(day), stored.facts.metrics, figures)
            made.connection.execute("INSERT INTO day VALUES (?, ?, ?, 1, '', '', '')", (day, digest, alive))
            made.say(day, stored.words(day))
        made.note(stored.notes())
        made.ask(stored.journal())
        made.finish(today, stored.groups, stored.facts.scenario)
        return made

    def add(
        self, today: Day, before: Array, labels: Mapping[str, Array], metrics: Sequence[str], figures: Array
    ) -> None:
        """All rows of a day; arguments as of `tables.write`."""
        tables.write(self.connection, today, before, labels, metrics, figures)

    def say(self, day: int, words: Mapping[int, str]) -> None:
        """Own words of a day's messages."""
        rows = [(day, i, text) for i, text in words.items()]
        self.connection.executemany("INSERT INTO utterance VALUES (?, ?, ?)", rows)

    def note(self, notes: Mapping[tuple[int, int], str]) -> None:
        """Entries of memory."""
        self.connection.executemany("INSERT INTO note VALUES (?, ?, ?)", [(*key, text) for key, text in notes.items()])

    def ask(self, entries: Iterable[tuple[Place, Entry]]) -> None:
        """Questions and answers, with the parts of the questions."""
        calls.write(self.connection, entries)

    def finish(self, last: Day, groups: Sequence[Group], scenario: Scenario) -> None:
        """Residents and interventions, once all days are there."""
        tables.write_residents(self.connection, last, groups, scenario.seed)
        tables.write_orders(self.connection, scenario.interventions)

    def close(self) -> None:
        """Let go of the database; nothing of it is left."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
