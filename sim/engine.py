"""Runs: one community day by day with all that is known of it (Engine), or many at once for their figures (Batch).

Knows the loop, not the rules: a day is lived in `day.py`; here it is labelled, measured, kept and found again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import Any

import numpy as np

from sim import records
from sim.asking import Answers
from sim.birth import found
from sim.council import Council
from sim.day import Lived, dawn, live, wake
from sim.detector import Detector
from sim.digest import Digest
from sim.errors import RunError, SettingError
from sim.intentions import Option
from sim.interventions import Intervention
from sim.journal import Journal
from sim.measures import Measures
from sim.mind import Thinker, Unanimous, mind
from sim.observe import observe
from sim.params import Params, Society, params, society
from sim.past import History, Past
from sim.record import SPAN, Window
from sim.registry import discover
from sim.scenario import Group, Scenario
from sim.state import Array, Day, World

SCRIPTED = "scripted"  # the mind of all who are not asked in words, where some are
CHECKPOINTS = 64 * 2**20  # bytes that kept states of one run may take


@cache
def detectors() -> dict[str, Detector]:
    """Every detector by name."""
    found_ = discover("sim.detectors", "DETECTOR")
    return {name: item for name, item in found_.items() if isinstance(item, Detector)}


class Batch:
    """Many communities as one world of blocks. They share all settings but seed, size and mix; none is meddled with."""

    def __init__(self, scenarios: Sequence[Scenario], *, observed: bool = True, thinker: Thinker | None = None) -> None:
        """`observed`: with detectors and metrics. `thinker`: who thinks, else the scenarios' mind.

        SettingError if the scenarios cannot share a batch.
        """
        self.scenarios = tuple(scenarios)
        if len(scenarios) > 1 and any(scenario.interventions for scenario in scenarios):
            raise SettingError("worlds of one batch cannot have interventions; run those that have them apart")
        self.params = params(scenarios[0])
        self.society = society(scenarios)
        self.groups = list(scenarios[0].mix)
        self.thinker = thinker or Unanimous(mind(scenarios[0].mind))
        self.world = found(scenarios, self.society)
        self.today = dawn(self.world)
        self.words: dict[int, str] = {}  # own words of today's messages
        self.founders = np.array([scenario.size for scenario in scenarios], float)
        self.observed = observed
        self.marks: dict[str, Array] = {}  # today's labels by detector
        self.values: dict[str, Array] = {}  # today's measures by metric
        self.measures = Measures(self.founders, np.array([scenario.days for scenario in scenarios]))
        self._window = Window()
        self._watch(None)

    def take_up(self, past: Past, world: World) -> None:
        """Go on where a kept run of one block stands: its days so far, and its world in the evening of the last."""
        days = [past.day(day) for day in range(max(0, past.last - SPAN + 1), past.last + 1)]
        series = past.series()
        self.world, self.today, self.marks = world, days[-1], past.labels(past.last)
        self.measures.take_up(series)
        self.values = {name: np.array([series[name][-1]]) for name in self.values}
        self._window = Window.of(day.public() for day in days)

    @property
    def day(self) -> int:
        """Last day lived."""
        return self.today.day

    def step(self, orders: Sequence[tuple[int, Intervention]] = ()) -> Day:
        """Live one day in every block."""
        before = self.today
        # A day that is broken off while somebody is asked must leave no trace.
        world = self.world.copy() if isinstance(self.thinker, Council) else self.world
        self.world, self.today, self.words = live(
            world, self.thinker, self.params, self.society, self.groups, orders, before.day + 1
        )
        self._watch(before)
        return self.today

    def _watch(self, before: Day | None) -> None:
        if not self.observed:
            return
        public = self.today.public()
        self._window.push(public)
        self.marks = {name: detector.detect(self._window) for name, detector in detectors().items()}
        self.values = self.measures.add(self.today, before, self.marks)


class Engine:
    """One community: its days, labels and measures so far, what was done to it, and the way back to any day."""

    def __init__(
        self, scenario: Scenario, *, keep: bool = True, past: Past | None = None, answers: Answers | None = None
    ) -> None:
        """`keep`: hold on to days and labels; without, only the last of each (huge runs from the command line).

        `past`: the days of this scenario that have been lived already; the run goes on after the last. RunError if
        they cannot be lived again as they were, for example by another version of the rules. `answers`: who answers
        for residents that are asked in words; what the past has on record is not asked again.
        """
        self.scenario = scenario
        self._keep = keep or past is not None or scenario.worded
        self.journal = Journal(answers)
        self._waiting: Callable[[], AbstractContextManager[Any]] = nullcontext
        self.words: History[Mapping[int, str]] = History(past.words, past.last) if past else History()
        self._batch = Batch([scenario], thinker=self._council(scenario, past) if scenario.worded else None)
        self._digest = Digest(past.digests if past else None)
        self.groups: list[Group] = self._batch.groups
        self.founders = scenario.size
        self.history: History[Day] = History(past.day, past.last) if past else History()
        self.labels: History[dict[str, Array]] = History(past.labels, past.last) if past else History()
        self.series: dict[str, list[float]] = past.series() if past else {}
        bytes_ = sum(field.nbytes for field in self.world)
        self._stride = max(1, -(-bytes_ * scenario.days // CHECKPOINTS))  # days between kept states
        self._states: dict[int, World] = {0: self.world.copy()} if self._keep else {}
        self._past = past
        self._introduce()
        if past is None:
            self._record()
        else:
            self._take_up(past)

    @property
    def world(self) -> World:
        """The present state. Read only."""
        return self._batch.world

    @property
    def measures(self) -> Measures:
        """The daily values of all metrics so far. Read only."""
        return self._batch.measures

    @property
    def day(self) -> int:
        """Last day lived; 0 at the start."""
        return self._batch.day

    @property
    def finished(self) -> bool:
        """The horizon is reached or nobody is alive."""
        return self.day >= self.scenario.days or not self.world.alive.any()

    def step(self) -> Day:
        """Live one day. RunError if the run is finished; SettingError if an order for it cannot be carried out."""
        if self.finished:
            raise RunError(f"the run ended on day {self.day}; start a new one, with more days if you want to go on")
        orders = self._orders(self.day + 1)
        if orders:
            self._try(self.day + 1, orders)  # what cannot be carried out must not touch the run
        self._batch.params = self._params(self.day + 1)
        if isinstance(self._batch.thinker, Council):
            self._batch.thinker.resume()
        self.journal.begin()
        self._batch.step(orders)
        if self._keep and self.day % self._stride == 0:
            self._states[self.day] = self.world.copy()
        self._record()
        return self._batch.today

    def intervene(self, order: Intervention) -> Intervention:
        """Have something done on the next morning. Returns the order as recorded. SettingError if it cannot be done."""
        if self.finished:
            raise RunError(f"the run ended on day {self.day}; nothing can be done to it any more")
        order = order.model_copy(update={"day": self.day + 1})
        scenario = self.scenario.with_(
            interventions=[*(o.model_dump() for o in self.scenario.interventions), order.model_dump()]
        )
        orders = [(k, planned) for k, planned in enumerate(scenario.interventions) if planned.day == order.day]
        self._try(order.day, orders)
        self.scenario = scenario
        if scenario.worded and not isinstance(self._batch.thinker, Council):
            self._batch.thinker = self._council(scenario)
            self._introduce()
        return order

    def state(self, day: int) -> World:
        """The world in the evening of a day lived, from the nearest kept state onwards. RunError if there is none."""
        if not 0 <= day <= self.day:
            raise RunError(f"day {day} has not been lived; choose a day from 0 to {self.day}")
        if day == self.day:
            return self.world
        if not self._states:
            raise RunError("this run keeps no past states; run it with keep=True")
        return self._back(day)[0]

    def kept_states(self) -> dict[int, World]:
        """The states at hand without living a day again, by day, the present one included. Read only."""
        return {**self._states, self.day: self.world}

    def pause(self) -> None:
        """Stop asking, from another thread: the day being thought over is left, and `step` raises PauseError."""
        if isinstance(self._batch.thinker, Council):
            self._batch.thinker.pause()

    def close(self) -> None:
        """Close connections and files held for asking. The run can still go on, which opens them again."""
        if isinstance(self._batch.thinker, Council):
            self._batch.thinker.close()

    def while_waiting(self, waiting: Callable[[], AbstractContextManager[Any]]) -> None:
        """What to enter while residents are asked and the run stands still: for whoever guards it with a lock."""
        self._waiting = waiting
        self._introduce()

    @property
    def notes(self) -> Mapping[tuple[int, int], str]:
        """Entries of memory that residents wrote, by day and resident."""
        thinker = self._batch.thinker
        return thinker.notes if isinstance(thinker, Council) else {}

    def why(self, day: int, resident: int) -> list[Option]:
        """What a resident weighed on a day, best first; empty for who was not alive that morning."""
        if day < 1:
            return []
        params_ = self._params(day)
        world, _ = wake(self.state(day - 1).copy(), params_, self._society(), list(self.groups), self._orders(day))
        if not 0 <= resident < len(world.alive) or not world.alive[resident]:
            return []
        with self._looking_back() as thinker:
            return thinker.weigh(observe(world, params_, day), params_, world, resident)

    def digest(self) -> str:
        """SHA-256 of all days lived, in a canonical form: equal for equal runs, alone or in a batch."""
        return self._digest.hex()

    @property
    def digests(self) -> Sequence[str]:
        """The digest as it stood at the end of each day, day 0 first: equal up to the day on which two runs part."""
        return self._digest.links

    def summary(self) -> dict[str, float]:
        """The run's value of every metric; NaN where it is not defined."""
        return {name: float(value[0]) for name, value in self._batch.measures.final().items()}

    def _orders(self, day: int) -> list[tuple[int, Intervention]]:
        return [(k, order) for k, order in enumerate(self.scenario.interventions) if order.day == day]

    def _relive(self, world: World, day: int, orders: Sequence[tuple[int, Intervention]] | None = None) -> Lived:
        orders = self._orders(day) if orders is None else orders
        with self._looking_back() as thinker:
            return live(world, thinker, self._params(day), self._society(), list(self.groups), orders, day)

    @contextmanager
    def _looking_back(self) -> Iterator[Thinker]:
        """Who thinks over again what was thought; the council itself may be asking just now."""
        thinker = self._batch.thinker
        with thinker.again() if isinstance(thinker, Council) else nullcontext(thinker) as again:
            yield again

    def _council(self, scenario: Scenario, past: Past | None = None) -> Council:
        """The thinker of a community in which some are asked in words."""
        for place, entry in past.journal() if past else ():
            self.journal.put(place, entry)
        self.journal.lived = past.last if past else self.journal.lived
        from sim.prompts.casting import scripts  # words are for those who need them

        council = Council(self._now, mind(SCRIPTED), scripts(scenario), self.journal)
        council.notes |= past.notes() if past else {}
        return council

    def _now(self) -> tuple[Scenario, Sequence[Group]]:
        return self.scenario, self.groups

    def _introduce(self) -> None:
        """Let a council know the days that have been lived."""
        if isinstance(self._batch.thinker, Council):
            self._batch.thinker.past, self._batch.thinker.words = self.history, self.words
            self._batch.thinker.waiting = self._waiting

    def _try(self, day: int, orders: Sequence[tuple[int, Intervention]]) -> None:
        """SettingError if these orders cannot be carried out on the morning of the coming day."""
        wake(self.world.copy(), self._params(day), self._society(), list(self.groups), orders)

    def _params(self, day: int) -> Params:
        """The world's numbers on a day: interventions may have changed them."""
        return params(self.scenario.on(day))

    def _back(
        self, day: int, seen: Callable[[Day, Mapping[int, str]], None] = lambda day, words: None
    ) -> tuple[World, Day]:
        """The world in the evening of a day lived, lived again from the nearest kept state; and the last such day.

        `seen`: told of each day as it is lived again.
        """
        at = max(kept for kept in self._states if kept <= day)
        world, lived = self._states[at].copy(), self.history[at]
        if self._past and (kept := self._past.state(day)) and kept[0] > at:
            at, world = kept
            lived = self.history[at]
        for past in range(at + 1, day + 1):
            world, lived, words = self._relive(world, past)
            seen(lived, words)
        return world, lived

    def _take_up(self, past: Past) -> None:
        """Stand in the evening of the kept run's last day."""
        for group in past.groups[len(self.groups) :]:  # those that interventions added
            self._batch.society.profiles[0, len(self.groups)] = group.profile()
            self.groups.append(group)
        if (tuple(past.labels(0)), set(self.series)) != (tuple(self._batch.marks), set(self._batch.values)):
            raise RunError(
                "this run cannot be continued: another version watched it, with other detectors or metrics; it can "
                "still be read and exported"
            )
        kept = past.state(past.last)
        at = kept[0] if kept else 0
        again = Digest(self._digest.links[:at])
        again.add(self.history[at] if at else self._batch.today, self.words[at])
        world, _ = self._back(past.last, again.add)
        if wrong := [day for day, link in enumerate(again.links) if link != self._digest.links[day]]:
            raise RunError(
                f"this run cannot be continued: its day {wrong[0]}, lived again, is not the day on record. It was "
                "made by another version of the rules, or the file was changed; it can still be read and exported"
            )
        self._batch.take_up(past, world)

    def _society(self) -> Society:
        """A copy that orders may add groups to."""
        society_ = self._batch.society
        return society_._replace(profiles=society_.profiles.copy())

    def _record(self) -> None:
        day = self._batch.today
        self.journal.settle(day.day)
        self._digest.add(day, self._batch.words)
        if not self._keep:
            self.history.clear()
            self.words.clear()
            self.labels.clear()
        self.history.append(day)
        self.words.append(self._batch.words)
        self.labels.append(self._batch.marks)
        for name, value in self._batch.values.items():
            self.series.setdefault(name, []).append(float(value[0]))


def run_many(scenarios: Sequence[Scenario], *, digests: bool = False) -> tuple[dict[str, Array], list[str]]:
    """Live scenarios of equal length as one batch: final value of each metric, shape (W,), and digests if asked for."""
    batch = Batch(scenarios)
    prints = [Digest() for _ in scenarios] if digests else []
    for w, digest in enumerate(prints):
        digest.add(records.block(batch.today, w))
    ended = np.zeros(len(scenarios), bool)
    for _ in range(max(scenario.days for scenario in scenarios)):
        ended |= np.bincount(batch.world.world, batch.world.alive, len(scenarios)) == 0
        batch.step()
        for w, digest in enumerate(prints):
            if not ended[w]:
                digest.add(records.block(batch.today, w))
    return batch.measures.final(), [digest.hex() for digest in prints]
