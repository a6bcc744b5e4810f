"""Lives days whose residents are asked in words, in a thread of its own: a day may take minutes, and no page waits.

Knows no Streamlit. The thread holds the session's lock but while answers are awaited. It stops when it is told to, and
by itself when nobody has looked at it for a while: then the tab is closed.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from types import TracebackType
from typing import Any, Self

from dashboard.seat import Seat
from dashboard.shown import Shown
from sim import interview
from sim.asking import Place, Reply, Request
from sim.errors import RunError
from sim.interventions import TakePlace
from sim.interview import Terms
from sim.journal import Entry
from sim.models import PERSON
from sim.providers.budget import Caps, Spent
from sim.providers.keys import Keys
from sim.providers.provider import Provider
from sim.runs.recorded import Recorded, recorded
from sim.runs.stored import Stored

SILENCE = 10.0  # seconds without a look after which nobody is there any more
LEAN, FULL = 2, 4  # questions of a resident's day; the full protocol has a summary of yesterday besides


@dataclass(frozen=True)
class Agreement:
    """On which terms a visitor has models asked, and with which keys. Lives in memory only."""

    terms: Terms
    keys: Keys

    @classmethod
    def of(cls, terms: Terms, keys: Mapping[str, str]) -> "Agreement":
        """SettingError if a key is none."""
        return cls(terms, Keys(keys))


class Asker:
    """See the module. One for each run that is shown."""

    def __init__(self, shown: Shown, lock: RLock) -> None:
        self.shown, self.lock = shown, lock
        self.seat = Seat()
        self.failed = ""  # why the run is kept no longer, not yet told
        self.error: BaseException | None = None  # what ended the asking, not yet told
        self._agreement: Agreement | None = None
        self._recorded: tuple[int, Spent] | None = None  # answers in the journal, and what they took
        self._provider: Provider | None = None
        self._kept: Recorded | None = None  # answers of kept runs, once they are needed
        self._idle = threading.Event()
        self._idle.set()
        self._stopping = False
        self._looked = 0.0
        self._began, self._answered, self._last = (
            0.0,
            0,
            0.0,
        )  # of the day: seconds, questions answered; the last day's seconds
        engine = shown.engine
        engine.journal.source, engine.journal.keep = self, self._keep
        engine.while_waiting(self._aside)
        shown.keeper.taken = self.stop

    @property
    def busy(self) -> bool:
        """Whether a day is being lived."""
        return not self._idle.is_set()

    def agree(self, agreement: Agreement) -> None:
        """Ask on these terms from the next day on. SettingError if they do not do for this run."""
        if agreement == self._agreement and self._provider is not None:
            return
        engine = self.shown.engine
        known = self._provider.budget.spent() if self._provider else self.shown.spent
        before = interview.before(engine.journal, engine.scenario, agreement.terms, known)
        self._provider = interview.provider(engine.scenario, agreement.terms, keys=agreement.keys, before=before)
        self._agreement = agreement
        self.shown.keeper.account = self._provider.budget if self._provider else None

    def start(self, wanted: Callable[[], int]) -> None:
        """Live up to the day `wanted`, which may change meanwhile. The caller holds the lock."""
        if self.busy:
            return
        self._stopping, self.error = False, None
        self._idle.clear()
        self._looked = time.monotonic()
        threading.Thread(target=self._work, args=(wanted,), daemon=True, name="asking").start()
        threading.Thread(target=self._watch, daemon=True, name="asking-watch").start()

    def look(self, seconds: float) -> bool:
        """Somebody is there: wait so long at most for the asking to end. True once it has."""
        self._looked = time.monotonic()
        return self._idle.wait(seconds)

    def stop(self) -> None:
        """Ask nothing any more; calls under way are given up, answers that are there are kept."""
        self._stopping = True
        self.seat.leave()
        self.shown.engine.pause()

    async def ask(self, request: Request) -> Reply:
        """The answer of a model, of a kept run, or of the person who sits in the resident's place."""
        if request.model == PERSON:
            return await self.seat.ask(request)
        if self._kept is None:
            self._kept = recorded(self.shown.engine.scenario, None, self._opened)
        if self._kept is not None and request.model in self._kept.names:
            return await self._kept.ask(request)
        if self._provider is None:
            raise RunError("this run asks a language model; say on which terms under Minds, then go on")
        return await self._provider.ask(request)

    async def close(self) -> None:
        """Close the models' connections, until somebody is asked again."""
        if self._provider is not None:
            await self._provider.close()

    def told(self) -> dict[str, Any]:
        """How far the day is that is being asked, and what all has taken (docs/cockpit.md: asking)."""
        engine, budget = self.shown.engine, self._provider and self._provider.budget
        spent = budget.spent() if budget else self._on_record()
        done = self._answered if self.busy else 0
        expected = max(self._expected(), done)
        part = done / max(expected, 1)
        projected = budget.projected((engine.day + part) / engine.scenario.days) if budget else None
        return {
            "busy": self.busy,
            "day": engine.day + 1,
            "done": done,
            "expected": expected,
            "seconds": self._seconds_left(part),
            "last": round(self._last, 2) if self._last else None,
            "calls": spent.calls,
            "tokens": spent.tokens if engine.scenario.models else None,
            "money": spent.money,
            "projected": projected.money if projected and not engine.finished else None,
            "caps": in_words(budget.caps) if budget else "",
            "person": self.seat.waiting is not None,
        }

    def _on_record(self) -> Spent:
        """What the run has taken before anybody asked here."""
        journal = self.shown.engine.journal
        if self._recorded is None or self._recorded[0] != len(journal):
            scenario, known = self.shown.engine.scenario, self.shown.spent
            self._recorded = len(journal), interview.before(journal, scenario, Terms(), known)
        return self._recorded[1]

    def _seconds_left(self, part: float) -> float | None:
        """Of the day, by the last one, or by what is done; None: not to be told yet."""
        if not self.busy or not (self._last or part):
            return None
        passed = time.monotonic() - self._began
        return round(max(0.0, (self._last or passed / part) * (1 - part)), 1)

    def _work(self, wanted: Callable[[], int]) -> None:
        engine = self.shown.engine
        with _Caught(self), self.lock:
            self.failed = self.shown.keep() or self.failed  # the file is there before the first answer is
            while engine.day < wanted() and not engine.finished and not self._stopping:
                self._began, coming = time.monotonic(), engine.day + 1
                self._answered = sum(place.day == coming and not place.attempt for place, _ in engine.journal)
                self.failed = self.shown.live() or self.failed
                self._last = time.monotonic() - self._began
        with _Caught(self, self.error), self.lock:
            self.shown.engine.close()
            self.shown.keeper.settle()
        self._idle.set()

    def _watch(self) -> None:
        """Stop when nobody looks; and say so again, should a day only just have begun."""
        while not self._idle.wait(0.2):
            if self._stopping or time.monotonic() - self._looked > SILENCE:
                self.stop()

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """While answers are awaited, the page may look."""
        self.lock.release()
        try:
            yield
        finally:
            self.lock.acquire()

    def _keep(self, place: Place, entry: Entry) -> None:
        self._answered += not place.attempt
        self.shown.keeper.record(place, entry)

    def _opened(self, run: str) -> Stored:
        """A kept run by whose answers residents act."""
        library = self.shown.keeper.library
        if library is None:
            raise RunError("runs are not kept on this server, so nobody can act as recorded in one")
        return Stored(library.path(run))

    def _expected(self) -> int:
        """Questions of the day, but for those that its events bring."""
        engine = self.shown.engine
        scenario = engine.scenario
        asked = {mind.name: mind.protocol for minds in (scenario.models, scenario.records) for mind in minds}
        of_mind = {"lean": LEAN, "full": FULL + (engine.day > 0)}
        minds = [group.mind or engine.scenario.mind for group in engine.groups]
        each = [of_mind[asked[mind]] if mind in asked else 0 for mind in minds]
        today, coming = engine.history[-1], engine.day + 1
        orders = [order for order in engine.scenario.interventions if isinstance(order, TakePlace)]
        people = sum(order.day <= coming < order.day + order.days for order in orders)
        questions = sum(each[group] for group, alive in zip(today.group.tolist(), today.alive.tolist()) if alive)
        return questions + people * LEAN


def in_words(caps: Caps) -> str:
    """ "Stops at $2.00, 5,000,000 tokens"; "" without a cap."""
    found = [f"${caps.money:,.2f}"] if caps.money else []
    found += [f"{cap:,.10g} {name}" for name in ("tokens", "calls", "minutes") if (cap := getattr(caps, name))]
    return f"Stops at {', '.join(found)}" if found else ""


class _Caught:
    """Keeps what ends the thread, for the page to tell."""

    def __init__(self, asker: Asker, before: BaseException | None = None) -> None:
        """`before`: what ended it already, and is told rather than what follows from it."""
        self.asker, self.before = asker, before

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        self.asker.error = self.before or error
        return isinstance(error, Exception)
