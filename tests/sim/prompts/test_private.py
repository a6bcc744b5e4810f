"""Nothing that others keep to themselves is in any prompt: holdings, plans, intents, values, thoughts, promises."""

from itertools import permutations

import numpy as np
import pytest

from sim.asking import Phase
from sim.engine import Engine
from sim.models import Model
from sim.prompts.rulebook import FULL, LEAN
from sim.prompts.script import script
from sim.prompts.texts import phrasings
from sim.scene import Answer, Bid, Scene
from sim.state import Intent, Plan
from tests.sim.prompts.scenes import community, scene_of, talked

PROTOCOLS = {"full": FULL, "lean": LEAN}


def _prompts(scene: Scene, i: int) -> dict[tuple[str, str, Phase], str]:
    """Every question to a resident, as it reads it."""
    found = {}
    slots = np.flatnonzero(scene.o.nbr[i] >= 0).tolist()
    for protocol, phases in PROTOCOLS.items():
        for phrasing in phrasings():
            who = script(Model.model_validate({"model": "m", "protocol": protocol, "phrasing": phrasing}))
            for phase in phases:
                if slots or phase is not Phase.STAND:
                    request = who.request(phase, i, scene, slot=slots[0] if slots else -1, bid=Bid(1, 1.0, 1.1))
                    found[protocol, phrasing, phase] = request.messages[1].text
    return found


def _engine(seed: int = 5) -> Engine:
    return community(5, seed=seed, talk=0.8, mix="50% without BE")


@pytest.mark.parametrize("seed", [5, 11])
def test_what_others_keep_to_themselves_changes_nothing(seed: int) -> None:
    """Everything private of the others is made something else; no prompt of the one asked changes by a letter."""
    plain, changed = talked(scene_of(_engine(seed))), talked(scene_of(_engine(seed)))
    for i in np.flatnonzero(plain.o.alive).tolist():
        _scramble(changed, i)
        assert _prompts(changed, i) == _prompts(plain, i)
        changed = talked(scene_of(_engine(seed)))


def _scramble(scene: Scene, i: int) -> None:
    """Other values in every private place of everybody but resident i."""
    others = np.arange(len(scene.o.alive)) != i
    o, n = scene.o, len(others)
    own = scene.weights
    scene.weights = np.where(others[:, None], np.float32(0.123), own)
    for field in (o.motives, o.holdings, o.consumption, o.need, o.income, o.workplace, o.tenure, o.known):
        field[others] = 77
    for field in (o.seen, o.trust, o.recalled, o.guard, o.ally, o.pledge, o.pledge_due, o.debt, o.debt_due, o.credit):
        field[others] = 77
    o.plot[:], o.ruse[:] = 7, 3
    for plans in scene.plans:
        plans[others] = 5
    for talk in (scene.said, scene.answers):
        talk.plan[:], talk.intent[:] = Plan.BAIT, Intent.TREACHERY
    for acts in scene.acts:
        acts[others] = 3
    for j in range(n):
        if j != i:
            scene.thoughts[j] = Answer("SECRET thought of another", 0, 1, Intent.DOMINANCE)
            scene.notes = {**scene.notes, **{(day, j): "SECRET note of another" for day in range(scene.day)}}
            scene.noted[scene.day - 1, j] = "SECRET note of today"
    for day in scene.past:
        for column in (day.holdings, day.morning, day.pay, day.consumed, day.primary, day.workplace):
            column[np.arange(len(column)) != i] = 77
        day.group[:] = 9
        day.f_max[:] = 9_999
        day.messages["plan"], day.messages["intent"] = Plan.BAIT, Intent.TREACHERY
        day.events["intent"] = Intent.TREACHERY
    _between_others(scene, i)


def _between_others(scene: Scene, i: int) -> None:
    """What others say to each other today and said before is said otherwise, where it does not reach i."""
    for (j, slot), words in list(scene.spoken.items()):
        if j != i and scene.o.nbr[j, slot] != i:
            scene.spoken[j, slot] = "SECRET " + words
            scene.said.amount[j, slot] = 777.7
            scene.said.claim[j, slot] = 777.7
    for (j, slot), words in list(scene.replied.items()):
        if j != i and scene.o.nbr[j, slot] != i:
            scene.replied[j, slot] = "SECRET " + words
            scene.answers.amount[j, slot] = 777.7
    for day in scene.past:
        apart = (day.messages["sender"] != i) & (day.messages["receiver"] != i)
        for column in ("claim", "amount"):
            day.messages[column][apart] = 777.7


def test_numbers_of_others_never_occur() -> None:
    """Everyone else holds, earns and uses numbers of its own that would be known anywhere."""
    engine = _engine()
    world = engine.world
    sentinel = {i: 1000 + 13.7 * (i + 1) for i in range(len(world.alive))}
    for i, units in sentinel.items():
        world.holdings[i] = units if world.alive[i] else 0.0
        world.consumption[i] = units / 7
    scene = talked(scene_of(engine))
    alive = np.flatnonzero(world.alive).tolist()
    for i, j in permutations(alive, 2):
        told = "\n".join(_prompts(scene, i).values())
        for units in (sentinel[j], sentinel[j] / 7):
            public = {float(m) for m in (*scene.said.claim.ravel(), *scene.said.amount.ravel()) if np.isfinite(m)}
            if not any(abs(units - said) < 0.06 for said in public):  # an honest claim tells what one holds
                assert f"{units:.1f}" not in told
                assert f"{units:.2f}" not in told


def test_events_among_strangers_are_not_told() -> None:
    """A day's happenings reach those who took part, and fights those who know both."""
    engine = community(12, size=20, neighbours=2, talk=0.9, mix="60% without BE")
    scene = scene_of(engine)
    told = {i: "\n".join(_prompts(scene, i).values()) for i in np.flatnonzero(scene.o.alive).tolist()}
    for i, text in told.items():
        met = {int(j) for j in scene.o.nbr[i] if j >= 0} | {i}
        for day in scene.past:
            for column, other in (("sender", "receiver"), ("receiver", "sender")):
                met |= set(day.messages[other][day.messages[column] == i].tolist())
            events = day.events
            for event in events:
                three = {int(event["actor"]), int(event["target"]), int(event["about"])}
                met |= three if i in three else set()
        strangers = [name for j, name in enumerate(scene.names) if j not in met]
        assert not [name for name in strangers if f" {name} " in text or f" {name}." in text or f"- {name}:" in text]
