"""Who has labelled a run: its detectors, each judge that was asked, and a person who looked at labels."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sim.judge.agreement import Agreement, Rater, agreements
from sim.judge.labelled import unit_of
from sim.judge.log import judged_lines
from sim.judge.opinion import Hearing, Opinions
from sim.judge.rubric import questions
from sim.prompts.finding import clean
from sim.state import Array, Day

DETECTORS, PERSON = "detectors", "person"


class Labelled(Protocol):
    """A run with the labels of its detectors: `sim.runs.stored.Stored` is one."""

    @property
    def last(self) -> int: ...
    def day(self, day: int) -> Day: ...
    def labels(self, day: int) -> dict[str, Array]: ...


def agreement(run: Labelled, opinions: Opinions) -> list[Agreement]:
    """Detectors, judges and person against each other, over all days. Empty if nobody but the detectors spoke."""
    if not opinions.verdicts and not any(hearing.heard for hearing in opinions.hearings):
        return []
    lines = {day: len(judged_lines(run.day(day))) for day in range(1, run.last + 1)}
    raters = [detectors(run), *judges(opinions, lines)]
    if opinions.verdicts:
        raters.append(person(opinions))
    return agreements(raters, tuple(questions()), lines)


def detectors(run: Labelled) -> Rater:
    """The rule-based detectors, which look at every line."""
    marked = {
        unit
        for day in range(1, run.last + 1)
        for name, labels in run.labels(day).items()
        for label in labels
        if (unit := unit_of(name, label, day)) is not None
    }
    return Rater(DETECTORS, frozenset(marked), frozenset(range(1, run.last + 1)))


def judges(opinions: Opinions, lines: Mapping[int, int]) -> list[Rater]:
    """Every judge, with the days of which it was heard on every line. One with two rubrics is two judges."""
    found = []
    known = sorted({(hearing.judge, hearing.rubric) for hearing in opinions.hearings if hearing.heard})
    for who in known:
        mine = [hearing for hearing in opinions.hearings if hearing.heard and (hearing.judge, hearing.rubric) == who]
        days = frozenset(heard(mine) & set(lines))
        labels = [label for label in opinions.judgements if (label.judge, label.rubric) == who]
        several = sum(judge == who[0] for judge, _ in known) > 1
        name = f"{clean(who[0], 60)}{f' (rubric {clean(who[1][:6])})' if several else ''}"
        found.append(Rater(name, frozenset(label.unit for label in labels if label.day in days), days))
    return found


def heard(hearings: Sequence[Hearing]) -> set[int]:
    """Days that are wholly covered by hearings of one judge."""
    days: set[int] = set()
    for hearing in hearings:
        pieces = {other.piece for other in hearings if (other.first, other.pieces) == (hearing.first, hearing.pieces)}
        if len(pieces) == hearing.pieces:
            days.update(range(hearing.first, hearing.last + 1))
    return days


def person(opinions: Opinions) -> Rater:
    """Whoever confirmed or rejected labels, or gave some: only these units count."""
    given = {verdict.unit: verdict.verdict for verdict in opinions.verdicts}
    marked = frozenset(unit for unit, said in given.items() if said != "wrong")
    return Rater(PERSON, marked, units=frozenset(given))
