"""A community's numbers do not hang on its company: found by studies whose units were cut otherwise."""

from sim.engine import Batch
from sim.scenario import Scenario, check
from sim.state import Array


def _newborn(seeds: list[int], seed: int, days: int) -> Array:
    """The motives of all who ever lived in the community of that seed, f4 (residents, 11)."""
    batch = Batch([_community(each) for each in seeds], observed=False)
    for _ in range(days):
        batch.step()
    return batch.world.motives[batch.world.world == seeds.index(seed)]


def _community(seed: int) -> Scenario:
    return check({"seed": seed, "size": 25})


def test_a_newborn_wants_the_same_however_many_are_born_on_its_day() -> None:
    alone = _newborn([1029], 1029, 9)
    assert len(alone) > 25, "somebody is born"
    assert alone.tobytes() == _newborn(list(range(1000, 1048)), 1029, 9).tobytes()
