"""What judges said of a run's lines, as the page is told it. Knows no Streamlit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.judge.opinion import Judgement
from sim.prompts.finding import clean
from sim.state import Day

Told = Mapping[int, list[list[str]]]  # line of a day to (behaviour, judge, why) of each label


class JudgedLines:
    """Labels of a kept run's judges, by day."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._days: dict[int, list[Judgement]] = {}
        for one in judgements:
            self._days.setdefault(one.day, []).append(one)

    def of(self, day: Day) -> Told:
        """Of one day; empty if nothing was said of it."""
        told: dict[int, list[list[str]]] = {}
        for one in sorted(self._days.get(day.day, ())):
            line = one.i if one.kind == "message" else len(day.messages) + one.i
            told.setdefault(line, []).append([one.behaviour, clean(one.judge, 60), clean(one.why)])
        return told

    def beside(self, details: Iterable[dict[str, Any]], history: Sequence[Day]) -> list[dict[str, Any]]:
        """DETAILs with what judges said of their days."""
        return [
            {**detail, "judged": self.of(history[detail["day"]])} if detail["day"] in self._days else detail
            for detail in details
        ]
