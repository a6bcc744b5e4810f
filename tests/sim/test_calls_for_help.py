"""A resident whom several neighbours call on one day is asked for each of them, and each answer has its own place."""

import asyncio

import numpy as np
import pytest

from sim.asking import Phase, Reply, Request
from sim.deliberation import Deliberation
from sim.journal import Journal
from sim.models import Model
from sim.prompts.script import script
from tests.sim.prompts.scenes import SCRIPTED, community, scene_of


class Choosy:
    """Stands by the neighbours of these names, understood at the second time only."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        if not request.place.again:
            return Reply("Pardon?")
        task = next(part.text for part in request.parts if part.name == "TASK")
        return Reply(f'{{"stand": {str(any(name in task for name in self.names)).lower()}}}')


@pytest.mark.parametrize("protocol", ["lean", "full"])
def test_each_call_is_answered_for_itself(protocol: str) -> None:
    scene = scene_of(community())
    i = int(np.argmax((scene.o.nbr >= 0).sum(axis=1)))
    near = [(slot, scene.names[j]) for slot, j in enumerate(scene.o.nbr[i].tolist()) if j >= 0][:3]
    (a, _), (b, wanted), (c, _) = near
    source = Choosy({wanted})
    journal = Journal(source)
    asking = script(Model.model_validate({"model": "m", "protocol": protocol}))
    slots = [a, b, c, b]  # two attack the same neighbour
    for _ in range(2):  # the second time from the journal
        stands = asyncio.run(Deliberation(scene, SCRIPTED, {i: asking}, journal).stand([i] * 4, slots))
        assert stands == [False, True, False, True]
        assert len(source.asked) == 6 == len({request.place for request in source.asked})
    assert {request.phase for request in source.asked} == {Phase.STAND} and not journal.changed
