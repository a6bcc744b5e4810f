"""One visitor's comparison: the runs it is about, the days shown of two of them, and whether they differ by luck.

Knows no Streamlit. Figures are read from the files; a run's days are opened only when they are looked at, two runs at a
time, so that four large runs stay small in memory.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.footprint import Footprint
from dashboard.limits import Limits, grouped
from dashboard.payload import comparison as payload
from dashboard.payload.feed import Feed
from dashboard.payload.wording import opened
from sim.engine import Engine
from sim.errors import CommonwealError, SettingError
from sim.past import AT_HAND
from sim.runs.comparison import Side, apart, check, common, parting
from sim.runs.luck import Luck
from sim.runs.stored import Stored

OPEN = 2  # runs whose days are open at once
LOOK = 10  # days after the parting in which the first unlike line is looked for
LARGEST_LUCK = 8  # times the resident-days of one run that the repetitions may take


class Comparing:
    """Two to four kept runs. Its files stay open until `close`."""

    def __init__(self, paths: Sequence[Path], limits: Limits) -> None:
        """SettingError unless they are two to four, RunError for one that cannot be read."""
        check(len(paths))
        self.limits = limits
        with ExitStack() as opening:
            self.stored = [opening.enter_context(Stored(path)) for path in paths]
            self.sides = [Side.of(stored) for stored in self.stored]
            self._files = opening.pop_all()
        self.ids = [path.stem for path in paths]
        self.key = ",".join(self.ids)
        self.pair = 0, 1
        self.day = self._start()
        self.luck: Luck | None = None
        self.notice: dict[str, str] | None = None
        self._lucky = "none", self.pair  # how it is with the repetitions, and of which two
        self._due = False  # the page waits for more of them
        self._feeds: dict[int, Feed] = {}  # of the runs opened last
        self.footprint = Footprint()
        self._seq = self._answered = 0
        self._told = False  # the page has the figures
        self._wanted: list[tuple[int, int, int]] = []  # run, seen against which, day: what the page asks for

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    def show(self, day: int) -> None:
        """Begin on this day, if there is one."""
        if day <= max(side.last for side in self.sides):
            self.day = day
            self.forget()

    def message(self) -> dict[str, Any]:
        """What the page is told now (docs/compare.md)."""
        self._seq += 1
        told = {
            "key": self.key,
            "seq": self._seq,
            "answered": self._answered,
            "meta": None if self._told else payload.meta(self.sides, self.ids),
            "columns": None if self._told else payload.columns(self.sides),
            "pair": list(self.pair),
            "day": self.day,
            "sides": [self._side(*place) for place in self._wanted],
            "luck": payload.luck(self.luck, self._lucky[0], *self._lucky[1]) if self.luck else None,
            "notice": self.notice,
        }
        self._wanted = []
        return told

    def forget(self) -> None:
        """The page has nothing any more: tell it everything with the next message."""
        self._told = False

    def tell(self, title: str, text: str) -> None:
        """Put a failure into the page's strip."""
        self.notice = {"kind": "error", "text": f"{title}. {text}"}

    def ask(self, question: object) -> None:
        """Answer one question of the page; one asked again, and one that makes no sense, changes nothing."""
        if not isinstance(question, dict):
            return
        n = _whole(question.get("n"), 1, 2**53)
        if n is None or n == self._answered:
            return
        self._answered, self._told, self.notice = n, True, None
        match question.get("type"):
            case "resync":
                self.forget()
            case "detail":
                self._detail(question)
            case "luck":
                self._try()
            case "more":
                self._due = True
            case "stop":
                if self.luck and self._lucky[0] == "running":
                    self._lucky = "stopped", self._lucky[1]

    def advance(self, seconds: float) -> None:
        """Live repetitions for about so long, if they were asked for."""
        if self.luck and self._lucky[0] == "running" and self._due:
            self._due = False
            if self.luck.advance(seconds):
                self._lucky = "done", self._lucky[1]

    def _start(self) -> int:
        """The day shown first: the first with a line that differs, near the day on which the pair parts."""
        one, other = (self.sides[k] for k in self.pair)
        day = parting(one, other)
        last = common([one, other])
        if day is None:
            return last
        after = range(day, min(last, day + LOOK) + 1)
        return next((near for near in after if apart(one, other, near).told), day)

    def _detail(self, question: dict[str, Any]) -> None:
        """`day` of the runs `pair`, seen from each other; `of`: only of one of the two."""
        pair = question.get("pair")
        if not isinstance(pair, list) or len(pair) != 2:
            return
        one, other = (_whole(run, 0, len(self.sides) - 1) for run in pair)
        if one is None or other is None or one == other:
            return
        day = _whole(question.get("day"), 0, max(self.sides[one].last, self.sides[other].last))
        if day is None:
            return
        if question.get("of") is None:
            self.pair, self.day = (one, other), day
            self._wanted = [(one, other, day), (other, one, day)]
        else:
            self._wanted = [(one, other, day)]

    def _side(self, run: int, against: int, day: int) -> dict[str, Any]:
        """SIDE; where it cannot be shown, why not."""
        one, other = self.sides[run], self.sides[against]
        place = {"run": run, "against": against, "day": day}
        if day > one.last:
            return place | {"missing": f"This run has no day {day}: it ended on day {one.last}."}
        try:
            differs = apart(one, other, day) if day <= other.last else None
            return payload.side(self._feed(run), run, against, day, differs)
        except CommonwealError as error:
            return place | {"missing": opened(f"{error}.".replace("..", "."))}

    def _feed(self, run: int) -> Feed:
        """The run's days in words and arrows. SettingError if they are too large to be shown here."""
        if run not in self._feeds:
            while len(self._feeds) >= OPEN:
                self._feeds.pop(next(iter(self._feeds)))
            self.footprint.memory = sum(self._weight(k) for k in (*self._feeds, run))
            if full := self.footprint.exceeded(self.limits):
                raise SettingError(f"Its days cannot be shown here: {full}. Its figures are compared all the same")
            self.footprint.check_room(self.limits)
            engine = Engine(self.sides[run].scenario, past=self.stored[run])
            self._feeds[run] = Feed(engine, self.ids[run], self.sides[run].title)
        return self._feeds[run]

    def _weight(self, run: int) -> int:
        """Bytes of days that the open run may come to hold on to."""
        side = self.sides[run]
        fullest = side.day(int(np.argmax(side.series["alive"])))
        return min(AT_HAND, (side.last + 1) * sum(column.nbytes for column in fullest[2:]))

    def _try(self) -> None:
        """Repeat the two runs on new seeds."""
        one, other = (self.sides[k].scenario for k in self.pair)
        try:
            work = Luck(one, other)
            much = len(work.seeds) * sum(side.size * side.days for side in work.sides)
            if much > LARGEST_LUCK * self.limits.resident_days:
                raise SettingError(
                    f"On this server the repetitions may take {grouped(LARGEST_LUCK * self.limits.resident_days)} days "
                    f"of residents, and these would take {grouped(much)}. Use the command line: "
                    "python -m sim compare A B --luck 64"
                )
        except SettingError as error:
            self.tell("This cannot be repeated", f"{error}")
            return
        self.luck, self._lucky, self._due = work, ("running", self.pair), True


def _whole(value: object, low: int, high: int) -> int | None:
    """The value if it is a whole number in range. Browsers send 3 as 3.0 at times."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    return None
