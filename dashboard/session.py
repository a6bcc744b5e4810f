"""One visitor's run: the engine, what of it is shown, the bet, and the answers to what the page asks.

Knows no Streamlit. Each browser tab has its own Session; nothing is shared between two of them but the count of the
memory they use. Work is done in `advance`, a slice of time at a call, so that a waiting visitor can be told how far it
is, can stop it, and stops it by closing the tab.
"""

import secrets
import time
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode
from weakref import WeakSet

from dashboard import address
from dashboard import filter as filters
from dashboard.address import Address
from dashboard.draft import differences
from dashboard.limits import Limits, grouped
from dashboard.payload.bet import bet as bet_told
from dashboard.payload.feed import Feed
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.interventions import Intervention
from sim.preset import Preset
from sim.scenario import Scenario
from sim.speech.names import factory_name

OPENING = "original-community"  # the finished run of the first paint
BET_ON = "quarter-without-care"  # what its bet is about
LONGEST_STEP = 50  # days one question may ask for
MOST_DETAILS = 10  # days whose details one question may ask for
MEGABYTE = 1_000_000

_SESSIONS: WeakSet["Session"] = WeakSet()


class Notice(NamedTuple):
    """A sentence for the strip above the run bar."""

    kind: Literal["error", "info", "stale"]
    text: str


