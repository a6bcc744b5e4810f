"""One visitor's run: the engine, what of it is shown, the bet, and the answers to what the page asks.

Knows no Streamlit. Each browser tab has its own Session; nothing is shared between two of them but the count of the
memory they use. Work is done in `advance` (`living.py`), a slice of time at a call, so that a waiting visitor can be
told how far it is, can stop it, and stops it by closing the tab.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from dashboard import address, rowstore
from dashboard import filter as filters
from dashboard.address import Address
from dashboard.alone import alone
from dashboard.casting import minds_words
from dashboard.draft import differences
from dashboard.edge import Edge
from dashboard.footprint import Footprint
from dashboard.limits import Limits
from dashboard.living import Living, Notice
from dashboard.opening import OPENING, wager
from dashboard.payload.bet import bet as bet_told
from dashboard.payload.feed import Feed
from dashboard.payload.orders import in_words
from dashboard.question import Question
from dashboard.seat import Around
from dashboard.shown import Shown
from sim.errors import CommonwealError, RunError
from sim.interventions import Intervention, TakePlace
from sim.preset import Preset
from sim.runs.library import Library
from sim.scenario import Scenario
from sim.speech.names import factory_name

if TYPE_CHECKING:
    from dashboard.asker import Agreement
    from sim.asking import Request

LONGEST_STEP = 50  # days one question may ask for
MOST_DETAILS = 10  # days whose details one question may ask for


class Session(Living):
    """See the module."""

    visit: str  # another for every open page
    feed: Feed
    run: str  # changes with the run
    bet: int | Literal["open"] | None  # the answer given
    card: dict[str, Any] | None  # the open card, CARD
    reading: int | None  # the day the reader rests on; None: they follow the newest
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
        if missed and said.asked:
            complaints += (f"Residents lived by a language model ({said.asked}); here they are scripted",)
        if complaints:
            told = "; ".join(text.rstrip(".") for text in complaints)
            self.notice = Notice("error", f"Part of the address could not be used. {told}.")

    # what is shown

    @property
    def wager(self) -> Scenario:
        """What the bet is on: the same luck as the opening run."""
        return wager(self.presets)

    @property
    def unkept(self) -> bool:
        """Whether the run is in no library, so that it is offered for download."""
        return self.shown.wanted and (self.library is None or bool(self.shown.keeper.failed))

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
        if lost := self.shown.lost():
            self.notice = Notice("error", lost)
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
        if whole or self.finished:
            rowstore.write(self.engine, self.feed.rows())
        lineage = self.shown.lineage
        parent = lineage and lineage.told(self.engine.digests, whole=whole)
        return told | {
            "visit": self.visit,
            "card": self.card,
            "filter": self.filter,
            "address": self.query(),
            "parent": parent,
            "kept": self.shown.keeper.id,
            "verdicts": self.shown.verdicts.told(self.engine.history),
            "details": self.shown.judged.beside(told["details"], self.engine.history),
            "asking": self.asker and self.asker.told(),
            "edge": self.edge.told(),
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
    def start(
        self, scenario: Scenario, bet: int | Literal["open"] | None = None, agreement: Agreement | None = None
    ) -> None:
        """Another run, at its day 0. SettingError if it may not run here; then the present run stays.

        `agreement`: how its models may be asked.
        """
        self.limits.check(scenario)
        self._check_room()
        self._install(Shown.new(scenario, self._title(scenario), self.library))
        self.bet = bet
        if agreement is not None:
            self.agree(agreement)

    @alone
    def branch(self, day: int, *, placebo: bool = False) -> None:
        """Another future from a day lived, in place of the run shown, which stays in the library.

        It goes on without what was done to the run later; a placebo keeps that too, changes nothing, and is lived up to
        where the run stands, to show that it is the same. RunError if the day was not lived.
        """
        parent, agreement = self.engine.day, self.agreement
        self._install(self.shown.branch(day, placebo))
        if agreement is not None:
            self.agree(agreement)
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
            if self.asker:
                self.asker.stop()
            self.shown.keeper.let_go()
        self.shown = shown
        self.engine = shown.engine
        self.edge = Edge(shown.engine, self.limits)
        self.run = secrets.token_hex(4)
        self.feed = Feed(self.engine, self.run, shown.keeper.title)
        self.feed.take_up(rowstore.read(self.engine))
        self.bet = None
        self.card = None
        self.notice = None
        self.target = 0
        self.reading = 0
        self.stopped = ""
        self.asker = self._asker()
        self.agreement = None
        self.unagreed = False
        self._wanted = set()
        self._quotes = []
        self.forget()

    def live_on(self) -> None:
        """Ask for one more day."""
        self.reading, self.notice, self.shown.wanted = None, None, True
        self.target = self.engine.day + 1

    @alone
    def intervene(self, order: Intervention) -> None:
        """Do something to the running community, on its next day. SettingError or RunError if it cannot be done."""
        if len(self.scenario.interventions) >= self.limits.interventions:
            raise RunError(f"A run on this server takes up to {self.limits.interventions} interventions.")
        if self.asker is not None and self.asker.busy:
            raise RunError(f"Day {self.engine.day + 1} is being lived just now. Pause, then act.")
        done = self.engine.intervene(order)
        self.asker = self.asker or self._asker()
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
            case "edge" if day is not None:
                self.edge.ask(day)
            case "new":
                self.start(following)
            case "bet" if self.bet == "open" and (key := question.whole("key", 1, 3)):
                self.start(self.wager, bet=key)
            case "branch" if day is not None:
                self.branch(day, placebo=question.yes("placebo"))
            case "seat":
                self._take_place(question)
            case "pause":
                self._pause()
            case "verdict":
                if failed := self.shown.judge(question.raw("said")):
                    self.notice = Notice("error", failed)
            case "resync":
                self.forget()
            case "day" if day is not None:
                along = self.reading is None and day == self.engine.day and self.waiting  # for the day on its way
                self.reading = None if along else day
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
        self.unagreed = self.needs_agreement
        if self.stopped:
            self.notice = Notice("error", self.stopped)
        elif self.unagreed:
            asked = minds_words(self.scenario)
            self.notice = Notice("error", f"Going on asks a language model ({asked}): say yes to that first.")
        else:
            self.target = min(self.engine.day + LONGEST_STEP, self.engine.day + days if until is None else until)

    def _take_place(self, question: Question) -> None:
        resident = question.whole("id", 0, len(self.engine.world.alive) - 1)
        days = question.whole("days", 1, self.scenario.days)
        if resident is not None and days:
            self.intervene(TakePlace(day=self.engine.day + 1, resident=resident, days=days))
            who = self.feed.voice.name(resident)
            self.notice = Notice(
                "info", f"From day {self.engine.day + 1} on you are {who}. Step, then answer in the sidebar."
            )

    @alone
    def place(self) -> tuple[Request, Around] | None:
        """What the person is asked now who has taken a resident's place, and the names around it."""
        request = self.asker and self.asker.seat.waiting
        if not request:
            return None
        world, i, name = self.engine.world, request.resident, self.feed.voice.name
        near = [name(j) for j in world.nbr[i].tolist() if j >= 0 and world.alive[j]]
        known = [factory_name(f) for f in world.known[i].tolist() if f >= 0 and world.f_open[f]]
        return request, Around(name(i), near, known)

    @alone
    def content(self) -> bytes:
        """The run as a file."""
        return self.shown.content()

    def _check_room(self) -> None:
        mine = self.shown.footprint if hasattr(self, "shown") else Footprint()
        mine.check_room(self.limits)
