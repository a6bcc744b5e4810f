"""What is remembered is forgotten in time, and an idle day leaves nothing behind."""

import numpy as np
import pytest

from sim.day import live
from sim.engine import Engine
from sim.intentions import Acts, Option, Plans, Talk
from sim.mind import Unanimous
from sim.minds.scripted import ScriptedMind
from sim.observe import CO_WORKER, PRIOR, Observation, observe
from sim.params import Params, params, society
from sim.scenario import check
from sim.state import Primary, Seen


class Silent(ScriptedMind):
    """Works, and says nothing."""

    def perceive(self, o: Observation, params: Params) -> Plans:
        return Plans.none(len(o.alive))

    def speak(self, o: Observation, params: Params, plans: Plans) -> Talk:
        return Talk.none(len(o.alive))

    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts:
        acts = Acts.none(len(o.alive))
        acts.primary[:], acts.factory[:] = Primary.SECURE, o.workplace
        return acts

    def weigh(
        self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk, acts: Acts, i: int
    ) -> list[Option]:
        return []


@pytest.mark.parametrize("memory", [1, 3, 14])
def test_a_betrayal_is_remembered_for_k_days_and_then_forgotten(memory: int) -> None:
    scenario = check({"size": 12, "memory": memory, "start": 100, "days": 40})
    p, born = params(scenario), society([scenario])
    world, betrayed = Engine(scenario).world.copy(), 4
    trust = []
    for day in range(1, 2 * memory + 8):
        trust.append(observe(world, p, day).trust[0, 0])
        world, lived, _ = live(world, Unanimous(Silent()), p, born, list(scenario.mix), (), day)
        assert len(lived.messages) == 0
        if day == betrayed:
            world.memory[0, 0, day % memory] |= Seen.BROKE
    neutral = np.tanh(PRIOR + CO_WORKER)
    remembered = trust[betrayed : betrayed + memory]  # trust[d] is that of the morning of day d + 1
    assert max(remembered) < neutral
    assert sorted(remembered) == remembered, "it fades"
    np.testing.assert_allclose(trust[:betrayed] + trust[betrayed + memory :], neutral)
    assert not world.memory.any()