class Session:
    """See the module. `target` is the last day asked for: the engine lives towards it in `advance`."""

    cold = True  # no run of this process has lived a day: the first may have to compile the rules

    engine: Engine
    feed: Feed
    run: str  # changes with the run
    bet: int | Literal["open"] | None  # the answer given
    card: dict[str, Any] | None  # the open card, CARD
    notice: Notice | None
    target: int
    reading: int | None  # the day the reader rests on; None: they follow the newest
    memory: int  # bytes of the run's record
    lived: int  # resident-days of the run
    stopped: str  # why the run goes on no further, though it is not finished
    _known: int | None  # last day the page surely has; None: it has nothing
    _sent: int | None  # last day told
    _wanted: set[int]  # days whose details the page asks for
    _quotes: list[dict[str, Any]]

    def __init__(self, said: Address, presets: Mapping[str, Preset], limits: Limits) -> None:
        """The run an address stands for. SettingError if it may not run here.

        An address that names nothing but the opening community gets it finished, with a bet beside it.
        """
        self.presets = presets
        self.limits = limits
        self.filter = said.filter
        self.presentation = said.presentation
        self.memory = 0
        self._answered = 0  # number of the last question
        self._seq = 0
        opening = said.scenario == presets[OPENING].scenario and said.day is None and said.lived is None
        self.start(said.scenario, bet="open" if opening else said.bet)
        if opening:
            self.target, self.reading = said.scenario.days, None
        else:
            self.target, self.reading = max(said.day or 0, said.lived or 0), said.day or 0
        if said.complaints:
            told = "; ".join(text.rstrip(".") for text in said.complaints)
            self.notice = Notice("error", f"Part of the address could not be used. {told}.")
        _SESSIONS.add(self)

    # what is shown

    @property
    def scenario(self) -> Scenario:
        """The scenario of the run shown, with the interventions so far."""
        return self.engine.scenario

    @property
    def wager(self) -> Scenario:
        """What the bet is on: the same luck as the opening run."""
        return self.presets[BET_ON].scenario.with_(seed=self.presets[OPENING].scenario.seed)

    @property
    def finished(self) -> bool:
        """The horizon is reached or nobody is alive."""
        return self.engine.finished

    @property
    def waiting(self) -> bool:
        """Whether days that were asked for are still to be lived."""
        return self.engine.day < self.target and not self.finished

    @property
    def progress(self) -> float:
        """How far the days asked for have been lived, 0 to 1."""
        return min(1.0, self.engine.day / max(self.target, 1))

    @property
    def factories(self) -> list[str]:
        """Names of the factories, by number."""
        return [factory_name(number) for number in range(len(self.engine.history[0].f_open))]

    def query(self) -> str:
        """The address of what is shown: the part behind the question mark. "" while the bet is open."""
        if self.bet == "open":
            return ""
        said = Address(
            scenario=self.scenario,
            day=self.engine.day if self.reading is None else self.reading,
            lived=self.engine.day,
            bet=self.bet,
            filter=self.filter,
            presentation=self.presentation,
        )
        return urlencode(address.write(said, self.presets[self.scenario.name].scenario), doseq=True)

    def message(self, following: Scenario) -> dict[str, Any]:
        """What the cockpit is told now (docs/cockpit.md). `following`: the sidebar's scenario; a difference is told."""
        self._seq += 1
        notice = self.notice or self._stale(following)
        told = self.feed.message(
            self._seq,
            since=self._known,
            show=self._show(),
            days=sorted(self._wanted),
            bet=self._bet_told(),
            notice=notice and notice._asdict(),
            presentation=self.presentation,
        )
        return told | {"card": self.card, "filter": self.filter, "address": self.query()}

    def delivered(self) -> None:
        """The last message has gone out."""
        self._sent = self.engine.day
        self._wanted.clear()

    def forget(self) -> None:
        """The page holds nothing any more: tell it everything next time."""
        self._known = self._sent = None

    def _title(self, scenario: Scenario) -> str:
        preset = self.presets[scenario.name]
        return preset.title if not differences(preset.scenario, scenario) else f"{preset.title}, varied"

    def tell(self, title: str, text: str) -> None:
        """Put a failure into the strip above the run bar, and stop; what has been lived is kept."""
        self.notice = Notice("error", f"{title}. {text}")
        self.stop()

    def _show(self) -> int | None:
        """The day the page is moved to: the newest after a step, the reader's where it starts anew, else none."""
        if self.reading is None:
            return self.engine.day
        return min(self.reading, self.engine.day) if self._known is None else None

    def _bet_told(self) -> dict[str, Any] | None:
        if self.bet is None:
            return None
        if self.bet == "open":
            if not self.finished:
                return None
            self._quotes = self._quotes or self.feed.quotes()
            return bet_told(self.wager, self.scenario, self._quotes, None, None)
        ended = int(self.engine.world.alive.sum()) if self.finished else None
        return bet_told(self.wager, self.presets[OPENING].scenario, [], self.bet, ended)

    def _stale(self, following: Scenario) -> Notice | None:
        changed = [] if self.bet == "open" else differences(self.scenario, following)
        if not changed:
            return None
        return Notice("stale", f"These are results of the earlier settings. The next run: {'; '.join(changed)}.")

    # runs

    def start(self, scenario: Scenario, bet: int | Literal["open"] | None = None) -> None:
        """Another run, at its day 0. SettingError if it may not run here; then the present run stays."""
        self.limits.check(scenario)
        self._check_room()
        engine = Engine(scenario)
        self.engine = engine
        self.run = secrets.token_hex(4)
        self.feed = Feed(engine, self.run, self._title(scenario))
        self.bet = bet
        self.card = None
        self.notice = None
        self.target = 0
        self.reading = 0
        self.memory = self._weight()
        self.lived = 0
        self.stopped = ""
        self._wanted = set()
        self._quotes = []
        self.forget()

    def advance(self, seconds: float) -> bool:
        """Live towards the target for about so long, at least one day. True once it is reached or the run must stop."""
        until = time.monotonic() + seconds
        while self.waiting:
            self.engine.step()
            Session.cold = False
            self.lived += len(self.engine.history[-1].alive)
            self.memory += self._weight()
            self._check_size()
            if time.monotonic() > until:
                break
        return not self.waiting

    def stop(self) -> None:
        """Ask for no more days than have been lived."""
        self.target = self.engine.day

    def intervene(self, order: Intervention) -> None:
        """Do something to the running community, on its next day. SettingError or RunError if it cannot be done."""
        if len(self.scenario.interventions) >= self.limits.interventions:
            raise RunError(f"A run on this server takes up to {self.limits.interventions} interventions.")
        done = self.engine.intervene(order)
        self.notice = Notice("info", f"Day {done.day}: {done.summary()}. It shows once that day is lived.")

    # what the page asks

    def ask(self, question: object, following: Scenario) -> None:
        """Answer one question of the page (docs/cockpit.md). `following`: the sidebar's scenario, for a new run.

        A question asked again, and one that makes no sense, changes nothing; the message that follows is the answer.
        """
        if not isinstance(question, dict):
            return
        number = _whole(question.get("n"), 1, 2**53)
        if number is None or number == self._answered:
            return
        self._answered = number
        self._known = self._sent  # who asks has heard; a page that missed a message asks for all again
        match question.get("type"):
            case "step":
                self._step(question)
            case "detail":
                self._detail(question)
            case "card":
                self._card(question)
            case "new":
                self.start(following)
            case "bet":
                self._bet(question)
            case "resync":
                self.forget()
            case "day":
                self._rest(question)
            case "filter":
                self.filter = filters.checked(question.get("filter"))
            case "present":
                self.presentation = question.get("on") is True

    def _step(self, question: dict[str, Any]) -> None:
        """`until`, the day to reach, says again what `days` says, and can be asked twice without harm."""
        days = _whole(question.get("days"), 1, LONGEST_STEP) or 1
        until = _whole(question.get("until"), 0, self.scenario.days)
        self.reading, self.notice = None, None
        if self.stopped:
            self.notice = Notice("error", self.stopped)
        else:
            self.target = min(self.engine.day + LONGEST_STEP, self.engine.day + days if until is None else until)

    def _detail(self, question: dict[str, Any]) -> None:
        day = _whole(question.get("day"), 0, self.engine.day)
        if day is not None:
            until = _whole(question.get("until"), day, self.engine.day)
            self._wanted.update(range(day, min(day if until is None else until, day + MOST_DETAILS - 1) + 1))

    def _card(self, question: dict[str, Any]) -> None:
        day = _whole(question.get("day"), 0, self.engine.day)
        day = self.engine.day if day is None else day
        resident = _whole(question.get("id"), 0, len(self.engine.history[day].alive) - 1)
        self.card = None if resident is None else self.feed.card(resident, day)

    def _bet(self, question: dict[str, Any]) -> None:
        key = _whole(question.get("key"), 1, 3)
        if key is not None and self.bet == "open":
            self.start(self.wager, bet=key)

    def _rest(self, question: dict[str, Any]) -> None:
        day = _whole(question.get("day"), 0, self.engine.day)
        if day is not None:
            self.reading = day

    # limits

    def _check_size(self) -> None:
        """Stop, and say why, once the run is as large as one visitor's may be."""
        if self.memory > self.limits.memory_mb * MEGABYTE:
            why = f"its record fills the {grouped(self.limits.memory_mb)} MB one visitor may use"
        elif self.lived > self.limits.resident_days:
            why = f"its residents have lived the {grouped(self.limits.resident_days)} days one run may take"
        else:
            return
        self.stop()
        self.stopped = f"The run stops on day {self.engine.day}: {why}. Longer runs are for the command line."
        self.notice = Notice("error", self.stopped)

    def _check_room(self) -> None:
        others = sum(session.memory for session in _SESSIONS if session is not self)
        if others > self.limits.total_memory_mb * MEGABYTE:
            raise SettingError("Too many runs are open on this server just now. Try again in a few minutes.")

    def _weight(self) -> int:
        """Bytes of the last day's record."""
        arrays = (*self.engine.history[-1], *self.engine.labels[-1].values())
        return sum(array.nbytes for array in arrays if hasattr(array, "nbytes"))


def _whole(value: object, low: int, high: int) -> int | None:
    """The value if it is a whole number in range. Browsers send 3 as 3.0 at times."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    return None
