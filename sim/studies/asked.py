"""Runs of a study in which models are asked: lived in this process, a few at once, under one cap for all of them.

Each run has its thread; all questions go through one event loop, which alone knows budget and endpoints. A run in which
the model did not take part is a Failure, not a figure.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from math import inf
from types import TracebackType
from typing import NamedTuple, Self

from sim.asking import Answers, Outcome, PauseError, Reply, Request
from sim.engine import Engine
from sim.errors import CommonwealError, RunError
from sim.interview import Tally, Terms, of_day, provider
from sim.models import Model
from sim.providers.budget import Budget, Spent
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.provider import Provider
from sim.scenario import Scenario
from sim.studies import lives
from sim.studies.design import Study
from sim.studies.estimate import AT_ONCE
from sim.studies.failure import Failure
from sim.studies.lives import REASON, Row, Unit
from sim.studies.minds import minds

MOST_FAILED = 0.25  # of a run's questions without a legal answer: more, and it shows default acts, not the model
BEAT = 2.0  # seconds of spending that a killed program may forget


class Done(NamedTuple):
    """A unit that was lived."""

    unit: Unit
    rows: list[Row]


class Asking:
    """Lives worded units. To be entered; `pause` may come from any thread. Caps hold for all runs together."""

    def __init__(
        self, terms: Terms | None = None, *, keys: Keys | None = None, endpoints: Endpoints | None = None,
        before: Spent | None = None, told: Callable[[Spent], None] = lambda spent: None, at_once: int = AT_ONCE,
    ) -> None:  # fmt: skip
        """`before`: what the study has spent so far. `told`: what it has by now, every BEAT seconds, by `live`'s
        thread. `at_once`: runs lived at the same time.
        """
        self.terms, self.keys, self.endpoints, self.at_once = terms or Terms(), keys, endpoints, at_once
        self.told = told
        self.budget = Budget(self.terms.caps, before)
        self.desk = _Desk(self.terms.concurrency)
        self._lock = threading.Lock()
        self._providers: dict[tuple[Model, ...], Provider] = {}
        self._silent: dict[tuple[str, str], str] = {}  # models that never answered, by address and name, and why
        self._engines: set[Engine] = set()
        self.stopped = False

    def __enter__(self) -> Self:
        self.desk.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()
        self.desk.close(self._providers.values())

    def live(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Units as they are done. PauseError when a cap is reached or `pause` came; what was done is yielded before.

        SettingError for terms that do not do for the study, before anybody is asked.
        """
        waiting = iter(units)
        reason: PauseError | None = None
        with ThreadPoolExecutor(self.at_once, "asked") as threads:
            under_way: dict[Future[list[Row]], Unit] = {}
            try:
                while True:
                    while reason is None and len(under_way) < self.at_once and (unit := next(waiting, None)):
                        for _, _, scenario in unit.runs:
                            if minds(scenario):
                                self._provider(scenario)  # terms that do not do are told before anybody is asked
                        under_way[threads.submit(self._unit, unit)] = unit
                    if not under_way:
                        break
                    done = wait(under_way, BEAT, FIRST_COMPLETED).done
                    self.told(self.spent)
                    for future in done:
                        unit = under_way.pop(future)
                        try:
                            yield Done(unit, future.result())
                        except PauseError as paused:
                            reason = reason or paused
                            self.pause()
            finally:
                if under_way:
                    self.pause()
        if reason is not None:
            raise reason

    def pause(self) -> None:
        """Ask nothing any more. Runs under way are given up; a run's answers are found again in the cache."""
        self.stopped = True
        with self._lock:
            engines = list(self._engines)
        for engine in engines:
            engine.pause()

    @property
    def spent(self) -> Spent:
        """By the whole study so far, given-up runs included."""
        return self.budget.spent()

    def _unit(self, unit: Unit) -> list[Row]:
        return [self._run(condition, seed, scenario) for condition, seed, scenario in unit.runs]

    def _run(self, condition: int, seed: int, scenario: Scenario) -> Row:
        scenario = scenario.model_copy(update={"seed": seed})
        asked = minds(scenario)
        if not asked:
            (row,) = lives.live(Unit(0, ((condition, seed, scenario),)))
            return row
        try:
            for model in asked:
                if why := self._silent.get((model.base_url, model.model)):
                    raise RunError(f"not asked again: {why}")
            engine = Engine(scenario, answers=_Forwarded(self, self._provider(scenario)))
            with self._lock:
                self._engines.add(engine)
            try:
                self._days(engine, asked)
            finally:
                with self._lock:
                    self._engines.discard(engine)
                engine.close()
        except PauseError:
            raise
        except CommonwealError as error:
            return Failure(condition, seed, str(error)[:REASON])
        return lives.lives([(condition, seed)], engine.measures, scenario.days)[0]

    def _days(self, engine: Engine, asked: list[Model]) -> None:
        """Live the run. RunError if it would not show the models."""
        whole = Tally()
        while not engine.finished:
            day = engine.step()
            entries = [(place, entry) for place, entry in engine.journal if place.day == day.day]
            whole += of_day(day, entries)
            for model in asked:
                mine = [entry.reply for _, entry in entries if entry.mind == model.name]
                if mine and all(reply.outcome is Outcome.FAILED for reply in mine):
                    why = f"{model.model} gave no answer on day {day.day}: {_usual(mine)}"
                    if day.day == 1:
                        self._silent[model.base_url, model.model] = why
                    raise RunError(why)
        if whole.failed_share > MOST_FAILED:
            raise RunError(
                f"{whole.failed} of {whole.questions} questions got no legal answer, more than {MOST_FAILED:.0%}: "
                f"{_usual([entry.reply for _, entry in engine.journal])}"
            )

    def _provider(self, scenario: Scenario) -> Provider:
        """Who answers in it: one provider for each set of models, all with one budget."""
        with self._lock:
            found = self._providers.get(scenario.models)
            if found is None:
                made = provider(scenario, self.terms, keys=self.keys, endpoints=self.endpoints)
                assert made is not None  # only worded scenarios come here
                made.budget = self.budget
                found = self._providers[scenario.models] = made
            return found


