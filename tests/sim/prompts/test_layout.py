"""How prompts are laid out: what is shared comes first, parts add to messages, the same scene asks the same."""

from itertools import pairwise

import numpy as np
import pytest

from sim.asking import Message, Phase, Request
from sim.models import Model
from sim.prompts.answers import FORMS
from sim.prompts.rulebook import FULL, LEAN
from sim.prompts.script import script
from sim.scene import Bid, ComplaintError, Scene, Script
from tests.sim.prompts.scenes import community, scene_of, talked

PROTOCOLS = {"full": FULL, "lean": LEAN}


def _script(protocol: str, phrasing: str = "priority") -> Script:
    return script(Model.model_validate({"model": "m", "protocol": protocol, "phrasing": phrasing}))


def _all(who: Script, scene: Scene, protocol: str) -> list[Request]:
    """Every question to every living resident that has a neighbour."""
    found = []
    for i in np.flatnonzero(scene.o.alive).tolist():
        for slot in np.flatnonzero(scene.o.nbr[i] >= 0)[:1].tolist():
            for phase in PROTOCOLS[protocol]:
                found.append(who.request(phase, i, scene, slot=slot, bid=Bid(1, 1.0, 1.1)))
    return found


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_prefix(protocol: str) -> None:
    """Rules and forms are the same for all residents, phases and days, and long enough for a prompt cache."""
    engine, who, shared = community(1), _script(protocol), set()
    for _ in range(3):
        shared |= {request.messages[0] for request in _all(who, talked(scene_of(engine)), protocol)}
        engine.step()
    (system,) = shared
    assert system.role == "system"
    assert len(system.text) / 4 > 1024


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_resident_before_its_day(protocol: str) -> None:
    """Within a day, a resident's questions begin alike up to what was said; from day to day, up to who it is."""
    engine, who = community(2), _script(protocol)
    today = talked(scene_of(engine))
    if protocol == "full":
        today.noted = {(today.day - 1, i): "I remember." for i in range(len(today.o.alive))}
    engine.step()
    tomorrow = talked(scene_of(engine))
    for i in np.flatnonzero(tomorrow.o.alive[: len(today.o.alive)] & today.o.alive).tolist():
        phases = (Phase.MORNING, Phase.EVENING) if protocol == "lean" else (Phase.PERCEIVE, Phase.SPEAK, Phase.DECIDE)
        asked = [who.request(phase, i, today) for phase in phases]
        for one, other in pairwise(asked):
            assert one.parts[:4] == other.parts[:4]
            assert other.parts[4].text.startswith(one.parts[4].text.rstrip())
        assert who.request(phases[0], i, tomorrow).parts[:3] == asked[0].parts[:3]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_parts_and_messages(protocol: str) -> None:
    scene = talked(scene_of(community(3)))
    for request in _all(_script(protocol), scene, protocol):
        assert [part.name for part in request.parts] == [
            "BACKGROUND",
            "ROLE",
            "PROFILE",
            "MEMORY",
            "OBSERVATION",
            "TASK",
        ]
        assert "".join(part.text for part in request.parts) == "".join(message.text for message in request.messages)
        assert [message.role for message in request.messages] == ["system", "user"]
        assert (request.schema, request.attempt, request.day) == (FORMS[request.phase], 0, scene.day)
        assert all("$" not in part.text and "None" not in part.text for part in request.parts)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_same_scene_same_prompt(protocol: str) -> None:
    one, other = (talked(scene_of(community(3))) for _ in range(2))
    who = _script(protocol)
    assert _all(who, one, protocol) == _all(who, other, protocol) == _all(_script(protocol), one, protocol)


def test_whoever_answers_first() -> None:
    """What is asked before all have replied does not depend on who has replied already."""
    scene = talked(scene_of(community(3)))
    who, early = _script("lean"), talked(scene_of(community(3)))
    for column in early.answers:
        column[:] = 0
    early.replied = {}
    for i in np.flatnonzero(scene.o.alive).tolist():
        assert who.request(Phase.EVENING, i, scene) == who.request(Phase.EVENING, i, early)


def test_again() -> None:
    who, scene = _script("lean"), talked(scene_of(community(3)))
    request = who.request(Phase.EVENING, 0, scene)
    again = who.again(request, "no\x00 JSON" + "x" * 100_000, ComplaintError("Write JSON.", "In digits."))
    assert again.attempt == 1
    assert again.messages[:2] == request.messages
    given, asked = again.messages[2:]
    assert given.role == "assistant"
    assert given.text.startswith("no JSON")
    assert len(given.text) <= 2_000
    assert asked == Message("user", asked.text)
    assert "Write JSON. In digits." in asked.text
    assert "".join(part.text for part in again.parts) == "".join(message.text for message in again.messages)


def test_schemas_are_plain() -> None:
    """Enums, bounded lists and texts, nothing that some endpoint refuses or ignores."""
    for form in FORMS.values():
        words = str(form.model_json_schema())
        for refused in ("pattern", "minimum", "maximum'", "exclusive", "allOf", "uniqueItems", "format", "default"):
            assert refused not in words
        assert words.count("'additionalProperties': False") == words.count("'properties'")
