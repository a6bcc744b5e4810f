"""One measurement under way, in a thread of its own: a model is asked while no page waits, until done or told to stop.

Knows no Streamlit. It stops by itself when nobody has looked at it for a while: then the tab is closed.
"""

import asyncio
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from sim.asking import Outcome, PauseError, Reply, Request
from sim.conformity.measure import Measurement, Plan, measure
from sim.errors import CommonwealError
from sim.interview import Terms
from sim.models import Model
from sim.providers.budget import Budget, Spent
from sim.providers.cache import Cache
from sim.providers.keys import Keys
from sim.providers.prices import Prices
from sim.providers.provider import Provider

SILENCE = 10.0  # seconds without a look after which nobody is there any more
STOPPED = "stopped by hand; the same questions go on from the answers that are there"
ALONE = "stopped because nobody looked any more; the same questions go on from the answers that are there"


@dataclass(frozen=True)
class Progress:
    """How far it is. `seconds`: left, by what is done; None: not to be told yet."""

    done: int
    whole: int
    lost: int  # of those done, without an answer
    seconds: float | None
    spent: Spent


class Measuring:
    """See the module. SettingError if the model may not be asked on these terms."""

    def __init__(self, asked: Plan, model: Model, terms: Terms, keys: Keys) -> None:
        self.plan = asked
        self.result: Measurement | None = None  # what was answered, all of it or not
        self.failed: str | BaseException | None = None  # why there is no result: in words, or what was not foreseen
        self._model, self._terms = model, terms
        self._provider = Provider(
            [model], keys=keys, budget=Budget(terms.caps), prices=Prices(terms.prices),
            cache=Cache() if terms.cached else None, concurrency=terms.concurrency, timeout=terms.timeout,
        )  # fmt: skip
        self._idle = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._flying: set[asyncio.Task[Reply]] = set()
        self._stopped = ""
        self._done = self._lost = 0
        self._began = self._looked = time.monotonic()
        threading.Thread(target=self._work, daemon=True, name="measuring").start()
        threading.Thread(target=self._watch, daemon=True, name="measuring-watch").start()

    @property
    def busy(self) -> bool:
        """Whether anything is asked still."""
        return not self._idle.is_set()

    def look(self) -> Progress:
        """Somebody is there, and is told how far it is."""
        self._looked = now = time.monotonic()
        done, whole = self._done, self.plan.calls
        seconds = (now - self._began) * (whole - done) / done if done else None
        return Progress(done, whole, self._lost, seconds, self._provider.budget.spent())

    def stop(self, why: str = STOPPED) -> None:
        """Ask nothing any more; calls under way are given up, answers that are there count."""
        self._stopped = self._stopped or why
        if (loop := self._loop) is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._give_up)

    def wait(self, seconds: float) -> bool:
        """Until it has ended, so long at most. True once it has."""
        return self._idle.wait(seconds)

    async def ask(self, request: Request) -> Reply:
        """The model's answer. PauseError once it was stopped."""
        if self._stopped:
            raise PauseError(self._stopped)
        asking = asyncio.ensure_future(self._provider.ask(request))
        self._flying.add(asking)
        try:
            reply = await asking
            self._lost += reply.outcome is not Outcome.OK
            return reply
        except asyncio.CancelledError:
            if self._stopped:
                raise PauseError(self._stopped) from None
            raise
        finally:
            self._flying.discard(asking)

    def _give_up(self) -> None:
        for asking in self._flying:
            asking.cancel()

    def _work(self) -> None:
        try:
            self.result = asyncio.run(self._measure())
        except CommonwealError as error:
            self.failed = str(error)
        except BaseException as error:
            self.failed = error
            raise
        finally:
            self._loop = None
            self._idle.set()

    async def _measure(self) -> Measurement:
        self._loop = asyncio.get_running_loop()
        try:
            return await measure(self, self.plan, self._model.name, self._count, self._terms.concurrency)
        finally:
            await self._provider.close()

    def _count(self, done: int) -> None:
        self._done = done

    def _watch(self) -> None:
        while not self._idle.wait(0.2):
            if not self._stopped and time.monotonic() - self._looked > SILENCE:
                self.stop(ALONE)
