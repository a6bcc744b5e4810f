"""What a mind is: how residents of one kind perceive, speak, reply, act and fund. Found in `sim/minds`, one a file."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol, runtime_checkable

from sim.errors import RunError, SettingError
from sim.intentions import Acts, Option, Plans, Talk
from sim.observe import Observation
from sim.params import Params
from sim.registry import discover
from sim.state import Array, World


@runtime_checkable
class Mind(Protocol):
    """Answers for all its residents at once, from what they see; keeps nothing between calls.

    `said` and `answers` hold everybody's messages, row by row: a mind reads its residents' own rows whole and of
    their neighbours' rows only the slot that faces them, and only the public columns.
    """

    name: str

    def perceive(self, o: Observation, params: Params) -> Plans: ...
    def speak(self, o: Observation, params: Params, plans: Plans) -> Talk: ...
    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk: ...
    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts: ...
    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array: ...
    def fund(self, o: Observation, params: Params, who: Array, side: Array, before: Array, after: Array) -> Array: ...
    def weigh(
        self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk, acts: Acts, i: int
    ) -> list[Option]: ...


class Thought(NamedTuple):
    """What all residents of a world have come to on a day: plans, messages, replies, acts, and what stands beside."""

    plans: Plans
    said: Talk
    answers: Talk
    acts: Acts
    spoken: Mapping[tuple[int, int], str] = {}  # own words of an opening message, by row and slot
    replied: Mapping[tuple[int, int], str] = {}  # own words of a reply
    failed: Sequence[tuple[int, int]] = ()  # row and phase of who gave no legal answer


class Thinker(Protocol):
    """Thinks for a whole world: one mind for all, or a council of several."""

    def think(self, o: Observation, params: Params, world: World) -> Thought: ...
    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array: ...
    def fund(self, o: Observation, params: Params, who: Array, side: Array, before: Array, after: Array) -> Array: ...
    def failures(self) -> Sequence[tuple[int, int]]:
        """Rows and phases that failed since `think`."""
        ...

    def weigh(self, o: Observation, params: Params, world: World, i: int) -> list[Option]:
        """What resident i weighs on that morning, best first; empty if its mind weighs nothing."""
        ...


class Unanimous:
    """One mind for all residents."""

    def __init__(self, mind: Mind) -> None:
        self.mind = mind
        self.stand, self.fund = mind.stand, mind.fund

    def think(self, o: Observation, params: Params, world: World) -> Thought:
        """The day's thinking, phase by phase."""
        plans = self.mind.perceive(o, params)
        said = self.mind.speak(o, params, plans)
        answers = self.mind.reply(o, params, plans, said)
        return Thought(plans, said, answers, self.mind.act(o, params, plans, said, answers))

    def failures(self) -> Sequence[tuple[int, int]]:
        """None: an array always answers."""
        return ()

    def weigh(self, o: Observation, params: Params, world: World, i: int) -> list[Option]:
        """What the mind says of resident i."""
        plans, said, answers, acts = self.think(o, params, world)[:4]
        return self.mind.weigh(o, params, plans, said, answers, acts, i)


@cache
def minds() -> dict[str, Mind]:
    """Every kind of mind by name. RunError if one is malformed."""
    found: dict[str, Mind] = {}
    for name, item in discover("sim.minds", "MIND").items():
        if not isinstance(item, Mind):
            raise RunError(f"mind '{name}' is a {type(item).__name__}, which lacks some of a Mind's answers")
        found[name] = item
    return found


def mind(name: str) -> Mind:
    """One kind of mind. SettingError if there is none of that name."""
    known = minds()
    if name not in known:
        raise SettingError(f"mind: there is no mind '{name[:40]}'; there are {', '.join(known)}")
    return known[name]
