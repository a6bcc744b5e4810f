"""All minds of one community as one: scripted residents answer in arrays, the others are asked in words.

Knows which resident has which mind; neither the wording of a question nor who answers it.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

import numpy as np

from sim.asking import Answers, PauseError, let_go
from sim.deliberation import Deliberation
from sim.intentions import Option
from sim.interventions import TakePlace
from sim.mind import Mind, Thought
from sim.models import PERSON
from sim.observe import Observation
from sim.params import Params
from sim.scenario import Group, Scenario
from sim.scene import Bid, Scene, Script
from sim.speech.names import name
from sim.state import Array, Day, World

T = TypeVar("T")
Words = Mapping[int, str]  # number of a message -> its own words


class Council:
    """The Thinker of a community whose residents have minds of several kinds. `pause` may come from another thread."""

    def __init__(
        self, now: Callable[[], tuple[Scenario, Sequence[Group]]], scripted: Mind, scripts: Mapping[str, Script],
        answers: Answers,
    ) -> None:  # fmt: skip
        """`now`: the run's scenario and groups; `scripts`: how those are asked who are, by the name of their mind."""
        self.now = now
        self.scripted, self.scripts, self.answers = scripted, scripts, answers
        self.past: Sequence[Day] = ()
        self.words: Sequence[Words] = ()
        self.notes: dict[tuple[int, int], str] = {}  # (day, resident) -> entry of memory
        self.waiting: Callable[[], AbstractContextManager[Any]] = nullcontext  # entered while answers are awaited
        self._deliberation: Deliberation | None = None
        self._runner: asyncio.Runner | None = None
        self._task: asyncio.Task[Any] | None = None
        self._stopped = False

    def think(self, o: Observation, params: Params, world: World) -> Thought:
        """The day's thinking. PauseError if asking is stopped, by hand or by a cap."""
        self._deliberation = self._scene(o, params, world)
        self._run(self._deliberation.think())
        scene = self._deliberation.scene
        self.notes |= scene.noted
        failed, scene.failed = sorted(scene.failed), []  # whoever answered first
        return Thought(scene.plans, scene.said, scene.answers, scene.acts, scene.spoken, scene.replied, failed)

    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array:
        """u1 (k,): 1 where the resident called stands by its neighbour in that slot."""
        stands = self.scripted.stand(o, params, who, slot)
        mine, deliberation = self._asked(who)
        if mine:
            stands[mine] = self._run(deliberation.stand(who[mine].tolist(), slot[mine].tolist()))
        return stands

    def fund(self, o: Observation, params: Params, who: Array, side: Array, before: Array, after: Array) -> Array:
        """Units each asked worker puts in."""
        funds = self.scripted.fund(o, params, who, side, before, after)
        mine, deliberation = self._asked(who)
        if mine:
            bids = [Bid(int(side[k]), float(before[k]), float(after[k])) for k in mine]
            funds[mine] = self._run(deliberation.fund(who[mine].tolist(), bids))
        return funds

    def failures(self) -> Sequence[tuple[int, int]]:
        """Rows and phases that failed since `think`."""
        return sorted(self._deliberation.scene.failed) if self._deliberation else ()

    def weigh(self, o: Observation, params: Params, world: World, i: int) -> list[Option]:
        """What a scripted resident weighs; who is asked in words gives its reasons in words."""
        if i in self.seats(world, o.day):
            return []
        plans, said, answers, acts = self.think(o, params, world)[:4]
        return self.scripted.weigh(o, params, plans, said, answers, acts, i)

    def seats(self, world: World, day: int) -> dict[int, Script]:
        """Who is asked in words on a day, and how."""
        scenario, groups = self.now()
        by_group = [group.mind or scenario.mind for group in groups]
        minds = [by_group[g] for g in world.group.tolist()]
        found = {i: self.scripts[mind] for i, mind in enumerate(minds) if mind in self.scripts}
        for order in scenario.interventions:
            if isinstance(order, TakePlace) and order.day <= day < order.day + order.days:
                if order.resident < len(world.alive):
                    found[order.resident] = self.scripts[PERSON]
        return found

    @contextmanager
    def again(self) -> Iterator["Council"]:
        """Another one that thinks as this did, for a look back while this one is asking."""
        other = Council(self.now, self.scripted, self.scripts, self.answers)
        other.past, other.words, other.notes = self.past, self.words, dict(self.notes)
        try:
            yield other
        finally:
            other._end()

    def close(self) -> None:
        """Close connections and files held for asking, and their loop. Whoever asks again opens them again."""
        if self._runner is not None:
            self._runner.run(let_go(self.answers))
        self._end()

    def _end(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.close()

    def pause(self) -> None:
        """Stop asking: a day being thought over is left as it is, and answers that are there are kept."""
        self._stopped = True  # before looking at the task: one that is only just being started looks here
        task = self._task
        if task is not None:
            task.get_loop().call_soon_threadsafe(task.cancel)

    def resume(self) -> None:
        """Ask again, after a pause."""
        self._stopped = False

    def _scene(self, o: Observation, params: Params, world: World) -> Deliberation:
        scenario, _ = self.now()
        names = [name(scenario.seed, number) for number in range(len(world.alive))]
        past, words = self.past[: o.day], self.words[: o.day]
        scene = Scene(scenario, params, o, world.weights, names, past, words, self.notes)
        return Deliberation(scene, self.scripted, self.seats(world, o.day), self.answers)

    def _asked(self, who: Array) -> tuple[list[int], Deliberation]:
        assert self._deliberation is not None
        return np.flatnonzero(np.isin(who, self._deliberation.asked)).tolist(), self._deliberation

    def _run(self, thinking: Coroutine[Any, Any, T]) -> T:

        async def held() -> T:
            self._task = asyncio.current_task()
            try:
                if self._stopped:
                    thinking.close()
                    raise asyncio.CancelledError
                return await thinking
            except ExceptionGroup as group:  # of the residents' tasks: the first tells why
                raise _first(group) from None

        try:
            self._runner = self._runner or asyncio.Runner()
            with self.waiting():
                return self._runner.run(held())
        except asyncio.CancelledError:
            raise PauseError(
                "asking was stopped; the answers that had come are kept, and the day goes on there"
            ) from None
        finally:
            self._task = None


def _first(group: ExceptionGroup[Exception]) -> Exception:
    stopped = group.subgroup(PauseError) or group
    first = stopped.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