def check(study: Study, terms: Terms | None = None, *, endpoints: Endpoints | None = None) -> None:
    """SettingError if the study's models cannot be asked on these terms: an address, a mind, a cap without a price."""
    scenarios = [condition.scenario for condition in study.conditions]
    for scenario in {scenario.models: scenario for scenario in scenarios if minds(scenario)}.values():
        provider(scenario, terms or Terms(), endpoints=endpoints)


def record(spent: Spent) -> dict[str, float | int | None]:
    """What a study has spent, to be kept with it."""
    return asdict(spent)


def recorded(kept: object) -> Spent:
    """What `record` gave, from a file; nothing was spent where nothing is kept. RunError if it cannot be that."""
    if kept is None:
        return Spent()
    fields = record(Spent())
    if not isinstance(kept, dict) or set(kept) != set(fields):
        raise RunError("what the study has spent so far cannot be read; its file was changed or is damaged")
    for name, value in kept.items():
        whole = isinstance(fields[name], int)
        right = isinstance(value, int if whole else int | float) and not isinstance(value, bool) and 0 <= value < inf
        if not (right or (name == "money" and value is None)):
            raise RunError(f"what the study has spent so far cannot be read ({name}); its file was changed")
    return Spent(**kept)


class _Forwarded:
    """An `Answers` for one run's own loop: the question is put at the desk."""

    def __init__(self, asking: Asking, answers: Answers) -> None:
        self.asking, self.answers = asking, answers

    async def ask(self, request: Request) -> Reply:
        """The answer. PauseError once asking has been stopped."""
        if self.asking.stopped:
            raise PauseError("asking was stopped; start it again to go on with the runs that are not done")
        return await self.asking.desk.put(self.answers, request)


class _Desk:
    """An event loop in a thread of its own, where all questions of all runs meet."""

    def __init__(self, most: int) -> None:
        """`most`: questions at once, of whatever model."""
        self._loop = asyncio.new_event_loop()
        self._slots = asyncio.Semaphore(most)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="asked-desk")

    def open(self) -> None:
        """Start."""
        self._thread.start()

    async def put(self, answers: Answers, request: Request) -> Reply:
        """The answer, for a caller in another loop. Cancelled there, the question is given up here."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ask(answers, request), self._loop))

    def close(self, providers: Iterable[Provider]) -> None:
        """Close connections and files, then the loop."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._end(list(providers)), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    async def _ask(self, answers: Answers, request: Request) -> Reply:
        async with self._slots:
            return await answers.ask(request)

    async def _end(self, providers: Iterable[Provider]) -> None:
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        for each in providers:
            await each.close()


def _usual(replies: Iterable[Reply]) -> str:
    """Why most of those failed that did."""
    reasons = Counter(reply.why or reply.outcome.value for reply in replies if reply.outcome is not Outcome.OK)
    return reasons.most_common(1)[0][0] if reasons else "its answers were not in the form asked for"
