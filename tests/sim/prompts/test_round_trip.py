"""Whatever a scripted resident does can be said in the forms, and means the same when it is read back."""

import numpy as np
import pytest

from sim.asking import Phase
from sim.models import Model
from sim.prompts.script import script
from sim.scene import Answer, Scene
from sim.state import Kind, Primary
from tests.sim.prompts.answering import answer
from tests.sim.prompts.scenes import community, scene_of, talked

MIXES = ("100% original", "50% without BE", "100% with PO", "50% with BE, 50% with AC")


@pytest.mark.parametrize("mix", MIXES)
def test_scripted_days(mix: str) -> None:
    engine = community(0, size=16, mix=mix, talk=0.9)
    kinds: set[int] = set()
    for _ in range(8):
        scene = talked(scene_of(engine))
        scene.params = scene.params._replace(talk=1.0)  # nobody is short of time
        for i in np.flatnonzero(scene.o.alive).tolist():
            _same(scene, i)
        kinds |= set(scene.said.kind.ravel().tolist())
        engine.step()
    assert len(kinds) > 8


def _same(scene: Scene, i: int) -> None:
    lean, full = script(Model(model="m")), script(Model(model="m", protocol="full"))
    read = {
        phase: who.read(who.request(phase, i, scene), answer(phase, scene, i), scene)
        for who, phases in ((lean, (Phase.MORNING, Phase.EVENING)), (full, (Phase.PERCEIVE, Phase.SPEAK, Phase.DECIDE)))
        for phase in phases
    }
    morning, evening = read[Phase.MORNING], read[Phase.EVENING]
    assert morning.lines == read[Phase.SPEAK].lines
    assert (morning.target, morning.bid) == (scene.plans.target[i], scene.plans.bid[i])
    assert (read[Phase.PERCEIVE].target, read[Phase.PERCEIVE].bid) == (morning.target, morning.bid)
    assert read[Phase.DECIDE].choice == evening.choice
    _lines(scene, i, morning, evening)
    choice = evening.choice
    assert choice is not None
    assert (choice.primary, choice.attack) == (scene.acts.primary[i], scene.acts.attack[i])
    if choice.primary is Primary.SECURE:
        assert choice.factory == scene.acts.factory[i]
    honoured = np.flatnonzero(scene.acts.honour[i]).tolist()
    assert list(choice.honour) == honoured


def _lines(scene: Scene, i: int, morning: Answer, evening: Answer) -> None:
    for talk, lines in ((scene.said, morning.lines), (scene.answers, evening.lines)):
        assert sorted(line.slot for line in lines) == np.flatnonzero(talk.kind[i]).tolist()
        for line in lines:
            s = line.slot
            assert (line.kind, line.plan) == (talk.kind[i, s], talk.plan[i, s])
            if talk is scene.said:
                assert line.about == talk.about[i, s]
                assert np.isclose(line.claim, talk.claim[i, s], atol=0.01, equal_nan=True)
            if line.kind not in (Kind.THREAT, Kind.PROPOSE_ALLIANCE):
                assert line.due == talk.due[i, s]
            if talk.amount[i, s] > 0:
                assert abs(line.amount - talk.amount[i, s]) < 0.06
