"""Feed: everything the cockpit is told about one run, kept as the run goes on; and the messages it is told in."""

from collections.abc import Sequence
from typing import Any

from dashboard.payload.card import card
from dashboard.payload.chips import known
from dashboard.payload.details import aggregate, detail
from dashboard.payload.failing import failing
from dashboard.payload.lines import PAGE, Line
from dashboard.payload.network import Graph
from dashboard.payload.quotes import quotes
from dashboard.payload.rows import Row, row
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.runs.minds import called, minds
from sim.scenario import Scenario
from sim.speech.names import factory_name
from sim.speech.quantities import joined

KEEP = {"full": 40, "aggregate": 12}  # days of details the page keeps
LAST = 3  # days whose details a page that has nothing is told at once
KEPT = 10  # details kept for the next message
LINES = 400  # lines of details told unasked; the newest day is told whatever it holds


class Feed:
    """What the page is told about one run. Rows are computed once: a lived day never changes."""

    def __init__(self, run: Run, key: str, title: str) -> None:
        """`key`: changes when another run is shown. `title`: of the scenario."""
        self.run, self.key, self.title = run, key, title
        self.voice = Voice(run)
        self._graph: Graph | None = None
        self._rows: list[Row] = []
        self._failing = (-1, "")  # on a day
        self._details: dict[int, dict[str, Any]] = {}  # the newest told

    def take_up(self, rows: list[Row]) -> None:
        """Go on from rows that were made earlier, of the run's first days."""
        self._rows = rows

    def rows(self) -> list[Row]:
        """The ROWs of all days lived."""
        self.voice.grow()
        labels = [group.label for group in self.run.groups]
        for day in range(len(self._rows), self.run.day + 1):
            self._rows.append(row(self.run, day, self._rows, labels, self.voice))
        return self._rows

    def graph(self) -> Graph:
        """The run's graph, with a place for everyone who has come so far."""
        self.voice.grow()
        if self._graph is None:
            self._graph = Graph(self.run.state(0), self.voice.names)
        self._graph.grow(self.run.world, self.voice.names)
        return self._graph

    def detail(self, day: int) -> dict[str, Any]:
        """The DETAIL of a day."""
        if day not in self._details:
            while len(self._details) > KEPT:
                self._details.pop(next(iter(self._details)))
            self._details[day] = detail(self.run, day, self.graph(), self.voice)
        return self._details[day]

    def failing(self) -> str:
        """That too many answers failed, "" if not."""
        if self._failing[0] != self.run.day:
            self._failing = self.run.day, failing(self.run)
        return self._failing[1]

    def quotes(self) -> list[Line]:
        """Lines worth reading, for a bet."""
        self.voice.grow()
        return quotes(self.run, self.voice)

    def card(self, resident: int, day: int) -> dict[str, Any]:
        """The CARD of a resident on a day."""
        middle = [past["q50"] for past in self.rows()]
        return card(self.run, day, resident, middle, [group.label for group in self.run.groups], self.voice)

    def meta(self) -> dict[str, Any]:
        """What holds for the whole run."""
        scenario = self.run.scenario
        level = "aggregate" if aggregate(self.run) else "full"
        counts = scenario.counts()
        labels = [group.label for group in self.run.groups]
        return {
            "title": self.title,
            "scenario": scenario.name,
            "provenance": provenance(scenario),
            "seed": scenario.seed,
            "horizon": scenario.days,
            "size": scenario.size,
            "start": int(self.run.history[0].alive.sum()),
            "groups": [
                {"label": label, "count": counts[i] if i < len(counts) else 0} for i, label in enumerate(labels)
            ],
            "factories": [factory_name(number) for number in range(len(self.run.history[0].f_open))],
            "chips": [list(chip) for chip in known()],
            "detail": level,
            "keep": KEEP[level],
        }

    def message(
        self,
        seq: int,
        *,
        since: int | None = None,
        show: int | None = None,
        days: Sequence[int] = (),
        card: tuple[int, int] | None = None,
        bet: dict[str, Any] | None = None,
        notice: dict[str, str] | None = None,
        presentation: bool = False,
    ) -> dict[str, Any]:
        """One message to the page.

        since: the last day the page is known to have (None: it has nothing, send all rows). show: the day to show.
        days: further days whose details are asked for. card: (resident, day). Told twice, a message does no harm; where
        one was lost, the page sees the gap and asks.
        """
        rows, frontier = self.rows(), self.run.day
        wanted = sorted({*self._fresh(since), *(day for day in days if 0 <= day <= frontier)})
        changed = since is None or any(order.day > since for order in self.run.scenario.interventions)
        return {
            "run": self.key,
            "seq": seq,
            "meta": self.meta() if changed else None,
            "frontier": frontier,
            "show": show,
            "finished": self.run.finished,
            "series": rows[since or 0 :],
            "details": [self.detail(day) for day in wanted],
            "card": self.card(*card) if card else None,
            "bet": bet,
            "notice": notice,
            "failing": self.failing(),
            "presentation": presentation,
        }

    def _fresh(self, since: int | None) -> list[int]:
        """Days whose details are told unasked: those after `since`, from the newest back as long as there is room."""
        oldest = max(0, self.run.day - LAST + 1) if since is None else since + 1
        room, found = LINES, list[int]()
        for day in range(self.run.day, oldest - 1, -1):
            room -= min(self.run.history[day].messages.size + self.run.history[day].events.size, PAGE)
            if found and room < 0:
                break
            found.append(day)
        return found


def provenance(scenario: Scenario) -> str:
    """ "25 % without Benevolence · 25 residents · scripted · seed 1907"."""
    changed = [f"{group.share:g} % {group.label}" for group in scenario.mix if group.condition != "original"]
    mix = ", ".join(changed) or "all original"
    size = f"{scenario.size:,} resident{'' if scenario.size == 1 else 's'}"
    asked = joined([called(scenario, mind) for mind in minds(scenario)])
    return " · ".join((mix, size, asked, f"seed {scenario.seed}"))
