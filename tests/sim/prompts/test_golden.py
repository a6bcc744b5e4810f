"""Prompts told in full, compared with texts that a person can read.

When a wording changes on purpose, look at the difference, then write the texts anew: GOLDEN=write in the environment.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from sim.asking import Phase
from sim.models import Model
from sim.prompts.rulebook import FULL, LEAN
from sim.prompts.script import script
from sim.prompts.texts import phrasings
from sim.scene import Answer, Bid, ComplaintError, Scene
from tests.sim.prompts.scenes import community, scene_of, talkative, talked

GOLDEN = Path(__file__).parents[2] / "golden" / "prompts"
PHASES = {"full": FULL, "lean": LEAN}


def _scene() -> tuple[Scene, int]:
    """A morning on which there is much to tell: who is asked owes, is owed, is allied, and has been warned."""
    scene = talked(scene_of(community(6, mix="30% without BE")))
    i = talkative(scene)
    for day in range(3, 6):
        scene.notes = {**scene.notes, (day, i): f"On day {day} I kept to my work and watched the others."}
    scene.thoughts[i] = Answer("Stay on good terms and keep enough for three days.", target=1)
    slot = int(np.flatnonzero(scene.o.nbr[i] >= 0)[0])
    scene.o.pledge[i, slot], scene.o.pledge_due[i, slot] = 1.5, scene.day
    return scene, i


def _told(protocol: str, phrasing: str, phase: Phase, *, rules: bool) -> str:
    scene, i = _scene()
    who = script(Model.model_validate({"model": "m", "protocol": protocol, "phrasing": phrasing}))
    slot = int(np.flatnonzero(scene.o.nbr[i] >= 0)[0])
    request = who.request(phase, i, scene, slot=slot, bid=Bid(0, 0.9, 1.2))
    if phase is Phase.MORNING:
        request = who.again(request, "I give all I have!", ComplaintError("There is no JSON object in the answer."))
    messages = [f"[{message.role}]\n{message.text}\n" for message in request.messages]
    return "\n".join(messages if rules else messages[1:])


def _compare(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize(("protocol", "phase"), [(name, phase) for name, phases in PHASES.items() for phase in phases])
def test_each_phase(protocol: str, phase: Phase) -> None:
    first = PHASES[protocol][0]  # the rules are the same for all
    _compare(f"{protocol}_{phase.name.lower()}", _told(protocol, "priority", phase, rules=phase is first))


@pytest.mark.parametrize("phrasing", phrasings())
def test_each_phrasing(phrasing: str) -> None:
    scene = scene_of(community(0, variety=0, mix="25% original, 25% with BE, 25% without BE, 25% with PO"))
    groups = [scene.weights[i] for i in np.unique(scene.weights, axis=0, return_index=True)[1]]
    who = script(Model.model_validate({"model": "m", "phrasing": phrasing}))
    parts = []
    for weights in groups:
        scene.weights = np.tile(weights, (len(scene.weights), 1))
        parts.append(who.request(Phase.MORNING, 0, scene).parts[2].text)
    _compare(f"phrasing_{phrasing}", "\n".join(parts))
