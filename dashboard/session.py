"""One visitor's run: the engine, what of it is shown, the bet, and the answers to what the page asks.

Knows no Streamlit. Each browser tab has its own Session; nothing is shared between two of them but the count of the
memory they use. Work is done in `advance`, a slice of time at a call, so that a waiting visitor can be told how far it
is, can stop it, and stops it by closing the tab.
"""

import secrets
import time
from collections.abc import Mapping
from threading import RLock
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from dashboard import address
from dashboard import filter as filters
from dashboard.address import Address
from dashboard.alone import alone
from dashboard.draft import differences
from dashboard.footprint import Footprint
from dashboard.limits import Limits
from dashboard.opening import OPENING, wager
from dashboard.payload.bet import bet as bet_told
from dashboard.payload.feed import Feed
from dashboard.payload.orders import in_words
from dashboard.question import Question
from dashboard.shown import Shown
from sim.engine import Engine
from sim.errors import CommonwealError, RunError
from sim.interventions import Intervention
from sim.preset import Preset
from sim.runs.library import Library
from sim.scenario import Scenario
from sim.speech.names import factory_name

LONGEST_STEP = 50  # days one question may ask for
MOST_DETAILS = 10  # days whose details one question may ask for


class Notice(NamedTuple):
    """A sentence for the strip above the run bar."""

    kind: Literal["error", "info", "stale"]
    text: str


