"""Scenes for tests of prompts: real communities, a few days old, with everybody's talk of today."""

import numpy as np

from sim.engine import Engine
from sim.mind import mind
from sim.observe import observe
from sim.params import params
from sim.scenario import check
from sim.scene import Scene
from sim.speech.names import names
from sim.state import World

SCRIPTED = mind("scripted")


def community(days: int = 3, **fields: object) -> Engine:
    """Eight residents after some days."""
    engine = Engine(check({"size": 8, "days": 40, "seed": 5, "talk": 0.5, **fields}))
    for _ in range(days):
        engine.step()
    return engine


def scene_of(engine: Engine, world: World | None = None) -> Scene:
    """The morning after the last day lived. `world`: seen in place of the engine's."""
    day, scenario = engine.day + 1, engine.scenario
    world = world or engine.world
    numbers = params(scenario.on(day))
    past = [engine.history[d] for d in range(day)]
    known = names(scenario.seed, len(world.alive))
    return Scene(scenario, numbers, observe(world, numbers, day), world.weights, known, past, [{} for _ in past])


def talked(scene: Scene) -> Scene:
    """The scene with plans, messages, replies and acts of scripted residents, each with words of its own."""
    o, numbers = scene.o, scene.params
    plans = SCRIPTED.perceive(o, numbers)
    said = SCRIPTED.speak(o, numbers, plans)
    answers = SCRIPTED.reply(o, numbers, plans, said)
    acts = SCRIPTED.act(o, numbers, plans, said, answers)
    for whole, part in ((scene.plans, plans), (scene.said, said), (scene.answers, answers), (scene.acts, acts)):
        for to, source in zip(whole, part):
            to[:] = source
    for i, slot in np.argwhere(said.kind > 0).tolist():
        scene.spoken[i, slot] = f"Good day from {scene.names[i]}."
    for i, slot in np.argwhere(answers.kind > 0).tolist():
        scene.replied[i, slot] = f"Thus {scene.names[i]} replies."
    return scene


def talkative(scene: Scene) -> int:
    """The living resident to whom most was said today and yesterday."""
    heard = [len(scene.heard(i)) if scene.o.alive[i] else -1 for i in range(len(scene.o.alive))]
    return int(np.argmax(heard))
