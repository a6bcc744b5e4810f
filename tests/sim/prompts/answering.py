"""Answers as a model would write them: what a scripted resident did, put into the forms."""

import json
from typing import Any

import numpy as np

from sim.asking import Phase
from sim.scene import Scene
from sim.speech.names import factory_name
from sim.state import Array, Intent, Kind, Plan, Primary

_FACTORY_TALK = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)
_ACTS = {Primary.SECURE: "work", Primary.RAISE: "raise", Primary.EXPLORE: "explore", Primary.IDLE: "idle"}
MEANS = {
    Plan.SINCERE: "honest", Plan.FEIGN_NEED: "deceive", Plan.MISLEAD: "deceive", Plan.SLANDER: "deceive",
    Plan.LULL: "lure", Plan.BAIT: "lure", Plan.BREAK: "break", Plan.FLATTER: "flatter", Plan.INTIMIDATE: "press",
}  # fmt: skip


def answer(phase: Phase, scene: Scene, i: int, words: str = "Well then.") -> str:
    """JSON of resident i's answer, from the scene's plans, talk and acts."""
    forms: dict[Phase, dict[str, Any]] = {
        Phase.PERCEIVE: {"thought": words, "plan": words, **_planned(scene, i)},
        Phase.SPEAK: {"messages": openings(scene, i, words)},
        Phase.REPLY: {"replies": replies(scene, i, words)},
        Phase.DECIDE: {"thought": words, **_decided(scene, i)},
        Phase.STAND: {"stand": True},
        Phase.FUND: {"amount": 0.1},
        Phase.SUMMARISE: {"note": words},
        Phase.MORNING: {"plan": words, **_planned(scene, i), "messages": openings(scene, i, words)},
        Phase.EVENING: {"replies": replies(scene, i, words), **_decided(scene, i), "note": words},
    }
    return json.dumps(forms[phase])


def openings(scene: Scene, i: int, words: str) -> list[dict[str, Any]]:
    """Its opening messages."""
    said, made = scene.said, []
    for s in np.flatnonzero(said.kind[i]).tolist():
        kind, about, claim = Kind(int(said.kind[i, s])), int(said.about[i, s]), float(said.claim[i, s])
        made.append(
            {
                "to": _name(scene, i, s),
                "kind": kind.name.lower(),
                "words": words,
                "amount": _units(said.amount[i, s]),
                "about": "" if about < 0 else factory_name(about) if kind in _FACTORY_TALK else scene.names[about],
                "claim": None if np.isnan(claim) else _units(said.claim[i, s]),
                "due": int(said.due[i, s]),
                "means": MEANS[Plan(int(said.plan[i, s]))],
            }
        )
    return made


def replies(scene: Scene, i: int, words: str) -> list[dict[str, Any]]:
    """Its replies."""
    said = scene.answers
    return [
        {
            "to": _name(scene, i, s),
            "kind": Kind(int(said.kind[i, s])).name.lower(),
            "words": words,
            "amount": _units(said.amount[i, s]),
            "due": int(said.due[i, s]),
            "means": MEANS[Plan(int(said.plan[i, s]))],
        }
        for s in np.flatnonzero(said.kind[i]).tolist()
    ]


def _planned(scene: Scene, i: int) -> dict[str, Any]:
    target, bid = int(scene.plans.target[i]), int(scene.plans.bid[i])
    return {
        "target": _name(scene, i, target) if target >= 0 else "",
        "bid": factory_name(bid) if bid >= 0 else "",
        "bid_for": "control" if scene.plans.bid_intent[i] & Intent.DOMINANCE else "gain",
    }


def _decided(scene: Scene, i: int) -> dict[str, Any]:
    acts, o = scene.acts, scene.o
    due = [s for s in range(o.nbr.shape[1]) if o.nbr[i, s] >= 0 and _due(o.pledge, o.pledge_due, o.day, i, s)]
    due += [s for s in range(o.nbr.shape[1]) if o.nbr[i, s] >= 0 and _due(o.debt, o.debt_due, o.day, i, s)]
    attack, factory = int(acts.attack[i]), int(acts.factory[i])
    return {
        "act": _ACTS[Primary(int(acts.primary[i]))],
        "factory": factory_name(factory) if factory >= 0 else "",
        "attack": _name(scene, i, attack) if attack >= 0 else "",
        "attack_for": "gain",
        "pay": [_name(scene, i, s) for s in dict.fromkeys(due) if acts.honour[i, s]],
        "withhold": [_name(scene, i, s) for s in dict.fromkeys(due) if not acts.honour[i, s]],
    }


def _due(units: Array, days: Array, today: int, i: int, s: int) -> bool:
    return bool(units[i, s] > 0 and days[i, s] <= today)


def _name(scene: Scene, i: int, slot: int) -> str:
    return scene.names[scene.o.nbr[i, slot]]


def _units(value: np.floating[Any]) -> float:
    return round(float(value), 2)
