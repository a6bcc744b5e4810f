"""What a mind is: how residents of one kind perceive, speak, reply, act and fund. Found in `sim/minds`, one a file."""

from functools import cache
from typing import Protocol, runtime_checkable

from sim.errors import RunError, SettingError
from sim.intentions import Acts, Option, Plans, Talk
from sim.observe import Observation
from sim.params import Params
from sim.registry import discover
from sim.state import Array


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
