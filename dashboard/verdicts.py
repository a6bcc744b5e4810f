"""A person's word on the labels of one run: right or wrong, changed, taken back; in the run's file, if it has one.

Knows no Streamlit. What could not be written waits for the next time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sim.judge.opinion import Unit, Verdict
from sim.runs.judgements import keep_verdicts
from sim.runs.library import Library
from sim.state import Day

MOST = 50  # verdicts that one question may bring


class Verdicts:
    """Of one run. `known`: those in its file, which is the library's run `kept`."""

    def __init__(self, known: Iterable[Verdict] = (), kept: str = "") -> None:
        self._said: dict[Unit, Verdict] = {verdict.unit: verdict for verdict in known}
        self._waiting: set[Unit] = set()  # said, and not in the file
        self._kept = kept

    def hear(self, asked: object, history: Sequence[Day], behaviours: Mapping[str, object]) -> bool:
        """Take in what the page says: [{day, i, behaviour, verdict}]. Whether any of it makes sense."""
        found = [_checked(one, history, behaviours) for one in asked[:MOST]] if isinstance(asked, list) else []
        for unit, right in filter(None, found):
            self.say(unit, right)
        return any(found)

    def say(self, unit: Unit, right: bool | None) -> None:
        """Right, wrong, or neither any more."""
        if right is None:
            self._said.pop(unit, None)
        else:
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self._said[unit] = Verdict(*unit, "right" if right else "wrong", "", at)
        self._waiting.add(unit)

    def keep(self, library: Library, kept: str) -> None:
        """Write what is new into the file of the run, all of it if that is another file than before. RunError."""
        news = self._waiting if kept == self._kept else self._waiting | set(self._said)
        if not news:
            return
        said = [self._said[unit] for unit in sorted(news & set(self._said))]
        keep_verdicts(library.path(kept), said, sorted(news - set(self._said)))
        self._waiting, self._kept = set(), kept

    def all(self) -> list[Verdict]:
        """Every verdict."""
        return list(self._said.values())

    def told(self, history: Sequence[Day]) -> list[list[Any]]:
        """For the page: [day, line, behaviour, "right" or "wrong"]; a person's own labels are none of its."""
        return [
            [unit.day, _line(unit, history), unit.behaviour, said.verdict]
            for unit, said in self._said.items()
            if said.verdict != "own" and unit.day < len(history)
        ]


def _line(unit: Unit, history: Sequence[Day]) -> int:
    return unit.i if unit.kind == "message" else len(history[unit.day].messages) + unit.i


def _checked(
    asked: object, history: Sequence[Day], behaviours: Mapping[str, object]
) -> tuple[Unit, bool | None] | None:
    """A verdict as the page sends it; None if it makes no sense."""
    match asked:
        case {"day": day, "i": i, "behaviour": str(behaviour), "verdict": "right" | "wrong" | None as said}:
            day, i = _whole(day), _whole(i)
        case _:
            return None
    if not 1 <= day < len(history) or behaviour not in behaviours:
        return None
    messages = len(history[day].messages)
    if not 0 <= i < messages + len(history[day].events):
        return None
    unit = Unit(day, "message", i, behaviour) if i < messages else Unit(day, "event", i - messages, behaviour)
    return unit, None if said is None else said == "right"


def _whole(number: object) -> int:
    """A whole number, which browsers send as 3.0 at times; -1 for anything else."""
    return int(number) if isinstance(number, int | float) and number == number // 1 else -1
