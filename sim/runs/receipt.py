"""What a run is, in full and checkable: parameters, seed, versions, minds, parent, fingerprint, counts, cost.

It names no time of its own making and nothing that may be changed later (title, tags, notes), so that two receipts of
one run are the same bytes.
"""

import json
from typing import Any, Protocol

from sim.runs.facts import Facts
from sim.state import Array, Day, Happening

FORM = 1  # of the receipt
SCRIPTED = "scripted"  # the mind that asks no model and costs nothing
COUNTED = (
    Happening.BIRTH, Happening.DEATH, Happening.GIFT, Happening.LOAN, Happening.ALLIANCE, Happening.ATTACK,
    Happening.MERGE,
)  # fmt: skip


class Kept(Protocol):
    """A run whose days can be read again; a Stored is one."""

    @property
    def facts(self) -> Facts: ...
    @property
    def last(self) -> int: ...
    @property
    def digests(self) -> list[str]: ...
    def day(self, day: int) -> Day: ...
    def labels(self, day: int) -> dict[str, Array]: ...


def receipt(kept: Kept) -> dict[str, Any]:
    """The receipt of a run up to its last day, ready for JSON. RunError where a day cannot be read."""
    facts = kept.facts
    scenario = facts.scenario.model_dump(mode="json")
    interventions = scenario.pop("interventions")
    scripted = facts.scenario.mind == SCRIPTED
    return {
        "receipt": FORM,
        "run": facts.id,
        "created": facts.created,
        "scenario": scenario,
        "interventions": interventions,
        "seed": facts.scenario.seed,
        "program": {"name": "Commonweal", "version": facts.version, "code": facts.code},
        "packages": dict(sorted(facts.packages.items())),
        "minds": [{"name": facts.scenario.mind, "models": [], "prompts": []}],
        "parent": facts.parent.model_dump(mode="json") if facts.parent else None,
        "days": kept.last,
        "ended": facts.ended,
        "digest": kept.digests[-1],
        "counts": _counts(kept),
        "cost": {"usd": 0 if scripted else None, "tokens": 0 if scripted else None},
    }


def receipt_text(kept: Kept) -> str:
    """The receipt in one fixed form: JSON in ASCII, sorted keys, two spaces, one newline at the end."""
    return canonical(receipt(kept))


def canonical(told: dict[str, Any]) -> str:
    """A receipt as text."""
    return json.dumps(told, sort_keys=True, indent=2, allow_nan=False) + "\n"


def _counts(kept: Kept) -> dict[str, Any]:
    happened = dict.fromkeys(COUNTED, 0)
    labels = dict.fromkeys(kept.facts.detectors, 0)
    messages = events = start = alive = 0
    for number in range(kept.last + 1):
        today = kept.day(number)
        alive = int(today.alive.sum())
        start = alive if number == 0 else start
        messages += len(today.messages)
        events += len(today.events)
        for kind in COUNTED:
            happened[kind] += int((today.events["kind"] == kind).sum())
        for name, found in kept.labels(number).items():
            labels[name] += len(found)
    return {
        "residents_at_start": start,
        "residents_at_end": alive,
        "messages": messages,
        "events": events,
        "happened": {kind.name.lower(): count for kind, count in happened.items()},
        "labels": labels,
    }