class Session:
    """See the module. `target` is the last day asked for: the engine lives towards it in `advance`."""

    cold = True  # no run of this process has lived a day: the first may have to compile the rules

    lock: RLock
    visit: str  # another for every open page
    engine: Engine
    feed: Feed
    shown: Shown
    run: str  # changes with the run
    bet: int | Literal["open"] | None  # the answer given
    card: dict[str, Any] | None  # the open card, CARD
    notice: Notice | None
    target: int
    reading: int | None  # the day the reader rests on; None: they follow the newest
    stopped: str  # why the run goes on no further, though it is not finished
    _known: int | None  # last day the page surely has; None: it has nothing
    _sent: int | None  # last day told
    _wanted: set[int]  # days whose details the page asks for
    _quotes: list[dict[str, Any]]

    def __init__(
        self, said: Address, presets: Mapping[str, Preset], limits: Limits, library: Library | None = None
    ) -> None:
        """The run an address stands for. SettingError if it may not run here.

        An address that names nothing but the opening community gets it finished, with a bet beside it. One that names
        a kept run gets that; if it is not in this `library`, the run is lived again from what else the address says.
        """
        self.library = library
        self.presets = presets
        self.limits = limits
        self.filter = said.filter
        self.presentation = said.presentation
        self.lock = RLock()
        self.visit = secrets.token_hex(4)
        self._answered = 0  # number of the last question
        self._seq = 0
        opening = said.scenario == presets[OPENING].scenario and said.day is None and said.lived is None
        opening = opening and not said.kept
        missed = self._open(said.kept) if said.kept else "none is named"
        if missed:
            self.start(said.scenario, bet="open" if opening else said.bet)
        if not missed:
            self.target = self.engine.day
            self.reading = self.engine.day if said.day is None else min(said.day, self.engine.day)
        elif opening:
            self.target, self.reading = said.scenario.days, None
        else:
            self.target, self.reading = max(said.day or 0, said.lived or 0), said.day or 0
        complaints = (*said.complaints, missed) if said.kept and missed else said.complaints
        if complaints:
            told = "; ".join(text.rstrip(".") for text in complaints)
            self.notice = Notice("error", f"Part of the address could not be used. {told}.")

    # what is shown

    @property
    def scenario(self) -> Scenario:
        """The scenario of the run shown, with the interventions so far."""
        return self.engine.scenario

    @property
    def wager(self) -> Scenario:
        """What the bet is on: the same luck as the opening run."""
        return wager(self.presets)

    @property
    def finished(self) -> bool:
        """The horizon is reached or nobody is alive."""
        return self.engine.finished

    @property
    def waiting(self) -> bool:
        """Whether days that were asked for are still to be lived."""
        return self.engine.day < self.target and not self.finished

    @property
    def unkept(self) -> bool:
        """Whether the run is in no library, so that it is offered for download."""
        return self.shown.wanted and (self.library is None or bool(self.shown.keeper.failed))

    @property
    def progress(self) -> float:
        """How far the days asked for have been lived, 0 to 1."""
        return min(1.0, self.engine.day / max(self.target, 1))

    @property
    def factories(self) -> dict[int, str]:
        """Names of the factories at work, by number."""
        return {number: factory_name(number) for number in self.engine.world.f_open.nonzero()[0].tolist()}

    def query(self) -> str:
        """The address of what is shown: the part behind the question mark. "" while the bet is open."""
        if self.bet == "open":
            return ""
        said = Address(
            scenario=self.scenario,
            kept=self.shown.keeper.id,
            day=self.engine.day if self.reading is None else self.reading,
            lived=self.engine.day,
            bet=self.bet,
            filter=self.filter,
            presentation=self.presentation,
        )
        base = self.presets.get(self.scenario.name, self.presets[OPENING])  # a run from elsewhere has no preset here
        return urlencode(address.write(said, base.scenario), doseq=True)

    @alone
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
        whole = told["meta"] is not None
        lineage = self.shown.lineage
        parent = lineage and lineage.told(self.engine.digests, whole=whole)
        return told | {
            "visit": self.visit,
            "card": self.card,
            "filter": self.filter,
            "address": self.query(),
            "parent": parent,
            "kept": self.shown.keeper.id,
        }

    def delivered(self) -> None:
        """The last message has gone out."""
        self._sent = self.engine.day
        self._wanted.clear()

    def forget(self) -> None:
        """The page holds nothing any more: tell it everything next time."""
        self._known = self._sent = None

    def _title(self, scenario: Scenario) -> str:
        preset = self.presets.get(scenario.name)
        if preset is None:
            return "A community of its own"
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

    @alone
    def start(self, scenario: Scenario, bet: int | Literal["open"] | None = None) -> None:
        """Another run, at its day 0. SettingError if it may not run here; then the present run stays."""
        self.limits.check(scenario)
        self._check_room()
        self._install(Shown.new(scenario, self._title(scenario), self.library))
        self.bet = bet

    @alone
    def branch(self, day: int, *, placebo: bool = False) -> None:
        """Another future from a day lived, in place of the run shown, which stays in the library.

        It goes on without what was done to the run later; a placebo keeps that too, changes nothing, and is lived up to
        where the run stands, to show that it is the same. RunError if the day was not lived.
        """
        parent = self.engine.day
        self._install(self.shown.branch(day, placebo))
        self.reading = None
        self.target = parent if placebo else day
        failed = self.shown.keep()
        if failed:
            self.notice = Notice("error", failed)
        elif not placebo:
            self.notice = Notice("info", f"A branch from day {day}. Change something with Act now, then play.")

    def _open(self, kept: str) -> str:
        """Show a run of the library. Why that cannot be, "" if it can."""
        if self.library is None:
            return "Runs are not kept on this server"
        try:
            self._check_room()
            self._install(Shown.kept(kept, self.library, self.limits))
        except CommonwealError as error:
            return str(error)
        return ""

    def _install(self, shown: Shown) -> None:
        """Show this run from now on."""
        if hasattr(self, "shown"):
            self.shown.keeper.let_go()
        self.shown = shown
        self.engine = shown.engine
        self.run = secrets.token_hex(4)
        self.feed = Feed(self.engine, self.run, shown.keeper.title)
        self.bet = None
        self.card = None
        self.notice = None
        self.target = 0
        self.reading = 0
        self.stopped = ""
        self._wanted = set()
        self._quotes = []
        self.forget()

    @alone
    def advance(self, seconds: float) -> bool:
        """Live towards the target for about so long, at least one day. True once it is reached or the run must stop."""
        until = time.monotonic() + seconds
        while self.waiting:
            failed = self.shown.live()
            Session.cold = False
            if failed:
                self.notice = Notice("error", failed)
            self._check_size()
            if time.monotonic() > until:
                break
        if self.shown.placebo and not self.waiting:
            fine, words = self.shown.verdict()
            self.notice = Notice("info" if fine else "error", words)
        return not self.waiting

    def stop(self) -> None:
        """Ask for no more days than have been lived."""
        self.target = self.engine.day

    @alone
    def intervene(self, order: Intervention) -> None:
        """Do something to the running community, on its next day. SettingError or RunError if it cannot be done."""
        if len(self.scenario.interventions) >= self.limits.interventions:
            raise RunError(f"A run on this server takes up to {self.limits.interventions} interventions.")
        done = self.engine.intervene(order)
        self.shown.wanted = True
        self.notice = Notice("info", f"Day {done.day}: {in_words(done)}. It shows once that day is lived.")

    # what the page asks

    @alone
    def ask(self, raw: object, following: Scenario) -> None:
        """Answer one question of the page (docs/cockpit.md). `following`: the sidebar's scenario, for a new run.

        A question asked again, and one that makes no sense, changes nothing; the message that follows is the answer.
        """
        question = Question(raw)
        if question.number in (0, self._answered):
            return
        self._answered = question.number
        self._known = self._sent  # who asks has heard; a page that missed a message asks for all again
        day = question.whole("day", 0, self.engine.day)
        match question.kind:
            case "step":
                self._step(question)
            case "detail" if day is not None:
                until = question.whole("until", day, self.engine.day)
                self._wanted.update(range(day, min(day if until is None else until, day + MOST_DETAILS - 1) + 1))
            case "card":
                day = self.engine.day if day is None else day
                resident = question.whole("id", 0, len(self.engine.history[day].alive) - 1)
                self.card = None if resident is None else self.feed.card(resident, day)
            case "new":
                self.start(following)
            case "bet" if self.bet == "open" and (key := question.whole("key", 1, 3)):
                self.start(self.wager, bet=key)
            case "branch" if day is not None:
                self.branch(day, placebo=question.yes("placebo"))
            case "resync":
                self.forget()
            case "day" if day is not None:
                self.reading = day
            case "filter":
                self.filter = filters.checked(question.raw("filter"))
            case "present":
                self.presentation = question.yes("on")

    def _step(self, question: Question) -> None:
        """`until`, the day to reach, says again what `days` says, and can be asked twice without harm."""
        days = question.whole("days", 1, LONGEST_STEP) or 1
        until = question.whole("until", 0, self.scenario.days)
        self.reading, self.notice = None, None
        self.shown.wanted = True
        if self.stopped:
            self.notice = Notice("error", self.stopped)
        else:
            self.target = min(self.engine.day + LONGEST_STEP, self.engine.day + days if until is None else until)

    @alone
    def content(self) -> bytes:
        """The run as a file."""
        return self.shown.keeper.content(self.engine)

    def _check_room(self) -> None:
        mine = self.shown.footprint if hasattr(self, "shown") else Footprint()
        mine.check_room(self.limits)

    def _check_size(self) -> None:
        """Stop, and say why, once the run is as large as one visitor's may be."""
        if why := self.shown.footprint.exceeded(self.limits):
            self.stop()
            self.stopped = f"The run stops on day {self.engine.day}: {why}. Longer runs are for the command line."
            self.notice = Notice("error", self.stopped)
