"""A judge at work on a kept run, in a thread of its own: no page waits for it, and each answer is kept at once.

Knows no Streamlit. It ends when all is judged, when it is told to stop, at a cap, or when its tab is closed.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sim.errors import CommonwealError
from sim.interview import Terms
from sim.judge.batch import Batch
from sim.judge.judge import Judge, Judged
from sim.models import Model
from sim.providers.budget import Budget, Spent
from sim.providers.cache import Cache
from sim.providers.keys import Keys
from sim.providers.prices import Prices
from sim.providers.provider import Provider
from sim.runs.judgements import keep_judged

SILENCE = 10.0  # seconds that a tab may be away
STOPPED = "Stopped. What was judged is kept, and is not asked again."


@dataclass(frozen=True)
class Progress:
    """How far it is. `lost`: questions that got no usable answer; `labels`: found so far."""

    done: int
    whole: int
    lost: int
    labels: int
    spent: Spent


class Judging:
    """See the module. SettingError if the model may not be asked on these terms."""

    def __init__(
        self, path: Path, asked: Sequence[Batch], residents: Sequence[str], model: Model, terms: Terms, keys: Keys,
        there: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        """`path`: the run's file; `residents`: names of all; `there`: whether the tab that wants it is still open."""
        self.path, self.model = path, model
        self.told = ""  # how it ended, in words
        self.error: BaseException | None = None  # what was not foreseen
        self._asked, self._there = list(asked), there
        self._provider = Provider(
            [model], keys=keys, budget=Budget(terms.caps), prices=Prices(terms.prices),
            cache=Cache() if terms.cached else None, concurrency=terms.concurrency, timeout=terms.timeout,
        )  # fmt: skip
        self._judge = Judge(model, self._provider, residents)
        self._judged: list[Judged] = []
        self._idle = threading.Event()
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        threading.Thread(target=self._work, daemon=True, name="judging").start()
        threading.Thread(target=self._watch, daemon=True, name="judging-watch").start()

    @property
    def busy(self) -> bool:
        """Whether anything is asked still."""
        return not self._idle.is_set()

    def progress(self) -> Progress:
        """How far it is."""
        judged = list(self._judged)
        lost = sum(not one.hearing.heard for one in judged)
        found = sum(len(one.judgements) for one in judged)
        return Progress(len(judged), len(self._asked), lost, found, self._provider.budget.spent())

    def stop(self) -> None:
        """Ask nothing any more; calls under way are given up, what was judged stays."""
        self._stopping = True
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(task.cancel)

    def wait(self, seconds: float) -> bool:
        """Until it has ended, so long at most. True once it has."""
        return self._idle.wait(seconds)

    def _work(self) -> None:
        try:
            asyncio.run(self._hear())
        except CommonwealError as error:
            self.told = f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."
        except BaseException as error:
            self.error = error
            raise
        finally:
            self._loop = self._task = None
            self._idle.set()

    async def _hear(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._judge.judge(self._asked, self._keep))
        if self._stopping:
            self._task.cancel()
        try:
            await self._task
            self.told = self._ended()
        except asyncio.CancelledError:
            self.told = STOPPED
        finally:
            await self._provider.close()

    def _keep(self, judged: Judged) -> None:
        keep_judged(self.path, judged)
        self._judged.append(judged)

    def _ended(self) -> str:
        lost = [one.hearing for one in self._judged if not one.hearing.heard]
        if not lost:
            return f"{self.model.model} has judged all days that were asked of it."
        why = lost[0].why.rstrip(".") or lost[0].outcome
        return (
            f"{len(lost)} of {len(self._judged)} questions got no usable answer ({why}). Judge again to ask them again."
        )

    def _watch(self) -> None:
        seen = time.monotonic()
        while not self._idle.wait(0.5):
            seen = time.monotonic() if self._there() else seen
            if time.monotonic() - seen > SILENCE:
                self.stop()
