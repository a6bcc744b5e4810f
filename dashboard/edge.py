"""How close one visitor's community stands to the edge on a day: asked by the page, found in slices between its steps.

Knows no Streamlit. The answer is `sim.studies.distance`; its definition, docs/distance.md. The page asks again and
again while it shows the question, and each time gives a slice of work: a closed tab stops it, and a step waits for one
slice at most.
"""

from typing import Any

from dashboard.limits import Limits
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.forks import Present
from sim.studies.distance import FUTURES, HORIZON, RECOVERED, SETTLED, Distance, Search

SLICE = 0.1  # seconds of work a question
LARGEST = 4  # times the resident-days of one run that the futures may take, all losses together
LOSSES = 8  # that are about tried
PART = 4  # of one visitor's memory, the part that the futures may take
MEANS = (
    f"The loss, drawn by lot among the living, from which half of {FUTURES} futures of {HORIZON} days recover: the "
    f"population of their last {SETTLED} days is on average at least {100 * RECOVERED:.0f} % of this day’s. The "
    "definition was written before any result was looked at (docs/distance.md)."
)


class Edge:
    """The question of one run. Answers are kept by day: what was lived does not change."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine, self._limits = engine, limits
        self._found: dict[int, Distance | str] = {}  # the answer, or why there is none
        self._search: Search | None = None
        self._day: int | None = None  # asked for last

    def ask(self, day: int) -> None:
        """Work on the answer of this day, which was lived, for a slice."""
        self._day = day
        if day in self._found:
            return
        if self._search is None or self._search.present.day != day:
            self._begin(day)
        if self._search is not None and self._search.advance(SLICE):
            assert self._search.answer is not None
            self._found[day], self._search = self._search.answer, None

    def told(self) -> dict[str, Any] | None:
        """EDGE of docs/cockpit.md: of the day asked for last, None if none was."""
        if self._day is None:
            return None
        found = self._found.get(self._day)
        if isinstance(found, str):
            return {"day": self._day, "state": "none", "title": found}
        if found is None:
            assert self._search is not None
            tried = self._search.tried
            told = {"state": "running", "progress": round(self._search.progress, 3)}
            told |= {"size": self._search.present.size, "title": "How close to the edge?"}
        else:
            tried = list(found.tried)
            told = {"state": "done", "case": found.case, "size": found.size, "title": found.title, "note": found.note}
            if found.case == "measured":
                told |= {"place": round(found.place, 2), "interval": [round(found.low, 2), round(found.high, 2)]}
        return {"day": self._day, "tried": [list(one) for one in sorted(tried)], "means": MEANS, **told}

    def _begin(self, day: int) -> None:
        self._search = None
        try:
            present = Present.of(self._engine, day)
            self._check(present)
        except SettingError as error:
            self._found[day] = f"{str(error).rstrip('.')}."
        except RunError as error:  # a kept run whose past cannot be lived again
            self._found[day] = f"This day’s futures cannot be lived: {str(error).rstrip('.')}."
        else:
            self._search = Search(present, self._engine.series["alive"][: day + 1])

    def _check(self, present: Present) -> None:
        """SettingError if the futures would take more than this server gives one visitor."""
        work = present.size * FUTURES * HORIZON * LOSSES
        room = sum(field.nbytes for field in present.world) * FUTURES
        if work > LARGEST * self._limits.resident_days or room > self._limits.memory_mb * 2**20 // PART:
            raise SettingError(
                f"{present.size} residents are too many for their futures to be lived on this page. "
                "Use the command line: python -m sim distance SCENARIO --day DAY"
            )
