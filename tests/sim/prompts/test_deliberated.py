"""A day asked in words from end to end: whoever answers as scripted residents act lives as they do."""

import asyncio

import numpy as np

from sim.asking import Phase, Reply, Request
from sim.deliberation import Deliberation
from sim.models import Model
from sim.prompts.script import script
from sim.scene import Scene
from tests.sim.prompts.answering import answer
from tests.sim.prompts.scenes import SCRIPTED, community, scene_of, talked


class Actor:
    """Answers as a scripted resident of this scene acts; the first time, in words that are no answer."""

    def __init__(self, scene: Scene, stubborn: bool = False) -> None:
        self.scene, self.stubborn = scene, stubborn
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        await asyncio.sleep(0)
        if self.stubborn or not request.attempt:
            return Reply("I would rather not say.")
        return Reply(answer(request.phase, self.scene, request.resident))


def _deliberate(scene: Scene, actor: Actor) -> None:
    lean, full = script(Model(model="m")), script(Model(model="m", protocol="full"))
    scene.params = scene.params._replace(talk=1.0)
    scripts = {i: (full, lean)[i % 3 % 2] for i in range(len(scene.o.alive)) if i % 3 < 2}  # a third are scripted
    asyncio.run(Deliberation(scene, SCRIPTED, scripts, actor).think())


def test_answers_as_scripted_residents_act() -> None:
    engine = community(3, size=12, mix="30% without BE")
    scene, twin = scene_of(engine), scene_of(engine)
    scene.params = twin.params = scene.params._replace(talk=1.0)
    actor = Actor(talked(twin))
    _deliberate(scene, actor)
    assert scene.failed == []
    assert np.array_equal(scene.said.kind, twin.said.kind)
    assert np.array_equal(scene.answers.kind, twin.answers.kind)
    assert np.array_equal(scene.acts.primary, twin.acts.primary)
    assert np.array_equal(scene.acts.attack, twin.acts.attack)
    assert {request.phase for request in actor.asked} >= {Phase.MORNING, Phase.EVENING, Phase.SUMMARISE, Phase.DECIDE}
    assert all(request.messages[0] == actor.asked[0].messages[0] for request in actor.asked if _full(request))


def test_whoever_never_answers_fails_by_name() -> None:
    scene = scene_of(community(3, size=12))
    actor = Actor(scene, stubborn=True)
    _deliberate(scene, actor)
    asked = {(request.resident, int(request.phase)) for request in actor.asked}
    assert set(scene.failed) == asked
    assert len(actor.asked) == 2 * len(asked)


def _full(request: Request) -> bool:
    return request.phase < Phase.MORNING
