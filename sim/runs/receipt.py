"""What a run is, in full and checkable: parameters, seed, versions, minds, parent, fingerprint, counts, cost.

It names no time of its own making and nothing that may be changed later (title, tags, notes), so that two receipts of
one run are the same bytes.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sim.asking import Place, Usage
from sim.journal import Entry
from sim.runs.facts import Facts
from sim.runs.minds import minds, model_of
from sim.state import Array, Day, Happening

FORM = 1  # of the receipt
COUNTED = (
    Happening.BIRTH, Happening.DEATH, Happening.GIFT, Happening.LOAN, Happening.ALLIANCE, Happening.ATTACK,
    Happening.MERGE, Happening.FAILED,
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
    def journal(self) -> Iterable[tuple[Place, Entry]]: ...


def receipt(kept: Kept) -> dict[str, Any]:
    """The receipt of a run up to its last day, ready for JSON. RunError where a day cannot be read."""
    facts = kept.facts
    scenario = facts.scenario.model_dump(mode="json")
    interventions = scenario.pop("interventions")
    entries = list(kept.journal())
    counts = _counts(kept)
    return {
        "receipt": FORM,
        "run": facts.id,
        "created": facts.created,
        "scenario": scenario,
        "interventions": interventions,
        "seed": facts.scenario.seed,
        "program": {"name": "Commonweal", "version": facts.version, "code": facts.code},
        "packages": dict(sorted(facts.packages.items())),
        "minds": [_mind(facts, mind, entries) for mind in minds(facts.scenario)],
        "prompts": facts.prompts or None,
        "parent": facts.parent.model_dump(mode="json") if facts.parent else None,
        "days": kept.last,
        "ended": facts.ended,
        "digest": kept.digests[-1],
        "counts": counts,
        "answers": _answers(entries, counts["happened"]["failed"], kept.last),
        "cost": _cost(entries),
    }


def receipt_text(kept: Kept) -> str:
    """The receipt in one fixed form: JSON in ASCII, sorted keys, two spaces, one newline at the end."""
    return canonical(receipt(kept))


def canonical(told: dict[str, Any]) -> str:
    """A receipt as text."""
    return json.dumps(told, sort_keys=True, indent=2, allow_nan=False) + "\n"


def _mind(facts: Facts, mind: str, entries: Sequence[tuple[Place, Entry]]) -> dict[str, Any]:
    """A mind; of a model how it was asked, and as what the endpoint answered."""
    model = model_of(facts.scenario, mind)
    answered = sorted({entry.reply.model for _, entry in entries if entry.mind == mind and entry.reply.model})
    asked = {**model.model_dump(mode="json", exclude={"name"}), "answered_as": answered} if model else None
    record = next((each.run for each in facts.scenario.records if each.name == mind), None)
    return {"name": mind, "model": asked} | ({"record": record} if record else {})


def _answers(entries: Sequence[tuple[Place, Entry]], failed: int, last: int) -> dict[str, Any]:
    """What was asked in words on days lived, and how often no legal answer came."""
    lived = [(place, entry.reply) for place, entry in entries if place.day <= last]
    questions = sum(not place.again for place, _ in lived)
    return {
        "questions": questions,
        "asked_again": len(lived) - questions,
        "failed": failed,
        "failed_share": failed / questions if questions else 0.0,
        "outcomes": dict(sorted(Counter(reply.outcome.value for _, reply in lived).items())),
        "sources": dict(sorted(Counter(reply.source for _, reply in lived).items())),
    }


def _cost(entries: Sequence[tuple[Place, Entry]]) -> dict[str, Any]:
    """Of all answers on record, those of a day broken off too. Dollars: null where a price is not known."""
    used = sum((entry.reply.usage for _, entry in entries), Usage())
    return {
        "usd": used.cost if used.cost is None else round(used.cost, 9),
        "tokens": used.prompt + used.completion,
        "prompt_tokens": used.prompt,
        "cached_tokens": used.cached,
        "completion_tokens": used.completion,
    }


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
